"""Who is named in a text: `@petra.manager`, `@team/checkout`, `@role/risk`.

A person is written as the part of the address before the @, or as the handle of an imported
document. One syntax for RFCs, comments and whatever else holds words; code is left alone by the
callers that render Markdown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership, Person, Role, Team

MENTION = re.compile(
    r"(?<![\w@/.-])@(?P<kind>team/|role/)?(?P<name>[A-Za-z0-9](?:[\w.-]{0,78}[A-Za-z0-9_])?)(?![\w@/])"
)
MOST_NAMED = 50


@dataclass(frozen=True)
class Named:
    """One mention: as written, what it is (person, team, role), whom it reaches, where it leads.

    Without people it names nobody here; `why` then says so in a sentence.
    """

    written: str
    kind: str
    label: str = ""
    href: str = ""
    people: list[Person] = field(default_factory=list)
    why: str = ""


def mentions_in(text: str) -> list[str]:
    """The mentions of a text as written, each once, without the @ ("team/checkout")."""
    found = (f"{m['kind'] or ''}{m['name']}" for m in MENTION.finditer(text))
    return list(dict.fromkeys(found))[:MOST_NAMED]


def named_in(text: str, *, line: Any = None) -> list[Named]:
    """Everything a text mentions, with whom it reaches. At most three queries.

    A role reaches its holders in `line` and company-wide, or everywhere without a line.
    """
    written = mentions_in(text)
    names = [name for name in written if "/" not in name]
    slugs = [name.removeprefix("team/") for name in written if name.startswith("team/")]
    roles = [name.removeprefix("role/") for name in written if name.startswith("role/")]
    found = {**_people(names), **_teams(slugs), **_roles(roles, line)}
    return [found[name] for name in written]


def people_named(text: str, *, line: Any = None) -> list[Person]:
    """The people a text reaches, each once."""
    reached = [person for each in named_in(text, line=line) for person in each.people]
    return list(dict.fromkeys(reached))


def mention_of(person: Person) -> str:
    """How a person is written, without the @."""
    return person.handle or (person.email or "").partition("@")[0]


def _people(names: list[str]) -> dict[str, Named]:
    if not names:
        return {}
    wanted = Q(handle__in=names)
    for name in names:
        wanted |= Q(handle__iexact=name) | Q(email__istartswith=f"{name}@")
    rows = list(Person.objects.active().filter(wanted))
    return {name: _person(name, [row for row in rows if _is(row, name)]) for name in names}


def _is(person: Person, name: str) -> bool:
    local = (person.email or "").partition("@")[0]
    return name.lower() in {local.lower(), (person.handle or "").lower()}


def _person(name: str, rows: list[Person]) -> Named:
    if len(rows) == 1:
        return Named(name, "person", rows[0].name, rows[0].get_absolute_url(), rows)
    why = _("@%(name)s could be several people; choose one from the list.") if rows else ""
    why = why or _("@%(name)s is nobody who can sign in here.")
    return Named(name, "person", why=why % {"name": name})


def _teams(slugs: list[str]) -> dict[str, Named]:
    if not slugs:
        return {}
    teams = {team.slug: team for team in Team.objects.filter(slug__in=slugs).select_related("line")}
    held = _held(Membership.objects.filter(team__in=teams.values()))
    found = {}
    for slug in slugs:
        team, written = teams.get(slug), f"team/{slug}"
        if team is None:
            why = _("There is no team @%(name)s.") % {"name": written}
            found[written] = Named(written, "team", why=why)
            continue
        people = [m.person for m in held if m.team_id == team.pk]
        found[written] = Named(
            written, "team", team.name, team.get_absolute_url(), list(dict.fromkeys(people))
        )
    return found


def _roles(written: list[str], line: Any) -> dict[str, Named]:
    if not written:
        return {}
    roles = {name: name.replace("-", "_") for name in written}
    held = _held(Membership.objects.filter(role__in=roles.values()))
    line_id = getattr(line, "pk", line)
    found = {}
    for name, role in roles.items():
        key = f"role/{name}"
        if role not in Role.values:
            found[key] = Named(key, "role", why=_("There is no role @%(n)s.") % {"n": key})
            continue
        people = [
            m.person
            for m in held
            if m.role == role and (line_id is None or m.in_line_id in (None, line_id))
        ]
        label = str(Role(role).label)
        why = "" if people else _("Nobody holds the role %(role)s here.") % {"role": label}
        found[key] = Named(key, "role", label, "", list(dict.fromkeys(people)), why)
    return found


def _held(found: Any) -> list[Membership]:
    rows: Iterable[Membership] = found.filter(ended_at=None, person__is_active=True).select_related(
        "person", "team"
    )
    return list(rows)
