"""Sprints of a line."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import BusinessLine
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.models import Sprint


@transaction.atomic
def open_sprint(
    *,
    line: BusinessLine | None,
    actor: Any,
    name: str,
    start_date: date,
    end_date: date,
    goal: str = "",
) -> Sprint:
    """A sprint of a line. Without a goal it exists, but no work starts in it."""
    if line is None:
        raise NotAllowed("No line leads this initiative yet, and sprints belong to a line.")
    _must(actor, line)
    if end_date < start_date:
        raise NotAllowed("The sprint ends before it starts.")
    if line.sprints.filter(name__iexact=name.strip()).exists():
        raise NotAllowed(f"{line} already has a sprint named “{name.strip()}”.")
    return Sprint.objects.create(
        line=line,
        name=name.strip(),
        goal=goal.strip(),
        start_date=start_date,
        end_date=end_date,
    )


@transaction.atomic
def change_sprint(
    *, sprint: Sprint, actor: Any, seen_version: int | None, **changes: Any
) -> Sprint:
    """Change goal, name or days."""
    _must(actor, sprint.line)
    return write(sprint, seen_version=seen_version, **changes)


def _must(actor: Any, line: BusinessLine) -> None:
    if not may.may_plan_sprints(actor, line):
        raise NotYours(f"Sprints of {line} are planned by its business leader or TPM.")
