"""One Markdown file through the page: a new RFC from it, or its text into the editor."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import NotAllowed
from rfc.actions.plain import read_markdown, read_upload
from rfc.actions.starting import start_rfc
from rfc.actions.writing import TEXTS, may_write
from rfc.forms import DraftForm, NewFromFileForm, UploadForm
from rfc.importing.text import Unreadable
from rfc.permissions import may_start_rfc
from rfc.views.writing import EditRFC


class NewFromFile(LoginRequiredMixin, View):
    """`/rfcs/upload`: a new RFC from a file; what found no place is said."""

    request: HttpRequest

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(NewFromFileForm(person=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewFromFileForm(request.POST, request.FILES, person=request.user)
        if not form.is_valid():
            return self.show(form, 422)
        told = dict(form.cleaned_data)
        file = told.pop("file")
        try:
            read = read_upload(file.name, file.read())
        except NotAllowed as refusal:
            form.add_error("file", " ".join(refusal.sentences))
            return self.show(form, 422)
        texts = {"title": file.name.rpartition(".")[0] or file.name, **read.texts}
        rfc = start_rfc(actor=request.user, **told, **texts)
        messages.success(request, _("The file is the draft of %(key)s.") % {"key": rfc.key})
        for said in read.said:
            messages.info(request, said)
        return redirect(rfc.edit_url)

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "form": form,
            "may_start": may_start_rfc(self.request.user),
            "heading": _("New RFC from a Markdown file"),
            "lead": _("The text stays byte for byte; metadata at its head is read."),
            "action": _("Make it a draft"),
            "back": "/rfcs/new",
        }
        return render(self.request, "rfc/upload.html", context, status=status)


class UploadDraft(EditRFC):
    """`/rfcs/RFC-7/upload`: a file's text into the editor. Nothing is saved before one saves."""

    template_name = "rfc/upload.html"

    def form(self, data: Any = None) -> forms.Form:
        return UploadForm(data, self.request.FILES if data is not None else None)

    def context(self) -> dict[str, Any]:
        return {
            "may_start": True,
            "heading": _("Text from a Markdown file"),
            "lead": _(
                "It opens in the editor beside nothing lost: the draft changes when you save."
            ),
            "action": _("Open it in the editor"),
            "back": self.rfc.edit_url,
        }

    def done(self, form: Any) -> HttpResponse:
        may_write(self.rfc, self.request.user)
        try:
            read = read_markdown(form.cleaned_data["file"].read(), self.rfc.key)
        except Unreadable as reason:
            form.add_error("file", str(reason))
            return self.show(form, 422)
        draft = self.rfc.draft
        given: dict[str, Any] = {name: getattr(draft, name) for name in TEXTS}
        given |= {**read.texts, "row_version": draft.row_version, "window": uuid.uuid4()}
        messages.info(
            self.request, _("The file is in the editor, not in the draft yet. Read it, then save.")
        )
        for said in read.said:
            messages.info(self.request, said)
        context = {"rfc": self.rfc, "form": DraftForm(initial=given), **EditRFC.context(self)}
        return render(self.request, "rfc/edit.html", context)
