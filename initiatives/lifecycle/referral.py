"""The states of a referral: asked → coordinated, returned to one line, split or declined."""

from typing import Any

from django.db import models

from config.flow.fsm import Ask, StateField, edge
from initiatives import permissions as may
from initiatives.gates.referral import touches_several_lines

LINE = Ask("line", "Return to line", help="The short name of the line that goes on with it.")


class ReferralLifecycle(models.Model):
    """States and edges of a referral."""

    ASKED, COORDINATED, RETURNED = "asked", "coordinated", "returned"
    SPLIT, DECLINED = "split", "declined"
    phase = StateField(default=ASKED)

    class Meta:
        abstract = True

    @edge(
        phase,
        ASKED,
        COORDINATED,
        label="Take coordination",
        permit=may.coordinates,
        gates=(touches_several_lines,),
    )
    def take_coordination(self, coordinator: Any) -> None:
        self.coordinator = coordinator

    @edge(
        phase,
        [ASKED, COORDINATED],
        RETURNED,
        label="Return to one line",
        permit=may.coordinates,
        note=True,
        asks=(LINE,),
        direction="back",
    )
    def return_to_line(self, line: Any) -> None:
        self.returned_to = line

    @edge(
        phase,
        [ASKED, COORDINATED],
        SPLIT,
        label="Split",
        permit=may.coordinates,
        note=True,
        direction="aside",
    )
    def split(self) -> None:
        """Each line goes on with an initiative of its own."""

    @edge(
        phase,
        [ASKED, COORDINATED],
        DECLINED,
        label="Decline",
        permit=may.coordinates,
        note=True,
        direction="aside",
    )
    def decline(self) -> None:
        """It will not be coordinated; the reason goes back."""

    @edge(
        phase,
        [RETURNED, SPLIT, DECLINED],
        ASKED,
        label="Ask again",
        permit=may.reopens,
        note=True,
        direction="back",
    )
    def ask_again(self) -> None:
        """A line was added, or the reason no longer holds."""
