"""Recording values, one or many, and taking them out as CSV."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.identity import signed_in
from config.web.rows import csv_lines
from kpis.actions.kpi import must_keep
from kpis.actions.observation import Recorded, record_observation, record_observations
from kpis.forms import ObservationForm, PasteForm
from kpis.models import KPI
from kpis.views.kpi import UNPROCESSABLE, WRITES, find_kpi
from kpis.words import plain

HEADERS = (
    "period_start",
    "period_end",
    "value",
    "unit",
    "provenance",
    "recorded_by",
    "arrived_at",
    "superseded_at",
    "note",
)


@WRITES
@login_required
def observation_new(request: HttpRequest, number: int) -> HttpResponse:
    """Record one value."""
    kpi = find_kpi(request, number)
    must_keep(signed_in(request), kpi)
    form = ObservationForm(request.POST or None, initial={"provenance": kpi.source})
    if request.method == "POST" and form.is_valid():
        record_observation(kpi=kpi, actor=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Recorded."))
        return redirect(kpi)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "kpis/observation_form.html", {"form": form, "kpi": kpi}, status=status)


@WRITES
@login_required
def observation_paste(request: HttpRequest, number: int) -> HttpResponse:
    """Record many values; one faulty line refuses all."""
    kpi = find_kpi(request, number)
    must_keep(signed_in(request), kpi)
    form = PasteForm(request.POST or None, initial={"provenance": kpi.source})
    if request.method == "POST" and form.is_valid():
        done = record_observations(
            kpi=kpi,
            actor=signed_in(request),
            values=form.measured,
            provenance=form.cleaned_data["provenance"],
        )
        messages.success(request, _told(done))
        return redirect(kpi)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "kpis/paste.html", {"form": form, "kpi": kpi}, status=status)


def _told(done: Recorded) -> str:
    parts = [ngettext("%d value added", "%d values added", len(done.added)) % len(done.added)]
    if done.superseding:
        parts.append(_("%d superseded") % len(done.superseding))
    if done.unchanged:
        parts.append(_("%d unchanged") % len(done.unchanged))
    return ", ".join(parts) + "."


@require_GET
@login_required
def kpi_csv(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Every value of a KPI, superseded ones too; cells that a spreadsheet would run are defused."""
    kpi = find_kpi(request, number)
    response = StreamingHttpResponse(
        csv_lines(HEADERS, _rows(kpi)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{kpi.key}.csv"'
    return response


def _rows(kpi: KPI) -> Iterator[tuple[Any, ...]]:
    rows = kpi.observations.select_related("recorded_by").order_by("period_end", "id")
    for row in rows.iterator(chunk_size=500):
        yield (
            row.period_start.isoformat(),
            row.period_end.isoformat(),
            plain(row.value),
            kpi.unit,
            row.provenance,
            str(row.recorded_by or ""),
            row.arrived_at,
            row.superseded_at,
            row.note,
        )
