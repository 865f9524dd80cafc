"""What reviews wait for: how much changed since an approval, and the queue of one person's functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rfc.models import RFC, RevisionSection
from rfc.permissions import Held, held_functions
from rfc.standing import DECISION, Standing, judged_by, standings
from rfc.text.fingerprints import lines_changed

OWING = ("stale", "waiting", "recused")
ORDERS = ("section", "age")
Key = tuple[int, str]


@dataclass(frozen=True)
class Waiting:
    """One section of one RFC that awaits one function of a person."""

    rfc: RFC
    section: str
    slug: str
    ordinal: int
    function: str
    label: str
    why: str
    since: datetime
    stale: bool
    href: str
    place: str
    in_place_of: str = ""


@dataclass(frozen=True)
class Section:
    """Sections of one name over all RFCs, longest waiting first."""

    heading: str
    rows: list[Waiting]


def changed_lines_of(asked: Iterable[tuple[RFC, Standing]]) -> dict[tuple[Key, str], int]:
    """How many lines changed since each stale approval: ((rfc, function), slug) → lines. One query."""
    stale = [(rfc, s) for rfc, s in asked if s.state == "stale" and s.position]
    if not stale:
        return {}
    wanted = Q(pk__in=[])
    for rfc, each in stale:
        since = each.position.revision if each.position else 0
        numbers = [since, rfc.revision_count]
        wanted |= Q(
            revision__rfc=rfc, revision__number__in=numbers, slug__in=list(each.changed_slugs)
        )
    rows = RevisionSection.objects.filter(wanted).values_list(
        "revision__rfc_id", "revision__number", "slug", "body"
    )
    texts = {(rfc_id, number, slug): body for rfc_id, number, slug, body in rows}
    found: dict[tuple[Key, str], int] = {}
    for rfc, each in stale:
        for slug in each.changed_slugs:
            since = each.position.revision if each.position else 0
            was = texts.get((rfc.pk, since, slug), "")
            now = texts.get((rfc.pk, rfc.revision_count, slug), "")
            found[(rfc.pk, each.function), slug] = lines_changed(was, now)
    return found


def stale_words(rfc: RFC, each: Standing, lines: dict[tuple[Key, str], int]) -> str:
    """“approved r3, you are at r5, 2 lines changed in Risks”, with every changed section."""
    said = each.position
    if said is None:
        return ""
    parts = [
        ngettext("%(n)d line changed in %(section)s", "%(n)d lines changed in %(section)s", n)
        % {"n": n, "section": heading}
        for slug, heading in zip(each.changed_slugs, each.changed, strict=True)
        for n in [lines.get(((rfc.pk, each.function), slug), 0)]
    ]
    told = {"old": said.revision, "new": rfc.revision_count, "changes": ", ".join(parts)}
    return _("approved r%(old)d, now at r%(new)d: %(changes)s") % told


def asked_of_functions(person: Any) -> Q:
    """RFCs in review that ask a function this person may answer for, in a line where it counts."""
    asked = Q(pk__in=[])
    for held in held_functions(person):
        where = Q() if held.line_id is None else Q(line=held.line_id) | Q(line=None)
        asked |= Q(required_functions__function=held.function) & where
    return asked


def queue(person: Any, *, function: str = "", line: str = "") -> list[Waiting]:
    """Every section that awaits a function of this person. Five queries however many there are."""
    asked = RFC.objects.visible_to(person).filter(phase=RFC.IN_REVIEW)
    if line:
        asked = asked.filter(line__slug=line)
    rfcs = list(asked.filter(asked_of_functions(person)).select_related("author").distinct())
    stands = standings(rfcs)
    mine = held_functions(person)
    owed = [
        (rfc, each, held)
        for rfc in rfcs
        for each in stands[rfc.pk]
        if each.state in OWING and (not function or each.function == function)
        for held in [_held(mine, rfc, each, person)]
        if held is not None
    ]
    lines = changed_lines_of((rfc, each) for rfc, each, _held_as in owed)
    return [row for rfc, each, held in owed for row in _rows(rfc, each, held, lines, person)]


def _held(mine: list[Held], rfc: RFC, each: Standing, person: Any) -> Held | None:
    said = each.position
    if each.state == "recused" and said is not None and said.person_id == person.pk:
        return None
    return next((h for h in mine if h.function == each.function and h.counts_in(rfc.line_id)), None)


def _rows(
    rfc: RFC, each: Standing, held: Held, lines: dict[tuple[Key, str], int], person: Any
) -> Iterable[Waiting]:
    judged = judged_by(each.function, rfc.content)
    said = each.position
    own = said is not None and said.person_id == person.pk
    stale = each.state == "stale" and said is not None
    slugs = set(each.changed_slugs) if stale else set(judged)
    since = rfc.changed_at if stale else rfc.review_opened_at or rfc.changed_at
    base = rfc.get_absolute_url()
    for at, part in enumerate(rfc.content):
        if part["slug"] not in slugs:
            continue
        heading = part["heading"] or _("Before the first section")
        yield Waiting(
            rfc=rfc,
            section=heading,
            slug=part["slug"],
            ordinal=-1 if part["slug"] == DECISION else at,
            function=each.function,
            label=each.label,
            why=_why(rfc, each, part["slug"], lines, own=own),
            since=since,
            stale=stale,
            href=f"{base}/compare/v{said.revision}/v{rfc.revision_count}"
            if stale and said
            else base,
            place=f"#s-{part['slug']}" if stale else f"#doc-{part['slug']}",
            in_place_of=held.principal,
        )


def _why(
    rfc: RFC, each: Standing, slug: str, lines: dict[tuple[Key, str], int], *, own: bool
) -> str:
    said = each.position
    if each.state == "stale" and said is not None:
        count = lines.get(((rfc.pk, each.function), slug), 0)
        told = {"n": count, "r": said.revision, "who": said.who}
        if own:
            words = ngettext(
                "%(n)d line changed since you approved r%(r)d",
                "%(n)d lines changed since you approved r%(r)d",
                count,
            )
        else:
            words = ngettext(
                "%(n)d line changed since %(who)s approved r%(r)d",
                "%(n)d lines changed since %(who)s approved r%(r)d",
                count,
            )
        return words % told
    if each.state == "recused":
        return _("%(who)s recused") % {"who": said.who if said else _("Somebody")}
    return _("not answered on r%d") % rfc.revision_count


def by_section(rows: list[Waiting]) -> list[Section]:
    """The rows grouped by section, in the order of the texts; in each the oldest first."""
    groups: dict[str, list[Waiting]] = {}
    for row in sorted(rows, key=lambda r: r.since):
        groups.setdefault(row.section.casefold(), []).append(row)
    ordered = sorted(groups.values(), key=lambda g: (min(r.ordinal for r in g), g[0].since))
    return [Section(rows[0].section, rows) for rows in ordered]


def by_age(rows: list[Waiting]) -> list[Waiting]:
    """The longest waiting first."""
    return sorted(rows, key=lambda r: (r.since, r.rfc.number, r.ordinal))
