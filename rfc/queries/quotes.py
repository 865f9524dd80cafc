"""Putting marks around quoted passages in stored HTML. Nothing but our own tags is added."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rfc.text.known import Known
from rfc.text.letters import Letters, occurrences, of_html, of_markdown

_TAG = re.compile(r"<[^>]*>")
_TAIL = re.compile(r"[.,;:!?)%…”’]+\Z")
# Marked pages a process drew last: the same readers come back to the same texts.
_known: Known[tuple[SafeString, frozenset[int]]] = Known(2_000_000)


@dataclass(frozen=True)
class Passage:
    """A thread's passage: offsets in the Markdown, and the number the thread has on the page."""

    thread: int
    number: int
    start: int
    end: int
    kind: str = ""


def marked(html: str, body: str, passages: Iterable[Passage]) -> tuple[SafeString, frozenset[int]]:
    """The HTML with marks, and the threads whose passage was found in it."""
    passages = list(passages)
    if not passages:
        return mark_safe(html), frozenset()  # noqa: S308 - stored after cleaning
    # The numbers carry words in the reader's language.
    about = (html, body, get_language() or "", repr(passages))
    known = _known.get(*about)
    if known is None:
        known = _marked(html, body, passages)
        _known.keep(known, *about)
    return known


def _marked(html: str, body: str, passages: list[Passage]) -> tuple[SafeString, frozenset[int]]:
    source, drawn = of_markdown(body), of_html(html)
    ranges = [(each, _range(each, source, drawn, (body, html))) for each in passages]
    found = [(each, place) for each, place in ranges if place]
    edits = [*_marks(html, found), *(_number(html, each, end) for each, (_, end) in found)]
    parts: list[str] = []
    at = 0
    for place, _order, text in sorted(edits, key=lambda edit: edit[:2]):
        parts += [html[at:place], text]
        at = place
    parts.append(html[at:])
    found_in = frozenset(each.thread for each, _ in found)
    return mark_safe("".join(parts)), found_in  # noqa: S308 - as above


def _range(
    each: Passage, source: Letters, drawn: Letters, texts: tuple[str, str]
) -> tuple[int, int] | None:
    """From Markdown to HTML: the same letters, and of several the one in the same order."""
    start, end = source.index(each.start), source.index(each.end)
    wanted = source.text[start:end]
    there = occurrences(wanted, drawn.text)
    if not there:
        return None
    here = occurrences(wanted, source.text)
    if len(here) == len(there) and start in here:
        at = there[here.index(start)]
    else:
        scale = len(drawn.text) / max(len(source.text), 1)
        at = min(there, key=lambda place: abs(place - start * scale))
    low, high = drawn.span(at, at + len(wanted))
    tail = _TAIL.search(texts[0], each.start, each.end)
    if tail and texts[1].startswith(tail[0], high):
        high += len(tail[0])
    return low, high


def _marks(
    html: str, found: list[tuple[Passage, tuple[int, int]]]
) -> Iterable[tuple[int, int, str]]:
    """Opening and closing marks around every stretch of text; overlapping ones are cut."""
    pieces = [(a, b, each) for each, (low, high) in found for a, b in _text_runs(html, low, high)]
    cuts = sorted({point for a, b, _each in pieces for point in (a, b)})
    covered: dict[int, list[Passage]] = {}
    for a, b, each in pieces:
        for at in range(bisect_right(cuts, a) - 1, bisect_right(cuts, b) - 1):
            covered.setdefault(at, []).append(each)
    for at, threads in sorted(covered.items()):
        names = " ".join(str(each.thread) for each in threads)
        kinds = " ".join(sorted({each.kind for each in threads if each.kind}))
        opening = format_html('<mark class="passage {}" data-threads="{}">', kinds, names)
        yield cuts[at], 1, opening
        yield cuts[at + 1], 0, "</mark>"


def _text_runs(html: str, low: int, high: int) -> Iterable[tuple[int, int]]:
    at = low
    for tag in _TAG.finditer(html, low, high):
        if html[at : tag.start()].strip():
            yield at, tag.start()
        at = tag.end()
    if html[at:high].strip():
        yield at, high


def _number(html: str, each: Passage, end: int) -> tuple[int, int, str]:
    """The number of the thread behind its passage, as a link; never inside another link."""
    opened = html.rfind("<a ", 0, end)
    if opened > html.rfind("</a>", 0, end):
        end = html.find("</a>", end) + len("</a>")
    said = _("Thread %d") % each.number
    link = '<sup class="ref"><a id="quote-{}" href="#comment-{}" aria-label="{}">{}</a></sup>'
    return end, 0, format_html(link, each.thread, each.thread, said, each.number)
