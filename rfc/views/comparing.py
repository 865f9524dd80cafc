"""Comparing any two revisions of an RFC: as source or as rendered, and since one last looked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from config.flow.asking import one_reading
from config.whole import whole
from rfc.actions.seen import opened
from rfc.models import RFC
from rfc.permissions import functions_of
from rfc.queries.comparing import RENDERED, SOURCE, Pair, compare, pair_for, since
from rfc.queries.lists import BADGES
from rfc.standing import Standing, standing
from rfc.views.base import OnePublished

# Browsers say so when they fetch a page nobody has asked for yet.
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


class CompareRFC(OnePublished, View):
    """`/rfcs/RFC-7/compare/v2/v4`, and `/compare?old=2&new=4` or `?since=looked` from the page."""

    def get(self, request: HttpRequest, number: int, old: int = 0, new: int = 0) -> HttpResponse:
        if not old:
            return self.chosen(request)
        view = RENDERED if request.GET.get("view") == RENDERED else SOURCE
        with one_reading():
            pair = pair_for(self.rfc, old, new, request.user, whole=view == RENDERED)
            if pair is None:
                return self.nearest(old, new)
            shown = self.context(pair, view)
        if not ahead(request):
            # Showing it is noted, so that a re-affirmation can rest on it.
            other = old if old != new else None
            opened(rfc=self.rfc, revision=pair.after, person=request.user, compared=other)
        return render(request, "rfc/compare.html", shown)

    def context(self, pair: Pair, view: str) -> dict[str, Any]:
        """What the page shows."""
        rfc, before, after = self.rfc, pair.before, pair.after
        found = compare(before, after, view)
        return {
            "rfc": rfc,
            "badge": BADGES[rfc.phase],
            "found": found,
            "before": before,
            "after": after,
            "view": view,
            "not_rendered": view == RENDERED and not found.rendered,
            "numbers": pair.numbers,
            "since": pair.since,
            "wanted": self.request.GET.get("wanted", "")[:20],
            "reaffirms": reaffirmable(rfc, self.request.user, before.number, after.number),
        }

    def chosen(self, request: HttpRequest) -> HttpResponse:
        newest = self.rfc.revision_count
        mine = since(self.rfc, request.user, newest)
        known = {"approved": mine.approved, "looked": mine.looked}
        start = known.get(request.GET.get("since", ""))
        old = start or _number(request.GET.get("old"), max(newest - 1, 1))
        return self.nearest(old, _number(request.GET.get("new"), newest))

    def nearest(self, old: int, new: int) -> HttpResponse:
        """A revision that does not exist leads to the nearest one that does, and says so."""
        newest = self.rfc.revision_count
        if not newest:
            return redirect(self.rfc.get_absolute_url())
        wanted = [f"r{each}" for each in (old, new) if not 1 <= each <= newest]
        old, new = (min(max(each, 1), newest) for each in (old, new))
        query = self.request.GET.copy()
        for name in ("old", "new", "since"):
            query.pop(name, None)
        if wanted:
            query["wanted"] = ", ".join(wanted)
        tail = f"?{query.urlencode()}" if query else ""
        return redirect(f"{self.rfc.get_absolute_url()}/compare/v{old}/v{new}{tail}")


def reaffirmable(rfc: RFC, person: Any, old: int, new: int) -> list[Standing]:
    """This person's stale approvals that the comparison shows in full."""
    if rfc.phase != RFC.IN_REVIEW or old >= new or new != rfc.revision_count:
        return []
    own = functions_of(person, rfc)
    return [
        each
        for each in standing(rfc)
        if each.state == "stale"
        and each.function in own
        and each.position is not None
        and each.position.person_id == person.pk
        and each.position.revision == old
    ]


def ahead(request: HttpRequest) -> bool:
    """Whether the browser fetches the page before anybody asked for it."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in AHEAD)


def _number(text: str | None, default: int) -> int:
    number = whole((text or "").lstrip("vr"))
    return default if number is None else number
