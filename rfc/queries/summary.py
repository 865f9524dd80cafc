"""What a reader needs in half a minute: problem, decision asked, promise, state, decider, what lacks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from config.flow.gates import Missing
from config.web.panels import Panel, panels
from rfc.models import RFC
from rfc.queries.decided import still_needed_things
from rfc.queries.lists import BADGES

SHOWN_NEEDS = 2


@dataclass(frozen=True)
class Summary:
    """The summary block of the reading page and of the card beside a link."""

    problem: str
    decision: str
    badge: str
    state: str
    window_ends: Any
    window_words: str
    window_soon: bool
    decider: str
    promises: list[Panel]
    needed: list[Missing]
    source: str
    source_status: str

    @property
    def first_needs(self) -> list[Missing]:
        return self.needed[:SHOWN_NEEDS]

    @property
    def more_needs(self) -> int:
        return max(len(self.needed) - SHOWN_NEEDS, 0)


def summary_of(request: HttpRequest, rfc: RFC, text: Any = None) -> Summary:
    """`text` is the revision read, where that is not the newest."""
    said = text or rfc
    known = getattr(rfc, "imported", None)
    in_review = rfc.phase == RFC.IN_REVIEW
    return Summary(
        problem=said.summary_problem,
        decision=said.decision_asked,
        badge=BADGES[rfc.phase],
        state=rfc.get_state_label(),
        window_ends=rfc.window_ends_at if in_review else None,
        window_words=rfc.window_words,
        window_soon=rfc.window_ends_soon,
        decider=rfc.decider.name if rfc.decider else "",
        promises=[panel for panel in panels("rfc", request, rfc) if panel.rows],
        needed=still_needed_things(rfc) if in_review else [],
        source=str(known) if known else "",
        source_status=known.external_status if known else "",
    )
