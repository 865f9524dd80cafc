"""Threads: begin, answer, change one's words, resolve, reopen; asking for a look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from config.flow.errors import NotYours
from config.whole import whole
from rfc.actions.comments import (
    comment,
    edit_comment,
    looked,
    reopen_comment,
    resolve_comment,
)
from rfc.actions.mentioning import reaches_nobody, seen
from rfc.actions.revising import ask_to_look
from rfc.forms import LookForm, ReasonForm
from rfc.forms_talking import AnswerForm, CommentForm
from rfc.models import Comment, Kind, Revision
from rfc.permissions import edits
from rfc.queries.reading import revision_of
from rfc.standing import DECISION
from rfc.text.anchors import Text, tie
from rfc.views.base import FormPage, OneRFC

CARRIED = ("quote", "section", "before", "after", "revision", "text", "kind", "suggest")


class TalkingPage(FormPage):
    """A form page that goes back to a thread and says which names reach nobody."""

    def to_thread(self, said: str, made: Comment) -> HttpResponse:
        for sentence in reaches_nobody(made.text, line=self.rfc.line_id):
            messages.warning(self.request, sentence)
        return self.go(said, f"{self.rfc.get_absolute_url()}#comment-{made.pk}")


class CommentPage(TalkingPage):
    """`/rfcs/RFC-7/comment?section=scope&quote=…`."""

    template_name = "rfc/comment.html"

    def form(self, data: Any = None) -> CommentForm:
        sections = [
            (part["slug"], part["heading"])
            for part in self.rfc.content
            if part["heading"] and part["slug"] != DECISION
        ]
        given = {name: self.request.GET.get(name, "") for name in CARRIED}
        given["kind"] = given["kind"] or Kind.REMARK
        given["section"] = given["section"] if given["section"] in dict(sections) else ""
        given["replacement"] = self._source(given) if given["quote"] else ""
        return CommentForm(data, initial=given, sections=sections)

    def _source(self, given: dict[str, Any]) -> str:
        """The quote as it is written in Markdown, to be changed."""
        revision = self._revision(given["revision"])
        if revision is None:
            return ""
        words = (given["quote"], given["section"], given["before"], given["after"])
        place = tie(Text(revision.body), *words)
        return place.source if place.start is not None else str(given["quote"])

    def _revision(self, number: str) -> Revision | None:
        return revision_of(self.rfc, whole(number)) or revision_of(self.rfc)

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
            before=told["before"],
            after=told["after"],
            kind=told["kind"],
            revision_number=told["revision"],
            replacement=told["replacement"] if told["suggest"] else None,
        )
        said = _("Suggestion sent.") if told["suggest"] else _("Comment sent.")
        return self.to_thread(said, made)


class OneThread(TalkingPage):
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
        seen(self.thread, self.request.user)
        return self.to_thread(_("Answer sent."), made)


class EditCommentPage(TalkingPage):
    """`/rfcs/RFC-7/comments/5/edit`: one's own words anew."""

    @cached_property
    def comment(self) -> Comment:
        rows = self.rfc.comments.select_related("author", "parent")
        found: Comment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def form(self, data: Any = None) -> AnswerForm:
        if self.comment.author_id != self.request.user.pk:
            raise NotYours(f"Only {self.comment.author.name} changes these words; answer instead.")
        form = AnswerForm(data, initial={"text": self.comment.text})
        form.fields["text"].label = _("Your words")
        return form

    def context(self) -> dict[str, Any]:
        lead = _("It will be marked as edited; what stood there before stays readable.")
        return {"title": _("Change your comment"), "lead": lead, "action": _("Save")}

    def done(self, form: Any) -> HttpResponse:
        made = edit_comment(
            comment=self.comment, actor=self.request.user, text=form.cleaned_data["text"]
        )
        return self.to_thread(_("Saved."), made)


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
        seen(self.thread, self.request.user)
        return self.go(_("The thread is resolved; it stays readable."))


class ReopenPage(OneThread):
    """`/rfcs/RFC-7/comments/5/reopen`."""

    def form(self, data: Any = None) -> ReasonForm:
        return ReasonForm(data)

    def context(self) -> dict[str, Any]:
        return {"title": _("Reopen the thread"), "lead": self.thread.text, "action": _("Reopen")}

    def done(self, form: Any) -> HttpResponse:
        made = reopen_comment(
            thread=self.thread, actor=self.request.user, reason=form.cleaned_data["reason"]
        )
        return self.to_thread(_("The thread is open again."), made)


class ThreadLink(OneRFC, View):
    """`/rfcs/RFC-7/comments/5`: the address that stays; leads to the thread on the page."""

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        found = get_object_or_404(self.rfc.comments, pk=pk)
        return HttpResponseRedirect(f"{self.rfc.get_absolute_url()}#comment-{found.pk}")


class Seen(OneRFC, View):
    """`POST /rfcs/RFC-7/comments/5/seen`: the person named in the thread has read it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        thread = get_object_or_404(self.rfc.comments, pk=pk, parent=None)
        seen(thread, request.user)
        if request.headers.get("X-Seen"):
            return HttpResponse(status=204)
        return self.go("", f"{self.rfc.get_absolute_url()}#comment-{pk}")


class HistoryPage(OneRFC, View):
    """`/rfcs/RFC-7/comments/5/history`: earlier wordings of an edited comment."""

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        rows = self.rfc.comments.select_related("author")
        found: Any = get_object_or_404(rows, pk=pk)
        wordings: list[dict[str, Any]] = []
        for event in found.events.order_by("pgh_id"):
            if not wordings or wordings[-1]["text"] != event.text:
                wordings.append({"text": event.text, "at": event.pgh_created_at})
        context = {"rfc": self.rfc, "comment": found, "wordings": wordings[::-1]}
        return render(request, "rfc/comment_history.html", context)


class LookPage(FormPage):
    """`/rfcs/RFC-7/look`: ask people to read."""

    def form(self, data: Any = None) -> LookForm:
        person = self.request.user
        more = self.rfc.has_unpublished_edits and edits(person, self.rfc)
        return LookForm(data, person=person, holds_more=more)

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Ask for a look"),
            "lead": _("A look is not a decision: nothing starts to run and nobody has to answer."),
            "action": _("Ask for a look"),
        }

    def done(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        asked = ask_to_look(rfc=self.rfc, actor=self.request.user, **told)
        count = len(asked)
        said = ngettext("%d person is asked.", "%d people are asked.", count) % count
        return self.go(said)


class Looked(OneRFC, View):
    """`POST /rfcs/RFC-7/looked`."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        looked(rfc=self.rfc, actor=request.user)
        return self.go(_("Noted that you have looked."))
