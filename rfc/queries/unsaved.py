"""What somebody has not saved: offered again, to nobody else."""

from typing import Any

from rfc.models import RFC, Draft, UnsavedText

TEXTS = ("title", "summary_problem", "decision_asked", "body")


def unsaved_of(rfc: RFC, person: Any, *, beside: Any = None) -> list[UnsavedText]:
    """The texts this person's windows kept and that say something else than the draft.

    `beside` is a window that is open already. One query.
    """
    draft: Draft = rfc.draft
    found = UnsavedText.objects.filter(rfc=rfc, person=person).exclude(window=beside)
    return [each for each in found if any(getattr(each, n) != getattr(draft, n) for n in TEXTS)]
