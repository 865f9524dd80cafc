"""Since when a list is news to a person: the end of the visit before this one."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, DateTimeField, F, Subquery, When
from django.db.models.functions import Now

from initiatives.models import LastLook

# Looks less than this apart are one visit.
VISIT = timedelta(minutes=30)


def since_looked(person: Any) -> Subquery:
    """The moment as a part of the list's own statement; unknown for somebody's first visit."""
    going_on = When(seen_at__gt=Now() - VISIT, then=F("before_at"))
    since = Case(going_on, default=F("seen_at"), output_field=DateTimeField())
    mine = LastLook.objects.filter(person=person.pk).annotate(since=since)
    return Subquery(mine.values("since")[:1])
