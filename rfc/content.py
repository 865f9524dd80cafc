"""What approvals bind to: the outline of a text with fingerprints, and the hash of the whole.

Pure. The question decided ("decision asked") counts as a section of its own that everybody judges.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rfc.standing import DECISION
from rfc.text.fingerprints import fingerprint
from rfc.text.sections import Section, sections

_OPEN, _CLOSE = "<!--", "-->"


@dataclass(frozen=True)
class Part:
    """A section of a revision as it is stored."""

    ordinal: int
    heading: str
    slug: str
    body: str
    fingerprint: str
    material: bool
    functions: list[str]

    def as_content(self) -> dict[str, Any]:
        """The part as `RFC.content` keeps it."""
        return {
            "slug": self.slug,
            "heading": self.heading,
            "fingerprint": self.fingerprint,
            "material": self.material,
            "functions": self.functions,
        }


def text_hash(*texts: str) -> str:
    """One hash of title, problem, decision asked and body."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def outline(body: str, decision_asked: str, guides: Iterable[Any]) -> list[Part]:
    """The parts of a text. `guides` are template sections (slug, material, functions)."""
    known = {guide.slug: guide for guide in guides}
    parts = [_part(section, known.get(section.slug)) for section in sections(body)]
    if decision_asked.strip():
        asked = Section("Decision asked", DECISION, decision_asked, 0)
        parts.insert(0, _part(asked, None))
    return [
        Part(at, p.heading, p.slug, p.body, p.fingerprint, p.material, p.functions)
        for at, p in enumerate(parts)
    ]


def changed_material(before: Iterable[dict[str, Any]], after: Iterable[Part]) -> list[str]:
    """Headings of material sections that say something else, came or went.

    `before` is the content of an RFC as it was kept. Sections that nobody's approval depends on
    count no more here than they do there.
    """
    was = {part["slug"]: part for part in before}
    now = {part.slug: part.as_content() for part in after}
    headings = []
    for slug in [*now, *(slug for slug in was if slug not in now)]:
        part = now.get(slug) or was[slug]
        same = slug in now and slug in was and now[slug]["fingerprint"] == was[slug]["fingerprint"]
        if part["material"] and not same:
            headings.append(part["heading"] or slug)
    return headings


def unfilled(parts: Iterable[Part], guides: Iterable[Any]) -> list[str]:
    """Headings of required template sections that are absent or say nothing."""
    written = {part.slug for part in parts if says_something(part.body)}
    return [str(g.heading) for g in guides if g.required and g.slug not in written]


def says_something(body: str) -> bool:
    """Whether anything is left beside comments and white space."""
    return bool(_without_comments(body).strip())


def _without_comments(body: str) -> str:
    """In one pass: an expression tries each of thousands of comments nobody closed to the end."""
    kept: list[str] = []
    at = 0
    while (start := body.find(_OPEN, at)) >= 0:
        end = body.find(_CLOSE, start + len(_OPEN))
        if end < 0:
            break
        kept.append(body[at:start])
        at = end + len(_CLOSE)
    return "".join([*kept, body[at:]])


def _part(section: Section, guide: Any) -> Part:
    return Part(
        ordinal=section.ordinal,
        heading=section.heading,
        slug=section.slug,
        body=section.body,
        fingerprint=fingerprint(section),
        material=guide.material if guide else True,
        functions=list(guide.functions) if guide else [],
    )
