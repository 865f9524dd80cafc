"""Suggestions: one click takes one into the draft, a page takes several, a reason refuses one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from rfc.actions.suggesting import Accepted, accept_suggestions, refuse_suggestion
from rfc.forms import ReasonForm
from rfc.forms_talking import SuggestionsForm
from rfc.models import Suggestion
from rfc.permissions import edits
from rfc.queries.reading import revision_of
from rfc.queries.threads import Thread, threads_of
from rfc.views.base import OneRFC
from rfc.views.talking import OneThread


class AcceptSuggestion(OneRFC, View):
    """`POST /rfcs/RFC-7/comments/5/accept`."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        found = accept_suggestions(rfc=self.rfc, actor=request.user, threads=[pk])
        say(request, found)
        return self.go("", f"{self.rfc.get_absolute_url()}#comment-{pk}")


class RefusePage(OneThread):
    """`/rfcs/RFC-7/comments/5/refuse`."""

    def form(self, data: Any = None) -> ReasonForm:
        return ReasonForm(data)

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Refuse the suggestion"),
            "lead": _("The words stay as they are; whoever suggested others reads your reason."),
            "action": _("Refuse"),
        }

    def done(self, form: Any) -> HttpResponse:
        refuse_suggestion(
            thread=self.thread, actor=self.request.user, reason=form.cleaned_data["reason"]
        )
        return self.go(_("The suggestion is refused; the thread is resolved with your reason."))


class SuggestionsPage(OneRFC, View):
    """`/rfcs/RFC-7/suggestions`: the open ones, to be taken several at a time."""

    @cached_property
    def offered(self) -> list[Thread]:
        revision = revision_of(self.rfc)
        threads = threads_of(self.rfc, revision, self.request.user) if revision else []
        state = Suggestion.State.OPEN
        return [t for t in threads if t.suggestion and t.suggestion.state == state]

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show(self.form())

    def form(self, data: Any = None) -> SuggestionsForm:
        return SuggestionsForm(data, offered=[t.comment.pk for t in self.offered])

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid() and edits(request.user, self.rfc):
            return self.show(form, status=422)
        wanted = form.cleaned_data.get("threads", [])
        found = accept_suggestions(rfc=self.rfc, actor=request.user, threads=wanted)
        say(request, found)
        return self.go("", f"{self.rfc.get_absolute_url()}/suggestions")

    def show(self, form: SuggestionsForm, status: int = 200) -> HttpResponse:
        context = {
            "rfc": self.rfc,
            "form": form,
            "threads": self.offered,
            "may_take": edits(self.request.user, self.rfc),
        }
        return render(self.request, "rfc/suggestions.html", context, status=status)


def say(request: HttpRequest, found: Accepted) -> None:
    """What became of the suggestions, in sentences."""
    taken, overtaken, moved = len(found.taken), len(found.overtaken), len(found.moved)
    messages.success(
        request,
        ngettext(
            "The suggestion stands in the draft; publish it when you are ready.",
            "%d suggestions stand in the draft; publish it when you are ready.",
            taken,
        )
        % ((taken,) if taken > 1 else ()),
    )
    if overtaken:
        said = ngettext(
            "One suggestion was for the same words and is a plain comment now.",
            "%d suggestions were for the same words and are plain comments now.",
            overtaken,
        )
        messages.warning(request, said % overtaken if overtaken > 1 else said)
    if moved:
        said = ngettext(
            "One was left open: the draft no longer holds its words.",
            "%d were left open: the draft no longer holds their words.",
            moved,
        )
        messages.warning(request, said % moved if moved > 1 else said)
