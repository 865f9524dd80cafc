"""What changed between two Markdown texts: lines by section, words inside changed lines.

Whole lines are compared first, then the words of changed lines: those that are there once on
either side lead, diff-match-patch compares what is between them, against a deadline. Past it the
answer is coarser, never late. difflib compares only the order of sections; on lines that repeat
it takes minutes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape
from itertools import pairwise, zip_longest
from time import monotonic
from typing import Any

import diff_match_patch as matching
from django.utils.safestring import SafeString, mark_safe

from rfc.text.headings import lines_of
from rfc.text.known import Known
from rfc.text.patience import blocks
from rfc.text.sections import Section, sections

CONTEXT = 3
MOST_SECONDS = 1.0
WORDS_MOST = 20_000
FEW = 400
ALIKE = 0.5

# A number stays whole: of 2,000 and 1,500 nobody reads "2,0".
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|\w+|[^\S\n]+|\n|[^\w\s]")
_FIRST_CHAR = 0x10000
_MARKS = {-1: "del", 0: "", 1: "ins"}


# The library has no types.
Engine: Any = matching.diff_match_patch  # type: ignore[attr-defined]


class Budget:
    """The time one comparison may take; each piece of it gets at most half of what is left."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._end = monotonic() + seconds
        self._plenty = self._end - seconds / 2

    @property
    def ample(self) -> bool:
        """Whether nothing had to be hurried."""
        return monotonic() < self._plenty

    def share(self) -> float:
        return max((self._end - monotonic()) / 2, 0.001)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `mark` is "ins", "del" or empty."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line. `kind`: same, add, del or skip (then `count` unchanged lines are left out)."""

    kind: str
    old: int | None
    new: int | None
    spans: tuple[Span, ...] = ()
    count: int = 0

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def html(self) -> SafeString:
        """The escaped line with ins and del around the words that changed."""
        spans = self.spans
        if len(spans) == 1 and not spans[0].mark:
            # Most lines of a difference are whole.
            return SafeString(escape(spans[0].text))
        return mark_safe("".join(map(_markup, spans)))  # noqa: S308 escaped below


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """A section with changes. `kind`: changed, added, removed or moved (order only)."""

    heading: str
    slug: str
    kind: str
    lines: tuple[DiffLine, ...]
    added: int
    removed: int


def _markup(span: Span) -> str:
    text = escape(span.text)
    return f"<{span.mark}>{text}</{span.mark}>" if span.mark else text


# Several people read the same two revisions, and one person reads them again.
_known: Known[tuple[DiffBlock, ...]] = Known(2_000_000)


def diff(old: str, new: str, *, context: int | None = CONTEXT) -> list[DiffBlock]:
    """The changed sections in the order of the new text; nothing for equal texts.

    `context` is the number of unchanged lines kept around a change; None keeps all of them.
    """
    if old == new:
        return []
    known = _known.get(old, new, str(context))
    if known is None:
        budget = Budget()
        known = tuple(_differences(old, new, context, budget))
        # What had to hurry is coarser than it might be; the next reader may be luckier.
        if budget.ample:
            _known.keep(known, old, new, str(context))
    return list(known)


def _differences(old: str, new: str, context: int | None, budget: Budget) -> Iterator[DiffBlock]:
    pairs = _paired(sections(old), sections(new))
    moved = _moved(pairs)
    for was, now in pairs:
        same = was is not None and now is not None and was.source == now.source
        if not same:
            yield _block(was, now, context, budget)
        elif now and now.slug in moved:
            yield DiffBlock(now.heading, now.slug, "moved", (), 0, 0)


def diff_lines(old: str, new: str, *, context: int | None = CONTEXT) -> list[DiffLine]:
    """The two texts compared line by line, sections not considered."""
    return _folded(list(_compare(lines_of(old), lines_of(new), (1, 1), Budget())), context)


Pair = tuple[Section | None, Section | None]


def _paired(before: list[Section], after: list[Section]) -> list[Pair]:
    """Old and new sections side by side: the same slug, else the same place and alike."""
    old, new = {part.slug: part for part in before}, {part.slug: part for part in after}
    renamed = dict(_renamed([p for p in before if p.slug not in new], after, old))
    taken = set(renamed.values())
    pairs: list[Pair] = []
    gone = [part for part in before if part.slug not in new and part.slug not in taken]
    for part in after:
        was = old.get(part.slug) or old.get(renamed.get(part.slug, ""))
        while was and gone and gone[0].ordinal < was.ordinal:
            pairs.append((gone.pop(0), None))
        pairs.append((was, part))
    return [*pairs, *((part, None) for part in gone)]


def _renamed(
    gone: list[Section], after: list[Section], old: dict[str, Section]
) -> Iterator[tuple[str, str]]:
    """(new slug, old slug) of sections that only got another heading."""
    left = list(gone)
    for part in (p for p in after if p.slug not in old):
        best = max(left, key=lambda was: _alike(was, part), default=None)
        if best is not None and _alike(best, part) >= ALIKE:
            left.remove(best)
            yield part.slug, best.slug


def _alike(was: Section, now: Section) -> float:
    """Share of lines the two have in common, 0 to 1."""
    old = {line for line in lines_of(was.body) if line.strip()}
    new = {line for line in lines_of(now.body) if line.strip()}
    return len(old & new) / max(len(old), len(new), 1)


def _moved(pairs: list[Pair]) -> set[str]:
    """Slugs of sections that stand elsewhere than before, seen from the new order."""
    kept = [(was.ordinal, now.slug) for was, now in pairs if was and now]
    order = [slug for _, slug in sorted(kept)]
    now_order = [slug for _, slug in kept]
    matcher = SequenceMatcher(None, order, now_order, autojunk=False)
    return {
        slug
        for tag, _, _, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
        for slug in now_order[j1:j2]
    }


def _block(
    was: Section | None, now: Section | None, context: int | None, budget: Budget
) -> DiffBlock:
    firsts = (was.first_line if was else 1, now.first_line if now else 1)
    old, new = (lines_of(part.source if part else "") for part in (was, now))
    lines = list(_compare(old, new, firsts, budget))
    part = now or was or Section("", "", "", 0)
    return DiffBlock(
        heading=part.heading,
        slug=part.slug,
        kind="changed" if was and now else "added" if now else "removed",
        lines=tuple(_folded(lines, context)),
        added=sum(line.kind == "add" for line in lines),
        removed=sum(line.kind == "del" for line in lines),
    )


def _compare(
    old: list[str], new: list[str], firsts: tuple[int, int], budget: Budget
) -> Iterator[DiffLine]:
    """The lines of both; `firsts` are the numbers of the first line of each."""
    first_old, first_new = firsts
    at_old = at_new = 0
    for removed, added, same in _runs(old, new, budget):
        out, came = old[at_old : at_old + removed], new[at_new : at_new + added]
        yield from _changed(out, came, (first_old + at_old, first_new + at_new), budget)
        at_old, at_new = at_old + removed, at_new + added
        for line in old[at_old : at_old + same]:
            spans = (Span(line.rstrip("\r\n")),)
            yield DiffLine("same", first_old + at_old, first_new + at_new, spans)
            at_old, at_new = at_old + 1, at_new + 1


def _runs(old: list[str], new: list[str], budget: Budget) -> list[tuple[int, int, int]]:
    """How many lines went, came, stayed, and so on. Bounded in time whatever the texts."""
    edits, words = _edits(old, new, budget)
    runs: list[tuple[int, int, int]] = []
    removed = added = 0
    for at, (op, text) in enumerate(edits):
        # A blank line between two changes is part of the change, not a place to rest the eye.
        between = 0 < at < len(edits) - 1 and all(not words[char].strip() for char in text)
        removed += len(text) if op == -1 or (op == 0 and between) else 0
        added += len(text) if op == 1 or (op == 0 and between) else 0
        if op == 0 and not between:
            runs.append((removed, added, len(text)))
            removed = added = 0
    return [*runs, (removed, added, 0)]


def changed_lines(old: list[str], new: list[str], budget: Budget) -> int:
    """How many lines differ; a line that was changed counts once, not as one out and one in."""
    return sum(max(removed, added) for removed, added, _ in _runs(old, new, budget))


def _edits(
    old: list[str], new: list[str], budget: Budget
) -> tuple[list[tuple[int, str]], dict[str, str]]:
    """The shortest edit between the pieces that lead; each different piece is one character."""
    pieces: dict[str, str] = {}
    first, second = _encoded(old, pieces), _encoded(new, pieces)
    edits: list[tuple[int, str]] = []
    at = there = 0
    # A few pieces are compared at once; of many, every pair would be looked at.
    leading = blocks(old, new) if len(old) + len(new) > FEW else []
    for was, now, count in [*leading, (len(old), len(new), 0)]:
        for op, text in _shortest(first[at:was], second[there:now], budget):
            _append(edits, op, text)
        at, there = was + count, now + count
        _append(edits, 0, first[was:at])
    return edits, {char: piece for piece, char in pieces.items()}


def _shortest(first: str, second: str, budget: Budget) -> list[tuple[int, str]]:
    if not first or not second:
        return [(op, text) for op, text in ((-1, first), (1, second)) if text]
    engine = Engine()
    engine.Diff_Timeout = budget.share()
    edits: list[tuple[int, str]] = engine.diff_main(first, second, False)
    return edits


def _append(edits: list[tuple[int, str]], op: int, text: str) -> None:
    """Add an edit, to the one before where it is of the same kind."""
    if text and edits and edits[-1][0] == op:
        edits[-1] = (op, edits[-1][1] + text)
    elif text:
        edits.append((op, text))


def _encoded(parts: list[str], pieces: dict[str, str]) -> str:
    return "".join(pieces.setdefault(part, chr(_FIRST_CHAR + len(pieces))) for part in parts)


def _changed(
    old: list[str], new: list[str], firsts: tuple[int, int], budget: Budget
) -> Iterator[DiffLine]:
    old_spans, new_spans = _words(old, new, budget)
    for at, spans in enumerate(old_spans):
        yield DiffLine("del", firsts[0] + at, None, spans)
    for at, spans in enumerate(new_spans):
        yield DiffLine("add", None, firsts[1] + at, spans)


SpanLines = list[tuple[Span, ...]]


def _words(old: list[str], new: list[str], budget: Budget) -> tuple[SpanLines, SpanLines]:
    """Both sides with the changed words marked; unmarked when one side is empty or too long."""
    before, after = "".join(old), "".join(new)
    if not old or not new or len(before) + len(after) > WORDS_MOST:
        return _unmarked(old), _unmarked(new)
    edits = _word_edits(before, after, budget)
    if not any(op == 0 and text.strip() for op, text in edits):
        return _unmarked(old), _unmarked(new)
    return _by_line(edits, -1), _by_line(edits, 1)


def _unmarked(lines: list[str]) -> SpanLines:
    return [(Span(line.rstrip("\r\n")),) for line in lines]


def token_edits(old: list[str], new: list[str], budget: Budget) -> Iterator[tuple[int, list[str]]]:
    """(-1 went, 0 stays, 1 came) with its tokens, in order; the tokens may be of any kind."""
    edits, tokens = _edits(old, new, budget)
    for op, text in edits:
        yield op, [tokens[char] for char in text]


def _word_edits(before: str, after: str, budget: Budget) -> list[tuple[int, str]]:
    edits, words = _edits(_TOKEN.findall(before), _TOKEN.findall(after), budget)
    spelled = [(op, "".join(words[char] for char in text)) for op, text in edits]
    Engine().diff_cleanupSemantic(spelled)
    return spelled


def _by_line(edits: Iterable[tuple[int, str]], side: int) -> SpanLines:
    """The spans of one side (-1 old, 1 new), cut at line ends."""
    lines: list[list[Span]] = [[]]
    for op, text in edits:
        if op not in (0, side):
            continue
        for at, piece in enumerate(text.split("\n")):
            if at:
                lines.append([])
            if piece.rstrip("\r"):
                lines[-1].append(Span(piece.rstrip("\r"), _MARKS[op]))
    if not lines[-1]:
        lines.pop()
    return [tuple(spans) for spans in lines]


def _folded(lines: list[DiffLine], context: int | None) -> list[DiffLine]:
    """Unchanged lines further than `context` from a change become one skip line."""
    if context is None:
        return lines
    changes = [at for at, line in enumerate(lines) if line.kind != "same"]
    if not changes:
        return []
    edges = [-context - 1, *changes, len(lines) + context]
    folded: list[DiffLine] = []
    for left, right in pairwise(edges):
        folded += _gap(lines, left, right, context)
        if right < len(lines):
            folded.append(lines[right])
    return folded


def _gap(lines: list[DiffLine], left: int, right: int, context: int) -> list[DiffLine]:
    start, end = max(left + 1, 0), min(right, len(lines))
    keep_left, keep_right = max(left + 1 + context, 0), max(right - context, 0)
    if keep_right - keep_left < 2:
        return lines[start:end]
    skipped = lines[keep_left:keep_right]
    skip = replace(skipped[0], kind="skip", spans=(), count=len(skipped))
    return [*lines[start:keep_left], skip, *lines[keep_right:end]]


def beside(lines: Iterable[DiffLine]) -> list[tuple[DiffLine | None, DiffLine | None]]:
    """The lines as (old, new) pairs for a view with two columns."""
    rows: list[tuple[DiffLine | None, DiffLine | None]] = []
    out: list[DiffLine] = []
    came: list[DiffLine] = []
    for line in lines:
        if line.kind == "del" and not came:
            out.append(line)
        elif line.kind == "add":
            came.append(line)
        else:
            rows += zip_longest(out, came)
            out, came = ([line], []) if line.kind == "del" else ([], [])
            rows += [] if line.kind == "del" else [(line, line)]
    return [*rows, *zip_longest(out, came)]
