"""A page of ours as one file that needs nothing else: saved, mailed, printed, or made a PDF.

The caller gives safe HTML. The head says what it is, how it stands and where the living one is.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# What the file may do when it is opened from a disk: show itself, run nothing, ask for nothing.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_SOURCE = re.compile(r'(<img[^>]*?\ssrc=")([^"]+)(")')
_OWN_LINK = re.compile(r'(<a[^>]*?\shref=")(/[^"/][^"]*|/)(")')


@dataclass(frozen=True)
class Document:
    """A document to be taken away. `facts` are (name, words) in the head, `running` stands at the
    foot of every printed page, `images` maps addresses in `html` to (media type, bytes).
    """

    title: str
    html: SafeString
    running: str
    facts: Sequence[tuple[str, str]]
    images: Mapping[str, tuple[str, bytes]]
    language: str = "en"


def standalone(document: Document) -> str:
    """The document as one HTML file with its style and pictures inside."""

    def inlined(match: re.Match[str]) -> str:
        kind, data = document.images.get(match[2], ("", b""))
        if not kind:
            return match[0]
        return f"{match[1]}data:{kind};base64,{base64.b64encode(data).decode()}{match[3]}"

    return _page(document, _SOURCE.sub(inlined, _reaching(document.html)))


def for_pages(document: Document) -> str:
    """The same for the PDF writer, which is handed the pictures beside it."""
    return _page(document, _reaching(document.html))


def _reaching(html: str) -> str:
    """Links to our own pages name this installation; the file may be anywhere."""
    return _OWN_LINK.sub(rf"\g<1>{escape(settings.BASE_URL)}\g<2>\g<3>", html)


def _page(document: Document, body: str) -> str:
    rows = format_html_join("", "<tr><th>{}</th><td>{}</td></tr>", document.facts)
    facts = format_html('<div class="facts"><table>{}</table></div>', rows)
    style = _sheet().replace("RUNNING", _css_text(document.running))
    head = format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="{}"><title>{}</title>',
        document.language,
        POLICY,
        document.title,
    )
    top = format_html('<p class="running">{}</p><h1>{}</h1>', document.running, document.title)
    page = f"{head}<style>{style}</style></head><body>{top}{facts}{body}</body></html>\n"
    return mark_safe(page)  # noqa: S308 - head escaped, sheet ours, body the caller's safe HTML


def _css_text(text: str) -> str:
    """Text inside a quoted string of a style sheet: whatever could end it is written as a number."""
    return "".join(
        char if char.isalnum() or char in " .-" else f"\\{ord(char):06x} " for char in text
    )


@cache
def _sheet() -> str:
    return (Path(__file__).with_name("document.css")).read_text()
