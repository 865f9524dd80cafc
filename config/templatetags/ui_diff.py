"""The rows of a difference, written here and not by a template: a page may have a thousand."""

from collections.abc import Iterable
from typing import Any

from django.template import Library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = Library()


@register.simple_tag
def diff_rows(lines: Iterable[Any]) -> SafeString:
    """Table rows of lines: objects or dictionaries with kind, old, new, html or text, count."""
    signs = {"add": _sign("+", _("added")), "del": _sign("−", _("removed"))}
    rows = (_row(_reader(line), signs) for line in lines or ())
    return mark_safe("".join(rows))  # noqa: S308 - every value is escaped below


def _sign(mark: str, word: str) -> str:
    said = conditional_escape(word)
    return f'<span aria-hidden="true">{mark}</span><span class="vh">{said}</span>'


def _reader(line: Any) -> Any:
    if isinstance(line, dict):
        return line.get
    return lambda name: getattr(line, name, None)


def _row(value: Any, signs: dict[str, str]) -> str:
    kind = value("kind")
    if kind == "skip":
        return f'<tr class="skip"><td colspan="3">{_skipped(value)}</td></tr>'
    number = value("new") if kind == "add" else value("old")
    text = conditional_escape(value("html") or value("text") or "")
    return (
        f'<tr class="{conditional_escape(kind)}"><td class="no">{number or ""}</td>'
        f'<td class="pm">{signs.get(kind, "")}</td><td class="txt">{text}</td></tr>'
    )


def _skipped(value: Any) -> str:
    count = value("count")
    if not count:
        return conditional_escape(value("text") or "…")
    words = ngettext("%d line unchanged", "%d lines unchanged", count) % count
    return conditional_escape(words)
