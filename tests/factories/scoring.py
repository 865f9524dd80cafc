"""Scoring sessions with the shared cast, reached through the real actions."""

from decimal import Decimal

from initiatives.actions import session as actions
from initiatives.estimates import Estimate
from tests.factories.walks import in_discovery


def estimate(value, low=None, high=None):
    return Estimate(Decimal(value), Decimal(low or value), Decimal(high or value))


def five(cast):
    """Five initiatives of Payments in discovery."""
    return [in_discovery(cast, title=f"Idea {n}").initiative for n in range(1, 6)]


def session_of(cast, people=("business_leader", "tpm")):
    """A session of five, facilitated by the product manager."""
    return actions.start_session(
        line=cast.payments,
        period="2027-Q1",
        actor=cast.product_manager,
        initiatives=five(cast),
        people=[getattr(cast, part) for part in people],
    )


def score_all(session, person, *, reach=100, impact=1, effort=5, done=True):
    """The person gives the same numbers to every item; the reach falls from item to item."""
    scores = {}
    for n, item in enumerate(session.items.all()):
        scores[item.pk, "reach"] = estimate(reach - 10 * n)
        scores[item.pk, "impact"] = estimate(impact)
        scores[item.pk, "effort"] = estimate(effort)
    return actions.give_session_scores(session=session, actor=person, scores=scores, done=done)


def revealed(cast):
    """Two scored, and the numbers are on the table."""
    session = session_of(cast)
    score_all(session, cast.product_manager, reach=173)
    score_all(session, cast.business_leader, reach=397)
    return actions.take_session_step(session, "reveal", actor=cast.product_manager)
