"""One initiative as its pages need it: the row with its people, its tabs' counts, its phase bar."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from config.batch import Asker
from config.flow.steps import Requirement, StepView
from config.flow.visibility import VisibleQuerySet, limit_of
from config.prepared import Prepared
from initiatives.lifecycle.initiative import CLOSED
from initiatives.models import (
    Evidence,
    Initiative,
    InitiativeLine,
    KpiPromise,
    MockupVersion,
    Ticket,
)
from initiatives.phases import EIGHT, Phase, phase_of
from initiatives.queries.ages import PhaseAge

# What the column of numbers holds.
MOST_NUMBER = 2_147_483_647
# One row with everybody and everything that exists once; absent ones join as nothing.
ONCE = (
    "source",
    "requester",
    "owner",
    "designer",
    "tpm",
    "line",
    "team",
    "duplicate_of",
    "no_design_agreed_by",
    "hypothesis__kpi",
    "deep_dive",
    "referral",
    "mockup_set",
)


def initiatives_for(person: Any) -> VisibleQuerySet:
    """Initiatives a person may see, joined with what every page of one shows."""
    found = Initiative.objects.visible_to(person).select_related(*ONCE)
    return found.prefetch_related(touched_lines())


def one_initiative(person: Any, number: int) -> Initiative:
    """The initiative of a number with all of it that a person may see. Raises Http404."""
    limit = limit_of(person)
    shape = (person.is_authenticated and person.is_active, limit)
    found = ONE.rows(number, shape=shape, person=person) if number <= MOST_NUMBER else []
    if not found:
        raise Http404
    one: Initiative = found[0]
    return one


ONE = Prepared(lambda number, person: initiatives_for(person).filter(number=number), int)


def touched_lines() -> Prefetch[Any]:
    """The rows of the lines an initiative touches, each with its line."""
    return Prefetch("lines", InitiativeLine.objects.select_related("line"))


@dataclass(frozen=True)
class TabCounts:
    """What the tabs say behind their names."""

    evidence: int
    design: int
    tickets: int
    promises: int
    lines: int
    answered: int


def ask_tab_counts(initiative: Initiative) -> Asker:
    """All counts of the tabs in one query."""
    [found] = yield TAB_COUNTS.of(initiative.pk)
    yield TabCounts(*found)


def _tab_counts(initiative: int) -> Any:
    of = {"initiative": OuterRef("pk")}
    return (
        Initiative.objects.filter(pk=initiative)
        .annotate(
            evidence_n=_many(Evidence.objects.filter(archived_at=None, **of)),
            design_n=_newest(MockupVersion.objects.filter(mockup_set__initiative=OuterRef("pk"))),
            tickets_n=_many(Ticket.objects.filter(archived_at=None, **of)),
            promises_n=_many(KpiPromise.objects.filter(**of)),
            lines_n=_many(InitiativeLine.objects.filter(**of)),
            answered_n=_many(InitiativeLine.objects.filter(~Q(answer="none"), **of)),
        )
        .values_list("evidence_n", "design_n", "tickets_n", "promises_n", "lines_n", "answered_n")
    )


TAB_COUNTS = Prepared(_tab_counts, int)


def _many(rows: Any) -> Any:
    counted = rows.order_by().values("initiative").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _newest(versions: Any) -> Any:
    newest = versions.order_by("-number").values("number")[:1]
    return Coalesce(Subquery(newest, output_field=IntegerField()), 0)


def tabs(initiative: Initiative, current: str, n: TabCounts) -> list[dict[str, Any]]:
    """The tabs of an initiative's pages with their counts; tabs are pages."""
    several = f"{n.answered} / {n.lines}" if n.lines > 1 else ""
    rows = (
        ("overview", _("Overview"), ""),
        ("evidence", _("Evidence"), n.evidence or ""),
        ("rfc", _("RFC"), ""),
        ("design", _("Design"), f"v{n.design}" if n.design else ""),
        ("delivery", _("Delivery"), n.tickets or ""),
        ("metrics", _("Metrics"), n.promises or ""),
        ("referral", _("Referral"), several),
        ("activity", _("Activity"), ""),
    )
    return [
        {
            "label": label,
            "count": count,
            "current": name == current,
            "href": _address(initiative, name),
        }
        for name, label, count in rows
    ]


def _address(initiative: Initiative, tab: str) -> str:
    return initiative.get_absolute_url() if tab == "overview" else initiative.tab_url(tab)


def phase_bar(initiative: Initiative, ages: dict[int, PhaseAge]) -> list[dict[str, Any]]:
    """The eight phases with their state and age, as the phase bar draws them."""
    state = initiative.parked_from or "" if initiative.phase == "parked" else initiative.phase
    here = phase_of(state)
    return [_bar_part(initiative, phase, here, ages.get(phase.number)) for phase in EIGHT]


def _bar_part(
    initiative: Initiative, phase: Phase, here: Phase | None, age: PhaseAge | None
) -> dict[str, Any]:
    done = initiative.phase == CLOSED or bool(here and phase.number < here.number)
    now = here is not None and phase.number == here.number
    return {
        "number": phase.number,
        "name": phase.short,
        "state": "now" if now else "done" if done else "todo",
        "days": age.days if age and (now or done) else None,
        "expected": phase.expected,
        "note": "" if now or done else phase.note,
    }


def next_step(steps: list[StepView]) -> StepView | None:
    """The step that leads on along the thread, if one starts here."""
    return next((s for s in steps if s.direction == "forward"), None)


def ring_of(step: StepView | None) -> list[Requirement] | None:
    """What the gate ring draws: the requirements of the step that leads on."""
    return step.requirements if step and step.requirements else None
