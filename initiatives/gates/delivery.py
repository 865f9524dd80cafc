"""What must hold from sprint planning to the outcome. Later gates name the measurement they await."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from config.flow.gates import Missing, gate


def _tickets(initiative: Any) -> Any:
    return initiative.tickets.filter(archived_at=None)


def _some(titles: list[str]) -> str:
    return ", ".join(f"“{t}”" for t in titles[:3]) + (" and more" if titles[3:] else "")


@gate("Everything is in Jira and in step")
def pushed_to_jira(initiative: Any) -> Iterator[Missing]:
    items = type(initiative)._meta.apps.get_model("initiatives", "JiraItem").objects
    in_step = items.filter(ticket=OuterRef("pk"), level="ticket", sync="synced").filter(
        done=F("wanted")
    )
    titles = list(_tickets(initiative).filter(~Exists(in_step)).values_list("title", flat=True))
    if titles:
        noun = "One ticket is" if len(titles) == 1 else f"{len(titles)} tickets are"
        yield Missing(
            f"{noun} not in Jira or not in step with it: {_some(titles)}.",
            link=initiative.tab_url("push"),
            mender="the technical product manager",
        )


@gate("It is in a sprint that has a goal")
def in_sprint_with_goal(initiative: Any) -> Iterator[Missing]:
    titles = list(
        _tickets(initiative)
        .filter(Q(sprint=None) | Q(sprint__goal=""))
        .values_list("title", flat=True)
    )
    if titles:
        noun = "One ticket is" if len(titles) == 1 else f"{len(titles)} tickets are"
        yield Missing(
            f"{noun} in no sprint that has a goal: {_some(titles)}.",
            link=initiative.tab_url("delivery") + "#sprint",
            mender="the business leader",
        )


@gate("Every ticket is assigned")
def tickets_assigned(initiative: Any) -> Iterator[Missing]:
    titles = list(_tickets(initiative).filter(assignee=None).values_list("title", flat=True))
    if titles:
        noun = "One ticket has" if len(titles) == 1 else f"{len(titles)} tickets have"
        yield Missing(
            f"{noun} no assignee: {_some(titles)}.",
            link=initiative.tab_url("delivery") + "?lacking=assignee#tickets",
            mender="the technical product manager",
        )


@gate("Every ticket is done in Jira")
def tickets_done(initiative: Any) -> Iterator[Missing]:
    items = type(initiative)._meta.apps.get_model("initiatives", "JiraItem").objects
    done = items.filter(ticket=OuterRef("pk"), level="ticket", status_category="done")
    titles = list(_tickets(initiative).filter(~Exists(done)).values_list("title", flat=True))
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
