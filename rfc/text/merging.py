"""Three texts made one, section by section: what each side changed since a text both knew.

Pure. Nothing is dropped: a section both sides changed is a clash that somebody has to settle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rfc.text.sections import Section, sections

MINE, THEIRS, BOTH = "mine", "theirs", "both"
CHOICES = (MINE, THEIRS, BOTH)


@dataclass(frozen=True, slots=True)
class Piece:
    """One section of the merged text.

    `kind` is same, mine, theirs (who changed it) or clash (both did). A side is None where its
    text has no such section.
    """

    slug: str
    heading: str
    kind: str
    mine: Section | None
    theirs: Section | None

    def source(self, choice: str = "") -> str:
        """The Markdown of this section; a clash is settled by `choice`."""
        side = (choice or BOTH) if self.kind == "clash" else self.kind
        if side == BOTH:
            return _both(self.mine, self.theirs)
        if side == "same":
            # They differ at most in the blank lines before what follows; keep the more airy one.
            return max((s.source for s in (self.mine, self.theirs) if s), key=len, default="")
        found = self.mine if side == MINE else self.theirs
        return found.source if found else ""


@dataclass(frozen=True, slots=True)
class Merge:
    """The sections in the order of the merged text."""

    pieces: list[Piece]

    @property
    def clashes(self) -> list[Piece]:
        """The sections both sides changed, each in its own way."""
        return [piece for piece in self.pieces if piece.kind == "clash"]

    @property
    def taken(self) -> list[Piece]:
        """The sections that only the other side changed."""
        return [piece for piece in self.pieces if piece.kind == "theirs"]

    def text(self, choices: Mapping[str, str] | None = None) -> str:
        """The merged Markdown; a clash without a choice keeps both texts, theirs first."""
        told = choices or {}
        found = [piece.source(told.get(piece.slug, "")) for piece in self.pieces]
        return _joined([source for source in found if source])


def merge(base: str | None, mine: str, theirs: str) -> Merge:
    """Merge `mine` and `theirs`, both made from `base`; None means that nobody knows the base."""
    if theirs in (mine, base):
        return _one_side(mine, theirs, MINE)
    if base == mine:
        return _one_side(theirs, mine, THEIRS)
    old, ours, others = (_by_slug(text) for text in (base or "", mine, theirs))
    pieces = []
    for slug in _order(list(old), list(ours), list(others)):
        before, my, their = old.get(slug), ours.get(slug), others.get(slug)
        kind = _kind(before, my, their) if base is not None else _kind_without_base(my, their)
        named = my or their or before
        if named is not None:
            pieces.append(Piece(slug, named.heading, kind, my, their))
    return Merge(pieces)


def _one_side(text: str, other: str, side: str) -> Merge:
    """Only one side changed anything: its text, byte for byte."""
    known = _by_slug(other)
    kinds = {s.slug: "same" if _same(s, known.get(s.slug)) else side for s in sections(text)}
    return Merge([Piece(s.slug, s.heading, kinds[s.slug], s, s) for s in sections(text)])


def _by_slug(text: str) -> dict[str, Section]:
    return {section.slug: section for section in sections(text)}


def _kind(before: Section | None, mine: Section | None, theirs: Section | None) -> str:
    if _same(mine, theirs):
        return "same"
    if _same(mine, before):
        return THEIRS
    return MINE if _same(theirs, before) else "clash"


def _kind_without_base(mine: Section | None, theirs: Section | None) -> str:
    """Without a common text nobody can tell removed from added, so everything is kept."""
    if mine is None or theirs is None:
        return THEIRS if mine is None else MINE
    return "same" if _same(mine, theirs) else "clash"


def _same(one: Section | None, other: Section | None) -> bool:
    """Blank lines at the end belong to what follows, so they are no change of a section."""
    if one is None or other is None:
        return one is other
    return one.source.rstrip() == other.source.rstrip()


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Their order, or mine where only I moved sections; what is missing follows its neighbour."""
    moved_by_them = _kept(theirs, base) != _kept(base, theirs)
    first, second = (theirs, mine) if moved_by_them else (mine, theirs)
    order = list(first)
    for at, slug in enumerate(second):
        if slug not in order:
            before = next((s for s in reversed(second[:at]) if s in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, slug)
    return order


def _kept(order: list[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [slug for slug in order if slug in known]


def _both(mine: Section | None, theirs: Section | None) -> str:
    if mine is None or theirs is None:
        found = mine or theirs
        return found.source if found else ""
    return f"{theirs.source.rstrip()}\n\n{mine.body.strip()}\n\n"


def _joined(sources: list[str]) -> str:
    """Sections after another; a heading needs a line of its own, mostly with one free before."""
    text = ""
    for source in sources:
        if text and not text.endswith("\n"):
            text += "\n\n"
        text += source
    return text
