"""An RFC to be taken away: as Markdown with a head, or as a document with its pictures."""

import mimetypes
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.web.documents import Document
from rfc.models import RFC, Picture, Revision
from rfc.queries.replaced import with_replaced
from rfc.text.cleaning import escaped
from rfc.text.head import headed
from rfc.text.languages import OTHER

MOST_PICTURES = 30_000_000


def as_markdown(rfc: RFC, revision: Revision | None) -> str:
    """The text as it was written, below a head another tool can read."""
    if revision is None:
        return draft_as_markdown(rfc)
    return headed(_head(rfc, revision, revision.number), revision.body)


def draft_as_markdown(rfc: RFC) -> str:
    """The text being written, the same way; `revision` is the one it began from."""
    return headed(_head(rfc, rfc.draft, rfc.draft.base_number), rfc.draft.body)


def _head(rfc: RFC, said: Any, number: int) -> dict[str, Any]:
    return {
        "rfc": rfc.key,
        "title": said.title,
        "state": rfc.phase,
        "revision": number,
        "author": rfc.author.name,
        "initiative": rfc.initiative.key if rfc.initiative else "",
        "problem": said.summary_problem,
        "decision_asked": said.decision_asked,
    }


def mentions_told(revision: Revision) -> str:
    """The text as a file shows it; it changes when an RFC it mentions is replaced."""
    return with_replaced([revision.html])[0]


def as_document(rfc: RFC, revision: Revision) -> Document:
    """The revision with its head and pictures; text that is not drawn yet stands as written."""
    html = revision.html if revision.renderer_version else f"<pre>{escaped(revision.body)}</pre>"
    return Document(
        title=revision.title,
        html=with_replaced([html])[0],
        running=f"{rfc.key} r{revision.number} · {settings.COMPANY_NAME}",
        facts=_facts(rfc, revision),
        images=_pictures(rfc),
        language=revision.language if revision.language != OTHER else "en",
    )


def _facts(rfc: RFC, revision: Revision) -> list[tuple[str, str]]:
    newest = revision.number == rfc.revision_count
    at = date_format(timezone.localtime(revision.created_at), "j M Y, H:i e")
    number = f"r{revision.number}, {at}, {revision.author.name}"
    if not newest:
        number += " · " + _("not the newest, which is r%d") % rfc.revision_count
    found = [
        (_("Problem"), revision.summary_problem),
        (_("Decision asked"), revision.decision_asked),
        (_("State"), _state(rfc)),
        (_("Revision"), number),
        (_("Author"), rfc.author.name),
        (_("Decider"), rfc.decider.name if rfc.decider else ""),
        (_("Taken"), date_format(timezone.localtime(), "j M Y, H:i e")),
        (_("Address"), f"{settings.BASE_URL}{revision.get_absolute_url()}"),
    ]
    return [(name, words) for name, words in found if words]


def _state(rfc: RFC) -> str:
    by = rfc.superseded_by
    said = rfc.get_state_label()
    return _("%(state)s by %(key)s") % {"state": said, "key": by.key} if by else said


def _pictures(rfc: RFC) -> dict[str, tuple[str, bytes]]:
    """The pictures of the RFC by address, as many as one file may hold."""
    found: dict[str, tuple[str, bytes]] = {}
    left = MOST_PICTURES
    # A drawing is a link, in a file as on the page.
    shown = Picture.objects.filter(rfc=rfc).exclude(file__endswith=".svg")
    for picture in shown.order_by("id"):
        left -= picture.size
        if left < 0:
            break
        kind = mimetypes.guess_type(str(picture.file.name))[0] or "image/png"
        with picture.file.open("rb") as file:
            found[picture.get_absolute_url()] = (kind, file.read())
    return found
