"""Collision radar: live initiatives of different lines that meet in a KPI, a service, customers or people.

One set-based statement whatever the number of initiatives: facts as rows (initiative, line, kind,
what), joined on what they share. The same weeks alone mean nothing, so weeks (of the sprints their
tickets are in) only add to another reason. What very many share makes no pairs: it is shown once, as
crowded, since a pair of it tells nobody anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from initiatives.lifecycle.initiative import LIVE
from initiatives.models import CollisionNote, Initiative
from kpis.models import KPI

CROWDED = 50
KEPT_SECONDS = 3600
STATE = """
SELECT (SELECT (max(id), max(changed_at), count(*))::text FROM initiatives_initiative),
    (SELECT (max(id), count(*))::text FROM initiatives_kpipromise),
    (SELECT (max(id), count(*), count(sprint_id), count(assignee_id))::text FROM initiatives_ticket),
    (SELECT (max(id), count(*), max(answered_at))::text FROM initiatives_initiativeline),
    (SELECT (max(id), count(*))::text FROM initiatives_study),
    (SELECT (max(id), count(ended_at))::text FROM initiatives_collisionnote)"""
KINDS = {
    "kpi": (_("KPI"), "chart-line"),
    "service": (_("Service"), "server"),
    "customers": (_("Customers"), "users"),
    "people": (_("People"), "user"),
    "weeks": (_("Weeks"), "calendar"),
}

# Every arm gives initiative, line, kind and what; {live} names the initiatives that count.
FACTS = """
live AS MATERIALIZED (SELECT id, line_id, owner_id, designer_id, tpm_id, affected, source_fields
    FROM initiatives_initiative WHERE line_id IS NOT NULL AND id IN ({live})),
fact AS MATERIALIZED (
    SELECT l.id, l.line_id, 'kpi' AS kind, p.kpi_id::text AS what
        FROM live l JOIN initiatives_kpipromise p ON p.initiative_id = l.id
    UNION
    SELECT l.id, l.line_id, 'service', s.name
        FROM live l, unnest(regexp_split_to_array(
            lower(btrim(l.source_fields ->> 'affected_services')), '\\s*[,;\\n]\\s*')) AS s(name)
        WHERE s.name <> ''
    UNION
    SELECT c.id, c.line_id, 'customers', c.what FROM (
        SELECT l.id, l.line_id, regexp_replace(lower(btrim(l.affected)), '\\s+', ' ', 'g') AS what
            FROM live l WHERE btrim(l.affected) <> ''
        UNION
        SELECT l.id, l.line_id, regexp_replace(lower(btrim(h.audience)), '\\s+', ' ', 'g')
            FROM live l JOIN initiatives_hypothesis h ON h.initiative_id = l.id
            WHERE btrim(h.audience) <> ''
        UNION
        SELECT l.id, l.line_id, regexp_replace(lower(btrim(s.segment)), '\\s+', ' ', 'g')
            FROM live l JOIN initiatives_mockupset m ON m.initiative_id = l.id
            JOIN initiatives_mockupversion v ON v.mockup_set_id = m.id
            JOIN initiatives_study s ON s.version_id = v.id WHERE btrim(s.segment) <> ''
    ) c
    UNION
    SELECT l.id, l.line_id, 'people', w.who::text
        FROM live l, LATERAL (VALUES (l.owner_id), (l.designer_id), (l.tpm_id)) AS w(who)
        WHERE w.who IS NOT NULL
    UNION
    SELECT l.id, l.line_id, 'people', t.assignee_id::text
        FROM live l JOIN initiatives_ticket t ON t.initiative_id = l.id
        WHERE t.archived_at IS NULL AND t.assignee_id IS NOT NULL
    UNION
    SELECT l.id, l.line_id, 'people', i.person_id::text
        FROM live l JOIN initiatives_initiativeline i ON i.initiative_id = l.id
        WHERE i.person_id IS NOT NULL
)"""
SHARED = """
shared AS (SELECT kind, what, count(*) AS n FROM fact GROUP BY kind, what
    HAVING min(line_id) <> max(line_id))"""
# One side may be a single initiative; otherwise each pair stands once.
PAIRS = """
met AS (SELECT least(a.id, b.id) AS first, greatest(a.id, b.id) AS second,
        a.kind || ':' || a.what AS fact, a.kind
    FROM shared s JOIN fact a ON a.kind = s.kind AND a.what = s.what
    JOIN fact b ON b.kind = s.kind AND b.what = s.what AND b.line_id <> a.line_id
    WHERE s.n <= %(crowded)s
    AND CASE WHEN %(one)s::bigint IS NULL THEN a.id < b.id ELSE a.id = %(one)s END
    AND (%(line)s::bigint IS NULL OR %(line)s IN (a.line_id, b.line_id))
    AND (%(other)s::bigint IS NULL OR %(other)s IN (a.line_id, b.line_id))),
pair AS (SELECT first, second, array_agg(fact ORDER BY fact) AS facts
    FROM met GROUP BY first, second HAVING %(kind)s = '' OR bool_or(kind = %(kind)s)),
span AS (SELECT t.initiative_id AS id, min(s.start_date) AS starts, max(s.end_date) AS ends
    FROM initiatives_ticket t JOIN initiatives_sprint s ON s.id = t.sprint_id
    WHERE t.archived_at IS NULL AND t.initiative_id IN
        (SELECT first FROM pair UNION SELECT second FROM pair)
    GROUP BY t.initiative_id),
note AS (SELECT first_id, second_id,
        max(until_date) FILTER (WHERE kind = 'dismissed') AS until,
        jsonb_agg(facts) FILTER (WHERE kind = 'dismissed') -> 0 AS facts,
        bool_or(kind = 'asked') AS asked
    FROM initiatives_collisionnote WHERE ended_at IS NULL GROUP BY first_id, second_id),
judged AS (SELECT pair.*, x.starts <= y.ends AND y.starts <= x.ends AS same_weeks,
        COALESCE(n.until >= %(today)s AND n.facts @> to_jsonb(pair.facts), false) AS dismissed,
        COALESCE(n.asked, false) AS asked
    FROM pair LEFT JOIN note n ON n.first_id = pair.first AND n.second_id = pair.second
    LEFT JOIN span x ON x.id = pair.first LEFT JOIN span y ON y.id = pair.second)
SELECT first, second, facts, COALESCE(same_weeks, false), dismissed, asked, count(*) OVER ()
FROM judged WHERE (%(state)s = 'all' OR (%(state)s = 'dismissed') = dismissed)
    AND (%(state)s <> 'asked' OR asked)
ORDER BY cardinality(facts) + COALESCE(same_weeks, false)::int DESC, first DESC, second DESC
LIMIT %(limit)s OFFSET %(offset)s"""
# What may meet one initiative: live ones that share a fact with it. Of each fact no more are fetched
# than make it crowded, so that one more than that says the same as thousands. `lives` opens a question
# by key whether a row counts.
NEAR = r"""
me AS (SELECT * FROM initiatives_initiative WHERE id = %(one)s),
who AS (SELECT w.id FROM me, unnest(ARRAY[owner_id, designer_id, tpm_id]) w(id)
        WHERE w.id IS NOT NULL
    UNION SELECT assignee_id FROM initiatives_ticket
        WHERE initiative_id = %(one)s AND archived_at IS NULL AND assignee_id IS NOT NULL
    UNION SELECT person_id FROM initiatives_initiativeline
        WHERE initiative_id = %(one)s AND person_id IS NOT NULL),
said AS (SELECT affected AS what FROM me
    UNION SELECT audience FROM initiatives_hypothesis WHERE initiative_id = %(one)s
    UNION SELECT s.segment FROM initiatives_study s
        JOIN initiatives_mockupversion v ON v.id = s.version_id
        JOIN initiatives_mockupset m ON m.id = v.mockup_set_id WHERE m.initiative_id = %(one)s),
words AS (SELECT regexp_replace(lower(btrim(what)), '\s+', ' ', 'g') AS what FROM said
    WHERE btrim(what) <> ''),
svc AS (SELECT DISTINCT s.name FROM me, unnest(regexp_split_to_array(
        lower(btrim(me.source_fields ->> 'affected_services')), '\s*[,;\n]\s*')) AS s(name)
    WHERE s.name <> ''),
near AS (SELECT n.id FROM who, LATERAL (SELECT i.id FROM initiatives_initiative i
        WHERE i.owner_id = who.id AND {lives} i.id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM who, LATERAL (SELECT i.id FROM initiatives_initiative i
        WHERE i.designer_id = who.id AND {lives} i.id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM who, LATERAL (SELECT i.id FROM initiatives_initiative i
        WHERE i.tpm_id = who.id AND {lives} i.id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM who, LATERAL (SELECT DISTINCT t.initiative_id AS id
        FROM initiatives_ticket t WHERE t.assignee_id = who.id AND t.archived_at IS NULL
        AND {lives} t.initiative_id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM who, LATERAL (SELECT DISTINCT l.initiative_id AS id
        FROM initiatives_initiativeline l WHERE l.person_id = who.id
        AND {lives} l.initiative_id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM (SELECT DISTINCT kpi_id FROM initiatives_kpipromise
        WHERE initiative_id = %(one)s) mine, LATERAL (SELECT DISTINCT p.initiative_id AS id
        FROM initiatives_kpipromise p WHERE p.kpi_id = mine.kpi_id
        AND {lives} p.initiative_id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM words, LATERAL (SELECT i.id FROM initiatives_initiative i
        WHERE regexp_replace(lower(btrim(i.affected)), '\s+', ' ', 'g') = words.what
        AND {lives} i.id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM words, LATERAL (SELECT h.initiative_id AS id
        FROM initiatives_hypothesis h
        WHERE regexp_replace(lower(btrim(h.audience)), '\s+', ' ', 'g') = words.what
        AND {lives} h.initiative_id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM words, LATERAL (SELECT DISTINCT m.initiative_id AS id
        FROM initiatives_study s JOIN initiatives_mockupversion v ON v.id = s.version_id
        JOIN initiatives_mockupset m ON m.id = v.mockup_set_id
        WHERE regexp_replace(lower(btrim(s.segment)), '\s+', ' ', 'g') = words.what
        AND {lives} m.initiative_id) LIMIT %(enough)s) n
    UNION SELECT n.id FROM svc, LATERAL (SELECT i.id FROM initiatives_initiative i
        WHERE regexp_split_to_array(lower(btrim(i.source_fields ->> 'affected_services')),
            '\s*[,;\n]\s*') @> ARRAY[svc.name] AND {lives} i.id) LIMIT %(enough)s) n
    UNION SELECT id FROM me WHERE {lives} me.id)),"""
CELLS = """
SELECT LEAST(a.line_id, b.line_id), GREATEST(a.line_id, b.line_id), a.kind, a.what, a.n + b.n
FROM (SELECT f.kind, f.what, f.line_id, count(*) AS n FROM fact f
        JOIN shared s ON s.kind = f.kind AND s.what = f.what
        GROUP BY f.kind, f.what, f.line_id) a
JOIN (SELECT f.kind, f.what, f.line_id, count(*) AS n FROM fact f
        JOIN shared s ON s.kind = f.kind AND s.what = f.what
        GROUP BY f.kind, f.what, f.line_id) b
    ON a.kind = b.kind AND a.what = b.what AND a.line_id < b.line_id
ORDER BY 5 DESC, 3, 4"""


@dataclass(frozen=True)
class Shared:
    """One thing two initiatives meet in, in words."""

    kind: str
    name: str
    icon: str
    fact: str = ""


@dataclass(frozen=True)
class Collision:
    """Two initiatives of different lines with everything they meet in."""

    first: Initiative
    second: Initiative
    shared: list[Shared]
    facts: list[str]
    dismissed: bool
    asked: bool
    notes: list[CollisionNote]

    def other(self, initiative: Initiative) -> Initiative:
        """The one it meets."""
        return self.second if self.first.pk == initiative.pk else self.first


@dataclass(frozen=True)
class Found:
    """A part of the collisions and how many there are."""

    rows: list[Collision]
    total: int


def collisions(  # noqa: PLR0913 - one question with its narrowings, by keyword
    person: Any,
    *,
    initiative: Initiative | None = None,
    line: int | None = None,
    other: int | None = None,
    kind: str = "",
    state: str = "open",
    limit: int = 50,
    offset: int = 0,
) -> Found:
    """Pairs that meet, those with most in common first; five queries whatever their number.

    `state` is open (not dismissed), asked, dismissed or all; `line` and `other` narrow to lines.
    """
    rows = _run(
        person,
        f"{SHARED}, {PAIRS}",
        one=initiative.pk if initiative else None,
        line=line,
        other=other,
        kind=kind,
        state=state,
        limit=limit,
        offset=offset,
        crowded=CROWDED,
        today=timezone.localdate(),
    )
    return Found(_collisions(rows), rows[0][6] if rows else 0)


def pair_facts(person: Any, first: Initiative, second: Initiative) -> list[str]:
    """What two initiatives meet in now, as facts; one query."""
    ordered = sorted((first.pk, second.pk))
    rows = _run(
        person,
        f"{SHARED}, {PAIRS}",
        one=first.pk,
        line=None,
        other=None,
        kind="",
        state="all",
        limit=10_000,
        offset=0,
        crowded=CROWDED,
        today=timezone.localdate(),
    )
    return next((list(row[2]) for row in rows if [row[0], row[1]] == ordered), [])


@dataclass(frozen=True)
class LinePair:
    """Two lines and the things they share, the most shared first."""

    first: int
    second: int
    shared: list[tuple[Shared, int]]


def by_lines(person: Any) -> dict[tuple[int, int], LinePair]:
    """What each two lines share, crowded things included; three queries."""
    rows = _run(person, f"{SHARED} {CELLS}")
    names = _names(f"{kind}:{what}" for _a, _b, kind, what, _n in rows)
    found: dict[tuple[int, int], LinePair] = {}
    for first, second, kind, what, count in rows:
        pair = found.setdefault((first, second), LinePair(first, second, []))
        pair.shared.append((_shared(f"{kind}:{what}", names), count))
    return found


@dataclass(frozen=True)
class Glance:
    """What Home and the portfolio show of the radar."""

    found: Found
    pairs: dict[tuple[int, int], LinePair]


def glance(person: Any, limit: int = 5) -> Glance:
    """The first collisions, how many there are, and the matrix; kept until a fact changes.

    One cheap statement says whether anything the radar reads changed; only then it is read anew.
    """
    key = f"radar:{person.pk}:{limit}:{timezone.localdate()}:{_state_of_facts()}"
    kept: Glance | None = cache.get(key)
    if kept is None:
        kept = Glance(collisions(person, limit=limit), by_lines(person))
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _state_of_facts() -> str:
    """The newest row of everything that gives facts, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    return sha256(repr(row).encode()).hexdigest()[:16]


def _run(person: Any, rest: str, **told: Any) -> list[tuple[Any, ...]]:
    """The facts of what the person may see, then the rest of the statement."""
    seen = Initiative.objects.visible_to(person).filter(phase__in=LIVE).order_by().values("pk")
    sql, params = seen.query.sql_with_params()
    named = {f"seen{n}": value for n, value in enumerate(params)}
    live = sql % tuple(f"%({name})s" for name in named)
    if told.get("one"):
        told["enough"] = told["crowded"] + 1
        near = NEAR.format(lives=f"(SELECT true FROM ({live}) ok(id) WHERE ok.id =")  # noqa: S608 - compiled by Django
        # So few rows are fetched by their keys, which the planner cannot know.
        live = "SELECT unnest(ARRAY(SELECT id FROM near))"
        return _rows(f"WITH {near} {FACTS.format(live=live)}, {rest}", {**told, **named})
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling such a statement takes longer than running it; its sorts fit into memory.
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        return _rows(f"WITH {FACTS.format(live=live)}, {rest}", {**told, **named})


def _rows(sql: str, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _collisions(rows: Iterable[tuple[Any, ...]]) -> list[Collision]:
    rows = list(rows)
    ids = {pk for row in rows for pk in row[:2]}
    found = Initiative.objects.select_related("line", "owner").in_bulk(ids) if ids else {}
    names = _names(fact for row in rows for fact in row[2])
    notes: dict[tuple[int, int], list[CollisionNote]] = {}
    said = CollisionNote.objects.filter(first__in=ids, second__in=ids, ended_at=None)
    for note in said.select_related("author") if ids else ():
        notes.setdefault((note.first_id, note.second_id), []).append(note)
    return [
        Collision(
            first=found[first],
            second=found[second],
            shared=_words(facts, names, weeks=weeks),
            facts=list(facts),
            dismissed=dismissed,
            asked=asked,
            notes=notes.get((first, second), []),
        )
        for first, second, facts, weeks, dismissed, asked, _total in rows
    ]


def _words(facts: Iterable[str], names: Mapping[str, str], *, weeks: bool) -> list[Shared]:
    order = list(KINDS)
    said = sorted((_shared(f, names) for f in facts), key=lambda s: order.index(s.kind))
    return [*said, Shared("weeks", str(_("the same weeks")), "calendar")] if weeks else said


def _shared(fact: str, names: Mapping[str, str]) -> Shared:
    kind, _colon, what = fact.partition(":")
    return Shared(kind, names.get(fact, what), KINDS[kind][1], fact)


def _names(facts: Iterable[str]) -> dict[str, str]:
    """KPIs and people by name; services and customers are their own words. Two queries."""
    wanted: dict[str, set[str]] = {"kpi": set(), "people": set()}
    for fact in facts:
        kind, _colon, what = fact.partition(":")
        if kind in wanted:
            wanted[kind].add(what)
    kpis = KPI.objects.filter(pk__in=wanted["kpi"]).values_list("pk", "name")
    people = Person.objects.get_queryset().filter(pk__in=wanted["people"])
    return {
        **{f"kpi:{pk}": name for pk, name in kpis},
        **{f"people:{pk}": name for pk, name in people.values_list("pk", "name")},
    }
