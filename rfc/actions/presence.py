"""Who is here: a window tells where it is, and that it left. Never blocks anybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Now

from rfc.models import RFC, Presence

# A browser wakes a hidden tab once a minute at most, so it is believed longer.
SEEN, HIDDEN = timedelta(seconds=60), timedelta(minutes=4)


def say_present(
    *,
    rfc: RFC,
    actor: Any,
    window: UUID,
    section: str = "",
    writing: bool = False,
    hidden: bool = False,
) -> None:
    """Note that this window has the RFC open; it counts for a minute, hidden for four."""
    until = Now() + Value(HIDDEN if hidden else SEEN)
    told = {"section": section[:200], "writing": writing, "until": until}
    Presence.objects.update_or_create(
        rfc=rfc,
        person=actor,
        window=window,
        defaults=told,
        create_defaults={**told, "since": Now()},
    )
    with transaction.atomic():
        over = Presence.objects.filter(rfc=rfc, until__lt=Now())
        # Whoever is just coming back holds their row; that one is left alone.
        found = over.select_for_update(skip_locked=True).values_list("pk", flat=True)
        Presence.objects.filter(pk__in=list(found)).delete()


def say_gone(*, rfc: RFC, actor: Any, window: UUID) -> None:
    """The window was closed."""
    Presence.objects.filter(rfc=rfc, person=actor, window=window).delete()
