"""Comments, answers, resolving a thread, asking for a look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from rfc.actions.comments import ask_for_look, comment, looked, resolve_comment
from rfc.forms import AnswerForm, CommentForm, LookForm, ReasonForm
from rfc.models import Comment
from rfc.standing import DECISION
from rfc.views.base import FormPage, OneRFC


class CommentPage(FormPage):
    """`/rfcs/RFC-7/comment?section=scope`."""

    def form(self, data: Any = None) -> CommentForm:
        sections = [
            (part["slug"], part["heading"])
            for part in self.rfc.content
            if part["heading"] and part["slug"] != DECISION
        ]
        given = {name: self.request.GET.get(name, "") for name in ("section", "quote")}
        return CommentForm(data, initial=given, sections=sections)

    def context(self) -> dict[str, Any]:
        return {"title": _("Comment"), "action": _("Send comment")}

    def done(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        made = comment(
            rfc=self.rfc,
            actor=self.request.user,
            text=told["text"],
            section_slug=told["section"],
            quote=told["quote"],
        )
        return self.go(_("Comment sent."), f"{self.rfc.get_absolute_url()}#comment-{made.pk}")


class OneThread(FormPage):
    """A page about one thread of the RFC."""

    @cached_property
    def thread(self) -> Comment:
        found: Comment = get_object_or_404(
            self.rfc.comments.select_related("author"), pk=self.kwargs["pk"], parent=None
        )
        return found


class AnswerPage(OneThread):
    """`/rfcs/RFC-7/comments/5/answer`."""

    def form(self, data: Any = None) -> AnswerForm:
        return AnswerForm(data)

    def context(self) -> dict[str, Any]:
        return {"title": _("Answer"), "lead": self.thread.text, "action": _("Send answer")}

    def done(self, form: Any) -> HttpResponse:
        made = comment(
            rfc=self.rfc,
            actor=self.request.user,
            text=form.cleaned_data["text"],
            parent=self.thread,
        )
        there = f"{self.rfc.get_absolute_url()}#comment-{made.parent_id}"
        return self.go(_("Answer sent."), there)


class ResolvePage(OneThread):
    """`/rfcs/RFC-7/comments/5/resolve`."""

    def form(self, data: Any = None) -> ReasonForm:
        return ReasonForm(data)

    def context(self) -> dict[str, Any]:
        return {"title": _("Resolve the thread"), "lead": self.thread.text, "action": _("Resolve")}

    def done(self, form: Any) -> HttpResponse:
        resolve_comment(
            thread=self.thread, actor=self.request.user, reason=form.cleaned_data["reason"]
        )
        return self.go(_("The thread is resolved; it stays readable."))


class LookPage(FormPage):
    """`/rfcs/RFC-7/look`: ask people to read."""

    def form(self, data: Any = None) -> LookForm:
        return LookForm(data, person=self.request.user)

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Ask for a look"),
            "lead": _("A look is not a decision: nothing starts to run and nobody has to answer."),
            "action": _("Ask for a look"),
        }

    def done(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        asked = ask_for_look(rfc=self.rfc, actor=self.request.user, **told)
        count = len(asked)
        said = ngettext("%d person is asked.", "%d people are asked.", count) % count
        return self.go(said)


class Looked(OneRFC, View):
    """`POST /rfcs/RFC-7/looked`."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        looked(rfc=self.rfc, actor=request.user)
        return self.go(_("Noted that you have looked."))
