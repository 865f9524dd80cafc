"""Somebody looked at the list: the visit goes on, or a new one begins."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import LastLook
from initiatives.queries.looked import VISIT


@transaction.atomic
def look(*, person: Any, anew: bool = False) -> LastLook:
    """Note the look. `anew` ends the visit, so that nothing is marked as changed any more."""
    now = timezone.now()
    LastLook.objects.get_or_create(person=person, defaults={"seen_at": now, "before_at": None})
    found = LastLook.objects.select_for_update().get(person=person)
    if anew:
        found.before_at = now
    elif now - found.seen_at > VISIT:
        found.before_at = found.seen_at
    found.seen_at = now
    found.save()
    return found
