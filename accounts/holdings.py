"""What accounts itself knows of somebody's work: roles, reports, a start-up, tokens."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import add_membership
from accounts.actions.superiors import circle_with, circle_words
from accounts.handover import Holding, register
from accounts.models import ApiToken, Membership, Person, ReportsTo, StartUp, TokenKind


def _roles(person: Person) -> Any:
    held = Membership.objects.filter(person=person, ended_at=None)
    return held.select_related("line", "team__line", "sub_team").order_by("pk")


def _pass_role(row: Membership, successor: Person | None, actor: Any) -> None:
    """The role ends; with a successor it is given anew, under the same rules as everywhere."""
    row.ended_at = max(timezone.now(), row.started_at)
    row.save(update_fields=["ended_at"])
    if successor is not None:
        add_membership(
            actor=actor, person=successor, role=row.role, line=row.line, team=row.team,
            sub_team=row.sub_team, acting=row.acting, last_date=row.last_date,
        )  # fmt: skip
        successor.__dict__.pop("_memberships", None)


def _place(row: Membership) -> str:
    place = row.team or row.line
    return place.get_absolute_url() if place else ""


def _starts(person: Person) -> Any:
    running = (StartUp.RESEARCHING, StartUp.BACKFILLING)
    return StartUp.objects.filter(product_manager=person, phase__in=running).select_related("line")


def _reports(kind: str) -> Any:
    return lambda person: ReportsTo.objects.filter(**{kind: person}).select_related("person")


def _below(kind: str) -> Any:
    def unfit(row: ReportsTo, successor: Person) -> str:
        if row.person == successor:
            return str(_("Nobody reports to oneself: %s.") % successor)
        circle = circle_with(row.person, successor, kind)
        return circle_words(circle) if circle else ""

    return unfit


def _tokens(person: Person) -> Any:
    return ApiToken.objects.filter(person=person, kind=TokenKind.PERSONAL, revoked_at=None)


def _revoke(row: ApiToken, _successor: Any, actor: Any) -> None:
    row.revoked_at, row.revoked_by = timezone.now(), actor
    row.save(update_fields=["revoked_at", "revoked_by"])


register(Holding("roles", _("Roles"), _roles, "person", follows=False, href=_place,
                 passing=_pass_role))  # fmt: skip
register(Holding("start-ups", _("Lines started"), _starts, "product_manager", must=True))
for _kind, _words in (
    ("divisional", _("Divisional reports")),
    ("functional", _("Functional reports")),
):
    register(Holding(_kind, _words, _reports(_kind), _kind, title=lambda row: str(row.person),
                     href=lambda row: str(row.person.get_absolute_url()), unfit=_below(_kind)))  # fmt: skip
register(Holding("tokens", _("API tokens"), _tokens, "person", ends=True,
                 returns=False,
                 title=lambda row: row.name, href=lambda _row: "", passing=_revoke))  # fmt: skip
