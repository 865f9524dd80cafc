"""Reads of delivery: tickets with their parts, coverage with its denominator, sign-offs, sprints."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from accounts.models import Role
from initiatives.models import Initiative, JiraItem, SignOff, Sprint, Ticket
from initiatives.permissions import DEEP_DIVE_FUNCTIONS

LACKING = ("points", "criteria", "test_cases", "sub_tasks", "assignee")


@dataclass(frozen=True)
class Coverage:
    """How many of the tickets have something, with the word and the filter for those that lack."""

    label: str
    name: str
    have: int
    of: int


@dataclass(frozen=True)
class Signature:
    """A participant function and who signed for it in this attempt."""

    function: str
    label: str
    signed: SignOff | None


def tickets_of(initiative: Initiative) -> list[Ticket]:
    """The tickets in the plan with criteria, cases, sub-tasks and their Jira rows; five queries."""
    return list(
        initiative.tickets.filter(archived_at=None)
        .select_related("assignee", "sprint", "team")
        .prefetch_related(
            "criteria",
            "sub_tasks",
            "test_cases",
            Prefetch(
                "jira_items",
                JiraItem.objects.filter(level="ticket").select_related("connection"),
                to_attr="in_jira",
            ),
        )
    )


def has(ticket: Ticket, name: str) -> bool:
    """Whether a ticket has points, criteria, test cases, sub-tasks or an assignee."""
    if name == "points":
        return ticket.points is not None
    if name == "assignee":
        return ticket.assignee_id is not None
    parts: Any = getattr(ticket, name)
    return bool(parts.all())


def coverage(tickets: Iterable[Ticket]) -> list[Coverage]:
    """Coverage of each part over the tickets in the plan."""
    rows = list(tickets)
    words = (
        ("Story points", "points"),
        ("Acceptance criteria", "criteria"),
        ("Test cases", "test_cases"),
        ("Sub-tasks", "sub_tasks"),
        ("Assigned", "assignee"),
    )
    return [
        Coverage(label, name, sum(has(t, name) for t in rows), len(rows)) for label, name in words
    ]


def signatures(initiative: Initiative) -> list[Signature]:
    """Every participant function with its signature in the newest attempt; two queries."""
    attempt = initiative.steps_taken.filter(taken=True, to_state="deep_dive").count()
    found = initiative.sign_offs.filter(attempt=attempt).select_related("person")
    by_function = {s.function: s for s in found}
    return [Signature(f, str(Role(f).label), by_function.get(f)) for f in DEEP_DIVE_FUNCTIONS]


def sprints_of(initiative: Initiative) -> list[Sprint]:
    """The newest sprints of the leading line."""
    return list(Sprint.objects.filter(line=initiative.line_id)[:12])
