"""What a new revision does to threads: each is found in it, and accepted suggestions are out."""

from typing import Any

from rfc.models import RFC, Anchoring, Comment, Revision, Suggestion, ThreadAct
from rfc.models.anchoring import anchor_threads
from rfc.text import rendering


def follow_threads(revision: Revision) -> None:
    """Called with every new revision. A long text is searched by a due row, not while one waits."""
    Suggestion.objects.filter(
        comment__rfc=revision.rfc_id, state=Suggestion.State.ACCEPTED, published_in=None
    ).update(published_in=revision)
    if not Comment.objects.filter(rfc=revision.rfc_id, parent=None).exists():
        return
    if rendering.is_large(revision.body):
        Anchoring.objects.get_or_create(revision=revision)
    else:
        anchor_threads(revision)


def give_back_suggestions(rfc: RFC, actor: Any) -> None:
    """The draft was discarded: suggestions accepted into it are open again."""
    waiting = Suggestion.objects.filter(
        comment__rfc=rfc, state=Suggestion.State.ACCEPTED, published_in=None
    )
    comments = list(waiting.values_list("comment", flat=True))
    if not comments:
        return
    waiting.update(state=Suggestion.State.OPEN, decided_by=None, decided_at=None, reason="")
    Comment.objects.filter(pk__in=comments).update(
        resolved_at=None, resolved_by=None, resolution=""
    )
    ThreadAct.objects.bulk_create(
        ThreadAct(comment_id=pk, act=ThreadAct.Act.RETURNED, actor=actor) for pk in comments
    )
