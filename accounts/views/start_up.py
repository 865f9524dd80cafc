"""A line as a start-up: where it stands, what comes next, the order of filling its roles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts import queries
from accounts.actions import declare_order
from accounts.actions.start_up import may_order
from accounts.identity import signed_in
from accounts.models import LINE_ROLES, Role, StartUp
from accounts.permissions import may_staff
from accounts.research import research_of
from accounts.views.places import PlaceMixin
from config.flow.errors import NotYours
from config.flow.steps import steps
from config.web.steps import TakeStep
from config.whole import whole


class StartMixin(PlaceMixin):
    """Finds the start of the line; a line that never was one has none."""

    @cached_property
    def start(self) -> StartUp:
        found: StartUp | None = (
            StartUp.objects.visible_to(self.request.user)
            .select_related("line", "product_manager")
            .filter(line=self.line)
            .first()
        )
        if found is None:
            raise Http404(_("%s did not begin as a start-up.") % self.line)
        return found

    def find(self) -> StartUp:
        return self.start


class StartView(StartMixin, View):
    """`/teams/<line>/start-up`."""

    def get(self, request: HttpRequest, line: str) -> HttpResponse:
        start, held = self.start, queries.memberships_in(self.line)
        seats = queries.seats(self.line, held)
        context: dict[str, Any] = {
            "line": self.line,
            "start": start,
            "seats": seats,
            "filled": sum(seat.state == "filled" for seat in seats),
            "coming": queries.what_comes_next(start, seats),
            "phases": queries.start_phases(start),
            "steps": steps(start, request.user),
            "research": research_of(self.line),
            "records": start.steps_taken.select_related("actor")[:20],
            "may_order": may_order(request.user, self.line),
            "may_staff": may_staff(request.user, self.line) and self.line.closed_at is None,
        }
        return render(request, "accounts/start_up.html", context)


class StartStep(StartMixin, TakeStep):
    """`POST /teams/<line>/start-up/steps/<step>`."""


class OrderView(StartMixin, View):
    """`/teams/<line>/start-up/order`: in which order roles are filled."""

    def get(self, request: HttpRequest, line: str) -> HttpResponse:
        self._must()
        order = list(dict.fromkeys([*self.start.line.backfill_order, *LINE_ROLES]))
        rows = [
            {"id": role, "title": str(Role(role).label), "key": "", "note": ""} for role in order
        ]
        return render(request, "accounts/order.html", {"line": self.line, "rows": rows})

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        self._must()
        roles = request.POST.getlist("order")
        # With scripts off only the numbers change; they decide.
        roles.sort(key=lambda role: whole(request.POST.get(f"position-{role}", ""), 5) or 0)
        declare_order(actor=signed_in(request), line=self.start.line, backfill_order=roles)
        messages.success(request, _("The order is declared."))
        return redirect(self.start)

    def _must(self) -> None:
        if not may_order(self.request.user, self.start.line):
            raise NotYours(
                _(
                    "The order is declared by the chief product officer and the line's "
                    "product manager."
                )
            )
