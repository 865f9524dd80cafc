"""Initiatives in every phase, reached by walking the real steps; missing proof is waived for real."""

from datetime import timedelta

from django.utils import timezone

from config.flow.steps import explain
from initiatives.actions.people import assign
from initiatives.actions.request import confirm_not_duplicate, propose_initiative
from initiatives.actions.sources import ship_sources
from initiatives.actions.steps import take_step
from initiatives.actions.waiver import grant_waiver
from initiatives.models import Initiative, Source

# Phase → the step that leads there, and who of the cast takes it.
WALK = {
    "discovery": ("accept", "product_manager"),
    "rfc": ("start-rfc", "product_manager"),
    "ux_design": ("start-design", "product_manager"),
    "deep_dive": ("start-deep-dive", "designer"),
    "sprint_ready": ("mark-sprint-ready", "tpm"),
    "coding": ("start-coding", "business_leader"),
    "build": ("start-build", "tpm"),
    "deployment": ("deploy", "tpm"),
    "monitoring": ("release", "tpm"),
    "closed": ("close", "product_manager"),
}


def source(slug="growth") -> Source:
    ship_sources()
    return Source.objects.get(slug=slug)


def proposed(cast, *, source_slug="growth", **more) -> Initiative:
    """A request in intake for the line Payments, with nothing done yet."""
    facts = {
        "requester": cast.requester,
        "title": "Instant settlement for agents",
        "problem": "Agents wait two days for their payouts and close at six.",
        "affected": "1 200 agents",
        "line": cast.payments,
        **more,
    }
    return propose_initiative(source=source(source_slug), **facts)


def triaged(cast, **more) -> Initiative:
    """A request that has an owner and whose duplicates were looked at."""
    made = proposed(cast, **more)
    assign(initiative=made, actor=cast.product_manager, seat="owner", person=cast.product_manager)
    return confirm_not_duplicate(initiative=made, actor=cast.product_manager)


def in_phase(cast, phase, **more) -> Initiative:
    """An initiative in any phase."""
    if phase == "intake":
        return proposed(cast, **more)
    if phase == "duplicate":
        original = proposed(cast, title="The original")
        made = proposed(cast, **more)
        return take_step(
            made,
            "mark-duplicate",
            actor=cast.product_manager,
            note="The same.",
            original=original.key,
        )
    if phase == "declined":
        made = proposed(cast, **more)
        return take_step(made, "decline", actor=cast.product_manager, note="Not now.")
    if phase == "parked":
        made = in_phase(cast, "discovery", **more)
        return take_step(made, "park", actor=cast.product_manager, note="Waiting for law.")
    made = triaged(cast, **more)
    for goal, (step, part) in WALK.items():
        made = walk(cast, made, step, getattr(cast, part))
        if goal == phase:
            return made
    raise AssertionError(phase)


def walk(cast, initiative, step, actor) -> Initiative:
    """Take a step; whatever its gates lack is waived by the business leader first."""
    for requirement in explain(initiative, step, actor).missing:
        waive(cast, initiative, requirement.gate)
    return take_step(initiative, step, actor=actor)


def waive(cast, initiative, gate):
    return grant_waiver(
        initiative=initiative,
        actor=cast.business_leader,
        gate=gate,
        reason="Shown elsewhere.",
        expires_date=timezone.localdate() + timedelta(days=30),
        follow_up_owner=cast.product_manager,
    )
