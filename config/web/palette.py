"""The command palette's answers (Ctrl or Cmd K). Apps register providers; this knows no app."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from config.web import nav, search
from config.web.icons import icon

LIMIT = 20
# The key in front of a label, such as "kpi-5 ".
KEYED = re.compile(r"^[a-z]{2,5}-\d+ ")


@dataclass(frozen=True)
class Entry:
    """One line of the palette."""

    label: str
    href: str
    hint: str = ""
    icon: str = "arrow-right"


Provider = Callable[[HttpRequest, str], Iterable[Entry]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a source of entries. It gets the request and the typed words, trimmed."""
    if provider not in _providers:
        _providers.append(provider)


@require_GET
@login_required
def palette(request: HttpRequest) -> JsonResponse:
    """Places and found things for the typed words."""
    typed = request.GET.get("q", "").strip()
    entries = [*_places(request, typed), *_found(request, typed)][:LIMIT]
    drawn = [{**asdict(e), "icon": icon(e.icon)} for e in entries]
    return JsonResponse({"entries": drawn}, headers={"Cache-Control": "no-store"})


def _places(request: HttpRequest, typed: str) -> list[Entry]:
    places = [
        Entry(str(p.label), p.href, _("Place"), p.icon)
        for p in nav.shown([*nav.RAIL, *nav.FOOT], request)
    ]
    new = nav.address("initiative_new")
    if new:
        places.append(Entry(_("New initiative"), new, _("Create"), "plus"))
    guide = nav.address("styleguide")
    if guide and typed:
        places.append(Entry(_("Style guide"), guide, _("Place"), "swatch-book"))
    return [p for p in places if typed.lower() in p.label.lower()]


def _found(request: HttpRequest, typed: str) -> list[Entry]:
    if not typed:
        return []
    numbered = search.by_number(request, typed)
    named = [Entry(f"{hit.key} {hit.title}", hit.href, _("Key"), "hash") for hit in numbered]
    found = [entry for provide in _providers for entry in provide(request, typed)]
    return named + sorted(found, key=lambda entry: _distance(entry.label, typed))


def _distance(label: str, typed: str) -> int:
    """How far a label is from what was typed. Its own words come before a match in some text, so
    that a title is the first hit and not whatever its app's turn was.
    """
    said, meant = label.casefold(), typed.casefold()
    title = KEYED.sub("", said)
    closeness = (title == meant, title.startswith(meant), meant in said, _holds(said, meant))
    return closeness.index(True) if True in closeness else len(closeness)


def _holds(said: str, meant: str) -> bool:
    return all(word in said for word in meant.split())
