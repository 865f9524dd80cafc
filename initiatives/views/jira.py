"""Jira pages: connections, what is not in step, one connection, and acts on single items."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.identity import signed_in
from accounts.models import BusinessLine
from config.flow.errors import Refusal
from config.web.steps import next_of
from initiatives import permissions as may
from initiatives.actions.jira_connection import ask_for_check, connect_jira, switch_push
from initiatives.actions.jira_push import resolve_drift, try_again
from initiatives.actions.jira_read import ask_to_read
from initiatives.forms.jira import ConnectionForm
from initiatives.models import JiraConnection, JiraItem
from initiatives.queries.jira import (
    GROUPS,
    connections,
    group_counts,
    items_for,
    standing,
    tone,
    troubled,
)

PAGE = 50


class JiraView(LoginRequiredMixin, View):
    """`/jira?show=failed`: the connections, and every item that is not quietly in step."""

    def get(self, request: HttpRequest) -> HttpResponse:
        group = request.GET.get("show", "")
        page = Paginator(troubled(request.user, group), PAGE).get_page(request.GET.get("page"))
        counts = group_counts(request.user)
        context = {
            "lines": connections(request.user),
            "page": page,
            "rows": [self.row(item) for item in page.object_list],
            "shown": group if group in GROUPS else "",
            "groups": [
                {"name": name, "label": f"{label} · {counts[name]}"}
                for name, (label, _rule) in GROUPS.items()
            ],
        }
        return render(request, "jira/list.html", context)

    def row(self, item: JiraItem) -> dict[str, Any]:
        return {
            "item": item,
            "title": str(item.sub_task or item.ticket or item.initiative.title),
            "tone": tone(item),
            "standing": standing(item),
            "said": item.message or item.last_error,
            "may": may.may_push(self.request.user, item.initiative),
        }


class OfLine(LoginRequiredMixin, View):
    """Something about the connection of one line."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def line(self) -> BusinessLine:
        lines = BusinessLine.objects.visible_to(self.request.user)
        found: BusinessLine = get_object_or_404(lines, slug=self.kwargs["line"])
        return found

    @cached_property
    def connection(self) -> JiraConnection | None:
        rows = JiraConnection.objects.visible_to(self.request.user).select_related("line")
        found: JiraConnection | None = rows.filter(line=self.line).first()
        return found

    @property
    def existing(self) -> JiraConnection:
        return get_object_or_404(JiraConnection.objects.select_related("line"), line=self.line)


class ConnectionView(OfLine):
    """`/jira/payments`: where its work goes, how that stands, and the form that changes it."""

    def get(self, request: HttpRequest, line: str) -> HttpResponse:
        return self.show(self.form())

    def form(self, *args: Any) -> ConnectionForm:
        return ConnectionForm(*args, connection=self.connection)

    def show(self, form: ConnectionForm, status: int = 200) -> HttpResponse:
        held = self.connection
        context = {
            "line": self.line,
            "connection": held,
            "form": form,
            "may_connect": may.may_connect_jira(self.request.user, self.line),
            "is_off": bool(held and held.state == JiraConnection.State.OFF),
            "types": [kind["name"] for kind in held.catalogue.get("types", ())] if held else [],
        }
        return render(self.request, "jira/connection.html", context, status=status)

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            _connection, job = connect_jira(
                line=self.line, actor=signed_in(request), **form.facts()
            )
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, refusal.status)
        messages.success(request, _("Saved. Jira is being asked whether it works."))
        return redirect(job.get_absolute_url())


class SwitchView(OfLine):
    """`POST /jira/payments/switch` with `on`: push off, push on."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        wanted = request.POST.get("on") == "1"
        switch_push(connection=self.existing, actor=signed_in(request), on=wanted)
        said = _("Push is on; the connection is checked first.") if wanted else _("Push is off.")
        messages.success(request, said)
        return redirect("jira_connection", line=line)


class CheckView(OfLine):
    """`POST /jira/payments/check`: ask Jira again."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        job = ask_for_check(connection=self.existing, actor=signed_in(request))
        return redirect(job.get_absolute_url())


class ReadLineView(OfLine):
    """`POST /jira/payments/read`: read every issue of the line now."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        job = ask_to_read(actor=signed_in(request), connection=self.existing)
        return redirect(job.get_absolute_url())


class OfItem(LoginRequiredMixin, View):
    """An act on one item; back to where the button was."""

    http_method_names = ("post", "options")

    def item(self, pk: int) -> JiraItem:
        found: JiraItem = get_object_or_404(items_for(self.request.user), pk=pk)
        return found


class RetryView(OfItem):
    """`POST /jira/items/7/retry`: due again now, with fresh attempts."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try_again(item=self.item(pk), actor=signed_in(request))
        messages.success(request, _("It is tried again now."))
        return redirect(next_of(request) or "jira")


class DriftView(OfItem):
    """`POST /jira/items/7/drift` with `field` and `rule`: ours or theirs."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        told = {name: request.POST.get(name, "") for name in ("field", "rule")}
        item = resolve_drift(item=self.item(pk), actor=signed_in(request), **told)
        messages.success(request, _("Settled. Jira is brought in step now."))
        return redirect(next_of(request) or item.initiative.tab_url("push"))
