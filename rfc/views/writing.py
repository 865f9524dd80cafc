"""Writing an RFC: the draft, its preview, publishing, two texts at once, details."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.mentions import named_in
from config.web.references import unknown
from config.whole import whole
from rfc.actions.details import change_details
from rfc.actions.functions import add_required_function
from rfc.actions.merging import Merging, TextsClash, merging_of, save_merging
from rfc.actions.naming import too_many_named
from rfc.actions.unsaved import keep_unsaved
from rfc.actions.writing import TEXTS, discard_draft, publish_revision
from rfc.forms import DetailsForm, DraftForm, FunctionForm
from rfc.models import UnsavedText
from rfc.permissions import edits
from rfc.queries.guides import guides, preview_of
from rfc.queries.presence import present_at
from rfc.queries.unsaved import unsaved_of
from rfc.text.prose import prose
from rfc.views.base import FormPage, OneRFC
from rfc.views.clash import clash_page

PREVIEW_MOST = 200_000
CHOICE = "choice-"


class EditRFC(FormPage):
    """`/rfcs/RFC-7/edit`: save, publish or discard the draft.

    `?take=<window>` opens what one of the person's windows kept unsaved.
    """

    template_name = "rfc/edit.html"

    @cached_property
    def taken(self) -> UnsavedText | None:
        wanted = self.request.GET.get("take", "")
        rows = unsaved_of(self.rfc, self.request.user) if wanted else []
        found = next((row for row in rows if str(row.window) == wanted), None)
        if wanted and found is None:
            raise Http404
        return found

    def form(self, data: Any = None) -> forms.Form:
        draft, taken = self.rfc.draft, self.taken
        given: dict[str, Any] = {name: getattr(taken or draft, name) for name in TEXTS}
        given["row_version"] = taken.base_version if taken else draft.row_version
        given |= {"window": uuid.uuid4(), "taken": taken.window if taken else None}
        return DraftForm(data, initial=given)

    def context(self) -> dict[str, Any]:
        person, draft, taken = self.request.user, self.rfc.draft, self.taken
        kept = unsaved_of(self.rfc, person)
        return {
            "guides": guides((taken or draft).body, self.rfc.template),
            "may_edit": edits(person, self.rfc),
            "draft": draft,
            "may_discard": self.rfc.revision_count and self.rfc.has_unpublished_edits,
            "taken": taken,
            "behind": taken and taken.base_version != draft.row_version,
            "unsaved": [row for row in kept if taken is None or row.pk != taken.pk],
            "present": present_at(self.rfc, beside=person),
        }

    def done(self, form: Any) -> HttpResponse:
        act = self.request.POST.get("act", "save")
        try:
            return self.act(act, form)
        except TextsClash as clash:
            self.keep(form, clash.merging)
            return clash_page(self.request, self.rfc, form, clash.merging)

    def act(self, act: str, form: Any) -> HttpResponse:
        person, told = self.request.user, form.cleaned_data
        if act == "open":
            return self.in_editor(form)
        if act == "discard":
            discard_draft(rfc=self.rfc, actor=person, seen_version=told["row_version"])
            return self.go(_("The draft is back at the newest revision."), self.rfc.edit_url)
        saved = save_merging(
            rfc=self.rfc,
            actor=person,
            base_version=told["row_version"],
            choices=self.choices(),
            seen_version=whole(self.request.POST.get("seen", "")),
            windows=[each for each in (told["window"], told["taken"]) if each],
            **{name: told[name] for name in TEXTS},
        )
        for said in unreachable(self.request, self.rfc, told["body"]):
            messages.warning(self.request, said)
        if saved.merged:
            return self.go(_merged(act, saved.merged), self.rfc.edit_url)
        if act != "publish":
            return self.go(_("Draft saved. Reviewers see it once you publish."), self.rfc.edit_url)
        made = publish_revision(
            rfc=self.rfc,
            actor=person,
            note=told["note"],
            editorial=told["editorial"],
            seen_version=saved.draft.row_version,
        )
        if made is None:
            return self.go(_("Nothing changed, so no revision was made."))
        return self.go(_("r%(number)s is published.") % {"number": made.number})

    def keep(self, form: Any, merging: Merging) -> None:
        """Whoever leaves the page of two texts finds their own again."""
        keep_unsaved(
            rfc=self.rfc,
            actor=self.request.user,
            window=form.cleaned_data["window"] or uuid.uuid4(),
            base_version=merging.base_version,
            instead_of=form.cleaned_data["taken"],
            **merging.mine,
        )

    def choices(self) -> dict[str, str] | None:
        """What was chosen for each clash on the page of two texts, or None from the editor."""
        post = self.request.POST
        if "seen" not in post:
            return None
        return {k.removeprefix(CHOICE): str(v) for k, v in post.items() if k.startswith(CHOICE)}

    def in_editor(self, form: Any) -> HttpResponse:
        """What was chosen, merged into the editor, to be touched up before it is saved."""
        told = form.cleaned_data
        mine = {name: told[name] for name in TEXTS}
        merging = merging_of(self.rfc.draft, told["row_version"], mine)
        given = {**told, **merging.texts(self.choices() or {})}
        given["row_version"] = merging.theirs.row_version
        messages.info(self.request, _("Both texts are in the editor. Nothing is saved yet."))
        return self.show(DraftForm(initial=given))


class PreviewRFC(OneRFC, View):
    """`POST /rfcs/RFC-7/preview`: the text as it would be shown, with what is not answered yet."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        text = request.POST.get("text", "")
        context: dict[str, Any] = {}
        if len(text) > PREVIEW_MOST:
            context["said"] = _("This text is too long for a preview; it is rendered once saved.")
        else:
            context = preview_of(self.rfc, text)
            context["warnings"] = unreachable(request, self.rfc, text)
        return render(request, "rfc/_preview.html", context)


class DetailsRFC(FormPage):
    """`/rfcs/RFC-7/details`: initiative, decider, co-authors, flags, language, functions."""

    template_name = "rfc/details.html"

    def form(self, data: Any = None) -> DetailsForm:
        rfc = self.rfc
        initial = {
            "initiative": rfc.initiative.key if rfc.initiative else "",
            "stands_alone_reason": rfc.stands_alone_reason,
            "decider": rfc.decider_id,
            "co_authors": list(rfc.co_authors.all()),
            "flags": rfc.flags,
            "language": rfc.language,
            "row_version": rfc.row_version,
        }
        form = DetailsForm(data, initial=initial, person=self.request.user)
        newest = rfc.revisions.first()
        if newest is not None and not rfc.language:
            form.name_detected(newest.get_language_display())
        return form

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


def unreachable(request: HttpRequest, rfc: Any, text: str) -> list[str]:
    """Whom and what a text names without reaching or telling them, in sentences. A few queries."""
    keys = [_("%(key)s leads to nothing you can see.") % {"key": k} for k in unknown(request, text)]
    lost = [each.why for each in named_in(prose(text), line=rfc.line) if each.why]
    return [*keys, *lost, *too_many_named(rfc, text, request.user)]


def _merged(act: str, headings: list[str]) -> str:
    named = ", ".join(headings)
    if act == "publish":
        return _(
            "Saved, not published: what others saved meanwhile in %(where)s came in. Read it, "
            "then publish."
        ) % {"where": named}
    return _("Saved together with what others saved meanwhile in %(where)s.") % {"where": named}
