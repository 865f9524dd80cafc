"""The activity tab and comments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from initiatives.actions.request import comment
from initiatives.forms.small import CommentForm
from initiatives.queries.activity import activity
from initiatives.views.tab import InitiativeTabView

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
        return {
            "acts": activity(self.initiative, known),
            "kinds": [(k, label, k == known) for k, label in KINDS],
            "form": CommentForm(),
        }

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.show(status=422, form=form)
        made = comment(
            initiative=self.initiative, actor=request.user, text=form.cleaned_data["text"]
        )
        return redirect(self.initiative.tab_url("activity") + f"#comment-{made.pk}")
