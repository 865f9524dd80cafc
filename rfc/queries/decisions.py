"""The log of decisions: what was recorded, beside what gates and reviews decided, as links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.flow.searching import asked
from rfc.models import RFC, Decision, DecisionReview, DecisionSubject, RFCStep, without_text

RECORDED = "recorded"
COLUMNS = ("l_kind", "l_day", "l_pk", "l_number", "l_title", "l_text", "l_who")
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """What a page of the log asks every source for."""

    words: str = ""
    line: str = ""
    who: Any = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Source:
    """Where decisions are made. `rows` gives `shaped` rows; `prefix` and `path` lead to the thing."""

    kind: str
    label: str | Promise
    icon: str
    prefix: str
    path: str
    rows: Callable[[Any, Asked], QuerySet[Any]]


@dataclass(frozen=True)
class Logged:
    """One line of the log."""

    kind: str
    label: str
    icon: str
    day: date
    key: str
    href: str
    title: str
    text: str
    who: str


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a place where decisions are made; it costs no query more, the log is one."""
    _sources[source.kind] = source


def kinds() -> list[tuple[str, Any]]:
    """Kinds of decisions for the filter."""
    return [(RECORDED, _("Recorded")), *((s.kind, s.label) for s in _sources.values())]


def shaped(rows: QuerySet[Any], kind: str, **columns: Any) -> QuerySet[Any]:
    """Rows in the shape of the log: day, number, title, text and who, by expression."""
    text = {
        name: Cast(Coalesce(columns[name], Value("")), CharField())
        for name in ("title", "text", "who")
    }
    shown: QuerySet[Any] = rows.annotate(
        l_kind=Value(kind, CharField()),
        l_day=columns["day"],
        l_pk=F("pk"),
        l_number=columns["number"],
        **{f"l_{name}": expression for name, expression in text.items()},
    ).order_by()
    return shown


def log(person: Any, asked: Asked, recorded: QuerySet[Any], wanted: Iterable[str]) -> Any:
    """Rows of all wanted kinds, newest day first; `recorded` are the filtered decisions."""
    wanted = set(wanted) or {RECORDED, *_sources}
    parts = [each.rows(person, asked) for each in _sources.values() if each.kind in wanted]
    if RECORDED in wanted or not parts:
        own = shaped(
            recorded,
            RECORDED,
            day=F("decided_date"),
            number=F("number"),
            title=F("question"),
            text=F("decision"),
            who=F("decided_by_name"),
        )
        parts.insert(0, own)
    rows = [part.values_list(*COLUMNS) for part in parts]
    first, *rest = rows
    union = first.union(*rest, all=True) if rest else first
    return union.order_by("-l_day", "-l_number", "l_kind", "-l_pk")


def logged(row: tuple[Any, ...]) -> Logged:
    """One row as the page shows it."""
    kind, day, _pk, number, title, text, who = row
    source = _sources.get(kind)
    if source is None:
        href = f"/decisions/DEC-{number}"
        return Logged(kind, _("Recorded"), "scale", day, f"DEC-{number}", href, title, text, who)
    key = f"{source.prefix}-{number}"
    href = f"{source.path.format(key=key)}"
    return Logged(kind, str(source.label), source.icon, day, key, href, title, text, who)


def decisions_for(person: Any) -> QuerySet[Any]:
    """Every decision a person may see, with what a line of a list names."""
    found: Any = Decision.objects.visible_to(person)
    shown: QuerySet[Any] = found.select_related(
        "decided_by", "line", "superseded_by", "supersedes"
    ).annotate(due_date=due_date())
    return shown


def due_date() -> Any:
    """When a decision is looked at again: by its last review, else as it was decided."""
    reviews = DecisionReview.objects.filter(decision=OuterRef("pk")).order_by("-id")
    return Case(
        When(Exists(reviews), then=Subquery(reviews.values("next_date")[:1])),
        default=F("review_date"),
    )


def one_decision(person: Any) -> QuerySet[Any]:
    """Decisions with everything their page shows."""
    return (
        decisions_for(person)
        .select_related("recorded_by", "comment__author", "comment__rfc", "comment__revision")
        .defer(*without_text("comment__revision"))
        .prefetch_related("subjects__rfc", "subjects__initiative", "reviews__reviewed_by")
    )


def about(**subject: Any) -> QuerySet[Any]:
    """Decisions about an RFC or an initiative, newest first."""
    links = DecisionSubject.objects.filter(**subject).values("decision")
    return Decision.objects.filter(pk__in=links).select_related("superseded_by")


def matching(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Decisions that hold the words."""
    query = asked(words)
    return found.filter(Q(search=query) | Q(question__icontains=words))


def reviews_due(person: Any) -> QuerySet[Any]:
    """Decisions of a person that still stand and whose day to look again has come or is near."""
    near = timezone.localdate() + SOON
    mine = decisions_for(person).filter(decided_by=person, superseded_by=None)
    return mine.filter(due_date__lte=near).order_by("due_date")


def to_confirm(person: Any) -> QuerySet[Any]:
    """Decisions recorded as this person's that wait for a word."""
    found: QuerySet[Any] = Decision.objects.visible_to(person)
    return found.filter(decided_by=person, confirmed_at=None, superseded_by=None).select_related(
        "recorded_by"
    )


def _of_rfcs(kind: str, steps: Iterable[str]) -> Callable[[Any, Asked], QuerySet[Any]]:
    steps = tuple(steps)

    def rows(person: Any, asked: Asked) -> QuerySet[Any]:
        found = RFCStep.objects.filter(
            taken=True, to_state__in=steps, subject__in=RFC.objects.visible_to(person).order_by()
        ).exclude(from_state=F("to_state"))
        return shaped(
            narrowed(found, asked, title="subject__title", text="note", line="subject__line"),
            kind,
            day=TruncDate("at"),
            number=F("subject__number"),
            title=F("subject__title"),
            text=F("note"),
            who=F("actor_name"),
        )

    return rows


def narrowed(
    rows: QuerySet[Any], asked: Asked, *, title: str, text: str, line: str
) -> QuerySet[Any]:
    """Step records as far as the filters of the log want them."""
    if asked.words:
        rows = rows.filter(
            Q(**{f"{title}__icontains": asked.words}) | Q(**{f"{text}__icontains": asked.words})
        )
    if asked.line:
        rows = rows.filter(**{f"{line}__slug": asked.line})
    if asked.who is not None:
        rows = rows.filter(actor=asked.who)
    if asked.since:
        rows = rows.filter(at__date__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__date__lte=asked.until)
    return rows


register(
    Source(
        "rfc_accepted",
        gettext_lazy("RFC accepted"),
        "file-check",
        "RFC",
        "/rfcs/{key}#decision",
        _of_rfcs("rfc_accepted", ["accepted"]),
    )
)
register(
    Source(
        "rfc_declined",
        gettext_lazy("RFC declined"),
        "file-x",
        "RFC",
        "/rfcs/{key}#decision",
        _of_rfcs("rfc_declined", ["declined"]),
    )
)
