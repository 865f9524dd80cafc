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


class ThreadActConverter(SeatConverter):
    """What is done to a thread of talk without words."""

    regex = "resolve|reopen|read"


class CollisionActConverter(SeatConverter):
    """What people do about two initiatives that meet."""

    regex = "dismiss|ask"


register_converter(ThreadActConverter, "thread_act")
register_converter(CollisionActConverter, "collision_act")
