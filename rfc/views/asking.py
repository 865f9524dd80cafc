"""Asking for a decision: first the list of everybody who will be told, then the act."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from config.flow.errors import GatesUnmet, NotAllowed, Refusal, WrongState
from config.flow.steps import StepView, explain
from config.web.refusals import refused
from config.whole import whole
from rfc.actions.asking import Asked, would_tell
from rfc.actions.deciding import ASK
from rfc.actions.revising import ask_for_decision, name_revision
from rfc.forms_review import AskForm, NameForm
from rfc.permissions import edits
from rfc.queries.drafted import as_asked
from rfc.queries.lists import BADGES
from rfc.views.base import FormPage, OneRFC


class AskPage(OneRFC, View):
    """`/rfcs/RFC-7/ask`: who is told, what runs from then on, and the button."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(AskForm(initial={"note": request.GET.get("note", "")}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AskForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        told = form.cleaned_data
        before = would_tell(self.rfc, request.user)
        try:
            ask_for_decision(rfc=self.rfc, actor=request.user, **told)
        except (WrongState, NotAllowed) as refusal:
            return self.again(form, refusal)
        count = len(before.told)
        said = ngettext("%d person was told.", "%d people were told.", count) % count
        return self.go(_("A decision is asked. %s") % said)

    def again(self, form: forms.Form, refusal: Refusal) -> HttpResponse:
        """The same page with what is wrong; a refusal that no list mends keeps its own page."""
        if isinstance(refusal, GatesUnmet) or self.step() is None:
            return refused(self.request, refusal)
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return self.show(form, status=422)

    def step(self) -> StepView | None:
        return explain(as_asked(self.rfc, self.request.user), ASK, self.request.user)

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        step = self.step()
        if step is None:
            sentence = _(
                "A decision on %(key)s is asked already, or it is closed: it is %(state)s."
            )
            told = {"key": self.rfc.key, "state": self.rfc.get_state_label().lower()}
            raise WrongState(sentence % told, link=self.rfc.get_absolute_url())
        asked = would_tell(self.rfc, self.request.user)
        publishes = self.rfc.has_unpublished_edits and edits(self.request.user, self.rfc)
        context = {
            "rfc": self.rfc,
            "badge": BADGES[self.rfc.phase],
            "form": form,
            "asked": asked,
            "step": step,
            "lacking": step.missing,
            "publishes": publishes,
            "next_number": self.rfc.revision_count + 1,
            "days": settings.REVIEW_WINDOW_DAYS,
            "action": action_label(asked),
        }
        return render(self.request, "rfc/ask.html", context, status=status)


def action_label(asked: Asked) -> str:
    """What the button says: it names how many are told."""
    count = len(asked.told)
    if not count:
        return _("Ask for a decision; nobody is told")
    words = ngettext(
        "Ask for a decision and tell %d person", "Ask for a decision and tell %d people", count
    )
    return words % count


class NamePage(FormPage):
    """`/rfcs/RFC-7/name?revision=3`: give a revision a name."""

    def form(self, data: Any = None) -> NameForm:
        number = whole(self.request.GET.get("revision", ""))
        found = self.rfc.revisions.filter(number=number).first() if number else None
        initial = {"number": number, "name": found.name if found else ""}
        return NameForm(data, initial=initial)

    def context(self) -> dict[str, Any]:
        lead = _("A name makes a revision easy to find again; the text stays as it is.")
        if self.rfc.has_unpublished_edits and not self.request.GET.get("revision"):
            lead = _("The draft is published as r%d under this name.") % (
                self.rfc.revision_count + 1
            )
        return {"title": _("Name a revision"), "lead": lead, "action": _("Keep the name")}

    def done(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        made = name_revision(
            rfc=self.rfc, actor=self.request.user, name=told["name"], number=told["number"]
        )
        if not made.name:
            return self.go(_("r%(n)s has no name any more.") % {"n": made.number})
        return self.go(_("r%(n)s is called “%(name)s”.") % {"n": made.number, "name": made.name})
