"""Columns of the portfolio and the HTML of their cells, drawn here for the page and for one saved
cell alike. Plain text in, escaped markup out; no query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from accounts.permissions import is_admin
from config.templatetags.ui_marks import badge
from config.web import icons, words
from initiatives.models import Initiative
from initiatives.phases import status
from initiatives.phases import words as phase_words
from initiatives.queries.lists import Row
from initiatives.queries.waiting import NEXT

FAINT = '<span class="faint">{}</span>'


@dataclass(frozen=True)
class Ink:
    """Words and the day that many cells share, asked for once per table."""

    today: date = field(default_factory=timezone.localdate)
    nothing: str = FAINT.format("–")
    nobody: str = field(default_factory=lambda: f'<span class="muted">{_("nobody yet")}</span>')
    incomplete: str = field(default_factory=lambda: FAINT.format(_("incomplete")))
    none: str = field(default_factory=lambda: FAINT.format(_("none")))
    lapsed: str = field(default_factory=lambda: _("lapsed"))
    known: dict[Any, str] = field(default_factory=dict)


Draw = Callable[[Row, Ink], str]


@dataclass(frozen=True)
class Column:
    """A column: what it is called, how its cell is drawn, the sort key, the field it edits."""

    name: str
    label: str | Promise
    draw: Draw
    sort: str = ""
    end: bool = False
    edits: str = ""


def _phase(row: Row, ink: Ink) -> str:
    if row.phase not in ink.known:
        ink.known[row.phase] = badge(status(row.phase), phase_words(row.phase))
    return ink.known[row.phase]


def _line(row: Row, ink: Ink) -> str:
    more = f' <span class="faint small">+{row.others}</span>' if row.others else ""
    return escape(row.line) + more if row.line else ink.nothing


def _owner(row: Row, ink: Ink) -> str:
    return escape(row.owner) if row.owner else ink.nobody


def _deadline(row: Row, ink: Ink) -> str:
    day = row.deadline
    if not day:
        return ink.nothing
    if day not in ink.known:
        late = ' class="late"' if day < ink.today else ""
        shown = words.short_day(day, ink.today)
        ink.known[day] = f'<time{late} datetime="{day.isoformat()}">{shown}</time>'
    return ink.known[day]


def _score(row: Row, ink: Ink) -> str:
    if row.score is None:
        return ink.incomplete
    return f'<span class="num">{words.figure(row.score, 1)}</span>'


def _age(row: Row, ink: Ink) -> str:
    shown = words.age(row.days)
    return f'<span class="amber">{shown}</span>' if row.late else shown


def _text(name: str) -> Draw:
    def draw(row: Row, ink: Ink) -> str:
        found = getattr(row, name)
        return escape(found) if found else ink.nothing

    return draw


def _moment(name: str) -> Draw:
    def draw(row: Row, ink: Ink) -> str:
        when = getattr(row, name)
        if not when:
            return ink.nothing
        stamp = when.isoformat(timespec="seconds")
        return f'<time datetime="{stamp}">{words.short_moment(when)}</time>'

    return draw


def _kpis(row: Row, ink: Ink) -> str:
    links = [f'<a class="link" href="/kpis/{key}">{key}</a>' for key in row.kpis]
    return " ".join(links) or ink.nothing


def _evidence(row: Row, ink: Ink) -> str:
    if row.evidence is None:
        return ink.none
    count, lapsed = row.evidence
    return f'<span class="amber">{count} · {ink.lapsed}</span>' if lapsed else str(count)


def _waits(row: Row, ink: Ink) -> str:
    role = NEXT.get(row.phase, ("", ""))[0]
    return escape(str(Role(role).label)) if role else ink.nothing


COLUMNS: dict[str, Column] = {
    c.name: c
    for c in (
        Column("phase", gettext_lazy("Phase"), _phase, "phase"),
        Column("line", gettext_lazy("Line"), _line, "line", edits="line"),
        Column("owner", gettext_lazy("Owner"), _owner, "owner", edits="owner"),
        Column("deadline", gettext_lazy("Deadline"), _deadline, "deadline", edits="deadline"),
        Column("score", gettext_lazy("Score"), _score, "score", end=True),
        Column("age", gettext_lazy("In phase"), _age, "age", end=True),
        Column("waits", gettext_lazy("Waits for"), _waits),
        Column("source", gettext_lazy("Source"), _text("source"), "source", edits="source"),
        Column("team", gettext_lazy("Team"), _text("team"), "team", edits="team"),
        Column("kpi", gettext_lazy("Promised KPIs"), _kpis),
        Column("evidence", gettext_lazy("Evidence"), _evidence),
        Column("requester", gettext_lazy("Requester"), _text("requester")),
        Column("created", gettext_lazy("Handed in"), _moment("created_at"), "created"),
        Column("changed", gettext_lazy("Changed"), _moment("changed_at"), "changed"),
    )
}
DEFAULT = ("phase", "line", "owner", "deadline", "score", "age")


class Hand:
    """What a person may edit, judged from memberships read once; the action asks again."""

    def __init__(self, person: Any) -> None:
        held = person.current_memberships()
        self.person = person.pk
        self.admin = is_admin(person)
        self.managed = {m.in_line_id for m in held if m.role == Role.PRODUCT_MANAGER}
        self.led = {m.in_line_id for m in held if m.role == Role.BUSINESS_LEADER}
        # Who only reads and asks is offered no boxes; what an act asks of the others it says itself.
        self.acts = self.admin or any(m.role not in (Role.READER, Role.REQUESTER) for m in held)

    def may(self, row: Row | Initiative, field: str) -> bool:
        """Whether this person edits this field of this row."""
        manages = self.admin or row.owner_id == self.person
        manages = manages or bool({None, row.line_id} & self.managed)
        return manages or (field == "owner" and bool({None, row.line_id} & self.led))


class Table:
    """Draws rows; everything that is the same in each of them is put together once."""

    def __init__(self, columns: Iterable[Column], hand: Hand | None) -> None:
        self.columns = [(column, *_frame(column)) for column in columns]
        self.hand = hand
        self.ink = Ink()
        self.changed = f'<span class="vh">{_("Changed since you looked:")} </span>'
        self.otherwise = _("today otherwise: %(what)s")
        self.pen_says = _("Edit the title of %(key)s")
        self.pen = icons.icon("pencil")

    def row(self, row: Row) -> SafeString:
        """One row of the table with its box, title and cells."""
        key, href, hand = row.key, row.href, self.hand
        moved, mark = (' class="moved"', self.changed) if row.new else ("", "")
        today = ""
        if row.differs:
            said = self.otherwise % {"what": ", ".join(row.differs)}
            moved, today = ' class="moved"', f' <span class="faint small">{escape(said)}</span>'
        pen = self._pen(key, href) if hand and hand.may(row, "title") else ""
        parts = [
            f'<tr data-row="{key}"{moved}><td class="pick">{self._box(row)}</td>'
            f'<th scope="row">{mark}<a class="strong" href="{href}">{escape(row.title)}</a>'
            f' <span class="key">{key}</span>{today}{pen}</th>'
        ]
        for column, opening, said in self.columns:
            inside = column.draw(row, self.ink)
            if column.edits and hand and hand.may(row, column.edits):
                inside = _linked(row, column.edits, inside, said)
            parts.append(f"{opening}{inside}</td>")
        return mark_safe("".join([*parts, "</tr>"]))  # noqa: S308 - every text is escaped above

    def _box(self, row: Row) -> str:
        if self.hand is None or not self.hand.acts:
            return ""
        return f'<input type="checkbox" name="number" value="{row.number}" aria-label="{row.key}">'

    def _pen(self, key: str, href: str) -> str:
        said = self.pen_says % {"key": key}
        return (
            f'<a class="cell pen" href="{href}/cell/title" data-cell="title"'
            f' aria-label="{said}">{self.pen}</a>'
        )


def _frame(column: Column) -> tuple[str, str]:
    """How a cell of the column opens, and what its link says before the key."""
    end, label = ' class="end"' if column.end else "", escape(str(column.label))
    return f'<td{end} data-label="{label}">', f", {_('edit')} {label}, "


def _linked(row: Row, edits: str, inside: str, said: str) -> str:
    return (
        f'<a class="cell" href="{row.href}/cell/{edits}" data-cell="{edits}">{inside}'
        f'<span class="vh">{said}{row.key}</span></a>'
    )


def cell(row: Row, column: Column, hand: Hand | None, ink: Ink | None = None) -> str:
    """The inside of one cell; with a hand that may edit it, a link that becomes the control."""
    inside = column.draw(row, ink or Ink())
    if not (column.edits and hand and hand.may(row, column.edits)):
        return inside
    return _linked(row, column.edits, inside, _frame(column)[1])
