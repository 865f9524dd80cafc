"""The states of an RFC and every edge between them. Acceptance is an edge nobody walks by hand."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.flow.fsm import Ask, StateField, edge
from config.flow.keys import number_of
from rfc.gates import (
    came_by_import,
    decider_named,
    functions_approved,
    initiative_linked,
    no_open_block,
    published_revision,
    sections_filled,
    undecided_here,
    window_elapsed,
)
from rfc.permissions import computed, decides, expires, imports, reopens_review, writes

STATE_LABELS = {
    "draft": _("Draft"),
    "in_review": _("In review"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
    "superseded": _("Superseded"),
    "implemented": _("Implemented"),
    "expired": _("Expired"),
}
STATES = tuple(STATE_LABELS)


def successor_named(text: str) -> Any:
    """The RFC of a key such as RFC-12. Raises ValueError with a sentence when there is none."""
    number = number_of("RFC", str(text))
    found = apps.get_model("rfc", "RFC").objects.filter(number=number).first() if number else None
    if found is None:
        message = f"There is no RFC “{text}”; name the successor by its key, such as RFC-12."
        raise ValueError(message)
    return found


def holds_now(rfc: Any, successor: Any) -> str:
    """Why this one cannot follow: it is the same, or nobody goes by it any more."""
    if successor.pk == rfc.pk:
        return f"{rfc.key} cannot be its own successor."
    if successor.superseded_by_id and successor.phase == "superseded":
        by = successor.superseded_by.key
        return f"{successor.key} was superseded itself, by {by}; name the one that holds now."
    if successor.phase in ("declined", "withdrawn", "expired"):
        state = successor.get_state_label().lower()
        return f"{successor.key} is {state}; a successor is one that people can go by."
    return ""


def state_named(text: str) -> str:
    """One of the states. Raises ValueError for anything else."""
    if text not in STATES:
        message = f"“{text}” is no state of an RFC."
        raise ValueError(message)
    return text


def _as_told(rfc: Any, state: str, **told: Any) -> str:
    return state


SUCCESSOR = Ask(
    "successor",
    "Successor",
    parse=successor_named,
    help="The key of the RFC that replaces this one, such as RFC-12.",
    refuse=holds_now,
)
STATE = Ask("state", "State in the source", kind="choice", parse=state_named)


class RFCLifecycle(models.Model):
    """States and edges of an RFC."""

    DRAFT, IN_REVIEW, ACCEPTED, DECLINED = "draft", "in_review", "accepted", "declined"
    WITHDRAWN, SUPERSEDED = "withdrawn", "superseded"
    IMPLEMENTED, EXPIRED = "implemented", "expired"
    phase = StateField(default=DRAFT)
    # Columns of the RFC itself that edges write.
    review_opened_at: Any
    window_ends_at: Any
    superseded_by: Any
    expiry_warned_at: Any
    kept_at: Any

    class Meta:
        abstract = True

    @edge(
        phase,
        DRAFT,
        IN_REVIEW,
        label="Ask for a decision",
        permit=writes,
        gates=(published_revision, sections_filled, initiative_linked, decider_named),
    )
    def ask_for_decision(self) -> None:
        """Reviewers are asked for positions; the comment window begins."""
        self.review_opened_at = timezone.now()
        self.window_ends_at = self.review_opened_at + timedelta(days=settings.REVIEW_WINDOW_DAYS)

    @edge(
        phase,
        IN_REVIEW,
        ACCEPTED,
        label="Accept",
        permit=computed,
        gates=(functions_approved, no_open_block, window_elapsed),
    )
    def accept(self) -> None:
        """Every required function approved the current text and the window has closed."""

    @edge(
        phase,
        ACCEPTED,
        IN_REVIEW,
        label="Review again",
        permit=reopens_review,
        note=True,
        direction="back",
    )
    def review_again(self) -> None:
        """The text changed where an approval depends on it. The window does not run again."""

    @edge(
        phase,
        ACCEPTED,
        IMPLEMENTED,
        label="Mark implemented",
        permit=writes,
        gates=(functions_approved, no_open_block),
    )
    def mark_implemented(self) -> None:
        """What was decided exists."""

    @edge(
        phase,
        IN_REVIEW,
        DRAFT,
        label="Take back to draft",
        permit=writes,
        note=True,
        direction="back",
    )
    def recall(self) -> None:
        """The authors want to write on before anybody decides."""
        self.window_ends_at = None

    @edge(phase, IN_REVIEW, DECLINED, label="Decline", permit=decides, note=True, direction="aside")
    def decline(self) -> None:
        """The decider says no, with a reason."""

    @edge(
        phase,
        [DRAFT, IN_REVIEW, ACCEPTED],
        WITHDRAWN,
        label="Withdraw",
        permit=writes,
        note=True,
        direction="aside",
    )
    def withdraw(self) -> None:
        """The authors no longer ask for this."""

    @edge(
        phase,
        [DRAFT, IN_REVIEW, ACCEPTED, IMPLEMENTED],
        SUPERSEDED,
        label="Mark superseded",
        permit=writes,
        asks=(SUCCESSOR,),
        direction="aside",
    )
    def supersede(self, successor: Any) -> None:
        """Another RFC takes its place."""
        self.superseded_by = successor

    @edge(
        phase,
        [DRAFT, IN_REVIEW],
        EXPIRED,
        label="Let it expire",
        permit=expires,
        note=True,
        direction="aside",
    )
    def expire(self) -> None:
        """Nobody pursued it; it can be reopened in one click."""
        self.expiry_warned_at = None

    @edge(phase, [WITHDRAWN, EXPIRED], DRAFT, label="Reopen", permit=writes, direction="back")
    @edge(phase, DECLINED, DRAFT, label="Reopen", permit=writes, note=True, direction="back")
    def reopen(self) -> None:
        """Somebody takes it up again; earlier positions stay on record and may be stale.

        What was declined needs a reason to come back; what fell asleep does not.
        """
        self.window_ends_at = None
        self.kept_at = timezone.now()

    @edge(
        phase,
        list(STATES),
        _as_told,
        label="Take over the imported state",
        permit=imports,
        gates=(came_by_import, undecided_here),
        note=True,
        asks=(STATE,),
        direction="aside",
    )
    def record_imported(self, state: str, successor: Any = None) -> None:
        """The state the document has in its source; only for documents nobody moved here."""
        if successor is not None:
            self.superseded_by = successor
