"""The activity tab: who did what, and talk with answers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from initiatives import permissions as may
from initiatives.actions.talk import comment
from initiatives.forms.small import CommentForm
from initiatives.queries.activity import activity
from initiatives.queries.talk import threads
from initiatives.views.tab import InitiativeTabView

PAGE = 50
KINDS = (
    ("", _("Everything")),
    ("step", _("Steps")),
    ("comment", _("Comments")),
    ("edit", _("Edits")),
    ("waiver", _("Waivers")),
)


class ActivityView(InitiativeTabView):
    """`/initiatives/INI-12/activity?kind=step`; a comment is posted to the same address."""

    tab = "activity"
    tab_label = _("Activity")
    template_name = "initiatives/activity.html"

    def context(self) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        known = kind if kind in dict(KINDS) else ""
        acts = activity(self.initiative, known)
        page = Paginator(acts, PAGE).get_page(self.request.GET.get("page"))
        return {
            "acts": page.object_list,
            "page_obj": page,
            "kinds": [(k, label, k == known) for k, label in KINDS],
            "threads": threads(self.initiative, self.request.user),
            "comments_base": f"/initiatives/{self.initiative.key}/comments",
            "form": CommentForm(),
            "revert": self.initiative.tab_url("revert") if self.may_revert() else "",
        }

    def may_revert(self) -> bool:
        """Whoever may edit may take an edit back; the action asks again."""
        return may.may_edit_request(self.request.user, self.initiative)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        made = comment(
            initiative=self.initiative, actor=request.user, text=form.cleaned_data["text"]
        )
        return redirect(self.initiative.tab_url("activity") + f"#comment-{made.pk}")
