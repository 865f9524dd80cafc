"""RFCs nobody pursues: a warning to the author, then they expire; any act keeps them."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.actions import News, tell
from accounts.models import Reason, Tab
from config.flow.errors import NotYours, WrongState
from config.flow.steps import take
from rfc.models import RFC
from rfc.permissions import decides, edits
from rfc.queries.idle import LIVE, moved_at
from rfc.subjects import subject_of


@transaction.atomic
def keep(*, rfc: RFC, actor: Any) -> RFC:
    """Say that the RFC goes on; its silence starts anew."""
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if not (edits(actor, locked) or decides(actor, locked)):
        raise NotYours(f"{locked.key} is kept by its authors or its decider.")
    if locked.phase not in LIVE:
        raise WrongState(f"{locked.key} is {locked.get_state_label().lower()}; reopen it instead.")
    locked.kept_at, locked.expiry_warned_at = timezone.now(), None
    locked.save(update_fields=["kept_at", "expiry_warned_at"])
    return locked


def look_after_idle(now: datetime | None = None) -> tuple[int, int]:
    """Warn where the end is near, expire where it came; (warned, expired). May run twice.

    Nothing expires unwarned: the end lies at least the warning's days after the warning.
    """
    now = now or timezone.now()
    ahead = timedelta(days=settings.RFC_EXPIRY_WARNING_DAYS)
    longest = timedelta(days=settings.RFC_EXPIRES_AFTER_DAYS)
    quiet = _quiet(now - longest + ahead)
    _moved_again().update(expiry_warned_at=None)
    warned = sum(_warn(rfc, now) for rfc in quiet.filter(expiry_warned_at=None))
    due = _quiet(now - longest).filter(expiry_warned_at__lte=now - ahead)
    return warned, sum(_expire(rfc, now) for rfc in due)


def _quiet(before: datetime) -> QuerySet[RFC]:
    """Living RFCs written here that nothing moved since then."""
    return (
        RFC.objects.filter(phase__in=LIVE)
        .filter(Q(imported=None) | Q(steps_taken__taken=True, steps_taken__actor__isnull=False))
        .annotate(moved_at=moved_at())
        .filter(moved_at__lte=before)
        .select_related("author", "decider")
        .distinct()
    )


def _moved_again() -> QuerySet[RFC]:
    warned = RFC.objects.filter(expiry_warned_at__isnull=False).annotate(moved_at=moved_at())
    again = warned.filter(moved_at__gt=F("expiry_warned_at")).order_by().values("pk")
    return RFC.objects.filter(pk__in=list(again.values_list("pk", flat=True)))


@transaction.atomic
def _warn(rfc: RFC, now: datetime) -> bool:
    first = RFC.objects.filter(pk=rfc.pk, phase__in=LIVE, expiry_warned_at=None)
    if not first.update(expiry_warned_at=now):
        return False
    ends = max(
        now + timedelta(days=settings.RFC_EXPIRY_WARNING_DAYS),
        rfc.moved_at + timedelta(days=settings.RFC_EXPIRES_AFTER_DAYS),  # type: ignore[attr-defined]
    )
    news = News(
        subject_of(rfc),
        "expires",
        f"{rfc.key} expires on {ends:%-d %B %Y}: {rfc.title}",
        text=f"Nothing happened to {rfc.key} “{rfc.title}” for a long time. It expires on "
        f"{ends:%-d %B %Y} unless somebody writes, comments or presses “It goes on”.",
        key=f"rfc-expiry:{rfc.pk}:{now:%Y%m%d}",
    )
    tell({rfc.author: Reason.AUTHOR}, news, tab=Tab.DECIDE, actor=None)
    return True


def _expire(rfc: RFC, now: datetime) -> bool:
    with transaction.atomic():
        locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
        ahead = timedelta(days=settings.RFC_EXPIRY_WARNING_DAYS)
        warned = locked.expiry_warned_at
        if locked.phase not in LIVE or warned is None or warned > now - ahead:
            return False
        days = settings.RFC_EXPIRES_AFTER_DAYS
        take(locked, "expire", actor=None, note=f"Nothing happened for {days} days.")
    return True
