"""Cross-line work: asking the CPO, delegating, and each line's own answer."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from config.flow.errors import NotAllowed, NotYours
from config.flow.steps import take
from config.flow.telling import way
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeLine, Referral
from kpis.models import KPI


@way(Referral)
def take_referral_step(
    subject: Referral, step: str, *, actor: Any, note: str = "", **told: Any
) -> Referral:
    """Take a step of the referral; every face comes here. Names become rows first.

    Whoever takes coordination becomes the coordinator; `line` may be a line's short name.
    Raises NotAllowed when a name is unknown, and what `take` raises.
    """
    if step == "take-coordination":
        told.setdefault("coordinator", actor)
    if isinstance(told.get("line"), str) and told["line"]:
        told["line"] = _own_line(subject.initiative, told["line"])
    return take(subject, step, actor=actor, note=note, **told)


def _own_line(initiative: Initiative, slug: str) -> Any:
    share = initiative.lines.select_related("line").filter(line__slug=slug.strip()).first()
    if share is None:
        names = ", ".join(initiative.lines.values_list("line__slug", flat=True))
        raise NotAllowed(f"“{slug}” is none of its lines; choose one of {names}.")
    return share.line


@transaction.atomic
def delegate_referral(*, referral: Referral, actor: Any, delegate: Person | None) -> Referral:
    """Name who may answer in the CPO's place."""
    if not may.coordinates(actor, referral):
        raise NotYours("Only the chief product officer or the delegate hands a referral on.")
    locked = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
    locked.delegate = delegate
    locked.save(update_fields=["delegate"])
    return locked


@transaction.atomic
def answer_for_line(
    *,
    share: InitiativeLine,
    actor: Any,
    answer: str,
    note: str = "",
    kpi: KPI | None = None,
    person: Person | None = None,
    capacity_points: int | None = None,
) -> InitiativeLine:
    """Answer for one line: accepted, conditional or declined. Conditions and refusals say why."""
    if not may.answers_for_line(actor, share.line):
        raise NotYours(
            f"{share.line} is answered for by its business leader or a product manager of it."
        )
    if answer in {"conditional", "declined"} and not note.strip():
        raise NotAllowed("Conditions and a refusal need a reason; write one or two sentences.")
    Initiative.objects.select_for_update(no_key=True).get(pk=share.initiative_id)
    locked = InitiativeLine.objects.select_for_update(no_key=True).get(pk=share.pk)
    locked.answer = answer
    locked.note = note.strip()
    locked.kpi = kpi
    locked.person = person
    locked.capacity_points = capacity_points
    locked.answered_by = actor
    locked.answered_at = timezone.now()
    locked.save()
    return locked
