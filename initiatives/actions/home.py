"""Somebody looked at Home; somebody put the greeting away."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import HomeLook

# Looks less than this apart are one visit.
VISIT = timedelta(minutes=30)


@transaction.atomic
def look_at_home(*, person: Any) -> HomeLook:
    """Note the look: a visit goes on, or a new one begins and what moved since is news.

    The one thing a GET writes, of and for the person alone; a look within the same minute writes
    nothing.
    """
    now = timezone.now()
    found, new = HomeLook.objects.get_or_create(person=person, defaults={"seen_at": now})
    if new or now - found.seen_at < timedelta(minutes=1):
        return found
    locked = HomeLook.objects.select_for_update().get(pk=found.pk)
    if now - locked.seen_at > VISIT:
        locked.before_at = locked.seen_at
    locked.seen_at = max(now, locked.seen_at)
    locked.save(update_fields=["seen_at", "before_at"])
    return locked


@transaction.atomic
def put_greeting_away(*, actor: Any) -> HomeLook:
    """The newcomer's list is not shown any more."""
    found, _new = HomeLook.objects.get_or_create(person=actor)
    found.checklist_hidden_at = found.checklist_hidden_at or timezone.now()
    found.save(update_fields=["checklist_hidden_at"])
    return found
