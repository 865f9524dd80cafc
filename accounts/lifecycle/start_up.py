"""The states of a start-up line: researched, its roles being filled, standing; or stopped."""

from typing import Any

from django.db import models
from django.utils import timezone

from accounts.gates.start_up import (
    customers_confirm,
    judged_supported,
    leader_found,
    manager_holds_on,
    order_declared,
    roles_filled,
)
from accounts.models.role import Role
from config.flow.fsm import Ask, StateField, edge
from config.flow.permits import permit

LEADERSHIP = (
    ("leader", "A business leader is brought in"),
    ("product_manager", "The product manager goes on running it"),
)


def _chosen(text: str) -> str:
    if text not in dict(LEADERSHIP):
        names = " or ".join(f"“{value}”" for value, _words in LEADERSHIP)
        message = f"Say who leads the line from now on: {names}."
        raise ValueError(message)
    return text


LEADS = Ask(
    "leadership",
    "Who leads it from now on",
    kind="choice",
    parse=_chosen,
    choices=LEADERSHIP,
    help="A big, important area gets a business leader; otherwise the product manager goes on.",
)


def _officers(start: Any) -> list[str]:
    found: list[str] = start.officers()
    return found


@permit("the chief product officer", names=_officers)
def invests(person: Any, start: Any) -> bool:
    return any(
        held.role == Role.CPO and held.in_line_id is None for held in person.current_memberships()
    )


class StartUpLifecycle(models.Model):
    """States and edges of a start-up line."""

    RESEARCHING, BACKFILLING = "researching", "backfilling"
    STANDING, STOPPED = "standing", "stopped"
    phase = StateField(default=RESEARCHING)

    leadership: Any
    decided_at: Any
    evidence: Any

    class Meta:
        abstract = True

    @edge(
        phase,
        RESEARCHING,
        BACKFILLING,
        label="Validated, invest",
        permit=invests,
        gates=(manager_holds_on, customers_confirm, judged_supported, order_declared),
        note=True,
        asks=(LEADS,),
    )
    def invest(self, leadership: str) -> None:
        self.leadership = leadership
        self.decided_at = timezone.now()
        self.evidence = self.seen_evidence()  # type: ignore[attr-defined]

    @edge(
        phase,
        BACKFILLING,
        STANDING,
        label="The line stands on its own",
        permit=invests,
        gates=(roles_filled, leader_found),
    )
    def stand(self) -> None:
        """Nobody acts any more."""

    @edge(
        phase,
        [RESEARCHING, BACKFILLING],
        STOPPED,
        label="Stop",
        permit=invests,
        note=True,
        direction="aside",
    )
    def stop(self) -> None:
        """Customers did not prove it; that is a result too."""

    @edge(
        phase,
        [BACKFILLING, STOPPED],
        RESEARCHING,
        label="Back to research",
        permit=invests,
        note=True,
        direction="back",
    )
    def research_again(self) -> None:
        """The decision no longer holds, or something new is known."""
        self.leadership = ""
        self.decided_at = None
        self.evidence = []
