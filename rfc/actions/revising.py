"""Acts that make a revision where the draft holds more: asking for a look or a decision, naming."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction

from config.flow.errors import GatesUnmet, NotAllowed, NotYours
from rfc.actions.comments import ask_for_look
from rfc.actions.deciding import ASK, take_step
from rfc.actions.writing import publish_revision
from rfc.models import RFC, Look, Revision
from rfc.permissions import edits

LONGEST = 80


def ask_for_decision(
    *, rfc: RFC, actor: Any, note: str = "", listed: str | None = None, many: bool = False
) -> RFC:
    """Ask for a decision; edits in the draft are published first, for that is what is judged.

    Where a gate refuses, nothing is published and the refused attempt stays on record.
    """
    ask: Callable[[], RFC] = partial(
        take_step, rfc, ASK, actor=actor, note=note, listed=listed, many=many
    )
    if rfc.has_unpublished_edits and edits(actor, rfc):
        try:
            with transaction.atomic():
                publish_revision(rfc=rfc, actor=actor, note=note)
                return ask()
        except GatesUnmet:
            return ask()
    return ask()


@transaction.atomic
def ask_to_look(
    *, rfc: RFC, actor: Any, people: Iterable[Any], note: str = "", publish: bool = False
) -> list[Look]:
    """Ask people to read; with `publish` an author's edits become the revision they read."""
    if publish and rfc.has_unpublished_edits and edits(actor, rfc):
        publish_revision(rfc=rfc, actor=actor, note=note)
        rfc.refresh_from_db()
    return ask_for_look(rfc=rfc, actor=actor, people=people, note=note)


@transaction.atomic
def name_revision(*, rfc: RFC, actor: Any, name: str, number: int | None = None) -> Revision:
    """Call a revision something people remember; without a number the newest text.

    Without a number and with edits in the draft the draft is published first: the name is for what
    was written. A name can be changed, an empty one takes it away.
    """
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if not edits(actor, locked):
        raise NotYours(f"Revisions of {locked.key} are named by its authors.")
    name = " ".join(name.split())
    if len(name) > LONGEST:
        raise NotAllowed(f"A name has {LONGEST} characters at most; this one has {len(name)}.")
    if number is None and locked.has_unpublished_edits:
        made = publish_revision(rfc=locked, actor=actor, name=name)
        if made is not None:
            return made
    found = locked.revisions.filter(number=number or locked.revision_count).first()
    if found is None:
        raise NotAllowed(f"{locked.key} has no such revision; publish the draft first.")
    taken = locked.revisions.filter(name=name).exclude(pk=found.pk).first() if name else None
    if taken is not None:
        raise NotAllowed(f"r{taken.number} is called “{name}” already; choose another name.")
    found.name = name
    found.save(update_fields=["name"])
    return found
