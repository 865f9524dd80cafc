"""Tickets: written, estimated, given criteria, test cases and sub-tasks; assigned and planned."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Person
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.models import (
    AcceptanceCriterion,
    Initiative,
    Sprint,
    SubTask,
    TestCase,
    Ticket,
)
from initiatives.signals import ticket_changed

OPEN_PHASES = ("ux_design", "deep_dive", "sprint_ready", "coding")


@transaction.atomic
def write_ticket(  # noqa: PLR0913 - one form, one call
    *,
    initiative: Initiative,
    actor: Any,
    title: str,
    kind: str = Ticket.Kind.STORY,
    description: str = "",
    implementation_notes: str = "",
    points: int | None = None,
    team: Any = None,
    assignee: Person | None = None,
) -> Ticket:
    """Add a ticket to an initiative that is being broken down."""
    locked = _may_break_down(initiative, actor)
    return Ticket.objects.create(
        initiative=locked,
        title=title.strip(),
        kind=Ticket.Kind(kind),
        description=description.strip(),
        implementation_notes=implementation_notes.strip(),
        points=points,
        team=team or locked.team,
        assignee=assignee,
        ordinal=locked.tickets.count(),
    )


@transaction.atomic
def change_ticket(
    *, ticket: Ticket, actor: Any, seen_version: int | None, **changes: Any
) -> Ticket:
    """Change fields of a ticket; a stale version is a Conflict. Tells Jira's rows by signal."""
    _may_break_down(ticket.initiative, actor)
    changed = write(ticket, seen_version=seen_version, **changes)
    ticket_changed.send(sender=Ticket, ticket=changed)
    return changed


@transaction.atomic
def archive_ticket(*, ticket: Ticket, actor: Any) -> Ticket:
    """Take a ticket out of the plan, or back into it."""
    _may_break_down(ticket.initiative, actor)
    moment = None if ticket.archived_at else timezone.now()
    if moment and ticket.jira_items.exclude(issue_id="").exists():
        raise NotAllowed("It is in Jira already; close it there, so that nobody works on it.")
    return write(ticket, seen_version=None, archived_at=moment)


@transaction.atomic
def set_criteria(*, ticket: Ticket, actor: Any, texts: Sequence[str]) -> None:
    """Replace the acceptance criteria by these, in this order."""
    _replace(ticket, actor, AcceptanceCriterion, "text", texts)


@transaction.atomic
def set_sub_tasks(*, ticket: Ticket, actor: Any, titles: Sequence[str]) -> None:
    """Replace the sub-tasks; one that keeps its title keeps its place in Jira."""
    _replace(ticket, actor, SubTask, "title", titles)


def _replace(
    ticket: Ticket,
    actor: Any,
    model: type[models.Model],
    field: str,
    texts: Sequence[str],
) -> None:
    _may_break_down(ticket.initiative, actor)
    wanted = [t.strip() for t in texts if t.strip()]
    rows = model._default_manager.filter(ticket=ticket)
    kept = {getattr(row, field): row for row in rows}
    for ordinal, text in enumerate(wanted):
        row = kept.pop(text, None)
        if row is None:
            model._default_manager.create(ticket=ticket, ordinal=ordinal, **{field: text})
        else:
            model._default_manager.filter(pk=row.pk).update(ordinal=ordinal)
    for row in kept.values():
        row.delete()
    ticket_changed.send(sender=Ticket, ticket=ticket)


@transaction.atomic
def add_test_case(
    *, ticket: Ticket, actor: Any, title: str, steps: str = "", expected: str = ""
) -> TestCase:
    """Add a way to check the ticket."""
    _may_break_down(ticket.initiative, actor)
    case = TestCase.objects.create(
        ticket=ticket,
        title=title.strip(),
        steps=steps.strip(),
        expected=expected.strip(),
        ordinal=ticket.test_cases.count(),
    )
    ticket_changed.send(sender=Ticket, ticket=ticket)
    return case


@transaction.atomic
def remove_test_case(*, case: TestCase, actor: Any) -> None:
    """Remove a test case; its history stays."""
    _may_break_down(case.ticket.initiative, actor)
    ticket = case.ticket
    case.delete()
    ticket_changed.send(sender=Ticket, ticket=ticket)


@transaction.atomic
def mark_automated(*, case: TestCase, actor: Any, automated: bool) -> TestCase:
    """Say whether a machine runs it."""
    if not may.may_edit_deep_dive(actor, case.ticket.initiative):
        raise NotYours("Test cases belong to the TPM, the engineers and quality assurance.")
    case.automated = automated
    case.save(update_fields=["automated"])
    return case


@transaction.atomic
def plan_into_sprint(
    *, tickets: Sequence[Ticket], actor: Any, sprint: Sprint | None
) -> Sequence[Ticket]:
    """Put tickets of a sprint-ready initiative into a sprint of its line, or take them out."""
    for ticket in tickets:
        initiative = ticket.initiative
        if not may.may_plan_sprints(actor, initiative.line):
            raise NotYours("Sprints are planned by the business leader or TPM of the line.")
        if initiative.phase not in ("sprint_ready", "coding"):
            raise NotAllowed(
                f"{initiative.key} is not sprint-ready; only complete work enters a sprint.",
                link=initiative.get_absolute_url(),
            )
        if sprint is not None and sprint.line_id != initiative.line_id:
            raise NotAllowed(f"{sprint} belongs to {sprint.line}.")
        write(ticket, seen_version=None, sprint=sprint)
    return tickets


@transaction.atomic
def assign_ticket(*, ticket: Ticket, actor: Any, assignee: Person | None) -> Ticket:
    """Name who does it."""
    initiative = ticket.initiative
    if not (may.plans_delivery_of(actor, initiative) or may.leads_line_of(actor, initiative)):
        raise NotYours("Tickets are assigned by the TPM or the business leader.")
    return write(ticket, seen_version=None, assignee=assignee)


def _may_break_down(initiative: Initiative, actor: Any) -> Initiative:
    if not may.may_edit_deep_dive(actor, initiative):
        raise NotYours(
            "Tickets are written by the TPM, the architect, engineers and quality assurance "
            "of the line."
        )
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    if locked.phase not in OPEN_PHASES:
        raise NotAllowed(
            f"{locked.key} is not being broken down now; tickets are written from UX design on.",
            link=locked.get_absolute_url(),
        )
    return locked
