"""One filtered set in seven layouts: what each needs from the queries and how its parts are linked."""

from datetime import date
from typing import Any

from django.db.models import F, IntegerField, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from config.web.filter_bar import copied
from config.whole import whole
from initiatives.filters import InitiativeFilter
from initiatives.filters_sorts import in_order
from initiatives.forms.bulk import ACTS
from initiatives.lifecycle.initiative import PHASES
from initiatives.phases import EIGHT
from initiatives.queries.ages import usual_stays
from initiatives.queries.balance import balance
from initiatives.queries.capped import CAP, in_words
from initiatives.queries.horizons import horizons
from initiatives.queries.lists import (
    BOARD,
    as_rows,
    board,
    listed,
    one_page,
    with_evidence,
    with_kpis,
    with_today,
)
from initiatives.queries.looked import since_looked
from initiatives.queries.portfolio import GROUPS, grouped, groups, heat_map, phase_funnel
from initiatives.queries.score_matrix import matrix_of
from initiatives.queries.then import end_of, first_day, known_then
from initiatives.views.cells import COLUMNS, DEFAULT, Hand, Ink, Table, cell
from initiatives.views.drawings import timeline_drawing

LAYOUTS = (
    ("list", _("List"), "list"),
    ("board", _("Board"), "square-kanban"),
    ("matrix", _("Matrix"), "chart-scatter"),
    ("timeline", _("Timeline"), "chart-gantt"),
    ("heat", _("Age"), "flame"),
    ("funnel", _("Phases"), "funnel"),
    ("balance", _("Capacity"), "scale"),
)
# What can be told of a day in the past; the others rest on rows whose past is not drawn.
THEN = ("list", "board", "heat", "funnel")
NOT_THEN = ("kpi", "evidence")
HOME = "/initiatives"
# More points than these cover each other; each reads its inputs and their evidence.
ON_MATRIX = 100
MATRIX_NEEDS = ("number", "title", "score_version", "line")


class Address:
    """The address of this page with something changed; everything else in it stays."""

    def __init__(self, request: HttpRequest) -> None:
        self.query = request.GET

    def __call__(self, **changes: Any) -> str:
        """The address with parameters set; None or "" takes one away."""
        return f"{HOME}?{told}" if (told := self.told(**changes)) else HOME

    def told(self, **changes: Any) -> str:
        """What stands behind the question mark."""
        left = copied(self.query)
        left.pop("page", None)
        left.pop("peek", None)
        for name, value in changes.items():
            if value in (None, "", []):
                left.pop(name, None)
            else:
                left.setlist(name, value if isinstance(value, list) else [str(value)])
        return str(left.urlencode())


def day_of(text: str) -> date | None:
    """A day from the address that lies in the past, or None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < timezone.localdate() else None


class Portfolio:
    """The filtered set of one request and the context of its layout."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.at = Address(request)
        told = request.GET.get("then", "")
        self.then = day_of(told)
        rows = known_then(request.user, self.then) if self.then else listed(request.user)
        self.filter = InitiativeFilter(request.GET, queryset=rows, request=request)
        # Read before the shell asks for its lines: one statement serves both.
        self.choices = self.filter.choices
        self.ignored = list(self.filter.ignored)
        if told and not self.then:
            self.ignored.append(f"then={told}")
        wanted = request.GET.get("layout", "") or "list"
        self.layout = wanted if wanted in self.offered() else "list"
        # A layout that is only drawn for today is named in a sentence of its own.
        names = {name: label for name, label, _icon in LAYOUTS}
        self.only_today = names[wanted] if wanted in names and wanted != self.layout else ""
        if wanted not in names:
            self.ignored.append(f"layout={wanted}")

    def offered(self) -> list[str]:
        """The layouts of this set."""
        return [n for n, _label, _icon in LAYOUTS if not self.then or n in THEN]

    @cached_property
    def found(self) -> Any:
        return self.filter.qs

    @cached_property
    def now(self) -> Any:
        """The moment ages are counted to."""
        return end_of(self.then) if self.then else timezone.now()

    @cached_property
    def hand(self) -> Hand | None:
        """What the person may edit here; nothing in the past."""
        return None if self.then else Hand(self.request.user)

    @cached_property
    def group(self) -> str:
        """By what the list is grouped; an unknown one is named and ignored."""
        wanted = self.request.GET.get("group", "")
        known = wanted in GROUPS and not (self.then and wanted == "kpi")
        if wanted and not known:
            self.ignored.append(f"group={wanted}")
        return wanted if known else ""

    @cached_property
    def columns(self) -> list[str]:
        """The chosen columns in their order, or the usual ones."""
        wanted = [c for c in self.request.GET.get("cols", "").split(",") if c]
        known = [c for c in wanted if c in COLUMNS and not (self.then and c in NOT_THEN)]
        self.ignored.extend(f"cols={c}" for c in wanted if c not in known)
        return known or list(DEFAULT)

    def context(self) -> dict[str, Any]:
        """What the template of this layout needs."""
        shown: dict[str, Any] = getattr(self, f"as_{self.layout}")()
        return {
            "layout": self.layout,
            "layouts": self.layouts(),
            "then": self.then,
            "only_today": self.only_today,
            "first_day": first_day() if self.then else None,
            **shown,
        }

    def layouts(self) -> list[dict[str, Any]]:
        """The same filters in every layout."""
        offered = self.offered()
        return [
            {
                "label": label,
                "icon": icon,
                "current": name == self.layout,
                "href": self.at(layout=None if name == "list" else name),
            }
            for name, label, icon in LAYOUTS
            if name in offered
        ]

    def page_number(self) -> int:
        text = self.request.GET.get("page", "")
        return whole(text, 6) or 1

    def as_list(self) -> dict[str, Any]:
        found = grouped(self.found, self.group) if self.group else self.found
        extra: dict[str, Any] = {
            "group_of": F(GROUPS[self.group].value) if self.group else Value(None, IntegerField())
        }
        if not self.then:
            extra["since"] = since_looked(self.request.user)
        page: Any = one_page(found, self.page_number(), keys_first=bool(self.group), **extra)
        made = as_rows(page.object_list, further=not self.then, now=self.now)
        if self.then:
            with_today(made)
        if "kpi" in self.columns:
            with_kpis(made)
        if "evidence" in self.columns:
            with_evidence(made)
        chosen = [COLUMNS[name] for name in self.columns]
        return {
            "page": page,
            "rows": made,
            "columns": chosen,
            "total": page.paginator.count,
            "total_words": page.paginator.words,
            "acts": ACTS if self.hand and self.hand.acts else (),
            "parts": self.parts(made, chosen),
            "group": self.group,
        }

    def parts(self, made: list[Any], chosen: list[Any]) -> list[dict[str, Any]]:
        """Rows under the heads of their groups; one part without a head when nothing is grouped."""
        table = Table(chosen, self.hand)
        drawn = [(row, table.row(row)) for row in made]
        if not self.group:
            return [{"head": None, "lines": [line for _row, line in drawn]}]
        kpis = {pk: self.filter.choices.words("kpi", key) for key, pk in self.kpi_ids()}
        heads = groups(self.found, self.group, kpis)
        parts: list[dict[str, Any]] = []
        for row, line in drawn:
            if not parts or parts[-1]["value"] != row.group:
                head = heads.get(str(row.group))
                parts.append({"value": row.group, "head": head, "lines": []})
            parts[-1]["lines"].append(line)
        return parts

    def kpi_ids(self) -> list[tuple[str, int]]:
        return list(self.filter.choices.ids["kpi"].items()) if self.group == "kpi" else []

    def as_board(self) -> dict[str, Any]:
        """Every live phase, or those the address names."""
        wanted = [p for p in self.request.GET.getlist("phase") if p in PHASES]
        phases = [p for p in BOARD if not wanted or p in wanted] or list(BOARD)
        columns = board(self.found, phases, now=self.now)
        ink = Ink()
        shown = [
            {
                "column": c,
                "tiles": [(row, self.owner_on_card(row, ink)) for row in c.rows],
                "words": in_words(c.count),
                "href": self.at(layout=None, phase=[c.phase]),
            }
            for c in columns
        ]
        total = sum(c.count for c in columns)
        return {"columns": columns, "shown": shown, "total": total, "total_words": in_words(total)}

    def owner_on_card(self, row: Any, ink: Ink) -> SafeString:
        """The owner, changed in place by those who may; nothing where nobody else could be named."""
        if not row.owner and not (self.hand and self.hand.may(row, "owner")):
            return mark_safe("")
        return mark_safe(cell(row, COLUMNS["owner"], self.hand, ink))  # noqa: S308 - escaped there

    def as_matrix(self) -> dict[str, Any]:
        """The highest scores; the scoring framework names the axes."""
        best = in_order(self.found, "-score").only(*MATRIX_NEEDS)
        total = self.found.order_by().values("pk")[: CAP + 1].count()
        rows = list(best[:ON_MATRIX])
        return {
            "chart": matrix_of(rows),
            "looked_at": len(rows),
            "total": total,
            "total_words": in_words(total),
        }

    def as_timeline(self) -> dict[str, Any]:
        found = horizons(self.found)
        shown = [
            {
                "horizon": h,
                "words": in_words(h.count),
                "href": self.at(layout=None, phase=[*h.phases]),
            }
            for h in found
        ]
        total = sum(h.count for h in found)
        items = [item for h in found for item in h.items]
        return {
            "shown": shown,
            "drawing": timeline_drawing(items),
            "total": total,
            "total_words": in_words(total),
        }

    def as_heat(self) -> dict[str, Any]:
        usual = usual_stays()
        found = heat_map(self.found, now=self.now, usual=usual)
        phases = [{"phase": p, "usual": usual.get(p.number)} for p in EIGHT]
        total = sum(cell.count for row in found for cell in row.cells if cell)
        rows = [
            {"row": row, "cells": [self._heat(row.slug, c) for c in row.cells]} for row in found
        ]
        return {"heat": rows, "phases": phases, "total": total, "total_words": in_words(total)}

    def _heat(self, slug: str, cell: Any) -> dict[str, Any] | None:
        if cell is None:
            return None
        states = [s for s in cell.phase.states if s != "intake"]
        href = self.at(layout=None, phase=states, line=[slug], sort="-age")
        return {"cell": cell, "href": href}

    def as_funnel(self) -> dict[str, Any]:
        own = "pgh_obj_id" if self.then else "pk"
        found = phase_funnel(self.found, own, self.now)
        total = sum(p.count for p in found)
        shown = [
            {"step": p, "href": self.at(layout=None, phase=list(p.phase.states))} for p in found
        ]
        return {"funnel": shown, "total": total, "total_words": in_words(total)}

    def as_balance(self) -> dict[str, Any]:
        found = balance(self.request.user, self.found)
        total = sum(lane.initiatives for line in found for lane in line.lanes)
        return {"balance": found, "total": total, "total_words": in_words(total)}
