"""Keys and names inside texts: completed while typing, links when rendered, a card on hover.

Apps register what they know ("RFC", "INI", "KPI", "@"); this knows no app. What one may not see
is never suggested, has no card, and is named by `unknown` so that its author hears about it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from config.web.icons import icon

LIMIT = 8
MOST_CHECKED = 60
KEYS = re.compile(r"(?<![\w/#@-])(?P<prefix>[A-Z]{3})-(?P<number>[1-9][0-9]{0,8})(?![\w/-])")
AT = "@"


@dataclass(frozen=True)
class Found:
    """One suggestion: what is written, and how the list shows it."""

    insert: str
    label: str
    hint: str = ""
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Card:
    """What a card says about one thing. `kind` is a badge kind."""

    key: str
    title: str
    href: str
    icon: str = "file-text"
    kind: str = ""
    state: str = ""
    text: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """How one prefix is found, shown and where its things live ("/rfcs/").

    `seen` answers which of some numbers the person may see, in one query.
    """

    base: str
    find: Callable[[HttpRequest, str], Iterable[Found]]
    card: Callable[[HttpRequest, str], Card | None]
    seen: Callable[[HttpRequest, list[int]], Iterable[int]] | None = None


_kinds: dict[str, Kind] = {}


def register(prefix: str, kind: Kind) -> None:
    """Let an app answer for a prefix. `find` and `card` see only what the person may see."""
    _kinds[prefix] = kind


def address(key: str) -> str | None:
    """Where a key leads, whether or not there is such a thing: `RFC-7` is /rfcs/RFC-7."""
    kind = _kinds.get(key.partition("-")[0])
    return f"{kind.base}{key}" if kind and kind.base else None


def keys_in(text: str) -> list[str]:
    """The keys a text names, each once."""
    found = (m[0] for m in KEYS.finditer(text) if m["prefix"] in _kinds)
    return list(dict.fromkeys(found))[:MOST_CHECKED]


def unknown(request: HttpRequest, text: str) -> list[str]:
    """Keys of a text that lead to nothing this person may see. One query for each prefix."""
    asked: dict[str, list[int]] = {}
    for key in keys_in(text):
        prefix, _dash, number = key.partition("-")
        asked.setdefault(prefix, []).append(int(number))
    lost = []
    for prefix, numbers in asked.items():
        seen = _kinds[prefix].seen
        there = set(seen(request, numbers)) if seen else set(numbers)
        lost += [f"{prefix}-{number}" for number in sorted(set(numbers) - there)]
    return lost


@require_GET
@login_required
def suggest(request: HttpRequest) -> JsonResponse:
    """`/suggest.json?q=RFC-pay` or `?q=@pet`: what could be meant."""
    typed = request.GET.get("q", "").strip()[:80]
    prefix, rest = (AT, typed[1:]) if typed.startswith(AT) else _cut(typed)
    kind = _kinds.get(prefix)
    found = list(kind.find(request, rest))[:LIMIT] if kind else []
    drawn = [{**asdict(each), "icon": icon(each.icon)} for each in found]
    return JsonResponse({"found": drawn}, headers={"Cache-Control": "no-store"})


@require_GET
@login_required
def card(request: HttpRequest, name: str) -> HttpResponse:
    """`/cards/RFC-7` or `/cards/@petra.manager`: a small fragment; 404 for what one may not see."""
    found = card_of(request, name)
    if found is None:
        raise Http404(_("There is no card for %(name)s.") % {"name": name})
    answer = render(request, "_ui/_card.html", {"card": found})
    answer["Cache-Control"] = "private, max-age=60"
    return answer


def card_of(request: HttpRequest, name: str) -> Card | None:
    """What `RFC-7` or `@petra.manager` names, or None where this person sees no such thing."""
    prefix, rest = (AT, name[1:]) if name.startswith(AT) else _cut(name)
    kind = _kinds.get(prefix)
    return kind.card(request, rest) if kind and rest else None


def _cut(text: str) -> tuple[str, str]:
    prefix, _dash, rest = text.partition("-")
    return prefix.upper(), rest.strip()
