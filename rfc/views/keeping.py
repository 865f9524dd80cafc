"""What the editor asks for while somebody types: autosave, who else is here, pictures."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.flow.errors import Refusal
from config.web.pictures import picture_response
from rfc.actions.pictures import add_picture
from rfc.actions.presence import say_gone, say_present
from rfc.actions.unsaved import drop_unsaved, keep_unsaved
from rfc.actions.writing import TEXTS
from rfc.forms import MOST_LETTERS
from rfc.models import Picture, UnsavedText
from rfc.queries.presence import present_at
from rfc.text.differences import diff
from rfc.views.base import OneRFC


class KeepForm(forms.Form):
    """What one window holds at the moment."""

    window = forms.UUIDField()
    row_version = forms.IntegerField(min_value=1, max_value=2_000_000_000)
    taken = forms.UUIDField(required=False)
    title = forms.CharField(required=False, max_length=4000, strip=False)
    summary_problem = forms.CharField(required=False, max_length=4000, strip=False)
    decision_asked = forms.CharField(required=False, max_length=4000, strip=False)
    body = forms.CharField(required=False, max_length=MOST_LETTERS, strip=False)


class Keep(OneRFC, View):
    """`POST /rfcs/RFC-7/edit/keep`: the editor's autosave. Answers when it was kept."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = KeepForm(request.POST)
        if not form.is_valid():
            said = " ".join(str(each) for errors in form.errors.values() for each in errors)
            return JsonResponse({"said": said}, status=422)
        told = form.cleaned_data
        try:
            kept = keep_unsaved(
                rfc=self.rfc,
                actor=request.user,
                window=told["window"],
                base_version=told["row_version"],
                instead_of=told["taken"],
                **{name: told[name] for name in TEXTS},
            )
        except Refusal as refusal:
            return JsonResponse({"said": " ".join(refusal.sentences)}, status=refusal.status)
        behind = kept.draft.row_version != told["row_version"]
        who = kept.draft.updated_by.name
        said = _("%(who)s saved the draft meanwhile; yours will be merged with it.") % {"who": who}
        at = f"{timezone.localtime(kept.at):%H:%M}" if kept.at else ""
        return JsonResponse({"at": at, "behind": said if behind else ""})


class Kept(OneRFC, View):
    """`/rfcs/RFC-7/edit/kept/<window>`: an unsaved text beside the draft; POST throws it away."""

    def get(self, request: HttpRequest, number: int, window: UUID) -> HttpResponse:
        found = get_object_or_404(UnsavedText, rfc=self.rfc, person=request.user, window=window)
        draft = self.rfc.draft
        labels = {
            "title": _("Title"),
            "summary_problem": _("Problem"),
            "decision_asked": _("Decision asked"),
        }
        short = [
            (label, getattr(draft, name), getattr(found, name))
            for name, label in labels.items()
            if getattr(draft, name) != getattr(found, name)
        ]
        context = {
            "rfc": self.rfc,
            "kept": found,
            "short": short,
            "blocks": diff(draft.body, found.body),
            "behind": found.base_version != draft.row_version,
        }
        return render(request, "rfc/kept.html", context)

    def post(self, request: HttpRequest, number: int, window: UUID) -> HttpResponse:
        drop_unsaved(rfc=self.rfc, actor=request.user, windows=[window])
        return self.go(_("The unsaved text is thrown away."), self.rfc.edit_url)


class PresenceForm(forms.Form):
    """Where a window is."""

    window = forms.UUIDField()
    section = forms.CharField(required=False, max_length=200)
    writing = forms.BooleanField(required=False)
    hidden = forms.BooleanField(required=False)
    gone = forms.BooleanField(required=False)


class PresentHere(OneRFC, View):
    """`POST /rfcs/RFC-7/presence`: I am here; who else is? Answers a fragment."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = PresenceForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        told: dict[str, Any] = dict(form.cleaned_data)
        gone, window = told.pop("gone"), told.pop("window")
        if gone:
            say_gone(rfc=self.rfc, actor=request.user, window=window)
            return HttpResponse(status=204)
        say_present(rfc=self.rfc, actor=request.user, window=window, **told)
        present = present_at(self.rfc, beside=request.user)
        return render(request, "rfc/_present.html", {"present": present})


class PictureForm(forms.Form):
    """One picture."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        error_messages={
            "required": gettext_lazy("Choose a picture: PNG, JPEG, WebP, GIF or SVG."),
            "empty": gettext_lazy("This file is empty; choose the picture again."),
        },
    )


class Pictures(OneRFC, View):
    """`POST /rfcs/RFC-7/pictures`: keep a dropped picture; answers the Markdown that shows it.

    `said` is there where readers see something else than the picture.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse(
                {"said": " ".join(str(each) for each in form.errors["picture"])}, status=422
            )
        try:
            made = add_picture(
                rfc=self.rfc, actor=request.user, upload=form.cleaned_data["picture"]
            )
        except Refusal as refusal:
            status = 422 if refusal.status == 409 else refusal.status
            return JsonResponse({"said": " ".join(refusal.sentences)}, status=status)
        told = {"url": made.get_absolute_url(), "markdown": made.markdown}
        if made.drawing:
            said = _("“%(name)s” is a drawing: readers save it, it is not shown.")
            told["said"] = said % {"name": made.original_name}
        return JsonResponse(told, status=201)


class ShowPicture(OneRFC, View):
    """`/rfcs/RFC-7/pictures/<id>.png`, served through the reader's rights; a drawing is saved."""

    def get(
        self, request: HttpRequest, number: int, public_id: UUID, kind: str
    ) -> HttpResponseBase:
        found = get_object_or_404(Picture, rfc=self.rfc, public_id=public_id)
        return picture_response(found.file, save_as=found.original_name)
