"""How reviews go: rubber stamps, waits, zombies and stale approvals, per team and function."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from rfc.forms_review import HealthForm
from rfc.queries.health import Asked, ReviewHealth, review_health

SHOWN_ZOMBIES = 50


class Health(LoginRequiredMixin, View):
    """`/rfcs/health?days=90&team=checkout`; every state lives in the address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = HealthForm(request.GET or None, person=request.user)
        asked = asked_by(form)
        found = review_health(request.user, asked)
        context = {
            "form": form,
            "found": found,
            "asked": asked,
            "sentence": sentence(found),
            "rows_of_functions": [
                {
                    "label": row.label,
                    "median": in_words(row.median_hours),
                    "answered": row.answered,
                    "open": row.open,
                    "oldest": in_words(row.oldest_hours) if row.open else "–",
                }
                for row in found.functions
            ],
            "zombies": found.zombies[:SHOWN_ZOMBIES],
            "unknown": sorted(set(request.GET) - set(form.fields)),
            "anything": any((found.teams, found.functions)),
        }
        return render(request, "rfc/health.html", context)


def asked_by(form: HealthForm) -> Asked:
    """What a filled form asks; a bad value filters nothing."""
    if not form.is_bound:
        return Asked()
    form.is_valid()
    told: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
    return Asked(**told)


def sentence(found: ReviewHealth) -> str:
    """The finding in words."""
    parts = [_quick(found), _waits(found), _still(found)]
    return " ".join(part for part in parts if part)


def _quick(found: ReviewHealth) -> str:
    told = [team for team in found.teams if team.quick_share is not None]
    approvals = sum(team.approvals - team.unopened for team in told)
    if not approvals:
        return _("No team has enough approvals by different people to speak of rubber stamps.")
    quick = sum(team.quick for team in told)
    return ngettext(
        "%(quick)d of %(all)d approval came within a minute of opening the text.",
        "%(quick)d of %(all)d approvals came within a minute of opening the text.",
        approvals,
    ) % {"quick": quick, "all": approvals}


def _waits(found: ReviewHealth) -> str:
    slow = next((row for row in found.functions if row.median_hours is not None), None)
    if slow is None:
        return ""
    told = {"label": slow.label, "wait": in_words(slow.median_hours), "n": slow.answered}
    return (
        ngettext(
            "%(label)s answers latest: %(wait)s in the median of %(n)d answer.",
            "%(label)s answers latest: %(wait)s in the median of %(n)d answers.",
            slow.answered,
        )
        % told
    )


def _still(found: ReviewHealth) -> str:
    zombies, stale = len(found.zombies), found.totals["stale"]
    still = ngettext("%d RFC stands still", "%d RFCs stand still", zombies) % zombies
    old = ngettext("%d approval is stale", "%d approvals are stale", stale) % stale
    still = still if zombies else _("No RFC stands still")
    old = old if stale else _("no approval is stale")
    return f"{still}; {old}."


def in_words(hours: float | None) -> str:
    """A wait in working time: minutes, hours or working days of 24 hours."""
    if hours is None:
        return _("unknown")
    if hours * 60 < 1:
        return _("under a minute")
    if hours < 1:
        return _("%d min") % round(hours * 60)
    if hours < 48:
        return _("%.0f h") % hours
    return _("%.1f working days") % (hours / 24)
