"""What programs may be told of RFCs (see webhooks)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rfc.models import RFC, Position, Revision
from webhooks.actions.listening import moved, on_created, on_step
from webhooks.actions.telling import tell
from webhooks.events import event

CREATED = event("rfc.created", _("An RFC was started"))
PUBLISHED = event("rfc.published", _("A revision of an RFC was published"))
MOVED = event("rfc.phase_changed", _("An RFC changed its state"))
ACCEPTED = event("rfc.accepted", _("An RFC was accepted"))
POSITION = event("position.given", _("Somebody took a position on an RFC"))


def about(kind: str, rfc: RFC, **ids: Any) -> None:
    """Tell of something about an RFC."""
    tell(
        kind,
        rfc,
        path=rfc.get_absolute_url(),
        api=f"/api/v1/rfcs/{rfc.key}/",
        rfc=rfc.key,
        line=rfc.line.slug if rfc.line else None,
        **ids,
    )


def published(revision: Revision) -> None:
    about(PUBLISHED, revision.rfc, revision=revision.number)


def position_given(position: Position) -> None:
    """Which function answered on which revision; what it said is read here."""
    about(
        POSITION,
        position.rfc,
        position=position.pk,
        revision=position.revision.number,
        function=position.function,
    )


def stepped(rfc: RFC, record: Any) -> None:
    about(MOVED, rfc, **moved(record))
    if record.step == "accept":
        about(ACCEPTED, rfc, revision=rfc.revision_count)


on_created(RFC, lambda rfc: about(CREATED, rfc))
on_created(Revision, published)
on_created(Position, position_given)
on_step(RFC, stepped)
