"""What people hold in initiatives, for the day they leave."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.handover import Holding, register
from accounts.permissions import has_role
from initiatives.actions.people import SEATS
from initiatives.lifecycle.initiative import LIVE
from initiatives.models import (
    Initiative,
    InitiativeLine,
    InitiativeWaiver,
    Referral,
    ScoringSession,
    Ticket,
)

RUNNING = ("intake", *LIVE, "parked")
WORDS = {
    "owner": _("Initiatives owned"),
    "designer": _("Initiatives designed"),
    "tpm": _("Initiatives planned"),
}


def _titled(row: Initiative) -> str:
    return f"{row.key} {row.title}"


def _of_initiative(row: Any) -> str:
    return f"{row.initiative.key} {row}"


def _there(row: Any) -> str:
    return str(row.initiative.get_absolute_url())


def _seat(name: str) -> Holding:
    role, _permit = SEATS[name]

    def rows(person: Any) -> models.QuerySet[Any]:
        found = Initiative.objects.filter(phase__in=RUNNING, **{name: person})
        return found.select_related("line").order_by("number")

    def unfit(row: Initiative, successor: Any) -> str:
        if has_role(successor, role, line=row.line_id):
            return ""
        told = {"who": successor, "role": role.label, "key": row.key, "line": row.line}
        return str(_("%(key)s: %(who)s is not %(role)s of %(line)s; give the role first.") % told)

    return Holding(
        f"initiatives-{name}", WORDS[name], rows, name, must=name == "owner", title=_titled,
        unfit=unfit,
    )  # fmt: skip


def _answers(person: Any) -> models.QuerySet[Any]:
    rows = InitiativeLine.objects.filter(person=person, initiative__phase__in=RUNNING)
    return rows.select_related("initiative", "line")


def _waivers(person: Any) -> models.QuerySet[Any]:
    rows = InitiativeWaiver.objects.filter(
        follow_up_owner=person, withdrawn_at=None, expires_date__gte=timezone.localdate()
    )
    return rows.select_related("initiative")


def _tickets(person: Any) -> models.QuerySet[Any]:
    rows = Ticket.objects.filter(
        assignee=person, archived_at=None, initiative__phase__in=[*LIVE, "parked"]
    )
    return rows.select_related("initiative")


def _sessions(person: Any) -> models.QuerySet[Any]:
    open_ones = (ScoringSession.SCORING, ScoringSession.REVEALED)
    return ScoringSession.objects.filter(facilitator=person, phase__in=open_ones)


def _referrals(column: str) -> Any:
    def rows(person: Any) -> models.QuerySet[Any]:
        found = Referral.objects.filter(
            phase__in=[Referral.ASKED, Referral.COORDINATED], **{column: person}
        )
        return found.select_related("initiative")

    return rows


def _pass_delegate(row: Referral, successor: Any, _actor: Any) -> None:
    row.delegate = successor
    if successor is None:
        row.delegate_until = None
    row.save(update_fields=["delegate", "delegate_until"])


def _line_of(row: InitiativeLine) -> str:
    return f"{row.initiative.key} {row.initiative.title}, {row.line}"


def _referred(row: Referral) -> str:
    return _titled(row.initiative)


for _name in SEATS:
    register(_seat(_name))
register(Holding("line-answers", _("Named by a line"), _answers, "person", title=_line_of,
                 href=_there))  # fmt: skip
register(Holding("waivers", _("Follow-ups of waivers"), _waivers, "follow_up_owner", must=True,
                 title=_of_initiative, href=_there))  # fmt: skip
register(Holding("tickets", _("Tickets"), _tickets, "assignee", title=_of_initiative,
                 href=_there))  # fmt: skip
register(Holding("sessions", _("Scoring sessions led"), _sessions, "facilitator", must=True))
register(Holding("referrals", _("Referrals coordinated"), _referrals("coordinator"), "coordinator",
                 must=True, title=_referred, href=_there))  # fmt: skip
register(Holding("referrals-delegate", _("Referrals delegated to"), _referrals("delegate"),
                 "delegate", title=_referred, href=_there, passing=_pass_delegate))  # fmt: skip
