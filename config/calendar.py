"""The working calendar: Monday to Friday without the declared holidays (`settings.HOLIDAYS`)."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

FRIDAY = 4
DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people work on this day."""
    return day.weekday() <= FRIDAY and day.isoformat() not in settings.HOLIDAYS


def working_day_after(day: date, days: int) -> date:
    """The day that lies so many working days after another."""
    while days:
        day += DAY
        days -= is_working_day(day)
    return day


def working_days_until(day: date, today: date | None = None) -> int:
    """Working days from today to a day; negative once the day has passed."""
    start = today or timezone.localdate()
    early, late = sorted((start, day))
    between = (early + timedelta(days=n) for n in range(1, (late - early).days + 1))
    count = sum(is_working_day(each) for each in between)
    return count if day >= start else -count


def working_days(start: datetime, end: datetime) -> float:
    """Working days between two moments, each of 24 hours; no loop over days."""
    start, end = timezone.localtime(start), timezone.localtime(end)
    return max(_worked(end) - _worked(start), 0.0)


def working_days_before(end: datetime, days: float) -> datetime:
    """The latest moment that lies this many working days before another."""
    at, left = timezone.localtime(end), days
    while left > 0:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = midnight - DAY if midnight == at else midnight
        length = (at - midnight) / DAY if is_working_day(midnight.date()) else 0.0
        if length >= left:
            return at - timedelta(days=left)
        left -= length
        at = midnight
    return at


def _worked(at: datetime) -> float:
    """Working days from the first Monday of the calendar to a moment."""
    weeks, day = divmod(at.toordinal() - 1, 7)
    past = weeks * 5 + (day + _clock(at) if day <= FRIDAY else 5)
    return past - sum(_holiday(date.fromisoformat(each), at) for each in settings.HOLIDAYS)


def _holiday(day: date, at: datetime) -> float:
    """How much of a holiday lies before a moment; none of one at a weekend."""
    if day.weekday() > FRIDAY or day > at.date():
        return 0.0
    return _clock(at) if day == at.date() else 1.0


def _clock(at: datetime) -> float:
    """The part of its day that has passed."""
    return (datetime.combine(at, at.time()) - datetime.combine(at, time())) / DAY
