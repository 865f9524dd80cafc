"""The inbox: three tabs, reading, putting away and back; and how one is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import change_telling, mark_done, mark_unread, read, telling_of, undo_done
from accounts.filters import NoticeFilter
from accounts.forms import TellingForm
from accounts.identity import signed_in
from accounts.models import Notice, Tab
from config.web.listing import listing
from config.whole import whole

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _mine(request: HttpRequest) -> Any:
    return Notice.objects.visible_to(request.user)


@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Entries of one tab, newest first; `?state=done` shows what was put away."""
    told = request.GET.copy()
    # What stands in the address beside the filters: the moment that can be taken back.
    undo, n = str(told.get("undo", "")), str(told.get("n", ""))
    for name in ("undo", "n"):
        told.pop(name, None)
    named = str(told.get("tab", ""))
    tab = named if named in Tab.values else _first_tab(request)
    told["tab"] = tab
    request.GET = told  # type: ignore[assignment]
    rows = _mine(request).select_related("actor")
    found = listing(request, NoticeFilter(told, queryset=rows, request=request))
    done = told.get("state") == "done"
    context = {
        "page": found.page,
        "rows": list(found.page),
        "tabs": _tabs(request, tab, done),
        "tab": tab,
        "done": done,
        "undo": undo if undo.isdecimal() else "",
        "undone_words": "" if (many := whole(n, 8)) is None else _how_many(many),
        "here": request.get_full_path(),
        "states": [
            {"label": _("Open"), "href": _address(tab), "current": not done},
            {"label": _("Done"), "href": _address(tab, "done"), "current": done},
        ],
    }
    return render(request, "accounts/inbox.html", context)


def _how_many(n: int) -> str:
    return ngettext("%(n)d entry is done.", "%(n)d entries are done.", n) % {"n": n}


def _address(tab: str, state: str = "", **more: Any) -> str:
    query = {"tab": tab, **({"state": state} if state else {}), **more}
    return f"/inbox?{urlencode(query)}"


def _counts(request: HttpRequest) -> dict[str, int]:
    """Unread entries by tab, read once per page; the first tab shown follows from them."""
    known: dict[str, int] | None = getattr(request, "inbox_counts", None)
    if known is None:
        each = {tab: Count("pk", filter=Q(tab=tab)) for tab in Tab.values}
        known = _mine(request).unread().aggregate(**each)
        request.inbox_counts = known  # type: ignore[attr-defined]
    return known


def _first_tab(request: HttpRequest) -> str:
    counts = _counts(request)
    return next((tab for tab in Tab.values if counts[tab]), str(Tab.DECIDE))


def _tabs(request: HttpRequest, current: str, done: bool) -> list[dict[str, Any]]:
    counts = _counts(request)
    state = "done" if done else ""
    return [
        {
            "label": tab.label,
            "href": _address(tab.value, state),
            "current": tab.value == current,
            "count": counts[tab.value] or "",
        }
        for tab in Tab
    ]


@require_GET
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """`/inbox/12`: the entry counts as read, and what it is about opens."""
    found = get_object_or_404(_mine(request), pk=pk)
    read(notice=found)
    return redirect(found.url)


@require_POST
@login_required
def notice_done(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST /inbox/12/done`."""
    found = get_object_or_404(_mine(request), pk=pk)
    at, n = mark_done(actor=signed_in(request), found=_mine(request).filter(pk=pk))
    return _back(request, found.tab, at, n, after=request.POST.get("after", ""))


@require_POST
@login_required
def notice_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST /inbox/12/unread`: it counts again, and comes back when it was put away."""
    found = get_object_or_404(_mine(request), pk=pk)
    mark_unread(notice=found)
    return redirect(f"{_next(request, _address(found.tab))}#n{found.pk}")


@require_POST
@login_required
def inbox_done(request: HttpRequest) -> HttpResponse:
    """`POST /inbox/done` with a tab: everything open in it is put away."""
    tab = request.POST.get("tab", "")
    if tab not in Tab.values:
        messages.error(request, _("There is no such tab; nothing was put away."))
        return redirect("inbox")
    found = _mine(request).open().filter(tab=tab)
    at, n = mark_done(actor=signed_in(request), found=found)
    return _back(request, tab, at, n)


@require_POST
@login_required
def inbox_undo(request: HttpRequest) -> HttpResponse:
    """`POST /inbox/undo` with the moment that was put away."""
    told, tab = request.POST.get("at", ""), request.POST.get("tab", "")
    # No later than a date can be.
    moment = whole(told, 17)
    at = None if moment is None else EPOCH + timedelta(microseconds=moment)
    n = undo_done(actor=signed_in(request), at=at) if at else 0
    if n:
        messages.success(request, _("Back in the inbox."))
    else:
        messages.info(request, _("There was nothing to bring back."))
    return redirect(_address(tab) if tab in Tab.values else "inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def telling(request: HttpRequest) -> HttpResponse:
    """`/settings/notifications`: quiet hours, the digest's hour, what is mailed."""
    person = signed_in(request)
    form = TellingForm(request.POST or None, initial=TellingForm.said(telling_of(person)))
    if request.method == "POST" and form.is_valid():
        change_telling(person=person, **form.wanted())
        messages.success(request, _("Saved."))
        return redirect("notice_settings")
    context = {"form": form, "zone": person.time_zone.replace("_", " ")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/notifications.html", context, status=status)


def _back(request: HttpRequest, tab: str, at: datetime, n: int, after: str = "") -> HttpResponse:
    """The list again, with a way to take it back; the row after the one that went has the focus."""
    moment = (at - EPOCH) // timedelta(microseconds=1)
    where = _address(tab, undo=moment, n=n) if n else _address(tab)
    return redirect(f"{where}#n{after}" if after.isdecimal() else where)


def _next(request: HttpRequest, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
