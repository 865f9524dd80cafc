"""What `@petra.manager`, `@team/checkout` and `@role/risk` mean: suggestions and cards."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.mentions import mention_of, named_in
from accounts.models import Person, Role, Team
from config.web import references

PEOPLE, OTHERS = 5, 3
ROLES = [(str(role), role.label) for role in Role if role not in (Role.REQUESTER, Role.READER)]


def find(request: HttpRequest, typed: str) -> Iterable[references.Found]:
    """People by name or address, teams and roles by name. Two queries."""
    words = typed.lower()
    found = [] if words.startswith(("team/", "role/")) else _people(request, typed)
    bare = words.removeprefix("team/").removeprefix("role/")
    if not words.startswith("role/"):
        found += _teams(request, bare)
    if not words.startswith("team/"):
        found += _roles(bare)
    return found


def card(request: HttpRequest, written: str) -> references.Card | None:
    """Who is reached by a mention. At most three queries."""
    named = named_in(f"@{written}")
    if not named or named[0].why or not request.user.is_authenticated:
        return None
    one = named[0]
    if one.kind == "person":
        person = one.people[0]
        return references.Card(
            f"@{written}", person.name, one.href, icon="user", text=person.role_snapshot()
        )
    reached = ngettext("%d person", "%d people", len(one.people)) % len(one.people)
    names = ", ".join(person.name for person in one.people[:8])
    return references.Card(
        f"@{written}",
        one.label,
        one.href,
        icon="users",
        text=names,
        facts=[(_("Reaches"), reached)],
    )


def _people(request: HttpRequest, typed: str) -> list[references.Found]:
    rows = Person.objects.visible_to(request.user).filter(is_active=True)
    rows = rows.filter(Q(name__icontains=typed) | Q(email__istartswith=typed)).order_by("name")
    return [
        references.Found(f"@{mention_of(row)}", row.name, f"@{mention_of(row)}", "user")
        for row in rows[:PEOPLE]
    ]


def _teams(request: HttpRequest, typed: str) -> list[references.Found]:
    rows = Team.objects.visible_to(request.user).select_related("line")
    rows = rows.filter(Q(name__icontains=typed) | Q(slug__istartswith=typed))
    return [
        references.Found(f"@team/{row.slug}", row.name, _("Team, %s") % row.line.name, "users")
        for row in rows[:OTHERS]
    ]


def _roles(typed: str) -> list[references.Found]:
    wanted = typed.replace("-", " ")
    rows = [(role, label) for role, label in ROLES if wanted in str(label).lower()]
    return [
        references.Found(f"@role/{role.replace('_', '-')}", str(label), _("Role"), "id-card")
        for role, label in rows[:OTHERS]
    ]


references.register(references.AT, references.Kind("", find, card))
