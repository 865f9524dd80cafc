"""Importing folders: watched ones, one of the server, one handed in; results, undo, conflicts."""

import json
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import is_admin
from config.flow.errors import Refusal
from rfc.actions.import_conflicts import keep_ours, settles_conflict, take_theirs
from rfc.actions.import_run import ask_again, ask_for_import, ask_to_undo
from rfc.actions.watching import (
    MOST_BYTES,
    MOST_FILES,
    PICTURES,
    TEXTS,
    forget_folder,
    import_upload,
    keep_upload,
    read_now,
    set_active,
    watch_folder,
)
from rfc.models import WatchedFolder
from rfc.queries.imports import conflicts, imports
from rfc.text.differences import diff

PAGE, CONFLICTS = 100, 10


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


class WatchForm(forms.Form):
    """A folder to read again and again."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("What its documents are known by; keep it when the folder moves."),
    )
    path = forms.CharField(label=gettext_lazy("Folder on the server"), max_length=500)
    every_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Read"), choices=WatchedFolder.Every, coerce=int, initial=60
    )


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """A field of several files; each is checked as one would be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, at least one of them."""
        return [super(SeveralFiles, self).clean(each, initial) for each in data or [None]]


class HandInForm(forms.Form):
    """A folder from somebody's computer; what is in it is judged by the action."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "What its documents are known by; the same name next time goes on with them."
        ),
    )
    files = SeveralFiles(  # type: ignore[assignment] # a field, as every class attribute here
        label=gettext_lazy("Files"),
        widget=Files(attrs={"accept": ",".join(sorted(TEXTS | PICTURES))}),
        help_text=gettext_lazy(
            "Markdown with its pictures, at most 1,000 files and 60 MB; no archives."
        ),
    )


class ImportPage(AdministratorsOnly, View):
    """Watched folders, one import of a server folder or of a folder handed in, earlier imports."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        act = {"watch": self.watch, "upload": self.upload}.get(request.POST.get("act", ""))
        return act() if act else self.once()

    def once(self) -> HttpResponse:
        form = FolderForm(self.request.POST)
        if form.is_valid():
            try:
                job = ask_for_import(
                    actor=self.request.user,
                    folder=form.cleaned_data["folder"],
                    dry_run=self.dry_run,
                )
            except Refusal as refusal:
                form.add_error("folder", " ".join(refusal.sentences))
                return self.show(form=form, status=refusal.status)
            return redirect("rfc_import", public_id=job.public_id)
        return self.show(form=form, status=422)

    def watch(self) -> HttpResponse:
        form = WatchForm(self.request.POST)
        if form.is_valid():
            try:
                folder = watch_folder(actor=self.request.user, **form.cleaned_data)
                job = read_now(actor=self.request.user, folder=folder)
            except Refusal as refusal:
                form.add_error("path", " ".join(refusal.sentences))
            else:
                return redirect("rfc_import", public_id=job.public_id)
        return self.show(watch=form, status=422)

    def upload(self) -> HttpResponse:
        request = self.request
        form = HandInForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                folder = keep_upload(
                    actor=request.user,
                    files=form.cleaned_data["files"],
                    paths=_paths(request.POST.get("paths", "")),
                    name=form.cleaned_data["name"],
                )
                job = import_upload(actor=request.user, folder=folder, dry_run=self.dry_run)
            except Refusal as refusal:
                form.add_error("files", " ".join(refusal.sentences))
            else:
                return redirect("rfc_import", public_id=job.public_id)
        return self.show(hand_in=form, status=422)

    @property
    def dry_run(self) -> bool:
        return self.request.POST.get("run") != "import"

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        folders = WatchedFolder.objects.visible_to(self.request.user).select_related("last_job")
        context = {
            "form": FolderForm(initial={"folder": next(iter(_roots()), "")}),
            "watch": WatchForm(),
            "hand_in": HandInForm(),
            "roots": _roots(),
            "folders": [(each, Path(each.path).is_dir()) for each in folders],
            "jobs": imports()[:20],
            "conflicts": conflicts(self.request.user).count(),
            "most_files": MOST_FILES,
            "most_bytes": MOST_BYTES,
            **more,
        }
        return render(self.request, "rfc/import.html", context, status=status)


class OneFolder(AdministratorsOnly, View):
    """`POST /rfcs/import/folders/3`: read now, pause, go on, stop watching."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        folder = get_object_or_404(WatchedFolder.objects.visible_to(request.user), pk=pk)
        act = request.POST.get("act", "")
        if act == "read":
            job = read_now(actor=request.user, folder=folder)
            return redirect("rfc_import", public_id=job.public_id)
        if act in ("pause", "resume"):
            set_active(actor=request.user, folder=folder, active=act == "resume")
        elif act == "forget":
            forget_folder(actor=request.user, folder=folder)
            said = _("%(name)s is not watched any more; its RFCs stay.") % {"name": folder.name}
            messages.success(request, said)
        return redirect("rfc_import_new")


class Conflicts(LoginRequiredMixin, View):
    """`/rfcs/import/conflicts`: documents that changed in their source and here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(conflicts(request.user), CONFLICTS).get_page(request.GET.get("page"))
        shown = [
            (
                known,
                diff(known.rfc.draft.body, known.theirs),
                settles_conflict(request.user, known.rfc),
            )
            for known in page
        ]
        return render(request, "rfc/import_conflicts.html", {"shown": shown, "page_obj": page})


class OneConflict(LoginRequiredMixin, View):
    """`POST /rfcs/import/conflicts/3`: keep what was written here, or take what the source says."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        known = get_object_or_404(conflicts(request.user, settled=True), pk=pk)
        if request.POST.get("take") == "theirs":
            rfc = take_theirs(known=known, actor=request.user)
            said = _("%(key)s has a new revision with the text of its source.")
        else:
            rfc = keep_ours(known=known, actor=request.user)
            said = _("%(key)s keeps the text written here.")
        messages.success(request, said % {"key": rfc.key})
        return redirect("rfc_import_conflicts")


class ImportResult(AdministratorsOnly, View):
    """One import: its files with what became of each, and its undo."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        job = get_object_or_404(imports(), public_id=public_id)
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
        job = get_object_or_404(imports(), public_id=public_id)
        if request.POST.get("run") == "import":
            started = ask_again(actor=request.user, job=job)
            return redirect("rfc_import", public_id=started.public_id)
        undone = ask_to_undo(actor=request.user, job=job)
        return redirect(undone.get_absolute_url())


def _paths(text: str) -> list[str]:
    """The paths a browser said beside the files; nothing where it said none."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [str(path) for path in found] if isinstance(found, list) else []


def _roots() -> list[str]:
    return [str(Path(root).resolve()) for root in settings.IMPORT_ROOTS]
