"""The living style guide: every component in every state, and the four screens it was built from."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from config.web import specimens

SCREENS = ("home", "initiative", "ranking", "rfc-review")


@require_GET
@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return render(request, "styleguide.html", _parts(request))


@require_GET
@login_required
def screen(request: HttpRequest, name: str) -> HttpResponse:
    """One whole screen composed of components, to be lifted."""
    if name not in SCREENS:
        raise Http404
    return render(request, f"styleguide/{name}.html", _parts(request))


def _parts(request: HttpRequest) -> dict[str, Any]:
    refused = specimens.SampleForm({"why": "", "title": "Pay agents at once"}, prefix="refused")
    refused.is_valid()
    return {
        "screens": SCREENS,
        "now": timezone.now(),
        "someone": specimens.person("Lara Mensah"),
        "sample_form": specimens.SampleForm(),
        "refused_form": refused,
        "filter_form": specimens.SampleFilter(request.GET or {"phase": "rfc"}),
        "page": Paginator(range(214), 50).get_page(request.GET.get("page")),
        "requirements": specimens.requirements(),
        "steps": specimens.steps(),
        "open_steps": specimens.open_steps(),
        "records": specimens.records(),
        "phases": specimens.phases(),
        "pipeline": specimens.pipeline(),
        "heat_columns": specimens.HEAT_COLUMNS,
        "heat_rows": specimens.heat_rows(),
        "needs": specimens.needs(),
        "kpis": specimens.kpis(),
        "promise": specimens.promise(),
        "acts": specimens.acts(),
        "diff_lines": specimens.diff_lines(),
        "threads": specimens.threads(),
        "functions": specimens.functions(),
        "contents": specimens.contents(),
        "lanes": specimens.lanes(),
        "versions": specimens.versions(),
        "jobs": specimens.jobs(),
        "tabs": _tabs(),
        "facts": _facts(),
        "counts": _counts(),
        "order": _order(),
    }


def _tabs() -> list[dict[str, Any]]:
    names = (("Overview", ""), ("Evidence", 9), ("Design", "v4"), ("Delivery", ""),
             ("Metrics", 2), ("Referral", "1 of 2"), ("Activity", ""))  # fmt: skip
    return [
        {"label": label, "href": f"#{label.lower()}", "count": count, "current": i == 0}
        for i, (label, count) in enumerate(names)
    ]


def _facts() -> list[tuple[str, ...]]:
    return [
        ("Baseline", "52.0 %"),
        ("Target, 31 Mar", "60.0 %"),
        ("Predicted", "57–63 %"),
        ("Now", "54.1 %", "26 %"),
    ]


def _counts() -> list[dict[str, Any]]:
    return [
        {"label": "create", "count": 24, "kind": "add", "href": "#create"},
        {"label": "change", "count": 3, "kind": "change", "href": "#change"},
        {"label": "unchanged", "count": 4, "kind": "same"},
        {"label": "refused", "count": 0, "kind": "off"},
    ]


def _order() -> list[dict[str, Any]]:
    titles = ("Merchant onboarding in two screens", "Instant settlement for POS agents",
              "Float alerts before the rush")  # fmt: skip
    return [
        {"id": i, "title": title, "key": f"INI-{200 + i}", "note": f"score {80 - 7 * i}"}
        for i, title in enumerate(titles, start=1)
    ]
