"""The rows of a difference, written here and not by a template: a page may have a thousand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template import Library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = Library()


# Plain words that need no escaping; every other kind is escaped where it stands.
_KINDS = {"same", "add", "del", "skip"}


@register.simple_tag
def diff_rows(lines: Iterable[Any]) -> SafeString:
    """Table rows of lines: objects or dictionaries with kind, old, new, html or text, count."""
    signs = {"add": _sign("+", _("added")), "del": _sign("−", _("removed"))}
    rows = (_row(_Said(**line) if isinstance(line, dict) else line, signs) for line in lines or ())
    return mark_safe("".join(rows))  # noqa: S308 - every value is escaped below


@dataclass
class _Said:
    """A line told as a dictionary."""

    kind: str = ""
    old: int | None = None
    new: int | None = None
    html: str = ""
    text: str = ""
    count: int = 0


def _sign(mark: str, word: str) -> str:
    said = conditional_escape(word)
    return f'<span aria-hidden="true">{mark}</span><span class="vh">{said}</span>'


def _row(line: Any, signs: dict[str, str]) -> str:
    kind = line.kind if line.kind in _KINDS else conditional_escape(line.kind)
    if kind == "skip":
        return f'<tr class="skip"><td colspan="3">{_skipped(line)}</td></tr>'
    number = line.new if kind == "add" else line.old
    html = line.html
    # What is safe already is most of a page; the others are asked nothing but to be escaped.
    text = html if type(html) is SafeString and html else conditional_escape(html or line.text)
    return (
        f'<tr class="{kind}"><td class="no">{number or ""}</td>'
        f'<td class="pm">{signs.get(kind, "")}</td><td class="txt">{text}</td></tr>'
    )


def _skipped(line: Any) -> str:
    if not line.count:
        return conditional_escape(line.text or "…")
    words = ngettext("%d line unchanged", "%d lines unchanged", line.count) % line.count
    return conditional_escape(words)
