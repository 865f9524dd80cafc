"""Figures for Prometheus at `/metrics`: requests, due work, and what waits in the database.

Processes of one machine add up through a folder (PROMETHEUS_MULTIPROC_DIR, set by the launcher).
Answers only to whoever shows GATELINE_METRICS_TOKEN; without that setting the address is missing.
"""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from config.due.hold import is_held
from config.web.health import work_by_table
from config.web.history import reference_of

log = logging.getLogger("gateline.web")

SLOW_SECONDS = 1.0
# Bounds in seconds; pages answer in tens of milliseconds.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Histogram(
    "gateline_request_seconds",
    "Time from a request's arrival to its answer.",
    ("method", "route", "status"),
    buckets=BOUNDS,
)
POLICY_REPORTS = Counter(
    "gateline_policy_reports", "Violations of the content policy told by browsers.", ("directive",)
)
QUIET = frozenset({"GET", "HEAD", "OPTIONS"})
# Readings that leave a line: somebody tried what is not theirs, or what no page of ours asks for.
REFUSED = frozenset({400, 401, 403, 405, 413, 429})
METHODS = QUIET | frozenset({"POST", "PUT", "PATCH", "DELETE"})


class MetricsMiddleware:
    """Counts and times each request under its route, never under its path.

    Writes, refusals, failures and slow answers leave a line in the log; other readings do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name or match.route) if match else "missing"
        method = request.method if request.method in METHODS else "OTHER"
        status = f"{response.status_code // 100}xx"
        seconds = time.perf_counter() - started
        REQUESTS.labels(method, route, status).observe(seconds)
        told = response.status_code >= 500 or response.status_code in REFUSED
        if method not in QUIET or told or seconds > SLOW_SECONDS:
            _note(request, response, route, seconds)
        return response


def _note(request: HttpRequest, response: HttpResponse, route: str, seconds: float) -> None:
    # Whoever was looked up for this request; a look-up of its own could fail with the database.
    person = vars(request).get("_cached_user")
    facts = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "person": getattr(person, "pk", None),
        "request": reference_of(request),
    }
    log.info("request", extra=facts)


class WaitingWork:
    """The gauges that are read from the database at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families = {
            "oldest_due_seconds": "Age of the oldest row whose time has come.",
            "due": "Rows whose time has come.",
            "dead": "Rows that gave up and wait for a person.",
            "expired": "Rows whose worker let its lease run out.",
        }
        facts = work_by_table()
        for name, told in families.items():
            family = GaugeMetricFamily(f"gateline_work_{name}", told, labels=["table"])
            for table, values in facts.items():
                family.add_metric([table], float(values[name]))
            yield family
        yield GaugeMetricFamily(
            "gateline_held", "1 where this database is a copy that sends nothing.", float(is_held())
        )


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The text format of Prometheus. Raises Http404 to whoever does not show the token."""
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    wanted = settings.METRICS_TOKEN
    if not wanted or not constant_time_compare(shown, wanted):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry() -> Any:
    registry = CollectorRegistry()
    if settings.METRICS_FOLDER:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = REGISTRY
    both = CollectorRegistry()
    both.register(registry)
    both.register(WaitingWork())
    return both
