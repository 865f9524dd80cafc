"""What must hold from sprint planning to the outcome. Later gates name the measurement they await."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from config.flow.asking import asked_once
from config.flow.gates import Missing, gate


@asked_once
def _tickets(initiative: Any) -> list[dict[str, Any]]:
    """Every ticket with where it stands; one query for all the gates that look at tickets."""
    items = type(initiative)._meta.apps.get_model("initiatives", "JiraItem").objects
    pushed = items.filter(ticket=OuterRef("pk"), level="ticket").order_by()
    tickets = initiative.tickets.filter(archived_at=None).annotate(
        in_step=Exists(pushed.filter(sync="synced", done=F("wanted"))),
        finished=Exists(pushed.filter(status_category="done")),
        planned=Q(sprint__isnull=False) & ~Q(sprint__goal=""),
        assigned=Q(assignee__isnull=False),
    )
    return list(tickets.values("title", "in_step", "finished", "planned", "assigned"))


def _lacking(initiative: Any, fact: str) -> list[str]:
    return [ticket["title"] for ticket in _tickets(initiative) if not ticket[fact]]


def _some(titles: list[str]) -> str:
    return ", ".join(f"“{t}”" for t in titles[:3]) + (" and more" if titles[3:] else "")


@gate("Everything is in Jira and in step")
def pushed_to_jira(initiative: Any) -> Iterator[Missing]:
    titles = _lacking(initiative, "in_step")
    if titles:
        noun = "One ticket is" if len(titles) == 1 else f"{len(titles)} tickets are"
        yield Missing(
            f"{noun} not in Jira or not in step with it: {_some(titles)}.",
            link=initiative.tab_url("push"),
            mender="the technical product manager",
        )


@gate("It is in a sprint that has a goal")
def in_sprint_with_goal(initiative: Any) -> Iterator[Missing]:
    titles = _lacking(initiative, "planned")
    if titles:
        noun = "One ticket is" if len(titles) == 1 else f"{len(titles)} tickets are"
        yield Missing(
            f"{noun} in no sprint that has a goal: {_some(titles)}.",
            link=initiative.tab_url("delivery") + "#sprint",
            mender="the business leader",
        )


@gate("Every ticket is assigned")
def tickets_assigned(initiative: Any) -> Iterator[Missing]:
    titles = _lacking(initiative, "assigned")
    if titles:
        noun = "One ticket has" if len(titles) == 1 else f"{len(titles)} tickets have"
        yield Missing(
            f"{noun} no assignee: {_some(titles)}.",
            link=initiative.tab_url("delivery") + "?lacking=assignee#tickets",
            mender="the technical product manager",
        )


@gate("Every ticket is done in Jira")
def tickets_done(initiative: Any) -> Iterator[Missing]:
    titles = _lacking(initiative, "finished")
    if titles:
        noun = "One ticket is" if len(titles) == 1 else f"{len(titles)} tickets are"
        yield Missing(
            f"{noun} not merged or done yet, as last read from Jira: {_some(titles)}.",
            link=initiative.tab_url("delivery") + "#tickets",
            mender="the team, in Jira",
        )


@gate("Every test case is automated")
def test_cases_automated(initiative: Any) -> Iterator[Missing]:
    cases = type(initiative)._meta.apps.get_model("initiatives", "TestCase").objects
    count = cases.filter(
        ticket__initiative=initiative.pk, ticket__archived_at=None, automated=False
    ).count()
    if count:
        noun = "One test case is" if count == 1 else f"{count} test cases are"
        yield Missing(
            f"{noun} not automated yet.",
            link=initiative.tab_url("delivery") + "#tickets",
            mender="the engineers and quality assurance",
        )


@gate("Every quality gate of the pipeline passed")
def quality_gates_passed(initiative: Any) -> Iterator[Missing]:
    yield Missing(
        "No pipeline result is on record: this gate waits for quality-gate measurements from a "
        "connected build pipeline, and none is connected. Until then an exception is granted as "
        "a waiver.",
        link=initiative.tab_url("waivers") + "?gate=quality_gates_passed",
        mender="the business leader or the CPO",
    )


@gate("A successful production deployment is on record")
def deployed_to_production(initiative: Any) -> Iterator[Missing]:
    yield Missing(
        "No production deployment is on record: this gate waits for deployment measurements from "
        "a connected deployment system, and none is connected. Until then an exception is "
        "granted as a waiver.",
        link=initiative.tab_url("waivers") + "?gate=deployed_to_production",
        mender="the business leader or the CPO",
    )


@gate("The outcome was reviewed against the promise")
def outcome_reviewed(initiative: Any) -> Iterator[Missing]:
    yield Missing(
        "No outcome review is on record: this gate waits for the measured change of the promised "
        "KPI after its stated lag. Until then an exception is granted as a waiver.",
        link=initiative.tab_url("waivers") + "?gate=outcome_reviewed",
        mender="the business leader or the CPO",
    )
