"""What a person was shown: the revision opened, and the differences put before their eyes."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, PositiveIntegerField, Value, When
from django.utils import timezone

from rfc.models import RFC, Reading, Revision


def opened(*, rfc: RFC, revision: Revision, person: Any, compared: int | None = None) -> None:
    """The person has this revision on the screen, perhaps compared with an earlier one.

    The first moment stays. One statement where it was opened before; may be repeated.
    """
    now = timezone.now()
    seen: dict[str, Any] = {"last_at": now}
    if compared:
        seen["compared"] = _with(compared)
    mine = Reading.objects.filter(person=person, revision=revision)
    if mine.update(**seen):
        return
    row = Reading(
        rfc=rfc,
        revision=revision,
        person=person,
        opened_at=now,
        last_at=now,
        compared=[compared] if compared else [],
    )
    Reading.objects.bulk_create([row], ignore_conflicts=True)
    if compared:
        # Where it was opened twice at the same moment, the row there may not know it.
        mine.update(**seen)


def _with(number: int) -> Case:
    """The revisions it was compared with and this one, each once."""
    more = Func(
        F("compared"),
        Value(number, output_field=PositiveIntegerField()),
        function="array_append",
        output_field=ArrayField(PositiveIntegerField()),
    )
    return Case(When(compared__contains=[number], then=F("compared")), default=more)


def was_shown(rfc: RFC, person: Any, *, since: int, now: int) -> bool:
    """Whether the difference between two revisions was on this person's screen."""
    found: bool = Reading.objects.filter(
        rfc=rfc, person=person, revision__number=now, compared__contains=[since]
    ).exists()
    return found
