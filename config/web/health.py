"""Health for load balancers and alarms: JSON, no sign-in, no secrets.

`/health/live`: this process answers. `/health/ready`: the database answers and is migrated; beside
it stands the work outside requests, per table: the age of the oldest due row, dead rows, leases
that ran out. Late work makes a warning, never “not ready”: pages work without a worker.
"""

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.due.claim import due_models
from config.due.hold import is_held
from config.due.models import DueRow, DueState

LATE = timedelta(minutes=5)
_migrated: set[str] = set()


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served, else 503; what is wrong stands in `problems`."""
    try:
        problems = _not_migrated()
        work = {} if problems else work_by_table()
        held = [] if problems else _held()
    except DatabaseError:
        problems, work, held = ["The database does not answer."], {}, []
    told = {
        "status": "not ready" if problems else "ready",
        "problems": problems,
        "warnings": held
        + [text for label, facts in work.items() for text in _warnings(label, facts)],
        "work": work,
    }
    return JsonResponse(told, status=503 if problems else 200)


def _not_migrated() -> list[str]:
    """Asked until it is once so: a running process does not lose its migrations."""
    if connection.alias in _migrated:
        connection.ensure_connection()
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return [f"{len(plan)} migrations are not applied. Run ./gateline migrate."]
    _migrated.add(connection.alias)
    return []


def _held() -> list[str]:
    said = "This database is a copy: nothing is sent until ./gateline release is run."
    return [said] if is_held() else []


def work_by_table() -> dict[str, dict[str, Any]]:
    """Per table of due rows: age of the oldest in seconds, due, dead and expired rows."""
    return {model._meta.label_lower: _work(model) for model in due_models()}


def _work(model: type[DueRow]) -> dict[str, Any]:
    now = Now()
    due = Q(state=DueState.DUE, due_at__lte=now)
    facts = model._base_manager.aggregate(
        oldest=Min("due_at", filter=due),
        due=Count("pk", filter=due),
        dead=Count("pk", filter=Q(state=DueState.DEAD)),
        expired=Count("pk", filter=Q(state=DueState.DUE, lease_until__lt=now)),
    )
    oldest = facts.pop("oldest")
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    return {"oldest_due_seconds": round(max(age, 0.0), 1), **facts}


def _warnings(label: str, facts: dict[str, Any]) -> list[str]:
    told = []
    if facts["oldest_due_seconds"] > LATE.total_seconds():
        minutes = int(facts["oldest_due_seconds"] // 60)
        told.append(f"{label}: the oldest due row waits for {minutes} minutes.")
    if facts["dead"]:
        told.append(f"{label}: {facts['dead']} rows gave up and wait for a person.")
    return told
