"""Founding, renaming, closing and reopening lines, teams and sub-teams. Nothing is deleted."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.closing import hindrances
from accounts.models import BusinessLine, Membership, Person, SubTeam, Team
from accounts.permissions import may_found, may_staff
from config.flow.errors import NotAllowed, NotYours

Place = BusinessLine | Team | SubTeam
One = TypeVar("One", BusinessLine, Team, SubTeam)
# Words that stand behind /teams/ or /teams/<line>/ and so cannot name a line or a team.
RESERVED = frozenset(
    [
        "new",
        "start-up",
        "chart",
        "reporting",
        "edit",
        "close",
        "reopen",
        "history",
        "teams",
        "roles",
        "order",
        "undo",
        "people",
    ]
)
CHANGEABLE: dict[type[Any], tuple[str, ...]] = {
    BusinessLine: ("name", "purpose", "time_zone"),
    Team: ("name",),
    SubTeam: ("name", "function"),
}


@transaction.atomic
def found_line(
    *, actor: Person, name: str, purpose: str = "", time_zone: str = "UTC", **more: Any
) -> BusinessLine:
    """A new line. Administrators and the chief product officer found one."""
    if not may_found(actor):
        raise NotYours(_("Lines are founded by administrators and the chief product officer."))
    line = BusinessLine(
        name=name.strip(), purpose=purpose.strip(), time_zone=time_zone, created_by=actor, **more
    )
    line.slug = _free_slug(BusinessLine, name, 50)
    return _saved(line)


@transaction.atomic
def add_team(*, actor: Person, line: BusinessLine, name: str) -> Team:
    """A new team of a line."""
    _must_organise(actor, line)
    _must_be_open(line)
    return _saved(Team(line=line, name=name.strip(), slug=_free_slug(Team, name, 80)))


@transaction.atomic
def add_sub_team(*, actor: Person, team: Team, name: str, function: str) -> SubTeam:
    """A new sub-team: people of one function."""
    _must_organise(actor, team.line)
    _must_be_open(team)
    return _saved(SubTeam(team=team, name=name.strip(), function=function))


@transaction.atomic
def change_place(*, actor: Person, place: One, **changes: Any) -> One:
    """Rename it and the like. Its address stays, so that links keep leading here."""
    _must_change(actor, place)
    locked = _locked(place)
    kept = {n: v for n, v in changes.items() if n in CHANGEABLE[type(place)]}
    if all(getattr(locked, name) == value for name, value in kept.items()):
        return locked
    for name, value in kept.items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    return _saved(locked)


@transaction.atomic
def close_place(*, actor: Person, place: One, end_roles: bool = False) -> One:
    """Close it: it keeps its records and takes nothing new. Open teams close with their line, when
    no role is held any more or `end_roles` says that they end with it.
    """
    _must_change(actor, place)
    locked = _locked(place)
    if locked.closed_at:
        return locked
    held = roles_in(locked)
    said = hindrances(locked)
    if held.exists() and not end_roles:
        said.append(
            _("%(n)d roles are still held in %(place)s; end or move them, or end them with it.")
            % {"n": held.count(), "place": locked}
        )
    if said:
        raise NotAllowed(*said)
    now = timezone.now()
    for membership in held.select_for_update(of=("self",), no_key=True):
        membership.ended_at = max(now, membership.started_at)
        membership.save(update_fields=["ended_at"])
    for inner in _inner(locked):
        inner.closed_at = now
        inner.save(update_fields=["closed_at"])
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def reopen_place(*, actor: Person, place: One) -> One:
    """Open it again; what closed with it stays closed, and roles are given anew."""
    _must_change(actor, place)
    locked = _locked(place)
    if locked.closed_at is None:
        return locked
    outer = locked.line if isinstance(locked, Team) else getattr(locked, "team", None)
    if outer is not None:
        _must_be_open(outer)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    return locked


def roles_in(place: Place) -> Any:
    """The roles held in a line with its teams, a team or a sub-team now."""
    held = Membership.objects.filter(ended_at=None)
    if isinstance(place, BusinessLine):
        return held.filter(line=place) | held.filter(team__line=place)
    return held.filter(team=place) if isinstance(place, Team) else held.filter(sub_team=place)


def line_of(place: Place) -> BusinessLine:
    """The line a place belongs to."""
    if isinstance(place, BusinessLine):
        return place
    return place.line if isinstance(place, Team) else place.team.line


def may_change(person: Any, place: Place) -> bool:
    """Lines by administrators and the CPO; teams and sub-teams also by the line's leader."""
    return (
        may_found(person) if isinstance(place, BusinessLine) else may_staff(person, line_of(place))
    )


def must_be_open(place: Place | None) -> None:
    """Raises NotAllowed for a place that is closed."""
    if place is not None:
        _must_be_open(place)


def _must_be_open(place: Place) -> None:
    # Locked, so that nobody closes it while something is put into it.
    rows: Any = type(place).objects.select_for_update(no_key=True)
    if rows.get(pk=place.pk).closed_at:
        raise NotAllowed(_("%s is closed; open it again first.") % place)


def _must_organise(actor: Person, line: BusinessLine) -> None:
    if not may_staff(actor, line):
        raise NotYours(
            _(
                "Teams of %s are kept by administrators, the chief product officer and its "
                "business leader."
            )
            % line
        )


def _must_change(actor: Person, place: Place) -> None:
    if not may_change(actor, place):
        if isinstance(place, BusinessLine):
            raise NotYours(_("Lines are kept by administrators and the chief product officer."))
        _must_organise(actor, line_of(place))


def _locked(place: One) -> One:
    rows = type(place).objects.select_for_update(no_key=True)
    found: One = rows.get(pk=place.pk)
    return found


def _inner(place: Place) -> list[Any]:
    if isinstance(place, BusinessLine):
        teams = list(place.teams.filter(closed_at=None))
        return [*(s for t in teams for s in _inner(t)), *teams]
    return list(place.sub_teams.filter(closed_at=None)) if isinstance(place, Team) else []


def _saved(place: One) -> One:
    if not place.name:
        raise NotAllowed(_("Give it a name."))
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise NotAllowed(
            _("There is one called “%s” already; choose another name.") % place
        ) from None
    return place


def _free_slug(model: Any, name: str, most: int) -> str:
    plain = slugify(name)[: most - 4] or model._meta.model_name
    taken = {*model.objects.filter(slug__startswith=plain).values_list("slug", flat=True)}
    tried = (plain if n == 1 else f"{plain}-{n}" for n in range(1, 1000))
    return next(slug for slug in tried if slug not in taken and slug not in RESERVED)
