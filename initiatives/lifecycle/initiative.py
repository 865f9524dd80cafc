"""The initiative's state machine: intake → … → closed; aside parked, declined, duplicate."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from config.flow.fsm import Ask, StateField, edge
from initiatives import permissions as may
from initiatives.gates import deepdive, delivery, design, discovery, referral, triage

INTAKE, DISCOVERY, RFC, UX_DESIGN = "intake", "discovery", "rfc", "ux_design"
DEEP_DIVE, SPRINT_READY, CODING, BUILD = "deep_dive", "sprint_ready", "coding", "build"
DEPLOYMENT, MONITORING, CLOSED = "deployment", "monitoring", "closed"
PARKED, DECLINED, DUPLICATE = "parked", "declined", "duplicate"

# The thread, in order.
THREAD = (
    INTAKE,
    DISCOVERY,
    RFC,
    UX_DESIGN,
    DEEP_DIVE,
    SPRINT_READY,
    CODING,
    BUILD,
    DEPLOYMENT,
    MONITORING,
    CLOSED,
)
PHASES = (*THREAD, PARKED, DECLINED, DUPLICATE)
LIVE = [p for p in THREAD if p not in (INTAKE, CLOSED)]


def future_day(text: str) -> date:
    """A day after today, from its ISO form. Raises ValueError with a sentence."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = "Write the day as year-month-day, such as 2026-12-01."
        raise ValueError(message) from None
    if day <= timezone.localdate():
        message = "Choose a day after today."
        raise ValueError(message)
    return day


UNTIL = Ask("until", "Show again on", kind="date", parse=future_day)
ORIGINAL = Ask("original", "The original", help="The key of the other one, such as INI-12.")


# Where sending back leads from each phase: one phase back, and from monitoring into coding.
BACK = (
    (DISCOVERY, INTAKE),
    (RFC, DISCOVERY),
    (UX_DESIGN, RFC),
    (DEEP_DIVE, UX_DESIGN),
    (SPRINT_READY, DEEP_DIVE),
    (CODING, SPRINT_READY),
    (BUILD, CODING),
    (DEPLOYMENT, BUILD),
    (MONITORING, CODING),
)


def sent_back(phase: StateField) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Every edge of “Send back”: the same permit and a reason, whatever the phase."""

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        for source, target in BACK:
            declared = edge(
                phase,
                source,
                target,
                label="Send back",
                permit=may.answers_for_phase,
                note=True,
                direction="back",
            )
            method = declared(method)
        return method

    return declare


class InitiativeLifecycle(models.Model):
    """States and edges of an initiative. Transition methods set fields of their own row only."""

    phase = StateField(default=INTAKE)
    snoozed_until: Any
    duplicate_of: Any

    class Meta:
        abstract = True

    @edge(
        phase,
        INTAKE,
        DISCOVERY,
        label="Accept",
        permit=may.triages,
        gates=(
            triage.owned,
            triage.line_named,
            triage.source_fields_complete,
            triage.duplicates_checked,
        ),
    )
    def accept(self) -> None:
        self.snoozed_until = None

    @edge(
        phase,
        INTAKE,
        DUPLICATE,
        label="Mark as duplicate",
        permit=may.triages,
        note=True,
        asks=(ORIGINAL,),
        direction="aside",
    )
    def mark_duplicate(self, original: Any) -> None:
        self.duplicate_of = original

    @edge(
        phase,
        INTAKE,
        INTAKE,
        label="Snooze",
        permit=may.triages,
        note=True,
        asks=(UNTIL,),
        direction="aside",
    )
    def snooze(self, until: date) -> None:
        self.snoozed_until = until

    @edge(
        phase,
        INTAKE,
        INTAKE,
        label="Wake",
        permit=may.triages,
        gates=(triage.asleep,),
        direction="back",
    )
    def wake(self) -> None:
        """It waits for triage again from now on."""
        self.snoozed_until = None

    @edge(
        phase,
        [DECLINED, DUPLICATE],
        INTAKE,
        label="Reopen",
        permit=may.triages,
        note=True,
        direction="back",
    )
    def reopen(self) -> None:
        """It is triaged once more; what was said before stays on record."""
        self.duplicate_of = None
        self.snoozed_until = None

    @edge(
        phase,
        DISCOVERY,
        RFC,
        label="Start RFC",
        permit=may.manages,
        gates=(
            discovery.hypothesis_first,
            discovery.evidence_sufficient,
            discovery.supported_verdict,
            discovery.promised_kpi,
            discovery.ranked,
            discovery.coordinated,
            referral.lines_match_kpis,
        ),
    )
    def start_rfc(self) -> None:
        """The need is believed; now it is written down."""

    @edge(
        phase,
        RFC,
        UX_DESIGN,
        label="Start design",
        permit=may.manages,
        gates=(
            design.accepted_rfc,
            design.committed_target,
            design.low_fidelity_mockup,
            design.lines_answered,
        ),
    )
    def start_design(self) -> None:
        """The RFC is decided; now it is drawn."""

    @edge(
        phase,
        RFC,
        DEEP_DIVE,
        label="Skip design",
        permit=may.manages,
        gates=(
            design.accepted_rfc,
            design.no_user_facing_change,
            design.lines_answered,
        ),
        direction="aside",
    )
    def skip_design(self) -> None:
        """Nothing that users see changes."""

    @edge(
        phase,
        UX_DESIGN,
        DEEP_DIVE,
        label="Start deep-dive",
        permit=may.designs_for,
        gates=(
            design.validated_mockup,
            design.no_unjudged_version,
            design.grid_complete,
            design.no_open_must_fix,
            design.approvals_fresh,
        ),
    )
    def start_deep_dive(self) -> None:
        """Customers succeeded with the design; now it is broken down."""

    @edge(
        phase,
        DEEP_DIVE,
        SPRINT_READY,
        label="Mark sprint-ready",
        permit=may.plans_delivery_of,
        gates=(
            deepdive.has_tickets,
            deepdive.tickets_estimated,
            deepdive.tickets_have_criteria,
            deepdive.tickets_have_test_cases,
            deepdive.tickets_have_sub_tasks,
            deepdive.architecture_written,
            deepdive.non_functional_written,
            deepdive.functions_signed_off,
            deepdive.lines_accept,
        ),
    )
    def mark_sprint_ready(self) -> None:
        """Everything a sprint needs is known."""

    @edge(
        phase,
        SPRINT_READY,
        CODING,
        label="Start coding",
        permit=may.leads_line_of,
        gates=(
            delivery.pushed_to_jira,
            delivery.in_sprint_with_goal,
            delivery.tickets_assigned,
        ),
    )
    def start_coding(self) -> None:
        """The sprint begins."""

    @edge(
        phase,
        CODING,
        BUILD,
        label="Start build",
        permit=may.plans_delivery_of,
        gates=(delivery.tickets_done, delivery.test_cases_automated),
    )
    def start_build(self) -> None:
        """The work is merged."""

    @edge(
        phase,
        BUILD,
        DEPLOYMENT,
        label="Deploy",
        permit=may.plans_delivery_of,
        gates=(delivery.quality_gates_passed,),
    )
    def deploy(self) -> None:
        """The package passed."""

    @edge(
        phase,
        DEPLOYMENT,
        MONITORING,
        label="Release",
        permit=may.plans_delivery_of,
        gates=(delivery.deployed_to_production,),
    )
    def release(self) -> None:
        """It runs in production."""

    @edge(
        phase,
        MONITORING,
        CLOSED,
        label="Close",
        permit=may.manages,
        gates=(delivery.outcome_reviewed,),
    )
    def close(self) -> None:
        """The promise was compared with the result."""

    @sent_back(phase)
    def send_back(self) -> None:
        """What depends on what changed opens again, and only that."""

    @edge(
        phase,
        LIVE,
        PARKED,
        label="Park",
        permit=may.answers_for_phase,
        note=True,
        direction="aside",
    )
    def park(self) -> None:
        self.parked_from = self.phase

    @edge(
        phase,
        PARKED,
        lambda initiative: initiative.parked_from,
        label="Resume",
        permit=may.manages,
        direction="forward",
    )
    def resume(self) -> None:
        """Back to where it was parked; the clock starts again."""

    @edge(
        phase,
        [INTAKE, DISCOVERY, RFC, UX_DESIGN, DEEP_DIVE, SPRINT_READY, PARKED],
        DECLINED,
        label="Decline",
        permit=may.answers_for_phase,
        note=True,
        direction="aside",
    )
    def decline(self) -> None:
        """It will not be done; the reason goes back to the requester."""
