"""What must hold before an initiative is sprint-ready."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q

from config.flow.asking import asked_once
from config.flow.gates import Missing, gate
from initiatives.permissions import DEEP_DIVE_FUNCTIONS


@asked_once
def _tickets(initiative: Any) -> list[dict[str, Any]]:
    """Every ticket with what it has; one query for all the gates that look at tickets."""
    models = type(initiative)._meta.apps

    def has(model: str) -> Exists:
        return Exists(
            models.get_model("initiatives", model).objects.filter(ticket=OuterRef("pk")).order_by()
        )

    tickets = initiative.tickets.filter(archived_at=None).annotate(
        has_points=Q(points__isnull=False),
        has_criteria=has("AcceptanceCriterion"),
        has_test_cases=has("TestCase"),
        has_sub_tasks=has("SubTask"),
    )
    return list(
        tickets.values("title", "has_points", "has_criteria", "has_test_cases", "has_sub_tasks")
    )


def _lacking(initiative: Any, fact: str, what: str, anchor: str) -> Iterator[Missing]:
    titles = [ticket["title"] for ticket in _tickets(initiative) if not ticket[fact]]
    if titles:
        shown = ", ".join(f"“{t}”" for t in titles[:3]) + (" and more" if titles[3:] else "")
        noun = "One ticket has" if len(titles) == 1 else f"{len(titles)} tickets have"
        yield Missing(
            f"{noun} no {what}: {shown}.",
            link=initiative.tab_url("delivery") + f"?lacking={anchor}#tickets",
            mender="the technical product manager with the team",
        )


@gate("The design is broken down into tickets")
def has_tickets(initiative: Any) -> Iterator[Missing]:
    if not _tickets(initiative):
        yield Missing(
            "There is no ticket yet; turn the design into stories and tasks.",
            link=initiative.tab_url("delivery") + "#tickets",
            mender="the technical product manager",
        )


@gate("Every ticket has story points")
def tickets_estimated(initiative: Any) -> Iterator[Missing]:
    yield from _lacking(initiative, "has_points", "story points", "points")


@gate("Every ticket has acceptance criteria")
def tickets_have_criteria(initiative: Any) -> Iterator[Missing]:
    yield from _lacking(initiative, "has_criteria", "acceptance criteria", "criteria")


@gate("Every ticket has test cases")
def tickets_have_test_cases(initiative: Any) -> Iterator[Missing]:
    yield from _lacking(initiative, "has_test_cases", "test cases", "test_cases")


@gate("Every ticket has sub-tasks")
def tickets_have_sub_tasks(initiative: Any) -> Iterator[Missing]:
    yield from _lacking(initiative, "has_sub_tasks", "sub-tasks", "sub_tasks")


@gate("The architectural design is written")
def architecture_written(initiative: Any) -> Iterator[Missing]:
    deep_dive = getattr(initiative, "deep_dive", None)
    if deep_dive is None or not deep_dive.architecture.strip():
        yield Missing(
            "The architectural design is not written yet.",
            link=initiative.tab_url("delivery") + "#architecture",
            mender="the engineering architect",
        )


@gate("The non-functional baseline is written")
def non_functional_written(initiative: Any) -> Iterator[Missing]:
    deep_dive = getattr(initiative, "deep_dive", None)
    if deep_dive is None or not deep_dive.non_functional.strip():
        yield Missing(
            "The non-functional baseline (load, latency, security, recovery) is not written yet.",
            link=initiative.tab_url("delivery") + "#architecture",
            mender="the engineering architect",
        )


@gate("Each participant function signed off")
def functions_signed_off(initiative: Any) -> Iterator[Missing]:
    # Only signatures since the phase was entered count: sending back re-opens them.
    signed = set(
        initiative.sign_offs.filter(at__gte=initiative.state_entered_at).values_list(
            "function", flat=True
        )
    )
    for function in DEEP_DIVE_FUNCTIONS:
        if function not in signed:
            yield Missing(
                f"{function.label} has not signed off the deep-dive.",
                link=initiative.tab_url("delivery") + "#sign-offs",
                mender=str(function.label),
                role=function,
            )


@gate("Every further line it touches accepts")
def lines_accept(initiative: Any) -> Iterator[Missing]:
    still = Q(conditions__isnull=False, conditions__closed_at=None)
    rows = (
        initiative.lines.exclude(line=initiative.line_id)
        .order_by("pk")
        .annotate(still_open=ArrayAgg("conditions__text", filter=still, default=[]))
        .values_list("line__name", "answer", "still_open")
    )
    for line, answer, still_open in rows:
        said = _what_lacks(answer, still_open)
        if said:
            yield Missing(
                f"{line} {said}.",
                link=initiative.tab_url("referral"),
                mender=f"the business leader or a product manager of {line}",
            )


def _what_lacks(answer: str, still_open: list[str]) -> str:
    if answer == "accepted":
        return ""
    if answer == "conditional":
        named = "; ".join(f"“{text}”" for text in still_open)
        return f"accepts on a condition that is still open: {named}" if named else ""
    return "declines" if answer == "declined" else "has not answered yet"
