"""What a person was shown: the revision opened, and the differences put before their eyes."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, PositiveIntegerField, Value
from django.utils import timezone

from rfc.models import RFC, Reading, Revision


def opened(*, rfc: RFC, revision: Revision, person: Any, compared: int | None = None) -> None:
    """The person has this revision on the screen, perhaps compared with an earlier one.

    The first moment stays. Two statements at most; may be repeated.
    """
    now = timezone.now()
    row = Reading(
        rfc=rfc,
        revision=revision,
        person=person,
        opened_at=now,
        last_at=now,
        compared=[compared] if compared else [],
    )
    Reading.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["person", "revision"],
        update_fields=["last_at"],
    )
    if compared:
        mine = Reading.objects.filter(person=person, revision=revision)
        mine.exclude(compared__contains=[compared]).update(
            compared=Func(
                F("compared"),
                Value(compared, output_field=PositiveIntegerField()),
                function="array_append",
                output_field=ArrayField(PositiveIntegerField()),
            )
        )


def was_shown(rfc: RFC, person: Any, *, since: int, now: int) -> bool:
    """Whether the difference between two revisions was on this person's screen."""
    found: bool = Reading.objects.filter(
        rfc=rfc, person=person, revision__number=now, compared__contains=[since]
    ).exists()
    return found
