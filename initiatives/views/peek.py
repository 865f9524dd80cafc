"""A look at one initiative beside the list: what it is, where it stands, what its gate lacks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views import View

from config.flow.steps import steps
from initiatives.models import Initiative
from initiatives.phases import phase_of, status, words
from initiatives.queries.activity import recent
from initiatives.queries.lists import as_rows, rows
from initiatives.queries.one import next_step
from initiatives.views.cells import COLUMNS, Hand, cell
from initiatives.views.tab import InitiativeMixin

# The fields of the panel, each becoming its control.
SHOWN = ("line", "owner", "team", "source", "deadline", "score")
MOST = 4


def peek_context(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    """What the panel shows."""
    found = Initiative.objects.visible_to(request.user).filter(pk=initiative.pk)
    row = as_rows(rows(found))[0]
    ahead = next_step(steps(initiative, request.user))
    phase, hand = phase_of(initiative.phase), Hand(request.user)
    missing = [m for r in ahead.missing for m in r.missing] if ahead else []
    return {
        "initiative": initiative,
        "row": row,
        # Cells are escaped where they are drawn.
        "cells": [(COLUMNS[n].label, mark_safe(cell(row, COLUMNS[n], hand))) for n in SHOWN],  # noqa: S308
        "phase_words": words(initiative.phase),
        "phase_status": status(initiative.phase),
        "expected": phase.expected if phase else None,
        "step": ahead,
        "missing": missing[:MOST],
        "further": max(len(missing) - MOST, 0),
        "acts": recent(initiative, most=3),
    }


class PeekView(InitiativeMixin, View):
    """`/initiatives/INI-12/peek`: the panel by itself, for the list's script."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        context = {"peek": peek_context(request, self.initiative)}
        return render(request, "initiatives/portfolio/_peek.html", context)
