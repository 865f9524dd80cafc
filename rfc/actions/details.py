"""Details of an RFC beside its text: initiative, decider, co-authors, flags, language."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from config.flow.errors import Conflict, NotYours, WrongState
from config.flow.versions import write
from rfc.actions.functions import settle_functions
from rfc.models import RFC
from rfc.models.drawing import language_of
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
    """Change initiative, stands_alone_reason, decider, flags, language or co-authors.

    Line and source follow the initiative; required functions follow both. The language, by which
    the text is searched, can also be set right once the RFC is decided; "" has it detected.
    Conflict when somebody changed the details since `seen_version`.
    """
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    co_authors = None if co_authors is None else list(co_authors)
    if not edits(actor, locked):
        raise NotYours(f"Details of {locked.key} are changed by its authors.")
    changes = _known(locked, changes)
    others = {name for name, value in changes.items() if getattr(locked, name) != value}
    others -= {"language"}
    open_still = locked.phase in (RFC.DRAFT, RFC.IN_REVIEW)
    if not open_still and (others or _differ(locked, co_authors)):
        raise WrongState(
            f"{locked.key} is {locked.get_state_label().lower()}; its details stay as decided."
        )
    spoke = locked.language
    changed = write(locked, seen_version=seen_version, **changes)
    if co_authors is not None:
        _set_co_authors(changed, co_authors, seen_version)
    if open_still:
        settle_functions(changed)
    if changed.language != spoke:
        _speak(changed)
    return changed


def _differ(rfc: RFC, co_authors: Iterable[Any] | None) -> bool:
    """Whether these are other co-authors than there are."""
    named = None if co_authors is None else {person.pk for person in co_authors}
    return named is not None and named != set(rfc.co_authors.values_list("pk", flat=True))


def _speak(rfc: RFC) -> None:
    """The newest revision is found by the words of its language from now on; a trigger stems."""
    newest = rfc.revisions.first()
    if newest is not None:
        text = f"{newest.title}. {newest.summary_problem} {newest.body}"
        rfc.revisions.filter(pk=newest.pk).update(language=language_of(rfc, text))


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
    if not _differ(rfc, people):
        return
    if seen_version is not None and rfc.row_version not in (seen_version, seen_version + 1):
        raise Conflict(
            "Somebody changed the details while you did; look at them and send yours again.",
            theirs=rfc,
            mine={},
        )
    rfc.co_authors.set(people)
