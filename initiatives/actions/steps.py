"""Taking a step of an initiative: what was told in words becomes rows, then the doorman decides."""

from typing import Any

from django.db import transaction

from config.flow.errors import NotAllowed
from config.flow.keys import number_of
from config.flow.steps import take
from config.flow.telling import way
from initiatives.models import Initiative


@way(Initiative)
def take_step(
    subject: Initiative, step: str, *, actor: Any, note: str = "", **told: Any
) -> Initiative:
    """Take a step through the doorman; every face comes here. Raises what `take` raises.

    `original` may be a key such as INI-12; NotAllowed when there is no such initiative.
    """
    if isinstance(told.get("original"), str) and told["original"].strip():
        told["original"] = _original(subject, actor, told["original"])
    return take(subject, step, actor=actor, note=note, **told)


def _original(initiative: Initiative, actor: Any, text: str) -> Initiative:
    number = number_of("INI", text)
    found: Initiative | None = (
        Initiative.objects.visible_to(actor).filter(number=number).first() if number else None
    )
    if found is None:
        raise NotAllowed(f"There is no “{text.strip()}”; name the original by its key.")
    if found.pk == initiative.pk:
        raise NotAllowed(f"{initiative.key} cannot be its own duplicate.")
    return found.duplicate_of or found if found.phase == "duplicate" else found


@transaction.atomic(savepoint=False)
def settle_accepted(*, initiative: Initiative) -> None:
    """An accepted initiative may no longer be missing among its own lines."""
    initiative.lines.get_or_create(line_id=initiative.line_id)


def lock_promises(*, initiative: Initiative, at: Any) -> None:
    """What was promised is fixed from the RFC gate on; None opens it again after sending back."""
    open_ones = initiative.promises.filter(locked_at=None)
    (open_ones if at else initiative.promises.all()).update(locked_at=at)
