"""What each line gives to a promised change: a range in per cent, together at most the whole."""

from typing import Any

from django.db import IntegrityError, transaction

from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.models import Contribution, InitiativeLine, KpiPromise
from initiatives.models.coordination import WHOLE


@acting
@transaction.atomic
def state_contribution(
    *,
    promise: KpiPromise,
    share: InitiativeLine,
    actor: Any,
    low_percent: int | None,
    high_percent: int | None,
) -> Contribution | None:
    """Say how much of a promised change a line gives; both empty takes the statement back.

    Raises NotYours, or NotAllowed when the range is turned or the lines' least shares exceed 100 %.
    """
    _must_state(share, actor)
    if promise.initiative_id != share.initiative_id:
        raise NotAllowed("This promise belongs to another initiative.")
    if low_percent is None and high_percent is None:
        Contribution.objects.filter(promise=promise, share=share).delete()
        return None
    low = low_percent if low_percent is not None else high_percent or 0
    high = high_percent if high_percent is not None else low
    if not 0 <= low <= high <= WHOLE:
        raise NotAllowed("A share is a range from 0 to 100 %, the lower end first.")
    # The lock keeps two lines from fitting under the whole one by one.
    KpiPromise.objects.select_for_update(no_key=True).get(pk=promise.pk)
    _must_fit(promise, share, low)
    told = {"low_percent": low, "high_percent": high, "author": actor}
    try:
        with transaction.atomic():
            row, _ = Contribution.objects.update_or_create(
                promise=promise, share=share, defaults=told
            )
    except IntegrityError:
        raise NotAllowed("Together the lines would give more than the whole.") from None
    return row


def _must_state(share: InitiativeLine, actor: Any) -> None:
    initiative = share.initiative
    if may.answers_for_line(actor, share.line) or may.manages(actor, initiative):
        return
    referral = getattr(initiative, "referral", None)
    if referral is not None and may.coordinates(actor, referral):
        return
    raise NotYours(
        f"The share of {share.line} is stated by that line, by the product manager of "
        f"{initiative.key} or by its coordinator."
    )


def _must_fit(promise: KpiPromise, share: InitiativeLine, low: int) -> None:
    others = promise.contributions.exclude(share=share).select_related("share__line")
    given = [(row.share.line.name, row.low_percent) for row in others]
    total = sum(percent for _, percent in given)
    if total + low > WHOLE:
        named = ", ".join(f"{name} {percent} %" for name, percent in given)
        raise NotAllowed(
            f"The others give at least {total} % already ({named}); {low} % more would exceed "
            f"the whole. At most {WHOLE - total} % are left as a lower end."
        )
