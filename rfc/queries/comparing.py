"""Two revisions side by side: which ones people want compared, and what differs, in both views."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rfc.models import RFC, Reading, Revision
from rfc.queries.reading import Block, blocks_of, full_text
from rfc.standing import DECISION
from rfc.text.differences import DiffBlock, diff
from rfc.text.rendered import gone, marked

SOURCE, RENDERED = "source", "rendered"


@dataclass(frozen=True)
class Changed:
    """A changed section; `html` is there in the rendered view."""

    block: DiffBlock
    html: SafeString | None = None

    @property
    def heading(self) -> str:
        """Its heading, or what stands before the first one."""
        return self.block.heading or _("Before the first section")


@dataclass(frozen=True)
class Comparison:
    """What differs between two revisions, by section."""

    before: Revision
    after: Revision
    sections: list[Changed]
    rendered: bool

    @property
    def title_changed(self) -> bool:
        return self.before.title != self.after.title

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not self.sections and not self.title_changed

    @property
    def added(self) -> int:
        return sum(each.block.added for each in self.sections)

    @property
    def removed(self) -> int:
        return sum(each.block.removed for each in self.sections)


@dataclass(frozen=True)
class Since:
    """Where the differences that concern one person begin."""

    approved: int | None
    looked: int | None


def pair_of(
    rfc: RFC, old: int, new: int, *, whole: bool = False
) -> tuple[Revision | None, Revision | None]:
    """Two revisions by number in one query; without their HTML unless `whole`."""
    rows = rfc.revisions.filter(number__in=[old, new]).select_related("author")
    found = {row.number: row for row in (rows if whole else rows.defer("html", "toc"))}
    return found.get(old), found.get(new)


def compare(before: Revision, after: Revision, view: str = SOURCE) -> Comparison:
    """What changed. The rendered view needs both revisions rendered; else it is the source view."""
    blocks = diff(full_text(before), full_text(after))
    rendered = view == RENDERED and bool(before.renderer_version and after.renderer_version)
    if not rendered:
        return Comparison(before, after, [Changed(block) for block in blocks], rendered=False)
    old, new = _pieces(before), _pieces(after)
    found = [Changed(block, _marked(block, old, new)) for block in blocks]
    return Comparison(before, after, found, rendered=True)


def _pieces(revision: Revision) -> dict[str, str]:
    slugs = revision.sections.exclude(slug=DECISION).values_list("slug", flat=True)
    pieces: list[Block] = blocks_of(revision.html, list(slugs))
    found = {block.slug or "preamble": str(block.rest) for block in pieces}
    found["decision-asked"] = f"<p>{escape(revision.decision_asked)}</p>"
    return found


def _marked(block: DiffBlock, old: dict[str, str], new: dict[str, str]) -> SafeString:
    was, now = old.get(block.slug, ""), new.get(block.slug, "")
    html = gone(was) if block.kind == "removed" else marked(was, now)
    return mark_safe(html)  # noqa: S308 - both were cleaned when they were stored


def since(rfc: RFC, person: Any, newest: int) -> Since:
    """The revision this person approved last and the one looked at last before `newest`."""
    approved = (
        rfc.positions.filter(person=person, stance__startswith="approve")
        .order_by("-revision__number")
        .values_list("revision__number", flat=True)
        .first()
    )
    looked = (
        Reading.objects.filter(rfc=rfc, person=person, revision__number__lt=newest)
        .order_by("-revision__number")
        .values_list("revision__number", flat=True)
        .first()
    )
    return Since(approved if approved and approved < newest else None, looked)
