"""What a new release leaves to be done to stored revisions: search words, languages, HTML.

A little at a time and newest first, so that an upgrade of many documents never blocks anything.
"""

import time
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from config.due.models import DueState
from rfc.models import Rendering, Revision
from rfc.models.drawing import drawn, language_of
from rfc.text.rendering import RENDERER_VERSION

SECONDS, MOST, YOUNG_MINUTES = 20.0, 400, 10


def catch_up() -> int:
    """Index and draw anew what an earlier release stored; answers how many were looked at."""
    return index_words() + draw_anew()


def index_words() -> int:
    """Find the language of revisions without search words; a trigger writes the words."""
    old = Revision.objects.filter(words=None).select_related("rfc").order_by("-pk")[:MOST]
    for revision in old:
        text = f"{revision.title}. {revision.summary_problem} {revision.body}"
        code = language_of(revision.rfc, text)
        Revision.objects.filter(pk=revision.pk).update(language=code)
    return len(old)


def draw_anew() -> int:
    """Draw newest revisions that another renderer drew; older ones are drawn when all are done."""
    # What is younger is being drawn by whoever wrote it: an import draws when all are there.
    settled = timezone.now() - timedelta(minutes=YOUNG_MINUTES)
    old = (
        Revision.objects.exclude(renderer_version=RENDERER_VERSION)
        .exclude(rendering__state=DueState.DUE)
        .filter(created_at__lt=settled)
    )
    newest = old.filter(number=F("rfc__revision_count"))
    waiting = (newest if newest.exists() else old).select_related("rfc").order_by("-pk")
    until = time.monotonic() + SECONDS
    done = 0
    for revision in waiting.iterator(chunk_size=20):
        if time.monotonic() > until:
            break
        columns = drawn(revision.rfc, revision.body)
        Revision.objects.filter(pk=revision.pk).update(**columns)
        Rendering.objects.filter(revision=revision).delete()
        done += 1
    return done
