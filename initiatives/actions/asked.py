"""Whose decision is asked: it stands in their inbox until somebody gave it, and is mailed at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News, tell, withdraw
from accounts.models import Person, Reason, Role, Tab
from accounts.permissions import people_with_role
from initiatives.models import Initiative, InitiativeLine, Ranking, Referral, ScoringSession
from initiatives.phases import ACTIVE
from initiatives.subjects import subject_of
from rfc.models import Delegation

SIGNS = (
    (Role.PRODUCT_MANAGER, "pm_signed_at"),
    (Role.BUSINESS_LEADER, "bl_signed_at"),
)


def ask_coordination(referral: Referral, actor: Any) -> None:
    """The CPO, and whom the CPO named for the time, are asked to answer a referral."""
    tell(_coordinators(referral), _of_referral(referral, actor), tab=Tab.DECIDE, actor=actor)


def ask_delegate(referral: Referral, actor: Any) -> None:
    """Somebody answers this one referral in the CPO's place."""
    if referral.delegate is not None and referral.phase == "asked":
        news = _of_referral(referral, actor)
        tell({referral.delegate: Reason.STAND_IN}, news, tab=Tab.DECIDE, actor=actor)


def coordination_answered(referral: Referral) -> None:
    """Nobody is asked about this referral any more."""
    withdraw(_coordinators(referral), _of_referral(referral, None))


def _coordinators(referral: Referral) -> list[Person]:
    today = timezone.localdate()
    given = Delegation.objects.filter(function=Role.CPO, ended_at=None, ends_on__gte=today)
    people = [*people_with_role(Role.CPO), *(g.delegate for g in given.select_related("delegate"))]
    until: date | None = referral.delegate_until
    if referral.delegate is not None and (until is None or until >= today):
        people.append(referral.delegate)
    return list(dict.fromkeys(people))


def _of_referral(referral: Referral, actor: Any) -> News:
    initiative = referral.initiative
    said = {"who": actor or "Gateline", "key": initiative.key, "day": f"{referral.due_date:%-d %b}"}
    return News(
        subject_of(initiative),
        "referral",
        _("%(key)s touches several lines: it asks for coordination") % said,
        text=_("The answer is due on %(day)s.") % said,
        path=referral.get_absolute_url(),
    )


def ask_line(share: InitiativeLine, actor: Any) -> None:
    """The business leader and the product managers of a further line are asked for its answer."""
    tell(_answering(share), _of_line(share), tab=Tab.DECIDE, actor=actor)


def ask_lines(initiative: Initiative, actor: Any) -> None:
    """All further lines that have not answered, once the initiative is accepted."""
    open_ones = initiative.lines.filter(answer="none").exclude(line=initiative.line_id)
    for share in open_ones.select_related("line", "initiative"):
        ask_line(share, actor)


def line_answered(share: InitiativeLine) -> None:
    """The line is not asked any more."""
    withdraw(_answering(share), _of_line(share))


def asks_lines(initiative: Initiative) -> bool:
    """Whether further lines are asked already: what waits in intake may yet be declined."""
    return initiative.phase in ACTIVE


def _answering(share: InitiativeLine) -> list[Person]:
    return people_with_role(Role.BUSINESS_LEADER, Role.PRODUCT_MANAGER, line=share.line_id)


def _of_line(share: InitiativeLine) -> News:
    said = {"key": share.initiative.key, "line": share.line}
    return News(
        subject_of(share.initiative),
        f"line:{share.line_id}",
        _("%(key)s asks %(line)s for its answer") % said,
        path=share.initiative.tab_url("referral"),
    )


def ask_other_hand(ranking: Ranking, actor: Any) -> None:
    """One committed to an order; the other is asked."""
    news = _of_ranking(ranking, actor)
    waited_for = _signing(ranking)
    withdraw(waited_for, news)
    tell(waited_for, news, tab=Tab.DECIDE, actor=actor)


def ranking_settled(ranking: Ranking) -> None:
    """Both committed, or nobody does any more."""
    withdraw(_signing(ranking, everybody=True), _of_ranking(ranking, None))


def _signing(ranking: Ranking, *, everybody: bool = False) -> list[Person]:
    roles = [role for role, signed in SIGNS if everybody or getattr(ranking, signed) is None]
    return people_with_role(*roles, line=ranking.line_id) if roles else []


def _of_ranking(ranking: Ranking, actor: Any) -> News:
    said = {"who": actor, "line": ranking.line, "period": ranking.period}
    return News(
        None,
        f"ranking:{ranking.pk}",
        _("%(who)s committed to the order of %(line)s, %(period)s; you are asked too") % said,
        path=ranking.get_absolute_url(),
    )


def ask_to_score(session: ScoringSession, people: Iterable[Person], actor: Any) -> None:
    """People at a table are asked for their numbers."""
    tell(list(people), _of_session(session, actor), tab=Tab.DECIDE, actor=actor)


def scored(session: ScoringSession, people: Iterable[Person]) -> None:
    """These people are not asked for numbers any more."""
    withdraw(list(people), _of_session(session, None))


def _of_session(session: ScoringSession, actor: Any) -> News:
    said = {"who": actor, "line": session.line, "period": session.period}
    return News(
        None,
        f"session:{session.pk}",
        _("%(who)s asks you to score blind: %(line)s, %(period)s") % said,
        path=session.get_absolute_url(),
    )
