"""Giving, moving, ending and resuming roles."""

from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.places import must_be_open
from accounts.models import (
    EXCLUSIVE_ROLES,
    BusinessLine,
    Membership,
    Person,
    Role,
    SubTeam,
    Team,
)
from accounts.permissions import may_give, may_staff
from config.flow.errors import NotAllowed, NotYours


class Elsewhere(NotAllowed):
    """The role belongs to one team, and the person holds such a role in another one. `held` says
    where; asking again with `move` ends those roles and gives this one.
    """

    slug = "elsewhere"

    def __init__(self, *sentences: str, held: list[Membership]) -> None:
        super().__init__(*sentences)
        self.held = held


class Terms(TypedDict, total=False):
    """How a role is held: acting, since when, until when; `move` lets go of another team."""

    acting: bool
    started: date | None
    last_date: date | None
    move: bool


@transaction.atomic
def add_membership(
    *,
    actor: Person,
    person: Person,
    role: str,
    line: BusinessLine | None = None,
    team: Team | None = None,
    sub_team: SubTeam | None = None,
    **terms: Unpack[Terms],
) -> Membership:
    """Give a person a role in a line, a team, or (without both) the company. Refuses a second team
    for roles that belong to one team only, unless `move` ends them there. In a start-up line
    somebody who fills a role takes it over from whoever acted.
    """
    team = sub_team.team if sub_team else team
    line = team.line if team else line
    _must_give(actor, role, line)
    for place in (line, team, sub_team):
        must_be_open(place)
    if not person.is_active:
        raise NotAllowed(_("%s cannot sign in; activate the person before giving a role.") % person)
    acting, last_date = terms.get("acting", False), terms.get("last_date")
    started_at = start_of(terms.get("started"), line, last_date)
    if team is not None and role in EXCLUSIVE_ROLES:
        _leave_other_teams(actor, person, role, team, move=terms.get("move", False), at=started_at)
    given = _given(
        person=person, role=role, line=line, team=team, sub_team=sub_team, acting=acting,
        started_at=started_at, last_date=last_date,
    )  # fmt: skip
    if line is not None and line.start_up and not acting:
        _take_over(given, line)
    return given


@transaction.atomic
def end_membership(*, actor: Person, membership: Membership) -> Membership:
    """End a role now; it stays on record. Ending one that has ended changes nothing."""
    locked = _locked(membership)
    _must_staff(actor, locked.team.line if locked.team else locked.line)
    return _ended(locked)


@transaction.atomic
def resume_membership(*, actor: Person, membership: Membership) -> Membership:
    """Take the end of a role back: it goes on as if it had never ended."""
    locked = _locked(membership)
    line = locked.team.line if locked.team else locked.line
    _must_give(actor, locked.role, line)
    for place in (line, locked.team, locked.sub_team):
        must_be_open(place)
    if not locked.person.is_active:
        raise NotAllowed(_("%s cannot sign in; activate the person first.") % locked.person)
    locked.ended_at, locked.last_date = None, None
    try:
        with transaction.atomic():
            locked.save(update_fields=["ended_at", "last_date"])
    except IntegrityError as error:
        raise _why_not(error, locked.person, locked.role, locked.team) from None
    return locked


@transaction.atomic
def change_last_day(*, actor: Person, membership: Membership, last_date: date | None) -> Membership:
    """Say until when a role is held; a worker ends it after that day."""
    locked = _locked(membership)
    line = locked.team.line if locked.team else locked.line
    _must_staff(actor, line)
    if locked.ended_at is not None:
        raise NotAllowed(_("%s has ended already.") % locked)
    start_of(None, line, last_date)
    if last_date and last_date < locked.started_at.date():
        raise NotAllowed(_("The last day lies before the first."))
    locked.last_date = last_date
    locked.save(update_fields=["last_date"])
    return locked


@transaction.atomic
def end_past_memberships() -> int:
    """End the roles whose last day has passed in their line's zone. Answers how many."""
    due = Membership.objects.filter(ended_at=None, last_date__lt=timezone.now().date())
    rows = due.select_for_update(of=("self",), no_key=True, skip_locked=True)
    past = [m for m in rows.select_related("line", "team__line") if _is_past(m)]
    for membership in past:
        _ended(membership)
    return len(past)


def elsewhere(person: Person, team: Team | None) -> list[Membership]:
    """The roles that belong to one team and that the person holds in other teams now."""
    held = person.memberships.filter(role__in=EXCLUSIVE_ROLES, ended_at=None, team__isnull=False)
    if team is not None:
        held = held.exclude(team=team)
    return list(held.select_related("team__line", "person"))


def _leave_other_teams(
    actor: Person, person: Person, role: str, team: Team, *, move: bool, at: datetime
) -> None:
    held = elsewhere(person, team)
    if held and not move:
        raise Elsewhere(*_where(person, role, held), held=held)
    for membership in held:
        there = membership.team.line if membership.team else None
        if not may_staff(actor, there):
            raise NotYours(
                _("%(person)s is %(role)s of %(team)s; only somebody who keeps %(line)s can let go.")
                % {"person": person, "role": membership.get_role_display().lower(),
                   "team": membership.team, "line": there}
            )  # fmt: skip
        membership.ended_at = max(at, membership.started_at)
        membership.save(update_fields=["ended_at"])


def _where(person: Person, role: str, held: list[Membership]) -> list[str]:
    there = _(" and ").join(
        _("%(role)s of %(team)s (%(line)s)")
        % {"role": m.get_role_display().lower(), "team": m.team, "line": m.team and m.team.line}
        for m in held
    )
    return [
        _("%(person)s is %(there)s now. A %(role)s belongs to exactly one team.")
        % {"person": person, "there": there, "role": Role(role).label.lower()},
        _("Move the person here, which ends the other role, or choose somebody else."),
    ]


def _given(**fields: Any) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(**fields)
    except IntegrityError as error:
        raise _why_not(error, fields["person"], fields["role"], fields["team"]) from None


def _take_over(given: Membership, line: BusinessLine) -> None:
    """Whoever acted in this role of a start-up hands it over."""
    acted = Membership.objects.filter(role=given.role, acting=True, ended_at=None).exclude(
        pk=given.pk
    )
    here = acted.filter(line=line) | acted.filter(team__line=line)
    for membership in here.select_for_update(of=("self",), no_key=True):
        _ended(membership)


def _ended(membership: Membership) -> Membership:
    if membership.ended_at is None:
        membership.ended_at = max(timezone.now(), membership.started_at)
        membership.save(update_fields=["ended_at"])
    return membership


def _locked(membership: Membership) -> Membership:
    held = Membership.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("person", "line", "team__line", "sub_team").get(pk=membership.pk)


def start_of(started: date | None, line: BusinessLine | None, last: date | None) -> datetime:
    """The moment at which a role begins that is given now. Raises NotAllowed on days that do not
    fit.
    """
    now = timezone.now()
    zone = ZoneInfo(line.time_zone if line else "UTC")
    today = now.astimezone(zone).date()
    if started and started > today:
        raise NotAllowed(_("A role starts today or earlier; give it on the day it starts."))
    if last and last < (started or today):
        raise NotAllowed(_("The last day lies before the first."))
    if last and last < today:
        raise NotAllowed(_("The last day has passed; choose today or a later one, or none."))
    if started is None or started == today:
        return now
    return datetime.combine(started, time.min, tzinfo=zone)


def _is_past(membership: Membership) -> bool:
    line = membership.team.line if membership.team else membership.line
    today = timezone.now().astimezone(ZoneInfo(line.time_zone if line else "UTC")).date()
    return membership.last_date is not None and membership.last_date < today


def _must_give(actor: Person, role: str, line: BusinessLine | None) -> None:
    _must_staff(actor, line)
    if role == Role.CPO and line is not None:
        raise NotAllowed(_("The chief product officer holds the role for the whole company."))
    if not may_give(actor, role, line):
        raise NotYours(_("The role of the chief product officer is given by administrators."))


def _must_staff(actor: Person, line: BusinessLine | None) -> None:
    if may_staff(actor, line):
        return
    if line is None:
        raise NotYours(_("Roles for the whole company are given and ended by administrators."))
    raise NotYours(
        _(
            "Roles in %s are given and ended by administrators, the chief product officer and the "
            "line's business leader."
        )
        % line
    )


def _why_not(error: IntegrityError, person: Person, role: str, team: Team | None) -> NotAllowed:
    name = Role(role).label.lower()
    if "one_team" in str(error):
        said = {"person": person, "role": name}
        return Elsewhere(
            _(
                "%(person)s is %(role)s of another team in that time already; this role belongs to "
                "exactly one team. End the other one first."
            )
            % said,
            held=elsewhere(person, team),
        )
    return NotAllowed(_("%s holds this role here already.") % person)
