"""Days as people write them in tables."""

import re
from datetime import date

ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
OTHER = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$")


def day_of(text: str, *, day_first: bool = True) -> date | None:
    """2026-12-01, 01.12.2026 or 01/12/2026; None when it is no day of the calendar."""
    text = text.strip()
    if iso := ISO.match(text):
        year, month, day = (int(n) for n in iso.groups())
    elif other := OTHER.match(text):
        first, second, year = (int(n) for n in other.groups())
        day, month = (first, second) if day_first else (second, first)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
