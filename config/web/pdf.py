"""HTML of ours as a PDF, written in a limited process that can reach neither network nor files.

`config.web.documents` makes the HTML. Pictures are handed over by the caller; an address that is
not among them leaves an empty place, whatever the text says.
"""

import base64
import json
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from config.web.child import answer_of


class PdfFailed(Exception):
    """The document is too large or too odd to be set on pages; the text says what to do."""


def pdf_of(
    html: str,
    *,
    title: str = "",
    author: str = "",
    subject: str = "",
    images: Mapping[str, tuple[str, bytes]] | None = None,
    seconds: int = 0,
) -> bytes:
    """The PDF. `images` maps addresses in the HTML to (media type, bytes). Raises PdfFailed."""
    seconds = seconds or int(getattr(settings, "PDF_CPU_SECONDS", 5))
    megabytes = int(getattr(settings, "PDF_MEGABYTES", 1024))
    order = {
        "html": html,
        "title": title,
        "author": author,
        "subject": subject,
        "images": {
            address: [kind, base64.b64encode(data).decode()]
            for address, (kind, data) in (images or {}).items()
        },
    }
    written = answer_of(
        "config.web.pdf_child",
        json.dumps(order).encode(),
        seconds=seconds,
        megabytes=megabytes,
    )
    if not written.startswith(b"%PDF-"):
        raise PdfFailed(_failed())
    return written


def _failed() -> str:
    return _(
        "This document is too large or too complex to be set as a PDF. "
        "Take the HTML file instead; it prints from any browser."
    )
