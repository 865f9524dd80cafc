"""Finding the threads of an RFC in a new revision, and storing where they are."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Prefetch

from config.due.models import DueRow
from rfc.models.comment import Comment
from rfc.models.revision import Revision, without_text
from rfc.models.talking import Anchor
from rfc.text.anchors import Carrier, Place, Text, tie


def anchor_threads(revision: Revision) -> int:
    """Store where each thread's quote stands in this revision; how many were looked for.

    Each is carried from the newest earlier revision that knows it, so that reading never has to.
    Running it twice changes nothing.
    """
    known = Anchor.objects.filter(revision__number__lt=revision.number)
    threads = list(
        Comment.objects.filter(
            rfc=revision.rfc_id, parent=None, revision__number__lt=revision.number
        )
        .exclude(anchors__revision=revision)
        .select_related("revision")
        .defer(*without_text("revision"))
        .prefetch_related(
            Prefetch(
                "anchors",
                known.select_related("revision")
                .defer(*without_text("revision"))
                .order_by("-revision__number"),
            )
        )
    )
    text = Text(revision.body)
    carriers: dict[int, Carrier] = {}
    rows = []
    for thread in threads:
        latest = next(iter(thread.anchors.all()), None)
        base = latest.revision if latest else thread.revision
        if base.pk not in carriers:
            carriers[base.pk] = Carrier(Text(base.body), text)
        carrier = carriers[base.pk]
        before = place_of(latest) if latest else _tied(thread, carrier)
        rows.append(row_of(thread, revision, carrier.carry(before)))
    Anchor.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _tied(thread: Comment, carrier: Carrier) -> Place:
    """The first place of a thread from before places were kept."""
    if thread.quote:
        return tie(carrier.old, thread.quote, thread.section_slug)
    return Place("section", thread.section_slug, None, None, "", "", "")


def place_of(anchor: Anchor) -> Place:
    """The passage an anchor stores."""
    return Place(
        anchor.found,
        anchor.section_slug,
        anchor.start,
        anchor.end,
        anchor.source,
        anchor.prefix,
        anchor.suffix,
    )


def row_of(thread: Comment, revision: Revision, place: Place) -> Anchor:
    """The row that stores a passage, not saved yet."""
    return Anchor(
        comment=thread,
        revision=revision,
        found=place.found,
        section_slug=place.section,
        start=place.start,
        end=place.end,
        source=place.source,
        prefix=place.prefix[-200:],
        suffix=place.suffix[:200],
    )


def in_text(anchors: Iterable[Anchor], revision: Revision, body: str) -> dict[int, Place]:
    """Where passages of a revision stand in another text, such as the draft; by comment."""
    carrier = Carrier(Text(revision.body), Text(body))
    return {each.comment_id: carrier.carry(place_of(each)) for each in anchors}


class Anchoring(DueRow):
    """A long revision waits for its threads to be found in it. May run twice."""

    kind_label = "Threads of an RFC"

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="anchoring")

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.describe()

    def describe(self) -> str:
        return f"Threads of {self.revision}"

    def subject_url(self) -> str:
        return self.revision.get_absolute_url()

    def work(self) -> None:
        """Find every thread's passage in the revision."""
        anchor_threads(self.revision)
        self.renew()
