"""Details of an RFC beside its text: initiative, decider, co-authors, flags."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from config.flow.errors import Conflict, NotYours, WrongState
from config.flow.versions import write
from rfc.actions.functions import settle_functions
from rfc.models import RFC
from rfc.permissions import edits
from rfc.required import FLAGS


@transaction.atomic
def change_details(
    *,
    rfc: RFC,
    actor: Any,
    seen_version: int | None,
    co_authors: Iterable[Any] | None = None,
    **changes: Any,
) -> RFC:
    """Change initiative, stands_alone_reason, decider, flags or co-authors.

    Line and source follow the initiative; required functions follow both. Conflict when somebody
    changed the details since `seen_version`.
    """
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if not edits(actor, locked):
        raise NotYours(f"Details of {locked.key} are changed by its authors.")
    if locked.phase not in (RFC.DRAFT, RFC.IN_REVIEW):
        raise WrongState(
            f"{locked.key} is {locked.get_state_label().lower()}; its details stay as decided."
        )
    changes = _known(locked, changes)
    changed = write(locked, seen_version=seen_version, **changes)
    if co_authors is not None:
        _set_co_authors(changed, list(co_authors), seen_version)
    settle_functions(changed)
    return changed


def _known(rfc: RFC, changes: dict[str, Any]) -> dict[str, Any]:
    if "flags" in changes:
        # Flags demand reviewers; once a review began they can only be added.
        kept = set(rfc.flags) if rfc.review_opened_at else set()
        changes["flags"] = [flag for flag in FLAGS if flag in kept | set(changes["flags"])]
    initiative = changes.get("initiative")
    if initiative is not None:
        changes |= {"line": initiative.line, "source": initiative.source.slug}
    return changes


def _set_co_authors(rfc: RFC, people: list[Any], seen_version: int | None) -> None:
    wanted = {person.pk for person in people}
    if wanted == set(rfc.co_authors.values_list("pk", flat=True)):
        return
    if seen_version is not None and rfc.row_version not in (seen_version, seen_version + 1):
        raise Conflict(
            "Somebody changed the details while you did; look at them and send yours again.",
            theirs=rfc,
            mine={},
        )
    rfc.co_authors.set(people)
