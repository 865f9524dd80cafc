"""The eight phases people speak of, and the states of the lifecycle inside each.

Expected times are working days; None means that none is stated and the median is shown instead.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Phase:
    """One numbered phase. `short` fits under the phase bar."""

    number: int
    name: str | Promise
    short: str | Promise
    states: tuple[str, ...]
    expected: int | None = None
    note: str | Promise = ""


EIGHT = (
    Phase(1, _("Request for change"), _("RFC"), ("intake", "discovery", "rfc")),
    Phase(2, _("UX design"), _("UX design"), ("ux_design",)),
    Phase(3, _("Technical deep-dive"), _("Deep-dive"), ("deep_dive",), 2),
    Phase(4, _("Sprint planning"), _("Sprint-ready"), ("sprint_ready",), 1),
    Phase(5, _("Coding"), _("Coding"), ("coding",), None, _("by size")),
    Phase(6, _("Build pipeline"), _("Build"), ("build",), 3),
    Phase(7, _("Production deployment"), _("Deploy"), ("deployment",), 1),
    Phase(8, _("Production monitoring"), _("Monitoring"), ("monitoring",), None, _("ongoing")),
)

# Number → who is responsible, what goes in and what leaves it (the process as it ships).
ABOUT: dict[int, tuple[str | Promise, str | Promise, str | Promise]] = {
    1: (
        _("Product manager"),
        _("The wish to reach a KPI goal"),
        _("An accepted RFC, and KPIs that had to be introduced"),
    ),
    2: (
        _("UX designer"),
        _("The RFC and low-fidelity mockups"),
        _("High-fidelity mockups, tested with real customers"),
    ),
    3: (
        _("Technical product manager"),
        _("The RFC and high-fidelity mockups"),
        _("Tickets with points, criteria, test cases and architecture"),
    ),
    4: (
        _("Business leader"),
        _("The estimated backlog, bugs and technical debt"),
        _("A sprint goal, its tickets, and who works on them"),
    ),
    5: (
        _("Technical product manager"),
        _("Products to implement, test cases to automate"),
        _("A working, deployable feature with automated tests"),
    ),
    6: (
        _("Technical product manager"),
        _("Committed or merged code"),
        _("A package that passed every quality gate"),
    ),
    7: (
        _("Technical product manager"),
        _("A release tag"),
        _("A running service without defects"),
    ),
    8: (
        _("Product manager"),
        _("Running services"),
        _("The outcome beside the promise, optimisations back into sprints"),
    ),
}

WORDS: dict[str, str | Promise] = {
    "intake": _("Intake"),
    "discovery": _("Discovery"),
    "rfc": _("RFC"),
    "ux_design": _("UX design"),
    "deep_dive": _("Deep-dive"),
    "sprint_ready": _("Sprint-ready"),
    "coding": _("Coding"),
    "build": _("Build"),
    "deployment": _("Deployment"),
    "monitoring": _("Monitoring"),
    "closed": _("Closed"),
    "parked": _("Parked"),
    "declined": _("Declined"),
    "duplicate": _("Duplicate"),
}
STATUS = {
    "intake": "not_started",
    "closed": "done",
    "parked": "waiting",
    "declined": "neutral",
    "duplicate": "neutral",
}
# What may stand in a ranking: decided on, and not being built yet.
CANDIDATE_PHASES = ("discovery", "rfc", "ux_design", "deep_dive", "sprint_ready")
# Work on it goes on: somebody is expected to act.
ACTIVE = (
    "discovery",
    "rfc",
    "ux_design",
    "deep_dive",
    "sprint_ready",
    "coding",
    "build",
    "deployment",
)


def phase_of(state: str) -> Phase | None:
    """The numbered phase a state belongs to; None for closed and the states aside."""
    return next((p for p in EIGHT if state in p.states), None)


def words(state: str) -> str:
    """A state in words."""
    return str(WORDS.get(state, state.replace("_", " ")))


def status(state: str) -> str:
    """The badge kind of a state."""
    return STATUS.get(state, "in_progress")
