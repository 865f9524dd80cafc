"""Saving, changing, archiving, starring and following views of the portfolio."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import has_role, is_admin
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives.models import SavedView, ViewMark

# What an address carries beside the view's own filters and display.
NOT_KEPT = frozenset({"view", "page", "cursor", "peek", "limit", "format", "count"})
MOST_STARS = 12


def kept(query: str) -> str:
    """The part of an address that a view keeps; the same parameters always read the same."""
    pairs = parse_qsl(query.lstrip("?"), keep_blank_values=False)
    return urlencode([(n, v) for n, v in pairs if n not in NOT_KEPT])


def same(one: str, other: str) -> bool:
    """Whether two addresses ask for the same, in whatever order."""
    return sorted(parse_qsl(one)) == sorted(parse_qsl(other))


def may_share_with_company(person: Any) -> bool:
    """The CPO, product managers, business leaders and administrators."""
    return is_admin(person) or has_role(
        person, Role.CPO, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER
    )


def may_share_with_team(person: Any, team: Any) -> bool:
    """Members of the team, the business leader of its line and administrators."""
    mine = any(m.team_id == team.pk for m in person.current_memberships())
    return mine or may_choose_default(person, team)


def may_choose_default(person: Any, team: Any) -> bool:
    """The team's product manager, the business leader of its line and administrators."""
    leads = any(
        m.team_id == team.pk and m.role == Role.PRODUCT_MANAGER
        for m in person.current_memberships()
    )
    return leads or is_admin(person) or has_role(person, Role.BUSINESS_LEADER, line=team.line_id)


def may_change_view(person: Any, view: SavedView) -> bool:
    """Its owner; a shared one also whoever may speak for the team, or the CPO for the company."""
    if view.owner_id == person.pk or is_admin(person):
        return True
    if view.scope == SavedView.Scope.TEAM:
        return may_choose_default(person, view.team)
    return view.scope == SavedView.Scope.COMPANY and has_role(person, Role.CPO)


@transaction.atomic
def save_view(*, owner: Any, name: str, query: str, **told: Any) -> SavedView:
    """A new view. Raises NotYours when it may not be shared that far, NotAllowed without a name."""
    facts = _facts(owner, {"name": name, "query": query, **told})
    default = facts.pop("team_default", False)
    view = SavedView.objects.create(owner=owner, **facts)
    if default:
        choose_default(view=view, actor=owner, default=True)
        view.refresh_from_db()
    return view


@transaction.atomic
def change_view(
    *, view: SavedView, actor: Any, seen_version: int | None = None, **told: Any
) -> SavedView:
    """Change name, description, who sees it or what it shows. Raises Conflict when it is stale."""
    _must_change(view, actor)
    whole = {
        "name": view.name,
        "description": view.description,
        "scope": view.scope,
        "team": view.team,
        "query": view.query,
        **told,
    }
    facts = _facts(actor, whole)
    default = facts.pop("team_default", view.team_default)
    if facts["scope"] != SavedView.Scope.TEAM or facts["team"] != view.team:
        facts["team_default"] = False
        default = default and facts["scope"] == SavedView.Scope.TEAM
    saved = write(view, seen_version=seen_version, **facts)
    if default != saved.team_default:
        saved = choose_default(view=saved, actor=actor, default=default)
    if saved.scope != view.scope:
        _forget_strangers(saved)
    return saved


def _facts(actor: Any, told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a view, tidied and allowed to this person."""
    name = " ".join(str(told.pop("name")).split())[:80]
    if not name:
        raise NotAllowed(_("Give the view a name; it stands in lists and in the rail."))
    scope = told.get("scope") or SavedView.Scope.PRIVATE
    team = told.get("team") if scope == SavedView.Scope.TEAM else None
    if scope == SavedView.Scope.TEAM and team is None:
        raise NotAllowed(_("Choose the team that sees the view."))
    if team is not None and not may_share_with_team(actor, team):
        raise NotYours(_("Views of %(team)s are shared by its members.") % {"team": team})
    if scope == SavedView.Scope.COMPANY and not may_share_with_company(actor):
        raise NotYours(
            _("Views for everybody are made by product managers, business leaders and the CPO.")
        )
    query = kept(str(told.get("query", "")))
    if len(query) > 2000:
        raise NotAllowed(_("This address is too long for a view; drop some of its filters."))
    return {**told, "name": name, "scope": scope, "team": team, "query": query}


def _must_change(view: SavedView, actor: Any) -> None:
    if not may_change_view(actor, view):
        raise NotYours(
            _("“%(view)s” is changed by %(owner)s; save it under a name of your own instead.")
            % {"view": view, "owner": view.owner}
        )


def _forget_strangers(view: SavedView) -> None:
    """Stars and follows of people who do not see the view any more go."""
    for mark in view.marks.select_related("person"):
        if not SavedView.objects.visible_to(mark.person).filter(pk=view.pk).exists():
            mark.delete()


@transaction.atomic
def choose_default(*, view: SavedView, actor: Any, default: bool) -> SavedView:
    """Make a team's view what its members see first, or end that."""
    if view.team is None or not may_choose_default(actor, view.team):
        raise NotYours(_("The first view of a team is chosen by its product manager."))
    others = SavedView.objects.select_for_update().filter(team=view.team, team_default=True)
    if default:
        for other in others.exclude(pk=view.pk):
            write(other, seen_version=None, team_default=False)
    return write(view, seen_version=None, team_default=default)


@transaction.atomic
def archive_view(*, view: SavedView, actor: Any) -> SavedView:
    """Take a view out of all lists; it can be brought back. Its address goes on working."""
    _must_change(view, actor)
    return write(view, seen_version=None, archived_at=timezone.now(), team_default=False)


@transaction.atomic
def restore_view(*, view: SavedView, actor: Any) -> SavedView:
    """Bring an archived view back."""
    _must_change(view, actor)
    return write(view, seen_version=None, archived_at=None)


@transaction.atomic
def mark_view(
    *, view: SavedView, person: Any, starred: bool | None = None, followed: bool | None = None
) -> None:
    """Star or follow a view, or stop; a mark that says nothing goes. Raises NotAllowed."""
    found = ViewMark.objects.select_for_update().filter(view=view, person=person).first()
    mark = found or ViewMark(view=view, person=person)
    before = mark.starred, mark.followed
    mark.starred = mark.starred if starred is None else starred
    mark.followed = mark.followed if followed is None else followed
    if mark.starred and not before[0]:
        stars = ViewMark.objects.filter(person=person, starred=True).count()
        if stars >= MOST_STARS:
            raise NotAllowed(_("The rail holds twelve views; take a star away first."))
    if mark.followed and not before[1]:
        mark.told_at = None
    if mark.starred or mark.followed:
        mark.save()
    elif found:
        found.delete()
