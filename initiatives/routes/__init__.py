"""Addresses of the initiative's pages, one file per slice. `<ini:number>` reads INI-12-any-tail."""

from django.urls import register_converter

import config.web.keys  # noqa: F401 - registers the converters


class SeatConverter:
    """The seats of an initiative that people are named to."""

    regex = "owner|designer|tpm"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SeatConverter, "seat")
