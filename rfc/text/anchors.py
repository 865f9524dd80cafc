"""Ties words of one text to a passage, and finds that passage again in the next text.

In this order: where the comparison of the two texts says it went, the same words elsewhere,
words that read nearly the same, the section. Pure; positions are offsets of the Markdown source.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rfc.text.alignment import Alignment, align, tokens
from rfc.text.letters import Letters, occurrences, of_markdown, of_plain
from rfc.text.likeness import ratio, search, words_of
from rfc.text.sections import Section, sections

EXACT, NEAR, SECTION, LOST = "exact", "near", "section", "lost"
CONTEXT = 80

_LINK_END = re.compile(r"[^\[\]\n]{0,80}\](?:\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|\[[^\]\n]*\])")

# How alike words must be: where the comparison leads there, in the section, anywhere.
ALIKE_HERE, ALIKE_SECTION, ALIKE_ANYWHERE = 0.5, 0.6, 0.72
# So many letters, or so many of the words around, tell a passage from its doubles.
TELLING, TELLING_AROUND = 32, 24
ENOUGH, ALIKE_AROUND = 8, 0.5
SHARED_LINES = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: offsets in the text, the words there, what stands around, its section.

    With `found` SECTION or LOST, `start` and `end` are None and the words are those that went.
    """

    found: str
    section: str
    start: int | None
    end: int | None
    source: str
    prefix: str
    suffix: str


class Text:
    """A text with what finding passages in it needs, each made once."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.sections = sections(body)
        self.letters: Letters = of_markdown(body)
        self.bounds = _bounds(self.sections)
        self.tokens = tokens(body)
        self._where: dict[str, list[int]] | None = None

    @property
    def where(self) -> dict[str, list[int]]:
        """The places of each token, by index."""
        if self._where is None:
            self._where = {}
            for at, (word, _) in enumerate(self.tokens):
                self._where.setdefault(word.lower(), []).append(at)
        return self._where

    def section_at(self, offset: int) -> str:
        """The slug of the section an offset lies in."""
        found = [slug for slug, (start, _) in self.bounds.items() if start <= offset]
        return found[-1] if found else ""

    def place(self, found: str, start: int, end: int) -> Place:
        """The passage between two offsets."""
        return Place(
            found,
            self.section_at(start),
            start,
            end,
            self.body[start:end],
            self.body[max(start - CONTEXT, 0) : start],
            self.body[end : end + CONTEXT],
        )


def _bounds(parts: list[Section]) -> dict[str, tuple[int, int]]:
    bounds = {}
    at = 0
    for part in parts:
        bounds[part.slug] = (at, at + len(part.source))
        at += len(part.source)
    return bounds


# -- tying ----------------------------------------------------------------------------------


def tie(text: Text, quote: str, section: str = "", before: str = "", after: str = "") -> Place:
    """The passage a person selected: its words as the page shows them, and what stood around."""
    wanted = of_plain(quote)
    if not wanted:
        return _tie_marks(text, quote, section)
    found = occurrences(wanted, text.letters.text)
    if not found:
        return _tie_nearly(text, quote, section)
    around = (of_plain(before), of_plain(after))
    low, high = _letter_bounds(text, section)
    best = max(
        found,
        key=lambda at: (
            low <= at < high,
            _around(text.letters.text, at, at + len(wanted), *around),
            -at,
        ),
    )
    start, end = _with_marks(text.body, quote, *text.letters.span(best, best + len(wanted)))
    return text.place(EXACT, start, end)


def _tie_marks(text: Text, quote: str, section: str) -> Place:
    """A quote without a letter, such as an arrow: found as it is, or not at all."""
    low, high = text.bounds.get(section, (0, len(text.body)))
    at = text.body.find(quote.strip(), low, high) if quote.strip() else -1
    if at < 0:
        return gone(text, section, quote)
    return text.place(EXACT, at, at + len(quote.strip()))


def _tie_nearly(text: Text, quote: str, section: str) -> Place:
    whole = Place(LOST, section, None, None, quote, "", "")
    found = search(text, whole.source, text.bounds.get(section), ALIKE_SECTION)
    return text.place(NEAR, *found) if found else gone(text, section, quote)


def gone(text: Text, section: str, source: str, prefix: str = "", suffix: str = "") -> Place:
    """No passage: the section if it is there, else nothing."""
    found = SECTION if section in text.bounds else LOST
    kept = section if found == SECTION else ""
    return Place(found, kept, None, None, source, prefix, suffix)


def _letter_bounds(text: Text, section: str) -> tuple[int, int]:
    low, high = text.bounds.get(section, (0, len(text.body)))
    return text.letters.index(low), text.letters.index(high)


def _around(letters: str, start: int, end: int, before: str, after: str) -> int:
    """How many letters before and after a place agree with those remembered."""
    front = _alike_end(letters[max(start - CONTEXT, 0) : start], before)
    return front + _alike_end(letters[end : end + CONTEXT][::-1], after[::-1])


def _alike_end(left: str, right: str) -> int:
    count = 0
    for a, b in zip(reversed(left), reversed(right), strict=False):
        if a != b:
            break
        count += 1
    return count


def _with_marks(body: str, quote: str, start: int, end: int) -> tuple[int, int]:
    """Take in the punctuation at the ends of the quote, and close marks that were cut in two."""
    quote = quote.strip()
    start, end = _whole_links(body, start, end)
    for mark in quote[len(quote.rstrip("".join({c for c in quote if not c.isalnum()}))) :]:
        end = _step(body, mark, end)
    head = quote[: len(quote) - len(quote.lstrip("".join({c for c in quote if not c.isalnum()})))]
    for mark in reversed(head):
        start = len(body) - _step(body[::-1], mark, len(body) - start)
    return _closed(body, start, end)


def _whole_links(body: str, start: int, end: int) -> tuple[int, int]:
    """A link is replaced whole or left alone: its words never without its address."""
    found = body[start:end]
    if found.count("[") > found.count("]") and (tail := _LINK_END.match(body, end)):
        end = tail.end()
    opened = body.rfind("[", max(start - 200, 0), start)
    if found.count("](") > found.count("[") and opened >= 0 and "]" not in body[opened:start]:
        start = opened
    return start, end


def _step(body: str, mark: str, at: int) -> int:
    """Past one mark, over what only the source has; where it stands otherwise."""
    if mark.isspace():
        return at
    ahead = at
    while (
        ahead < len(body) and ahead - at < 6 and body[ahead] in "*_`~\\ \n" and body[ahead] != mark
    ):
        ahead += 1
    return ahead + 1 if ahead < len(body) and body[ahead] == mark else at


def _closed(body: str, start: int, end: int) -> tuple[int, int]:
    for mark in ("***", "**", "*", "__", "`", "~~"):
        if body[start:end].replace("\\" + mark[0], "").count(mark) % 2:
            if body[end : end + len(mark)] == mark:
                end += len(mark)
            elif body[max(start - len(mark), 0) : start] == mark:
                start -= len(mark)
    return start, end


# -- carrying -------------------------------------------------------------------------------


class Carrier:
    """Finds passages of an old text in a new one. One comparison serves all of them."""

    def __init__(self, old: Text, new: Text) -> None:
        self.old = old
        self.new = new
        self._alignment: Alignment | None = None
        self._sections: dict[str, str] = {}

    @property
    def alignment(self) -> Alignment:
        if self._alignment is None:
            self._alignment = align(self.old.body, self.new.body)
        return self._alignment

    def carry(self, place: Place) -> Place:
        """The passage in the new text; SECTION or LOST where it is not there any more."""
        section = self.section_of(place.section)
        if place.start is None or place.end is None:
            found = self._elsewhere(place, section) if place.source else None
        else:
            found = self._followed(place) or self._elsewhere(place, section)
        if found is None:
            return gone(self.new, section, place.source, place.prefix, place.suffix)
        return found

    def _followed(self, place: Place) -> Place | None:
        """Where the comparison leads: all of it, or enough of it."""
        assert place.start is not None
        assert place.end is not None
        runs = self.alignment.within(place.start, place.end)
        if not runs:
            return None
        tight = (runs[0].new, runs[-1].new + runs[-1].length)
        wide = self.alignment.room(place.start, place.end)
        ranges = [tight, _trimmed(self.new.body, *wide)] if wide[0] <= tight[0] else [tight]
        alike, start, end = max((ratio(place.source, self.new.body[a:b]), a, b) for a, b in ranges)
        if _same(place.source, self.new.body[start:end]):
            return self.new.place(EXACT, start, end)
        moved = self._moved(place)
        if moved is not None:
            return moved
        return self._near(place, (start, end)) if alike >= ALIKE_HERE else None

    def _near(self, place: Place, found: tuple[int, int] | None) -> Place | None:
        near = self.new.place(NEAR, *found) if found else None
        return near if near and _believable(place, near) else None

    def _elsewhere(self, place: Place, section: str) -> Place | None:
        moved = self._moved(place)
        if moved is not None:
            return moved
        here = self.new.bounds.get(section)
        found = search(self.new, place.source, here, ALIKE_SECTION) if here else None
        found = found or search(self.new, place.source, None, ALIKE_ANYWHERE)
        return self._near(place, found)

    def _moved(self, place: Place) -> Place | None:
        """The same words elsewhere, when they or what stands around them tell them apart."""
        wanted = of_markdown(place.source).text
        letters = self.new.letters
        around = (of_markdown(place.prefix).text, of_markdown(place.suffix).text)
        scored = [
            (_around(letters.text, at, at + len(wanted), *around), -at)
            for at in occurrences(wanted, letters.text)
        ]
        if not scored:
            return None
        agree, at = max(scored)
        only = len(scored) == 1 and len(wanted) >= TELLING
        if not only and agree < TELLING_AROUND:
            return None
        start, end = letters.span(-at, -at + len(wanted))
        found = EXACT if _same(place.source, self.new.body[start:end]) else NEAR
        tail = place.source[len(place.source.rstrip(".,;:!?)")) :]
        if tail and self.new.body[end : end + len(tail)] == tail:
            end, found = end + len(tail), EXACT
        return self.new.place(found, start, end)

    def section_of(self, slug: str) -> str:
        """The section an old one became: of the same name, or of the same lines."""
        if slug in self.new.bounds or slug not in self.old.bounds:
            return slug if slug in self.new.bounds else ""
        if slug not in self._sections:
            self._sections[slug] = self._renamed(slug)
        return self._sections[slug]

    def _renamed(self, slug: str) -> str:
        was = _lines(self.old.body[slice(*self.old.bounds[slug])])
        best, found = SHARED_LINES, ""
        for name, bounds in self.new.bounds.items():
            if name in self.old.bounds:
                continue
            now = _lines(self.new.body[slice(*bounds)])
            shared = len(was & now) / max(min(len(was), len(now)), 1)
            best, found = (shared, name) if shared > best else (best, found)
        return found


def carry_all(old: str, new: str, places: Iterable[Place]) -> list[Place]:
    """Every passage of one text in the next."""
    carrier = Carrier(Text(old), Text(new))
    return [carrier.carry(place) for place in places]


def _lines(text: str) -> set[str]:
    lines = (" ".join(line.split()) for line in text.split("\n")[1:])
    return {line for line in lines if len(line) > 3}


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """A range without white space at its ends."""
    found = body[start:end]
    return start + len(found) - len(found.lstrip()), end - (len(found) - len(found.rstrip()))


def _same(one: str, other: str) -> bool:
    return one.split() == other.split() or " ".join(_bare(one)) == " ".join(_bare(other))


def _bare(text: str) -> list[str]:
    """Words without emphasis and the marks of quotes and lists at the start of lines."""
    return re.sub(r"^[ \t]*(?:[-*+>]|\d+[.)])[ \t]+|[*_`]", "", text, flags=re.MULTILINE).split()


def _believable(place: Place, found: Place) -> bool:
    """A short passage needs what stands around it as well: few words agree by chance."""
    if len(words_of(place.source)) >= ENOUGH:
        return True
    was = place.prefix + place.source + place.suffix
    return ratio(was, found.prefix + found.source + found.suffix) >= ALIKE_AROUND
