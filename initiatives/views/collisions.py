"""Portfolio and collision radar: lines by lines, the list with reasons, and one pair."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import BusinessLine
from config.flow.errors import Refusal
from config.whole import whole
from initiatives.actions.collisions import ask_owners, dismiss_collision, end_note, may_judge
from initiatives.forms.collisions import AskForm, DismissForm, EndForm, RadarForm
from initiatives.models import CollisionNote, Initiative
from initiatives.queries.collisions import Found, LinePair, collisions, glance
from initiatives.queries.coordination import commitments, referrals_for, waiting_referrals
from initiatives.queries.needs_portfolio import kpis_without_initiative
from initiatives.queries.pipeline import HEAT, funnel, heat

PAGE = 50
SHOWN = 5
NAMED = 3


class Pages(Paginator):
    """Pages of rows that the database has cut already."""

    def __init__(self, found: Found, number: int) -> None:
        super().__init__(range(found.total), PAGE)
        self.found = found
        self.number = number


def clash_table(person: Any, pairs: dict[tuple[int, int], LinePair]) -> dict[str, Any]:
    """The matrix lines × lines: each cell names what two lines share."""
    ids = {pk for pair in pairs for pk in pair}
    lines = list(BusinessLine.objects.visible_to(person).filter(pk__in=ids))
    rows = []
    for mine in lines:
        cells = []
        for theirs in lines:
            pair = pairs.get((min(mine.pk, theirs.pk), max(mine.pk, theirs.pk)))
            shared = pair.shared if pair and mine.pk != theirs.pk else []
            cells.append(
                {
                    "self": mine.pk == theirs.pk,
                    "named": [name for name, _n in shared[:NAMED]],
                    "more": max(0, len(shared) - NAMED),
                    "href": f"/portfolio/collisions?line={mine.slug}&other={theirs.slug}",
                    "label": f"{mine.name}, {theirs.name}",
                }
            )
        rows.append({"line": mine, "cells": cells})
    return {"clash_lines": lines, "clash_rows": rows}


class PortfolioView(LoginRequiredMixin, View):
    """`/portfolio`: referrals, collisions, pipeline, ages, KPIs off track without an initiative."""

    def get(self, request: HttpRequest) -> HttpResponse:
        person, line = request.user, request.GET.get("line", "")
        waiting = referrals_for(person).filter(phase__in=["asked", "coordinated"])
        shown = list(waiting[:SHOWN])
        touched = {s.line_id for r in shown for s in r.initiative.lines.all()}
        lines = [b for b in BusinessLine.objects.visible_to(person) if b.pk in touched]
        seen = glance(person, SHOWN)
        context = {
            "lines": lines,
            "rows": commitments(shown, lines, person),
            "referrals_waiting": waiting_referrals(person).count(),
            "collisions": seen.found.rows,
            "collisions_total": seen.found.total,
            "phases": funnel(person, line),
            "heat_columns": [p.short for p in HEAT],
            "heat_rows": heat(person, line),
            "kpis": kpis_without_initiative(person),
            **clash_table(person, seen.pairs),
        }
        return render(request, "portfolio/page.html", context)


class CollisionListView(LoginRequiredMixin, View):
    """`/portfolio/collisions?line=payments&kind=kpi`: every pair with its reasons."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = RadarForm(request.GET, person=request.user)
        told = form.told()
        number = _whole_number(request.GET.get("page", "1"))
        found = collisions(request.user, **told, limit=PAGE, offset=PAGE * (number - 1))
        if not found.rows and number > 1:
            number = 1
            found = collisions(request.user, **told, limit=PAGE)
        context = {
            "form": form,
            "rows": found.rows,
            "total": found.total,
            "page_obj": Pages(found, number).get_page(number),
            "filtered": any(request.GET.get(name) for name in form.fields),
            **clash_table(request.user, glance(request.user, SHOWN).pairs),
        }
        return render(request, "portfolio/collisions.html", context)


def _whole_number(text: str) -> int:
    return whole(text, 4) or 1


class CollisionView(LoginRequiredMixin, View):
    """`/portfolio/collisions/INI-3/INI-9`: what two meet in, what was said, dismiss and ask."""

    forms = {"dismiss": DismissForm, "ask": AskForm, "end": EndForm}

    @cached_property
    def two(self) -> tuple[Initiative, Initiative]:
        rows = Initiative.objects.visible_to(self.request.user).select_related("line", "owner")
        first = get_object_or_404(rows, number=self.kwargs["number"])
        second = get_object_or_404(rows, number=self.kwargs["other"])
        if first.pk == second.pk:
            raise Http404
        return first, second

    def get(self, request: HttpRequest, number: int, other: int) -> HttpResponse:
        return self.show()

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        first, second = self.two
        ordered = sorted((first, second), key=lambda each: each.pk)
        found = collisions(self.request.user, initiative=first, state="all", limit=10_000)
        met = next((c for c in found.rows if second.pk in (c.first.pk, c.second.pk)), None)
        notes = CollisionNote.objects.filter(first=ordered[0], second=ordered[1])
        context = {
            "first": first,
            "second": second,
            "pair": [first, second],
            "met": met,
            "notes": list(notes.select_related("author", "ended_by")),
            "may_judge": may_judge(self.request.user, first, second),
            "dismiss": DismissForm(prefix="dismiss"),
            "ask": AskForm(prefix="ask"),
            "end": EndForm(prefix="end"),
            **extra,
        }
        return render(self.request, "portfolio/collision.html", context, status=status)

    def post(self, request: HttpRequest, number: int, other: int) -> HttpResponse:
        name = request.POST.get("form", "")
        if name not in self.forms:
            raise Http404
        form = self.forms[name](request.POST, prefix=name)
        if not form.is_valid():
            return self.show(status=422, **{name: form})
        try:
            said = getattr(self, f"do_{name}")(form.cleaned_data)
        except Refusal as refusal:
            why = {"title": refusal.title, "sentences": refusal.sentences}
            return self.show(status=refusal.status, refusal=why, **{name: form})
        messages.success(request, said)
        return HttpResponseRedirect(request.path)

    def do_dismiss(self, told: dict[str, Any]) -> str:
        first, second = self.two
        made = dismiss_collision(first=first, second=second, actor=self.request.user, **told)
        return _("Dismissed until %s.") % f"{made.until_date:%-d %b %Y}"

    def do_ask(self, told: dict[str, Any]) -> str:
        first, second = self.two
        ask_owners(first=first, second=second, actor=self.request.user, **told)
        return _("Both owners are asked.")

    def do_end(self, told: dict[str, Any]) -> str:
        first, second = sorted(self.two, key=lambda each: each.pk)
        notes = CollisionNote.objects.filter(first=first, second=second)
        sent = self.request.POST.get("note", "")
        note = get_object_or_404(notes, pk=whole(sent) or 0)
        end_note(note=note, actor=self.request.user, **told)
        return _("It is closed and stays on record.")
