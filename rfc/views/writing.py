"""Writing an RFC: the draft with its template's questions, preview, publishing, details."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Conflict
from config.web.refusals import both_texts
from rfc.actions.details import change_details
from rfc.actions.functions import add_required_function
from rfc.actions.writing import TEXTS, discard_draft, publish_revision, save_draft
from rfc.content import says_something
from rfc.forms import DetailsForm, DraftForm, FunctionForm
from rfc.models import Draft
from rfc.permissions import edits
from rfc.text import rendering
from rfc.text.differences import diff
from rfc.text.sections import sections
from rfc.views.base import FormPage, OneRFC

PREVIEW_MOST = 200_000


class EditRFC(FormPage):
    """`/rfcs/RFC-7/edit`: save, publish or discard the draft."""

    template_name = "rfc/edit.html"

    def form(self, data: Any = None) -> DraftForm:
        draft = self.rfc.draft
        texts = {name: getattr(draft, name) for name in TEXTS}
        return DraftForm(data, initial={**texts, "row_version": draft.row_version})

    def context(self) -> dict[str, Any]:
        return {
            "guides": guides(self.rfc.draft, self.rfc.template),
            "may_edit": edits(self.request.user, self.rfc),
            "draft": self.rfc.draft,
            "may_discard": self.rfc.revision_count and self.rfc.has_unpublished_edits,
        }

    def done(self, form: Any) -> HttpResponse:
        seen, act = form.cleaned_data["row_version"], self.request.POST.get("act", "save")
        try:
            return self.act(act, form, seen)
        except Conflict as conflict:
            return self.both(form, conflict)

    def act(self, act: str, form: Any, seen: int) -> HttpResponse:
        person, here = self.request.user, f"{self.rfc.get_absolute_url()}/edit"
        if act == "discard":
            discard_draft(rfc=self.rfc, actor=person, seen_version=seen)
            return self.go(_("The draft is back at the newest revision."), here)
        texts = {name: form.cleaned_data[name] for name in TEXTS}
        draft = save_draft(rfc=self.rfc, actor=person, seen_version=seen, **texts)
        if act != "publish":
            return self.go(_("Draft saved. Reviewers see it once you publish."), here)
        made = publish_revision(
            rfc=self.rfc,
            actor=person,
            note=form.cleaned_data["note"],
            seen_version=draft.row_version,
        )
        if made is None:
            return self.go(_("Nothing changed, so no revision was made."))
        return self.go(_("r%(number)s is published.") % {"number": made.number})

    def both(self, form: Any, conflict: Conflict) -> HttpResponse:
        """Both texts on one page; sending again keeps mine on top of theirs knowingly."""
        theirs: Draft = conflict.theirs
        mine, other = both_texts(conflict)
        context = {
            "rfc": self.rfc,
            "theirs": theirs,
            "mine_text": mine,
            "their_text": other,
            "blocks": diff(theirs.body, form.cleaned_data["body"]),
            "form": DraftForm(initial={**form.cleaned_data, "row_version": theirs.row_version}),
        }
        return render(self.request, "rfc/conflict.html", context, status=409)


class PreviewRFC(OneRFC, View):
    """`POST /rfcs/RFC-7/preview`: the text as it would be shown."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        text = request.POST.get("text", "")[:PREVIEW_MOST]
        if rendering.is_large(text):
            said = _("This text is too long for a preview; publish it to see it rendered.")
            return render(request, "rfc/_preview.html", {"said": said})
        return render(request, "rfc/_preview.html", {"html": rendering.render(text).html})


class DetailsRFC(FormPage):
    """`/rfcs/RFC-7/details`: initiative, decider, co-authors, flags, functions."""

    template_name = "rfc/details.html"

    def form(self, data: Any = None) -> DetailsForm:
        rfc = self.rfc
        initial = {
            "initiative": rfc.initiative.key if rfc.initiative else "",
            "stands_alone_reason": rfc.stands_alone_reason,
            "decider": rfc.decider_id,
            "co_authors": list(rfc.co_authors.all()),
            "flags": rfc.flags,
            "row_version": rfc.row_version,
        }
        return DetailsForm(data, initial=initial, person=self.request.user)

    def context(self) -> dict[str, Any]:
        return {
            "functions": self.rfc.required_functions.select_related("added_by"),
            "function_form": FunctionForm(),
            "may_edit": edits(self.request.user, self.rfc),
        }

    def done(self, form: Any) -> HttpResponse:
        told = dict(form.cleaned_data)
        seen = told.pop("row_version")
        change_details(rfc=self.rfc, actor=self.request.user, seen_version=seen, **told)
        return self.go(_("Details saved."))


class AddFunction(FormPage):
    """`POST /rfcs/RFC-7/functions`."""

    def form(self, data: Any = None) -> FunctionForm:
        return FunctionForm(data)

    def context(self) -> dict[str, Any]:
        return {"title": _("Ask one more function"), "action": _("Ask this function")}

    def done(self, form: Any) -> HttpResponse:
        row = add_required_function(rfc=self.rfc, actor=self.request.user, **form.cleaned_data)
        said = _("%(function)s is asked.") % {"function": row.get_function_display()}
        return self.go(said, f"{self.rfc.get_absolute_url()}/details")


def guides(draft: Draft, template: Any) -> list[dict[str, Any]]:
    """The template's questions and whether the draft answers them."""
    if template is None:
        return []
    written = {s.slug: says_something(s.body) for s in sections(draft.body)}
    return [
        {
            "heading": guide.heading,
            "guidance": guide.guidance,
            "required": guide.required,
            "seal": "ok" if written.get(guide.slug) else "open",
            "there": guide.slug in written,
        }
        for guide in template.sections.all()
    ]
