"""An RFC as it would be with its draft published: what a question about the next step needs."""

from copy import copy
from typing import Any

from rfc.content import outline, unfilled
from rfc.models import RFC
from rfc.permissions import edits


def as_asked(rfc: RFC, person: Any) -> RFC:
    """The RFC that asking for a decision would judge; for its authors that includes the draft.

    A copy to ask gates about, never to save.
    """
    if not (rfc.has_unpublished_edits and edits(person, rfc)):
        return rfc
    guides = list(rfc.template.sections.all()) if rfc.template else []
    parts = outline(rfc.draft.body, rfc.draft.decision_asked, guides)
    asked = copy(rfc)
    asked.revision_count += 1
    asked.content = [part.as_content() for part in parts]
    asked.unfilled = unfilled(parts, guides)
    asked.published_hash = rfc.draft_hash
    return asked
