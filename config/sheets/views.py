"""Pages of an import: hand in, read, map, dry run, import, undo. Each works without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import NotAllowed, NotYours
from config.sheets.actions import ask_to_run, ask_to_undo, hand_in, map_columns, read_again
from config.sheets.annotated import annotated
from config.sheets.forms import MappingForm, ReadingForm, UploadForm
from config.sheets.kinds import Kind, kind_of, kinds
from config.sheets.models import Sheet
from config.sheets.reading import Unreadable
from config.sheets.shown import Shown, shown

PAGE = 50
UNPROCESSABLE = 422


def find_kind(slug: str) -> Kind:
    """The kind named in the address, or 404."""
    try:
        return kind_of(slug)
    except KeyError as error:
        raise Http404 from error


class ImportsView(LoginRequiredMixin, View):
    """`/import`: what may be imported, and one's own imports."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Sheet.objects.visible_to(request.user).select_related(
            "owner", "check_job", "run_job", "undo_job"
        )
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context = {
            "kinds": [kind for kind in kinds() if kind.may_import(request.user)],
            "page": page,
            "sheets": [(sheet, shown(sheet)) for sheet in page],
        }
        return render(request, "sheets/list.html", context)


class NewImportView(LoginRequiredMixin, View):
    """`/import/requests`: the file."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = find_kind(kind)
        if not found.may_import(request.user):
            raise NotYours(_("You may not import %s.") % found.plural)
        return self.show(found, UploadForm())

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        found, form = find_kind(kind), UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(found, form, UNPROCESSABLE)
        try:
            sheet = hand_in(kind=found, owner=request.user, upload=form.cleaned_data["file"])
        except Unreadable as why:
            form.add_error("file", str(why))
            return self.show(found, form, UNPROCESSABLE)
        return redirect(sheet)

    def show(self, kind: Kind, form: UploadForm, status: int = 200) -> HttpResponse:
        earlier = Sheet.objects.filter(owner_id=self.request.user.pk or 0, kind=kind.slug)
        rows = earlier.select_related("check_job", "run_job", "undo_job")[:5]
        context = {
            "kind": kind,
            "form": form,
            "fields": kind.fields(self.request.user),
            "sheets": [(sheet, shown(sheet)) for sheet in rows],
        }
        return render(self.request, "sheets/new.html", context, status=status)


class SampleView(LoginRequiredMixin, View):
    """`/import/requests/sample.csv`: a small file that imports as it is."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = find_kind(kind)
        answer = HttpResponse("\ufeff" + found.sample, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{found.slug}-sample.csv"'
        return answer


class SheetMixin(LoginRequiredMixin):
    """Finds the import; somebody else's answers like a missing one."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def sheet(self) -> Sheet:
        rows = Sheet.objects.visible_to(self.request.user).select_related(
            "owner", "check_job", "run_job", "undo_job"
        )
        found: Sheet = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return found

    def page(self, template: str, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "sheet": self.sheet,
            "kind": kind_of(self.sheet.kind),
            "shown": shown(self.sheet),
            **more,
        }
        return render(self.request, f"sheets/{template}.html", context, status=status)


class SheetView(SheetMixin, View):
    """`/imports/<id>`: where it stands; its rows by outcome."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        stage = self.sheet.stage
        if stage == "reading":
            return redirect("sheet_read", public_id=public_id)
        if stage == "mapping":
            return redirect("sheet_map", public_id=public_id)
        told: Shown = shown(self.sheet)
        wanted = request.GET.get("show", "")
        rows = self.sheet.rows.order_by("line")
        if wanted in told.values:
            rows = rows.filter(**{told.field: wanted})
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        kind = kind_of(self.sheet.kind)
        return self.page(
            "sheet", page=page, rows=told.rows(page, kind, self.sheet.owner), wanted=wanted
        )


class ReadView(SheetMixin, View):
    """`/imports/<id>/read`: encoding, separator, tab."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.page("read", form=ReadingForm(sheet=self.sheet))

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        form = ReadingForm(request.POST, sheet=self.sheet)
        if not form.is_valid():
            return self.page("read", UNPROCESSABLE, form=form)
        try:
            read_again(sheet=self.sheet, **form.cleaned_data)
        except Unreadable as why:
            form.add_error(None, str(why))
            return self.page("read", UNPROCESSABLE, form=form)
        return redirect("sheet_map", public_id=public_id)


class MapView(SheetMixin, View):
    """`/imports/<id>/map`: where each column goes; sending starts the dry run."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        if self.sheet.stage == "reading":
            return redirect("sheet_read", public_id=public_id)
        return self.page("map", form=MappingForm(sheet=self.sheet))

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        form = MappingForm(request.POST, sheet=self.sheet)
        if not form.is_valid():
            return self.page("map", UNPROCESSABLE, form=form)
        try:
            map_columns(sheet=self.sheet, actor=request.user, **form.wanted())
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.page("map", UNPROCESSABLE, form=form)
        return redirect(self.sheet)


class RunView(SheetMixin, View):
    """`POST /imports/<id>/run` imports what the dry run foresaw; a stopped import goes on."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        ask_to_run(sheet=self.sheet, actor=request.user)
        return redirect(self.sheet)


class UndoView(SheetMixin, View):
    """`/imports/<id>/undo` asks first."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        back = self.sheet.get_absolute_url()
        return self.page("undo", cancel_href=back, action_label=_("Take it back"), danger=True)

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        ask_to_undo(sheet=self.sheet, actor=request.user)
        messages.success(request, _("The import is being taken back."))
        return redirect(self.sheet)


class FileView(SheetMixin, View):
    """`/imports/<id>/file`: the file back with what became of each row; `?only=left-out`."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        if self.sheet.stage in ("reading", "mapping"):
            raise Http404
        only = request.GET.get("only") == "left-out"
        data, content_type, name = annotated(self.sheet, only_left_out=only)
        answer = HttpResponse(data, content_type=content_type)
        plain = "".join(c if c.isalnum() or c in " ._-" else "_" for c in name)
        disposition = content_disposition_header(as_attachment=True, filename=plain)
        answer.headers["Content-Disposition"] = disposition or "attachment"
        return answer
