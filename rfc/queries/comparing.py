"""Two revisions side by side: which ones people want compared, and what differs, in both views."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import Person
from config.flow.asking import answered
from config.kept import Kept
from rfc.models import RFC, Position, Reading, Revision
from rfc.permissions import handed_to, hold_functions
from rfc.queries.reading import Block, blocks_of, full_text
from rfc.standing import DECISION, required, required_rows
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


@dataclass(frozen=True)
class Pair:
    """Two revisions and what their comparison says to one person."""

    before: Revision
    after: Revision
    since: Since
    numbers: list[tuple[int, str]]


def pair_for(rfc: RFC, old: int, new: int, person: Any, *, whole: bool = False) -> Pair | None:
    """The two, in one statement; None where one does not exist. Inside a reading: how functions
    stand and which ones the person holds is read here as well.
    """
    newest = rfc.revision_count
    if not 1 <= min(old, new) <= max(old, new) <= newest:
        return None
    kept = _WHOLE if whole else _PLAIN
    found = kept.read(rfc.pk, old, new, newest, person.pk, timezone.localdate())
    rows = {row.number: row for row in found["pair"]}
    if old not in rows or new not in rows:
        return None
    answered(required, rfc, answer=found["required"])
    hold_functions(person, found["handed"])
    for row in rows.values():
        row.rfc = rfc
    mine = _since(found["approved"], found["looked"], newest)
    return Pair(rows[old], rows[new], mine, found["numbers"])


def _asked(
    rfc_id: int, old: int, new: int, newest: int, person_id: int, day: date, *left_out: str
) -> dict[str, QuerySet[Any]]:
    rfc, person = RFC(pk=rfc_id), Person(pk=person_id)
    columns = [f.name for f in Revision._meta.concrete_fields if f.name not in left_out]
    pair = rfc.revisions.filter(number__in=[old, new]).select_related("author")
    return {
        "pair": pair.only(*columns, "author__name"),
        "numbers": rfc.revisions.values_list("number", "name"),
        "approved": _approved(rfc_id, person_id)[:1],
        "looked": _looked(rfc_id, person_id, newest)[:1],
        "required": required_rows(rfc),
        "handed": handed_to(person, day),
    }


_PLAIN = Kept(lambda *values: _asked(*values, "html", "toc", "words"))
_WHOLE = Kept(lambda *values: _asked(*values, "toc", "words"))


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
    approved, looked = _approved(rfc.pk, person.pk)[:1], _looked(rfc.pk, person.pk, newest)[:1]
    return _since(approved, looked, newest)


def _since(approved: Iterable[int], looked: Iterable[int], newest: int) -> Since:
    last = next(iter(approved), None)
    return Since(last if last and last < newest else None, next(iter(looked), None))


def _approved(rfc_id: int, person_id: int) -> Any:
    """Numbers of the revisions this person approved, newest first."""
    mine = Position.objects.filter(rfc=rfc_id, person=person_id, stance__startswith="approve")
    return mine.order_by("-revision__number").values_list("revision__number", flat=True)


def _looked(rfc_id: int, person_id: int, newest: int) -> Any:
    """Numbers of the revisions this person opened before the newest, newest first."""
    mine = Reading.objects.filter(rfc=rfc_id, person=person_id, revision__number__lt=newest)
    return mine.order_by("-revision__number").values_list("revision__number", flat=True)
