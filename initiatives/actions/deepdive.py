"""The deep-dive: architecture and non-functional baseline, and each function's sign-off."""

from typing import Any

from django.db import transaction

from accounts.models import Role
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.models import DeepDive, Initiative, SignOff


@transaction.atomic
def write_architecture(
    *,
    initiative: Initiative,
    actor: Any,
    architecture: str,
    non_functional: str,
    seen_version: int | None = None,
) -> DeepDive:
    """Write the architectural design and the non-functional baseline (Markdown)."""
    if not may.may_edit_deep_dive(actor, initiative):
        raise NotYours("The architecture is written by the architect, engineers or the TPM.")
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    deep_dive, _ = DeepDive.objects.get_or_create(initiative=initiative)
    return write(
        deep_dive,
        seen_version=seen_version,
        architecture=architecture.strip(),
        non_functional=non_functional.strip(),
    )


@transaction.atomic
def sign_off(*, initiative: Initiative, actor: Any, function: str, note: str = "") -> SignOff:
    """Sign off the deep-dive for a function one holds. Counts for this attempt only."""
    if function not in may.sign_off_functions(actor, initiative):
        raise NotYours(f"You do not act for {Role(function).label} in {initiative.line}.")
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    if locked.phase != "deep_dive":
        raise NotAllowed(f"{locked.key} is not in its deep-dive now.")
    attempt = locked.steps_taken.filter(taken=True, to_state="deep_dive").count()
    signed, created = SignOff.objects.get_or_create(
        initiative=locked,
        function=function,
        attempt=attempt,
        defaults={"person": actor, "note": note.strip()},
    )
    if not created:
        raise NotAllowed(f"{signed.person} signed off for {signed.get_function_display()} already.")
    return signed


@transaction.atomic
def withdraw_sign_off(*, signature: SignOff, actor: Any) -> None:
    """Take one's own signature back while the deep-dive is open."""
    if signature.person_id != actor.pk:
        raise NotYours(f"Only {signature.person} withdraws this signature.")
    if signature.initiative.phase != "deep_dive":
        raise NotAllowed("The deep-dive is over; send it back instead.")
    signature.delete()
