"""Search over everything: a key jumps, words give results by type with the match marked.

Apps register how their keys are found and how their rows are searched; this knows no app.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from config.batch import Asker, flat, together
from config.web.references import card_of
from config.whole import whole

# A key as people type it: "ini 12", "INI12", "ini-12".
LOOSE = re.compile(r"^(?P<prefix>[A-Za-z]{2,5})[ -]?0*(?P<number>[1-9][0-9]{0,8})$")
SHOWN = 8
EXCERPT = 160


@dataclass(frozen=True)
class Hit:
    """One result. `text` is where the words were found; it is cut and marked here.

    `excerpt` is for those who marked it already, in safe HTML; it is shown as it is.
    """

    title: str
    href: str
    key: str = ""
    meta: str = ""
    text: str = ""
    excerpt: SafeString | None = None


@dataclass(frozen=True)
class Group:
    """Results of one type. `more` is where the rest is listed."""

    slug: str
    label: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more: str = ""


@dataclass(frozen=True)
class Shown:
    """A hit as the page draws it."""

    hit: Hit
    title: SafeString
    text: SafeString


Provider = Callable[[HttpRequest, str], Asker]
Jump = Callable[[HttpRequest, int], str]
_providers: list[Provider] = []
_jumps: dict[str, Jump] = {}


def provide(provider: Provider) -> Provider:
    """Register a type of results: an asker that gets the request and the words and answers one
    Group of `SHOWN` + 1 hits at most. All types are read by one statement (config.batch).
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def jump(prefix: str, find: Jump) -> None:
    """Register where `KPI-3` leads; an empty address means there is no such thing to see."""
    _jumps[prefix] = find


@require_GET
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The page behind `/search?q=…`."""
    words = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    there = _address_of_key(request, words)
    if there:
        return HttpResponseRedirect(there)
    askers = [provider(request, words) for provider in _providers] if words else []
    groups: list[Group] = [*_numbered(request, words), *flat(together(askers))]
    shown = [(group, _draw(group.hits, words)) for group in groups if group.hits]
    context = {"words": words, "groups": shown, "total": sum(len(hits) for _g, hits in shown)}
    return render(request, "search/results.html", context)


def _address_of_key(request: HttpRequest, words: str) -> str:
    """Where `INI-12` leads, also as people type it: `ini 12`, `ini12`."""
    found = LOOSE.match(words)
    prefix = found["prefix"].upper() if found else ""
    return _jumps[prefix](request, int(found["number"])) if found and prefix in _jumps else ""


def by_number(request: HttpRequest, words: str) -> list[Hit]:
    """The things with a bare number, `12`: a query or two for each kind of key."""
    number = whole(words)
    if not number:
        return []
    keys = [(f"{prefix}-{number}", find) for prefix, find in _jumps.items()]
    there = [(key, find(request, number)) for key, find in keys]
    cards = [(key, href, card_of(request, key)) for key, href in there if href]
    return [Hit(card.title if card else key, href, key=key) for key, href, card in cards]


def _numbered(request: HttpRequest, words: str) -> list[Group]:
    hits = by_number(request, words)
    return [Group("keys", _("By number"), "hash", hits)] if hits else []


def _draw(hits: Iterable[Hit], words: str) -> list[Shown]:
    return [
        Shown(hit, marked(hit.title, words), hit.excerpt or marked(excerpt(hit.text, words), words))
        for hit in list(hits)[:SHOWN]
    ]


def marked(text: str, words: str) -> SafeString:
    """The text, escaped, with every searched word in `<mark>`."""
    pattern = _pattern(words)
    if pattern is None:
        return mark_safe(escape(text))  # noqa: S308 - escaped
    parts: list[str] = []
    last = 0
    for found in pattern.finditer(text):
        parts += [escape(text[last : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        last = found.end()
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part is escaped


def excerpt(text: str, words: str) -> str:
    """A stretch of the text around the first searched word."""
    flat = " ".join(text.split())
    pattern = _pattern(words)
    found = pattern.search(flat) if pattern else None
    start = max(found.start() - EXCERPT // 3, 0) if found else 0
    start = flat.rfind(" ", 0, start) + 1 if start else 0
    cut = flat[start : start + EXCERPT]
    return ("… " if start else "") + cut + (" …" if start + EXCERPT < len(flat) else "")


def _pattern(words: str) -> re.Pattern[str] | None:
    parts = sorted({re.escape(w) for w in words.split() if w}, key=len, reverse=True)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None
