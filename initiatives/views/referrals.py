"""The CPO's queue: initiatives that touch several lines, a cell for each line's answer."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import BusinessLine, Role
from accounts.permissions import has_role
from config.flow.errors import Refusal
from config.web.listing import listing
from config.web.rows import csv_lines
from initiatives import permissions as may
from initiatives.actions.referral import delegate_referrals, end_referral_delegation
from initiatives.filters_referral import ReferralFilter
from initiatives.forms.coordination import AllReferralsForm
from initiatives.queries.coordination import STATES, commitments, line_row, referrals_for
from rfc.models import Delegation

HEADERS = (
    "initiative", "title", "state", "answer_due", "coordinator", "line", "leads", "answer",
    "note", "responsible", "kpi", "capacity_points", "conditions_open", "answered_at",
)  # fmt: skip


class ReferralListView(LoginRequiredMixin, View):
    """`/portfolio/referrals`: lines × initiatives. A POST hands all referrals on for a while."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        person: Any = self.request.user
        found = ReferralFilter(
            self.request.GET, queryset=referrals_for(person), request=self.request
        )
        page = listing(self.request, found)
        touched = {s.line_id for r in page.page.object_list for s in r.initiative.lines.all()}
        lines = [b for b in BusinessLine.objects.visible_to(person) if b.pk in touched]
        in_force = Delegation.objects.in_force(timezone.localdate())
        running = in_force.filter(function=Role.CPO).select_related("person", "delegate")
        context = {
            "listing": page,
            "page_obj": page.page,
            "lines": lines,
            "rows": commitments(page.page.object_list, lines, person),
            "query": self.request.GET.urlencode(),
            "running": list(running),
            "stands_in": may.stands_in_for(person),
            "may_delegate": has_role(person, Role.CPO),
            "form": AllReferralsForm() if has_role(person, Role.CPO) else None,
            **extra,
        }
        return render(self.request, "referrals/list.html", context, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("end"):
            return self._done(_("Referrals are answered by the CPO again."), end=True)
        form = AllReferralsForm(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        told = form.cleaned_data
        said = _("%(who)s answers referrals until %(day)s.") % {
            "who": told["delegate"],
            "day": f"{told['until']:%-d %b %Y}",
        }
        return self._done(said, form=form, **told)

    def _done(self, said: str, *, end: bool = False, form: Any = None, **told: Any) -> HttpResponse:
        actor: Any = self.request.user
        try:
            if end:
                end_referral_delegation(actor=actor)
            else:
                delegate_referrals(actor=actor, **told)
        except Refusal as refusal:
            why = {"title": refusal.title, "sentences": refusal.sentences}
            more = {"form": form} if form else {}
            return self.show(status=refusal.status, refusal=why, **more)
        messages.success(self.request, said)
        return HttpResponseRedirect(self.request.path)


class ReferralCsvView(LoginRequiredMixin, View):
    """`/portfolio/referrals.csv`: the same filters, one row per initiative and line."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        found = ReferralFilter(request.GET, queryset=referrals_for(request.user), request=request)
        response = StreamingHttpResponse(
            csv_lines(HEADERS, _rows(found.qs, request.user)),
            content_type="text/csv; charset=utf-8",
        )
        response["Content-Disposition"] = 'attachment; filename="referrals.csv"'
        return response


def _rows(rows: Any, person: Any) -> Iterator[tuple[str, ...]]:
    for referral in rows.iterator(chunk_size=200):
        for share in referral.initiative.lines.all():
            yield _cells(referral, share, person)


def _cells(referral: Any, share: Any, person: Any) -> tuple[str, ...]:
    initiative = referral.initiative
    row = line_row(share, initiative, person)
    return (
        initiative.key,
        initiative.title,
        str(STATES[referral.phase][1]),
        referral.due_date.isoformat(),
        str(referral.coordinator or ""),
        share.line.name,
        "yes" if row.leads else "no",
        str(row.words),
        share.note,
        str(row.who or ""),
        share.kpi.name if share.kpi else "",
        str(share.capacity_points if share.capacity_points is not None else ""),
        "; ".join(c.text for c in row.open_conditions),
        share.answered_at.isoformat(timespec="seconds") if share.answered_at else "",
    )


def old_address(request: HttpRequest) -> HttpResponse:
    """`/referrals` leads on, its filters kept."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect("/portfolio/referrals" + (f"?{query}" if query else ""))
