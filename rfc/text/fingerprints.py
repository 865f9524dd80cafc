"""What an approval binds to: a section's fingerprint, the same after a trifle, never after more.

A trifle is white space, the case of a heading, or a link that leads to the same place by
another spelling (http for https, a slash at the end, a moved address named in `redirects`).
Typographic quotes, punctuation and every word count. See docs/rfc-text.md.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from rfc.text.differences import Budget, changed_lines
from rfc.text.headings import find, lines_of, slugify
from rfc.text.known import Known
from rfc.text.sections import Section, sections

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+", re.IGNORECASE)
_HOST = re.compile(r"^(https?)://(?:www\.)?([^/?#]+)(.*)$", re.IGNORECASE | re.DOTALL)
_TABLE_RULE = re.compile(r"^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?$")
_NO_REDIRECTS: Mapping[str, str] = {}
# Every reader of a review is told how much changed since the same approvals.
_known: Known[int] = Known(1_000_000)


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section whose fingerprint differs. `lines_changed` counts added and removed lines."""

    name: str
    slug: str
    lines_changed: int


def fingerprint(section: Section, *, redirects: Mapping[str, str] = _NO_REDIRECTS) -> str:
    """SHA-256, in hex, of the normalised section. `redirects` maps an old address to the new."""
    return hashlib.sha256(normalised(section.source, redirects=redirects).encode()).hexdigest()


def normalised(text: str, *, redirects: Mapping[str, str] = _NO_REDIRECTS) -> str:
    """The text without its trifles. Headings stay on lines of their own."""
    lines = lines_of(unicodedata.normalize("NFC", text))
    heads = {heading.line: heading for heading in find(lines)}
    parts: list[str] = []
    run: list[str] = []
    skip = -1
    for index, line in enumerate(lines):
        if index <= skip:
            continue
        if head := heads.get(index):
            parts += [" ".join(run), _heading(line, head.level)]
            run, skip = [], index + head.length - 1
        else:
            run += _words(line)
    parts.append(" ".join(run))
    joined = "\n".join(part for part in parts if part)
    return _ADDRESS.sub(partial(_same_place, redirects=redirects), joined)


def _heading(line: str, level: int) -> str:
    words = " ".join(line.strip().strip("#").split())
    return f"{'#' * level} {words.casefold()}"


def _words(line: str) -> list[str]:
    line = line.strip()
    if _TABLE_RULE.match(line):
        line = re.sub(r"-+", "-", line)
    if "|" in line:
        line = line.replace("|", " | ")
    return line.split()


def _same_place(match: re.Match[str], *, redirects: Mapping[str, str]) -> str:
    address = match[0]
    tail = address[len(address.rstrip(".,;:!?")) :]
    address = address.removesuffix(tail) if tail else address
    seen = {address}
    while (following := redirects.get(address)) and following not in seen:
        address = following
        seen.add(address)
    if not (parts := _HOST.match(address)):
        return address + tail
    return f"https://{parts[2].lower()}{parts[3].rstrip('/')}{tail}"


def material_change(
    old: str,
    new: str,
    section_names: Iterable[str] | None = None,
    *,
    redirects: Mapping[str, str] = _NO_REDIRECTS,
) -> list[ChangedSection]:
    """The sections that say something else now; of all, or of those named by heading or slug."""
    before = {part.slug: part for part in sections(old)}
    after = {part.slug: part for part in sections(new)}
    wanted = None if section_names is None else {slugify(name) for name in section_names}
    changed: list[ChangedSection] = []
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        was, now = before.get(slug), after.get(slug)
        if wanted is not None and slug not in wanted:
            continue
        if _differs(was, now, redirects):
            name = (now or was or Section("", slug, "", 0)).heading or slug
            changed.append(ChangedSection(name, slug, _lines_changed(was, now)))
    return changed


def _differs(was: Section | None, now: Section | None, redirects: Mapping[str, str]) -> bool:
    if was is None or now is None:
        return True
    if was.source == now.source:
        return False
    return fingerprint(was, redirects=redirects) != fingerprint(now, redirects=redirects)


def lines_changed(was: str, now: str) -> int:
    """Lines added or removed, white space aside; a line that was changed counts once."""
    known = _known.get(was, now)
    if known is None:
        budget = Budget()
        known = changed_lines(_bare(was), _bare(now), budget)
        # A count made in a hurry is coarser than it might be.
        if budget.ample:
            _known.keep(known, was, now)
    return known


def _lines_changed(was: Section | None, now: Section | None) -> int:
    return lines_changed(was.source if was else "", now.source if now else "")


def _bare(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in lines_of(text))
    return [line for line in lines if line]
