"""Talk on an initiative: answering, editing, settling a thread; following."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.flow.errors import NotYours
from config.web.steps import next_of
from initiatives.actions import talk
from initiatives.actions.follow import follow, unfollow
from initiatives.forms.small import CommentForm
from initiatives.models import InitiativeComment
from initiatives.views.tab import InitiativeMixin, InitiativeTabView


class CommentView(InitiativeTabView):
    """`/initiatives/INI-12/comments/<id>/<act>`: answer and edit have a page of their own, for
    scripts off and for bad input; resolve, reopen and read are buttons.
    """

    tab = "activity"
    template_name = "initiatives/comment.html"
    acts = ("answer", "edit", "resolve", "reopen", "read")

    @property
    def tab_label(self) -> Any:
        return gettext_lazy("Answer") if self.kwargs["act"] == "answer" else gettext_lazy("Edit")

    @cached_property
    def comment(self) -> InitiativeComment:
        if self.kwargs["act"] not in self.acts:
            raise Http404
        rows = self.initiative.comments.select_related("author", "parent", "line", "initiative")
        found: InitiativeComment = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        act, said = kwargs["act"], self.comment
        if act not in ("answer", "edit"):
            return redirect(self.place(said))
        if act == "edit" and said.author_id != request.user.pk:
            raise NotYours(_("Only %(who)s changes these words.") % {"who": said.author})
        return self.show(form=CommentForm(initial={"text": said.text} if act == "edit" else {}))

    def context(self) -> dict[str, Any]:
        return {"said": self.comment, "act": self.kwargs["act"], "back": self.place(self.comment)}

    def place(self, said: InitiativeComment) -> str:
        """Where the remark stands: messages about lines are on the referral tab."""
        tab = "referral" if said.line_id else "activity"
        return f"{self.initiative.tab_url(tab)}#comment-{said.pk}"

    def post(self, request: HttpRequest, number: int, pk: int, act: str) -> HttpResponse:
        said: InitiativeComment = self.comment
        if act in ("answer", "edit"):
            form = CommentForm(request.POST)
            if not form.is_valid():
                return self.show(status=422, form=form)
            said = self._write(said, act, form.cleaned_data["text"])
        elif act == "read":
            talk.read_thread(root=said.parent or said, person=request.user)
        else:
            change = talk.resolve_thread if act == "resolve" else talk.reopen_thread
            change(comment=said, actor=request.user)
            settled = _("The thread is settled.") if act == "resolve" else _("It is open again.")
            messages.success(request, settled)
        return redirect(next_of(request) or self.place(said))

    def _write(self, said: InitiativeComment, act: str, text: str) -> InitiativeComment:
        if act == "edit":
            return talk.edit_comment(comment=said, actor=self.request.user, text=text)
        return talk.comment(
            initiative=self.initiative, actor=self.request.user, text=text, answers=said
        )


class FollowView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/follow` follows; with `stop` it stops."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if request.POST.get("stop"):
            unfollow(initiative=self.initiative, actor=request.user)
            messages.success(request, _("You no longer follow %s.") % self.initiative.key)
        else:
            follow(initiative=self.initiative, actor=request.user)
            messages.success(request, _("You follow %s.") % self.initiative.key)
        return redirect(next_of(request) or self.initiative.get_absolute_url())
