"""Comparing any two revisions of an RFC: as source or as rendered, and since one last looked."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from config.whole import whole
from rfc.actions.seen import opened
from rfc.models import RFC, Revision
from rfc.permissions import functions_of
from rfc.queries.comparing import RENDERED, SOURCE, compare, pair_of, since
from rfc.queries.lists import BADGES
from rfc.queries.reading import rfc_to_read
from rfc.standing import Standing, standing
from rfc.views.base import OneRFC

# Browsers say so when they fetch a page nobody has asked for yet.
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


class CompareRFC(OneRFC, View):
    """`/rfcs/RFC-7/compare/v2/v4`, and `/compare?old=2&new=4` or `?since=looked` from the page."""

    def seen(self) -> QuerySet[RFC]:
        """Without the draft: this page is about what is published."""
        return rfc_to_read(self.request.user)

    def get(self, request: HttpRequest, number: int, old: int = 0, new: int = 0) -> HttpResponse:
        if not old:
            return self.chosen(request)
        before, after = pair_of(self.rfc, old, new, whole=request.GET.get("view") == RENDERED)
        if before is None or after is None:
            return self.nearest(old, new)
        return render(request, "rfc/compare.html", self.context(before, after))

    def context(self, before: Revision, after: Revision) -> dict[str, Any]:
        """What the page shows; showing it is noted, so that a re-affirmation can rest on it."""
        rfc, person = self.rfc, self.request.user
        mine = since(rfc, person, rfc.revision_count)
        if not ahead(self.request):
            other = before.number if before.number != after.number else None
            opened(rfc=rfc, revision=after, person=person, compared=other)
        view = RENDERED if self.request.GET.get("view") == RENDERED else SOURCE
        found = compare(before, after, view)
        return {
            "rfc": rfc,
            "badge": BADGES[rfc.phase],
            "found": found,
            "before": before,
            "after": after,
            "view": view,
            "not_rendered": view == RENDERED and not found.rendered,
            "numbers": list(rfc.revisions.values_list("number", "name")),
            "since": mine,
            "wanted": self.request.GET.get("wanted", "")[:20],
            "reaffirms": reaffirmable(rfc, person, before.number, after.number),
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
