"""What became of a request, for whoever handed it in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.calendar import working_day_after
from initiatives.models import Initiative
from initiatives.phases import status, words
from initiatives.queries.activity import Act, step_words

DECIDED = {
    "decline", "mark-duplicate", "snooze", "accept", "park", "send-back", "reopen", "wake",
}  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """Where it stands in words, the last decision with its reason, and what comes next."""

    phase_words: str
    phase_status: str
    sentence: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    next: str
    original: Any
    acts: list[Act] = field(default_factory=list)


def receipt(initiative: Initiative) -> Receipt:
    """The receipt; one query for the steps."""
    taken = list(initiative.steps_taken.filter(taken=True).select_related("actor"))
    decision = next((r for r in taken if r.step in DECIDED), None)
    acts = [Act("step", r.actor or r.actor_name, step_words(r), r.at, note=r.note) for r in taken]
    handed_in = Act("created", initiative.requester, _("handed it in"), initiative.created_at)
    return Receipt(
        phase_words=words(initiative.phase),
        phase_status=status(initiative.phase),
        sentence=sentence_of(initiative),
        reason=decision.note if decision else "",
        decided_by=decision.actor_name if decision else "",
        decided_at=decision.at if decision else None,
        next=_next(initiative),
        original=initiative.duplicate_of,
        acts=[*acts, handed_in],
    )


def sentence_of(initiative: Initiative) -> str:
    """Where a request stands, in one sentence; no query when its relations are loaded."""
    line = initiative.line.name if initiative.line else _("Product management")
    told = {
        "line": line,
        "days": settings.TRIAGE_PROMISE_DAYS,
        "owner": initiative.owner or line,
        "day": initiative.snoozed_until.strftime("%-d %B %Y") if initiative.snoozed_until else "",
        "original": initiative.duplicate_of.key if initiative.duplicate_of else "",
        "phase": words(initiative.phase),
    }
    if initiative.phase == "intake":
        if initiative.snoozed_until:
            return _("It sleeps until %(day)s; then %(line)s looks at it again.") % told
        promised = promised_day(initiative)
        told["due"] = date_format(promised, "j F Y")
        if promised < timezone.localdate():
            return _("Received. %(line)s promised to triage by %(due)s and is late.") % told
        return _("Received. %(line)s triages within %(days)d working days, by %(due)s.") % told
    sentences = {
        "declined": _("It was declined and will not be done as it stands."),
        "duplicate": _("It joins %(original)s, which asks for the same; go on reading there."),
        "parked": _("It is parked and can be resumed where it stopped."),
        "closed": _("It is closed; the promise was compared with the result."),
    }
    found = sentences.get(initiative.phase)
    return (found or _("It was accepted; %(owner)s answers for it and it is in %(phase)s.")) % told


def promised_day(initiative: Initiative) -> date:
    """The day by which triage is promised; it begins anew when a request comes back to intake."""
    since = timezone.localdate(initiative.state_entered_at)
    return working_day_after(since, settings.TRIAGE_PROMISE_DAYS)


def _next(initiative: Initiative) -> str:
    sentences = {
        "intake": _("A product manager looks for duplicates, names an owner and decides."),
        "discovery": _("Evidence is collected and judged before a place in the ranking is given."),
        "rfc": _("The RFC is written and reviewed by the functions it concerns."),
        "ux_design": _("Mockups are drawn and tested with customers."),
        "deep_dive": _("Engineers break it down into estimated tickets."),
        "sprint_ready": _("The business leader chooses the sprint it goes into."),
        "coding": _("The team builds it."),
        "build": _("The package passes its quality gates."),
        "deployment": _("It goes to production."),
        "monitoring": _("The KPI is measured again and compared with the promise."),
        "declined": _("If the reason no longer holds, hand it in again and mention this key."),
    }
    return sentences.get(initiative.phase, "")
