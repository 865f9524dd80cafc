"""Addresses carry keys: `<ini:number>`, `<rfc:number>`, `<kpi:number>`, `<dec:number>`, a tail allowed.

Importing this module registers the converters. The view gets the number; `reverse` takes a
number, a key or the row itself.
"""

from typing import Any

from django.urls import register_converter

from config.flow.keys import number_of


class KeyConverter:
    """`RFC-7` or `rfc-7-readable-tail` in an address, 7 in the view."""

    prefix = ""
    regex = ""

    def to_python(self, value: str) -> int:
        number = number_of(self.prefix, value)
        if number is None:
            raise ValueError(value)
        return number

    def to_url(self, value: Any) -> str:
        number = getattr(value, "number", value)
        return str(number) if str(number).startswith(self.prefix) else f"{self.prefix}-{number}"


def converter(prefix: str) -> type[KeyConverter]:
    """The converter of one prefix."""
    letters = "".join(f"[{c}{c.lower()}]" for c in prefix)
    regex = rf"{letters}-[1-9][0-9]{{0,8}}(?:-[\w-]*)?"
    return type(f"{prefix}Converter", (KeyConverter,), {"prefix": prefix, "regex": regex})


for _prefix in ("INI", "RFC", "KPI", "DEC"):
    register_converter(converter(_prefix), _prefix.lower())
