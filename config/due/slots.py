"""The timer of periodic work: writes the current slot of each name, once, whoever comes first."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from config.due.models import DueState, ScheduledSlot
from config.due.periodic import Periodic, all_periodic


def open_slots() -> int:
    """Write missing slots of the present; returns how many. Missed slots of the past stay missed.

    A name whose earlier slot is still unfinished gets no second one. Two relays may call this at
    once: the pair (name, slot) is unique.
    """
    now = _database_now()
    current = {work.name: _slot_of(work, now) for work in all_periodic()}
    taken = Q(state=DueState.DUE) | Q(slot__in=current.values())
    known: list[Any] = list(
        ScheduledSlot.objects.filter(taken, name__in=current).values_list("name", "slot", "state")
    )
    busy = {name for name, _, state in known if state == DueState.DUE}
    busy |= {name for name, slot, _ in known if current[name] == slot}
    missing = [ScheduledSlot(name=n, slot=s) for n, s in current.items() if n not in busy]
    ScheduledSlot.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _slot_of(work: Periodic, now: datetime) -> datetime:
    length = work.interval.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // length * length, tz=UTC)


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
