"""Cuts a Markdown text into its named sections and puts it together again, byte for byte."""

from dataclasses import dataclass

from rfc.text.headings import PREAMBLE, find, headings, lines_of, section_level


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `source` is heading_source + body; joined, the sources are the document.

    `heading` is plain text, `slug` unique in the document and the anchor on the rendered page.
    What stands before the first heading is the section "preamble" with an empty heading.
    """

    heading: str
    slug: str
    body: str
    ordinal: int
    heading_source: str = ""
    first_line: int = 1

    @property
    def source(self) -> str:
        return self.heading_source + self.body


def sections(markdown: str) -> list[Section]:
    """The sections in order: cut at level 2, or at level 1 where the text uses that."""
    lines = lines_of(markdown)
    top = section_level(find(lines))
    starts = [heading for heading in headings(lines) if heading.level <= top]
    cut: list[Section] = []
    first = starts[0].line if starts else len(lines)
    if first:
        cut.append(Section("", PREAMBLE, "".join(lines[:first]), 0))
    ends = [*(heading.line for heading in starts), len(lines)][1:]
    for heading, end in zip(starts, ends, strict=True):
        body_line = heading.line + heading.length
        cut.append(
            Section(
                heading=heading.text,
                slug=heading.slug,
                body="".join(lines[body_line:end]),
                ordinal=len(cut),
                heading_source="".join(lines[heading.line : body_line]),
                first_line=heading.line + 1,
            )
        )
    return cut


def join(parts: list[Section]) -> str:
    """The document these sections were cut from, byte for byte."""
    return "".join(part.source for part in parts)
