"""Changing what an initiative says and who is what to it, in small plain forms."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.models import BusinessLine
from config.flow.errors import Conflict, NotYours, Refusal
from initiatives import permissions as may
from initiatives.actions.lines import add_line, remove_line
from initiatives.actions.people import SEATS, assign
from initiatives.actions.request import confirm_not_duplicate, edit_initiative
from initiatives.forms.request import EditInitiativeForm
from initiatives.forms.small import LineForm, SeatForm
from initiatives.queries.duplicates import likely_duplicates
from initiatives.views.tab import InitiativeMixin, InitiativeTabView


class EditView(InitiativeTabView):
    """`/initiatives/INI-12/edit`; a stale save keeps both texts side by side."""

    tab = "edit"
    tab_label = gettext_lazy("Edit")
    template_name = "initiatives/edit.html"

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        if not may.may_edit_request(request.user, self.initiative):
            who = ", ".join(may.manages.who(self.initiative)) or may.manages.label
            raise NotYours(f"{self.initiative.key} is edited by {who}.")
        return self.show(form=self.form())

    def form(self, *args: Any) -> EditInitiativeForm:
        return EditInitiativeForm(*args, instance=self.initiative, person=self.request.user)

    def context(self) -> dict[str, Any]:
        return {
            "seats": [{"name": seat, "form": self.seat_form(seat)} for seat in SEATS],
            "line_form": LineForm(initiative=self.initiative, person=self.request.user),
            "touched": list(self.initiative.lines.all()),
            "base_url": f"/initiatives/{self.initiative.key}",
            "may_name": may.manages(self.request.user, self.initiative)
            or may.triages(self.request.user, self.initiative),
        }

    def seat_form(self, seat: str) -> SeatForm:
        return SeatForm(initiative=self.initiative, seat=seat, auto_id=f"id_{seat}", prefix=None)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        seen = form.cleaned_data["row_version"]
        try:
            saved = edit_initiative(
                initiative=self.initiative,
                actor=request.user,
                seen_version=seen,
                **form.wanted(),
            )
        except Conflict as conflict:
            return self.conflict(form, conflict)
        messages.success(request, _("Saved."))
        return redirect(saved.get_absolute_url())

    def conflict(self, form: EditInitiativeForm, conflict: Conflict) -> HttpResponse:
        """Both texts per field, and the form with mine ready to be saved over theirs."""
        texts = [
            {
                "label": form[name].label if name in form.fields else name,
                "mine": value,
                "theirs": getattr(conflict.theirs, name),
            }
            for name, value in conflict.mine.items()
        ]
        again = self.request.POST.copy()
        again["row_version"] = str(conflict.theirs.row_version)
        return self.show(
            status=409, form=self.form(again), conflict=texts, sentences=conflict.sentences
        )


class SeatView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/people/<seat>` names the owner, designer or TPM."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int, seat: str) -> HttpResponse:
        form = SeatForm(request.POST, initiative=self.initiative, seat=seat)
        if not form.is_valid():
            messages.error(request, _("Choose somebody from the list."))
            return redirect(self.initiative.tab_url("edit"))
        chosen = form.cleaned_data["person"]
        assign(initiative=self.initiative, actor=request.user, seat=seat, person=chosen)
        messages.success(request, _("Saved."))
        return redirect(self.initiative.tab_url("edit") + "#people")


class LineView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/lines` adds a line, `…/lines/<slug>/remove` takes it away."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
        lines = BusinessLine.objects.visible_to(request.user)
        line = get_object_or_404(lines, slug=slug or request.POST.get("line", ""))
        act = remove_line if slug else add_line
        act(initiative=self.initiative, actor=request.user, line=line)
        messages.success(request, _("Saved."))
        return redirect(self.initiative.tab_url("edit") + "#lines")


class DuplicatesView(InitiativeTabView):
    """`/initiatives/INI-12/duplicates`: the likely ones with their reason, and the confirmation."""

    tab = "duplicates"
    tab_label = gettext_lazy("Likely duplicates")
    template_name = "initiatives/duplicates.html"

    def context(self) -> dict[str, Any]:
        return {
            "duplicates": likely_duplicates(self.request.user, self.initiative),
            "may_triage": may.triages(self.request.user, self.initiative),
            "who": may.triages.who(self.initiative),
            "base_url": f"/initiatives/{self.initiative.key}",
        }

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            confirm_not_duplicate(initiative=self.initiative, actor=request.user)
        except Refusal as refusal:
            told = {"title": refusal.title, "sentences": refusal.sentences}
            return self.show(status=refusal.status, refusal=told)
        messages.success(request, _("Confirmed: this is a new one."))
        return redirect(self.initiative.get_absolute_url())


class FileView(InitiativeMixin, View):
    """`/initiatives/INI-12/files/<id>`: always a download, never shown inside our own page."""

    def get(self, request: HttpRequest, number: int, pk: int) -> FileResponse:
        found = get_object_or_404(self.initiative.attachments.all(), pk=pk)
        answer = FileResponse(
            found.file.open("rb"),
            as_attachment=True,
            filename=found.original_name,
            content_type="application/octet-stream",
        )
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer
