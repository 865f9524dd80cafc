"""Editing one cell: the control, saving it, both values when two people met, and the way back.

Asked with the header `X-Cell` the answers are JSON for the list's script; without it they are pages.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Conflict, NotYours, Refusal
from config.web.steps import next_of
from config.whole import whole
from initiatives import permissions as may
from initiatives.actions.fields import COLUMNS, Changed, revert_edit, set_field
from initiatives.forms.cells import LABELS, CellForm, in_words
from initiatives.models import Initiative
from initiatives.queries.lists import as_rows, rows
from initiatives.views.cells import COLUMNS as CELLS
from initiatives.views.cells import Hand, cell
from initiatives.views.tab import InitiativeMixin

MINE = "mine"


class CellView(InitiativeMixin, View):
    """`/initiatives/INI-12/cell/<field>`: the control of one field; POST saves it."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs["field"] not in COLUMNS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def field(self) -> str:
        return str(self.kwargs["field"])

    @property
    def wants_json(self) -> bool:
        return "X-Cell" in self.request.headers

    def form(self, *args: Any) -> CellForm:
        row, person = self.initiative, self.request.user
        return CellForm(*args, field=self.field, person=person, initiative=row)

    def get(self, request: HttpRequest, number: int, field: str) -> HttpResponse:
        if not Hand(request.user).may(self.initiative, field):
            who = ", ".join(may.manages.who(self.initiative)) or may.manages.label
            raise NotYours(
                _("%(key)s is edited by %(who)s.") % {"key": self.initiative.key, "who": who}
            )
        return self.show(self.form())

    def post(self, request: HttpRequest, number: int, field: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        value = form.cleaned_data["value"]
        over = request.POST.get("keep") == MINE
        seen = None if over else form.cleaned_data["row_version"]
        try:
            done = set_field(
                initiative=self.initiative,
                actor=request.user,
                field=field,
                value=value,
                seen_version=seen,
            )
        except Conflict as conflict:
            return self.conflict(form, conflict, value)
        except Refusal as refusal:
            form.add_error("value", refusal.sentences)
            return self.show(form, status=refusal.status)
        return self.saved(done)

    def saved(self, done: Changed) -> HttpResponse:
        said = _("%(key)s: %(field)s saved.") if done.event else _("%(key)s: nothing changed.")
        text = said % {"key": done.initiative.key, "field": LABELS[self.field]}
        if self.wants_json:
            return JsonResponse({**drawn(self.request, done.initiative, self.field),
                                 "said": text, "undo": done.event})  # fmt: skip
        messages.success(self.request, text)
        return redirect(next_of(self.request) or done.initiative.get_absolute_url())

    def conflict(self, form: CellForm, conflict: Conflict, value: Any) -> HttpResponse:
        """Both values, and the form ready to put mine over theirs."""
        theirs: Any = conflict.theirs
        clash = {
            "mine": in_words(self.field, value),
            "theirs": in_words(self.field, getattr(theirs, COLUMNS[self.field])),
            "both": self.field == "title",
        }
        again = self.request.POST.copy()
        again["row_version"] = str(theirs.row_version)
        return self.show(self.form(again), status=409, clash=clash, sentences=conflict.sentences)

    def show(self, form: CellForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "form": form,
            "field": self.field,
            "label": LABELS[self.field],
            "initiative": self.initiative,
            "action": f"/initiatives/{self.initiative.key}/cell/{self.field}",
            "next": next_of(self.request),
            **more,
        }
        if self.wants_json:
            html = render_to_string("initiatives/portfolio/_cell.html", context, self.request)
            errors = [str(e) for name in form.errors for e in form.errors[name]]
            body = {
                "control": html,
                "error": " ".join(errors) or " ".join(more.get("sentences", [])),
            }
            return JsonResponse(body, status=status)
        return render(self.request, "initiatives/cell.html", context, status=status)


def drawn(request: HttpRequest, initiative: Initiative, field: str) -> dict[str, Any]:
    """The cell as the list draws it, and the row's version."""
    found = Initiative.objects.visible_to(request.user).filter(pk=initiative.pk)
    row = as_rows(rows(found))[0] if found else None
    if row is None or field not in CELLS:
        title = initiative.title if field == "title" else ""
        return {"html": "", "text": title, "version": initiative.row_version}
    html = cell(row, CELLS[field], Hand(request.user))
    return {"html": html, "text": "", "version": row.row_version}


class RevertView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/revert` with `event`: takes one edit back."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        event = whole(request.POST.get("event", ""), 17) or 0
        wants_json = "X-Cell" in request.headers
        try:
            done = revert_edit(initiative=self.initiative, actor=request.user, event=event)
        except Refusal as refusal:
            if wants_json:
                return JsonResponse({"error": " ".join(refusal.sentences)}, status=refusal.status)
            raise
        text = _("%(key)s: the edit was taken back.") % {"key": done.initiative.key}
        if wants_json:
            field = request.POST.get("field", "")
            told_cell = drawn(request, done.initiative, field) if field in COLUMNS else {}
            return JsonResponse({"said": text, **told_cell})
        messages.success(request, text)
        return redirect(next_of(request) or self.initiative.tab_url("activity"))
