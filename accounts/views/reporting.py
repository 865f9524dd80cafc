"""Reporting lines: the table, one row to change, and the chart drawn from them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_GET, require_http_methods

from accounts import queries
from accounts.actions import change_reporting
from accounts.chart import DIVISIONAL, FUNCTIONAL
from accounts.identity import signed_in
from accounts.models import BusinessLine, Level, ReportingLine
from accounts.permissions import may_found
from config.flow.errors import NotAllowed, NotYours


class ReportingForm(forms.Form):
    """Three posts; an empty one is open."""

    responsible = forms.CharField(label=__("Responsible"), max_length=120, required=False)
    divisional = forms.CharField(
        label=__("Divisional: reports to"),
        max_length=120,
        required=False,
        help_text=__("Inside the business."),
    )
    functional = forms.CharField(
        label=__("Functional: reports to"),
        max_length=120,
        required=False,
        help_text=__("The centre of excellence."),
    )


@require_GET
@login_required
def reporting(request: HttpRequest) -> HttpResponse:
    """Both lines of reporting of every function."""
    rows = [
        {"function": row["function"], "cells": [row["levels"].get(level) for level in Level]}
        for row in queries.reporting_table()
    ]
    context = {"rows": rows, "levels": Level.choices, "may_change": may_found(request.user)}
    return render(request, "accounts/reporting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reporting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One function at one level."""
    row = get_object_or_404(ReportingLine.objects.visible_to(request.user), pk=pk)
    if not may_found(request.user):
        raise NotYours(
            _("Reporting lines are kept by administrators and the chief product officer.")
        )
    initial = {n: getattr(row, n) for n in ("responsible", "divisional", "functional")}
    form = ReportingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_reporting(actor=signed_in(request), row=row, **form.cleaned_data)
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("reporting")
    status = 422 if form.is_bound else 200
    context = {"form": form, "row": row}
    return render(request, "accounts/reporting_form.html", context, status=status)


@require_GET
@login_required
def chart(request: HttpRequest) -> HttpResponse:
    """`/teams/chart?by=functional&line=payments`: a nested list, drawn as a chart."""
    kind = FUNCTIONAL if request.GET.get("by") == FUNCTIONAL else DIVISIONAL
    lines = list(BusinessLine.objects.visible_to(request.user).open())
    wanted = request.GET.get("line", "")
    line = next((one for one in lines if one.slug == wanted), None)
    context: dict[str, Any] = {
        "posts": queries.org_chart(kind, line),
        "kind": kind,
        "line": line,
        "kinds": [
            (one, words, f"?by={one}" + (f"&line={line.slug}" if line else ""))
            for one, words in ((DIVISIONAL, _("Divisional")), (FUNCTIONAL, _("Functional")))
        ],
        "scopes": [
            (_("the company"), f"?by={kind}", line is None),
            *((one.name, f"?by={kind}&line={one.slug}", one == line) for one in lines),
        ],
        "open": queries.open_posts(kind),
    }
    return render(request, "accounts/chart.html", context)
