"""Addresses of the initiative's pages, one file per slice. `<ini:number>` reads INI-12-any-tail."""

from django.urls import register_converter

from config.flow.keys import number_of


class InitiativeKey:
    """`INI-12`, in any case and with any readable tail, as the number 12."""

    regex = r"[Ii][Nn][Ii]-[1-9][0-9]{0,8}(?:-[^/]*)?"

    def to_python(self, value: str) -> int:
        number = number_of("INI", value)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value: int | str) -> str:
        return str(value) if str(value).startswith("INI-") else f"INI-{value}"


register_converter(InitiativeKey, "ini")
