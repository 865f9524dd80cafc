"""Importing a folder of the server: choose, dry run, run, result per file, undo."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import is_admin
from config.due.models import Job
from config.flow.errors import Refusal
from rfc.actions.import_run import IMPORT, ask_for_import, ask_to_undo

PAGE = 100


class FolderForm(forms.Form):
    """A folder below one of the import roots."""

    folder = forms.CharField(
        label=gettext_lazy("Folder on the server"),
        max_length=1000,
        help_text=gettext_lazy(
            "Markdown files with front matter, a list at their head, or kep.yaml."
        ),
    )


class AdministratorsOnly(LoginRequiredMixin, UserPassesTestMixin):
    """Signed out: sign in. Signed in without the right: 403 that says who may."""

    request: HttpRequest
    permission_denied_message = gettext_lazy(
        "Folders of the server are imported by administrators."
    )

    def test_func(self) -> bool:
        return is_admin(self.request.user)


class ImportPage(AdministratorsOnly, View):
    """Start an import; the earlier ones below."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(FolderForm(initial={"folder": next(iter(_roots()), "")}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FolderForm(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        try:
            job = ask_for_import(
                actor=request.user,
                folder=form.cleaned_data["folder"],
                dry_run=request.POST.get("run") != "import",
            )
        except Refusal as refusal:
            form.add_error("folder", " ".join(refusal.sentences))
            return self._show(form, refusal.status)
        return redirect("rfc_import", public_id=job.public_id)

    def _show(self, form: FolderForm, status: int = 200) -> HttpResponse:
        jobs = Job.objects.filter(kind=IMPORT).select_related("owner")[:20]
        context = {"form": form, "roots": _roots(), "jobs": jobs}
        return render(self.request, "rfc/import.html", context, status=status)


class ImportResult(AdministratorsOnly, View):
    """One import: its files with what became of each, and its undo."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        job = get_object_or_404(Job, public_id=public_id, kind=IMPORT)
        wanted = request.GET.get("action", "")
        files = [f for f in job.result.get("files", []) if not wanted or f["action"] == wanted]
        page = Paginator(files, PAGE).get_page(request.GET.get("page"))
        return render(
            request,
            "rfc/import_result.html",
            {
                "job": job,
                "page_obj": page,
                "wanted": wanted,
                "skipped": job.result.get("skipped", []),
                "running": job.status in ("waiting", "running", "retrying", "stopping"),
            },
        )

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        job = get_object_or_404(Job, public_id=public_id, kind=IMPORT)
        if request.POST.get("run") == "import":
            folder = job.payload["folder"]
            started = ask_for_import(actor=request.user, folder=folder, dry_run=False)
            return redirect("rfc_import", public_id=started.public_id)
        undone = ask_to_undo(actor=request.user, job=job)
        return redirect(undone.get_absolute_url())


def _roots() -> list[str]:
    return [str(Path(root).resolve()) for root in settings.IMPORT_ROOTS]
