"""The rows of Home that come from scoring sessions."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from config.batch import Asker
from initiatives.models import ScoringSession, SessionSeat
from initiatives.queries.home import Need, needs
from initiatives.queries.needs import age_of

MOST = 5


@needs
def tables_to_score(person: Any) -> Asker:
    """Sessions in which the person sits and has not finished; the others wait for the reveal."""
    seats = (
        SessionSeat.objects.filter(
            person=person, left_at=None, done_at=None, session__phase="scoring"
        )
        .select_related("session__line")
        .annotate(others=Count("session__seats", filter=Q(session__seats__done_at__isnull=False)))
        .order_by("seated_at")[:MOST]
    )
    for seat in (yield seats):
        yield Need(
            kind="scoring",
            icon="eye-off",
            title=_("Score blind: %s") % seat.session.line,
            href=seat.session.get_absolute_url(),
            meta=_("%(period)s · finished and waiting: %(n)d")
            % {"period": seat.session.period, "n": seat.others},
            action=_("Score"),
            blocked=seat.others,
            age=age_of(seat.seated_at),
        )


@needs
def tables_to_reveal(person: Any) -> Asker:
    """Sessions the person facilitates in which everybody has finished."""
    waiting = Count("seats", filter=Q(seats__done_at=None, seats__left_at=None))
    sessions = (
        ScoringSession.objects.filter(facilitator=person, phase="scoring")
        .select_related("line")
        .annotate(waiting=waiting, heads=Count("seats"))
        .filter(waiting=0, heads__gt=1)[:MOST]
    )
    for session in (yield sessions):
        yield Need(
            kind="scoring",
            icon="eye",
            title=_("Reveal the scores: %s") % session.line,
            href=session.get_absolute_url(),
            meta=_("%(period)s · everybody has finished") % {"period": session.period},
            action=_("Reveal"),
            blocked=session.heads,
            age=age_of(session.state_entered_at),
        )
