"""The RFCs of the demo: written from the template, reviewed by their functions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.flow.steps import take
from initiatives.demo.company import Line
from initiatives.models import Initiative
from rfc.actions.deciding import try_accept
from rfc.actions.positions import take_position
from rfc.actions.starting import start_rfc
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC

TEXT = """## Summary

{title}. We ask for a decision to build it behind a flag and to open it step by step.

## Motivation

{problem} People told us the same in interviews, and the numbers agree.

## Evidence

- 1,214 customers in the data of the last quarter, two of three asked for it
- 14 interviews, twelve describe the same work-around
- one pilot points the other way for large customers

## Scope

Small and medium customers in all regions. Large customers stay as they are until a pilot says otherwise.

## KPI targets

| KPI | from | to | by |
| --- | --- | --- | --- |
| {kpi} | {start} | {goal} | next quarter |

## Solution

1. A new service takes the request and answers within 800 ms.
2. The screen shows what happens next, in every state.
3. A flag opens it per region.

## Risks and compliance

Exposure is reviewed every morning by the duty risk officer. The limit is {limit} per customer and day.

- a loss ratio above 0.15 % over seven days stops it
- one confirmed case of an account taken over stops it

## Non-functional requirements

99th percentile below 800 ms at 120 requests a second. No personal data beyond the customer number leaves the ledger.

## Roll-out

One region for two weeks, then half, then all. The flag can be closed within a minute.

## Open questions

None that hold the decision.
"""


def write_rfc(line: Line, initiative: Initiative, **facts: str) -> RFC:
    """The product manager writes and publishes it; nobody is asked yet."""
    owner = line["product_manager"]
    body = TEXT.format(
        title=initiative.title,
        problem=initiative.problem,
        **{"limit": "€ 2,000", "kpi": "KPI", "start": "now", "goal": "target", **facts},
    )
    rfc = start_rfc(
        actor=owner,
        title=initiative.title,
        initiative=initiative,
        flags=("money", "user_facing"),
        summary_problem=initiative.problem[:200],
        decision_asked="Build it behind a flag and open it step by step.",
        body=body,
    )
    publish_revision(rfc=rfc, actor=owner, note="First complete text")
    return rfc


def ask(line: Line, rfc: RFC, *, window_over: bool = True) -> RFC:
    """Ask for a decision; the demo lets the comment window lie in the past where it is over."""
    asked = take(rfc, "ask-for-decision", actor=line["product_manager"])
    if window_over:
        opened = timezone.now() - timedelta(days=6)
        RFC.objects.filter(pk=asked.pk).update(
            review_opened_at=opened, window_ends_at=opened + timedelta(days=5)
        )
        asked.refresh_from_db()
    return asked


def approve(line: Line, rfc: RFC, *, without: tuple[str, ...] = ()) -> RFC:
    """Every required function approves the newest revision, but those left out."""
    for required in rfc.required_functions.all():
        if required.function not in without:
            take_position(
                rfc=rfc,
                actor=reviewer(line, required.function),
                function=required.function,
                stance="approve",
                revision_number=rfc.revision_count,
            )
    try_accept(rfc)
    rfc.refresh_from_db()
    return rfc


def reviewer(line: Line, function: str) -> Any:
    """Who speaks for a function in a line."""
    return line[function]


def lower_the_limit(line: Line, rfc: RFC) -> RFC:
    """A material edit: the limit in “Risks and compliance” changes, so approvals become stale."""
    owner = line["product_manager"]
    body = rfc.draft.body.replace("€ 2,000", "€ 1,500")
    save_draft(rfc=rfc, actor=owner, seen_version=None, body=body)
    publish_revision(rfc=rfc, actor=owner, note="Lower limit after the first week")
    rfc.refresh_from_db()
    return rfc
