"""Putting entries of one's inbox away and back, reading them, and saying how to be told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Notice, NoticeSettings, Person, Reason


def read(*, notice: Notice) -> None:
    """The person opened it."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_done(*, actor: Any, found: Any) -> tuple[datetime, int]:
    """Put entries away; the moment that `undo_done` takes back, and how many."""
    now = timezone.now()
    mine = Notice.objects.filter(pk__in=found.order_by().values("pk"), person=actor, done_at=None)
    return now, mine.update(done_at=now)


def undo_done(*, actor: Any, at: datetime) -> int:
    """Bring back what was put away at one moment."""
    return Notice.objects.filter(person=actor, done_at=at).update(done_at=None)


def mark_unread(*, notice: Notice) -> None:
    """Count it again, and bring it back when it was put away."""
    Notice.objects.filter(pk=notice.pk).update(read_at=None, done_at=None)


@transaction.atomic
def change_telling(*, person: Person, **wanted: Any) -> NoticeSettings:
    """Say when quiet hours are (both None for none), the digest's hour, and what is not mailed."""
    allowed = {"quiet_from", "quiet_until", "digest_hour", "unmailed"}
    kept = {name: value for name, value in wanted.items() if name in allowed}
    if "unmailed" in kept:
        kept["unmailed"] = [r.value for r in Reason if r.value in set(kept["unmailed"])]
    told, _made = NoticeSettings.objects.update_or_create(person=person, defaults=kept)
    return told


def telling_of(person: Any) -> NoticeSettings:
    """How the person is told; the defaults where nothing was said."""
    return NoticeSettings.objects.filter(person=person).first() or NoticeSettings(person=person)
