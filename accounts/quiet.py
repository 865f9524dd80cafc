"""Hours of a person: when quiet hours end, and when the day's digest is due. Knows no table.

Local hours become moments of UTC through the zone's own rules. An hour that a change of clocks skips
happens right after the gap, one that it repeats happens the first time.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from config.web.zones import zone_of

QUIET_FROM, QUIET_UNTIL, DIGEST_HOUR = 19, 7, 8


def moment_of(person: Any, day: date, hour: int) -> datetime:
    """The moment a day's hour begins where the person is."""
    return datetime.combine(day, time(hour), tzinfo=zone_of(person)).astimezone(UTC)


def quiet_ends(person: Any, told: Any, now: datetime) -> datetime | None:
    """When the quiet hours that run now end; None outside of them. `told` are the settings or None."""
    begins = QUIET_FROM if told is None else told.quiet_from
    ends = QUIET_UNTIL if told is None else told.quiet_until
    if begins is None or ends is None or begins == ends:
        return None
    today = now.astimezone(zone_of(person)).date()
    for day in (today - timedelta(days=1), today):
        last = day if begins < ends else day + timedelta(days=1)
        until = moment_of(person, last, ends)
        if moment_of(person, day, begins) <= now < until:
            return until
    return None


def digest_day(person: Any, told: Any, now: datetime) -> tuple[date, datetime]:
    """The latest local day whose digest hour has come, and that moment."""
    hour = DIGEST_HOUR if told is None else told.digest_hour
    today = now.astimezone(zone_of(person)).date()
    for day in (today, today - timedelta(days=1)):
        moment = moment_of(person, day, hour)
        if moment <= now:
            return day, moment
    return today - timedelta(days=2), moment_of(person, today - timedelta(days=2), hour)
