"""How Gateline writes numbers, ages and moments. Unknown is a dash and never a zero."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.text import Truncator
from django.utils.translation import gettext as _

UNKNOWN = "–"
THIN = "\u202f"
SPACE = "\u00a0"
WEEK = 7
# Line breaks, other controls, and signs that turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """A text of others as one line that hides and turns nothing."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def figure(value: Any, decimals: int = 0) -> str:
    """A number with thin thousands and fixed decimals."""
    if value is None or value == "":
        return UNKNOWN
    return f"{float(value):,.{decimals}f}".replace(",", THIN).replace("-", "\u2212")


def age(days: Any) -> str:
    """An age in days, in words short enough for a cell."""
    if days is None or days == "":
        return UNKNOWN
    if isinstance(days, timedelta):
        days = days.total_seconds() / 86400
    return f"{int(days)}{SPACE}d"


def percent(share: Any, decimals: int = 0) -> str:
    """A share between 0 and 1 as per cent."""
    if share is None or share == "":
        return UNKNOWN
    return f"{figure(float(share) * 100, decimals)}{SPACE}%"


def short_moment(when: datetime, now: datetime | None = None) -> str:
    """Around today with the clock, this week with the weekday, further away by its date."""
    here = timezone.localtime(when)
    today = timezone.localtime(now or timezone.now()).date()
    clock = written(here, "H:i")
    if here.date() == today:
        return _("today %(clock)s") % {"clock": clock}
    if here.date() == today - timedelta(days=1):
        return _("yesterday %(clock)s") % {"clock": clock}
    if here.date() == today + timedelta(days=1):
        return _("tomorrow %(clock)s") % {"clock": clock}
    return short_day(here.date(), today)


def long_moment(when: datetime) -> str:
    """Everything: weekday, date, year, clock and zone."""
    here = timezone.localtime(when)
    return f"{written(here, 'D j M Y, H:i')} {here.tzname() or ''}".strip()


def short_day(day: date, today: date | None = None) -> str:
    """A calendar day; the weekday when it is near, the year when it is another one."""
    today = today or timezone.localdate()
    if abs((day - today).days) < WEEK:
        return written(day, "D j M")
    return written(day, "j M") if day.year == today.year else written(day, "j M Y")


def beginning(text: str, most: int = 90) -> str:
    """The beginning of a text on one line; what is left out is an ellipsis."""
    return Truncator(one_line(text)).chars(most)
