"""Cross-line work: asking the CPO, delegating, and each line's own answer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeLine, Referral
from kpis.models import KPI


@transaction.atomic
def ask_referral(*, initiative: Initiative, actor: Person | None) -> Referral:
    """Refer a cross-line initiative to the CPO; asking again changes nothing."""
    referral, _ = Referral.objects.get_or_create(
        initiative=initiative,
        defaults={
            "asked_by": actor,
            "due_date": timezone.localdate() + timedelta(days=settings.REFERRAL_DAYS),
        },
    )
    return referral


@transaction.atomic
def delegate_referral(*, referral: Referral, actor: Person, delegate: Person | None) -> Referral:
    """Name who may answer in the CPO's place."""
    if not may.coordinates(actor, referral):
        raise NotYours("Only the chief product officer or the delegate hands a referral on.")
    locked = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
    locked.delegate = delegate
    locked.save(update_fields=["delegate"])
    return locked


@transaction.atomic
def answer_for_line(  # noqa: PLR0913
    *,
    share: InitiativeLine,
    actor: Person,
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
