"""The API of imports: the same verbs as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.sheets.actions import ask_to_run, ask_to_undo, hand_in, map_columns, read_again
from config.sheets.kinds import kind_of, kinds
from config.sheets.models import Sheet, SheetRow
from config.sheets.reading import ENCODINGS, Unreadable


class SheetSerializer(serializers.ModelSerializer[Sheet]):
    """An import; `stage` is reading, mapping, checking, checked, running, stopped, done, undoing
    or undone. `jobs` lead to progress and counts.
    """

    id = serializers.UUIDField(source="public_id", read_only=True)
    stage = serializers.CharField(read_only=True)
    jobs = serializers.SerializerMethodField()

    class Meta:
        model = Sheet
        fields = (
            "id",
            "kind",
            "original_name",
            "stage",
            "row_count",
            "headers",
            "mapping",
            "fixed",
            "key_space",
            "day_first",
            "read_as",
            "jobs",
            "created_at",
        )
        read_only_fields = fields

    def get_jobs(self, sheet: Sheet) -> dict[str, dict[str, Any]]:
        jobs = {"dry_run": sheet.check_job, "run": sheet.run_job, "undo": sheet.undo_job}
        return {
            name: {
                "href": f"/api/v1/jobs/{job.public_id}/",
                "status": job.status,
                "counts": job.counts,
            }
            for name, job in jobs.items()
            if job
        }


class UploadSerializer(serializers.Serializer[Any]):
    """A file of a kind, such as `requests`."""

    kind = serializers.CharField()
    file = serializers.FileField()

    def validate_kind(self, slug: str) -> str:
        if slug not in {kind.slug for kind in kinds()}:
            raise serializers.ValidationError(_("There is no such kind of import."))
        return slug


class MapSerializer(serializers.Serializer[Any]):
    """Column → field, values for all rows, and how keys and days read. Starts the dry run."""

    mapping = serializers.DictField(child=serializers.CharField())
    fixed = serializers.DictField(child=serializers.CharField(), required=False, default=dict)
    key_space = serializers.CharField(required=False, allow_blank=True, default="", max_length=120)
    day_first = serializers.BooleanField(required=False, default=True)


class ReadSerializer(serializers.Serializer[Any]):
    """Encoding, separator or tab, where the file does not say so itself."""

    encoding = serializers.ChoiceField(choices=list(ENCODINGS), required=False, default="")
    separator = serializers.CharField(
        required=False, default="", max_length=1, trim_whitespace=False
    )
    tab = serializers.CharField(required=False, default="", max_length=120)


class SheetRowSerializer(serializers.ModelSerializer[SheetRow]):
    """One line of the file: foreseen, done, undone, and what is wrong with it."""

    class Meta:
        model = SheetRow
        fields = (
            "line",
            "outcome",
            "done",
            "undone",
            "label",
            "changes",
            "problems",
            "undo_said",
        )
        read_only_fields = fields


class ImportsApi(generics.ListAPIView[Sheet]):
    """One's own imports; administrators see all. A file makes a new one."""

    serializer_class = SheetSerializer
    parser_classes = (MultiPartParser,)
    queryset = Sheet.objects.none()

    def get_queryset(self) -> Any:
        rows = Sheet.objects.visible_to(self.request.user)
        return rows.select_related("owner", "check_job", "run_job", "undo_job")

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: SheetSerializer}
    )
    def post(self, request: Request) -> Response:
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        kind = kind_of(given.validated_data["kind"])
        try:
            sheet = hand_in(kind=kind, owner=request.user, upload=given.validated_data["file"])
        except Unreadable as why:
            raise serializers.ValidationError({"file": [str(why)]}) from why
        headers = {"Location": f"/api/v1/imports/{sheet.public_id}/"}
        return Response(SheetSerializer(sheet).data, status.HTTP_201_CREATED, headers=headers)


class OfSheet(APIView):
    """Finds the import; somebody else's answers like a missing one."""

    def find(self) -> Sheet:
        rows = Sheet.objects.visible_to(self.request.user)
        rows = rows.select_related("owner", "check_job", "run_job", "undo_job")
        found: Sheet = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return found

    def long_work(self, sheet: Sheet, job: Any) -> Response:
        """202 with the address of the job."""
        headers = {"Location": f"/api/v1/jobs/{job.public_id}/", "Retry-After": "2"}
        return Response(SheetSerializer(sheet).data, status.HTTP_202_ACCEPTED, headers=headers)


class ImportApi(OfSheet):
    """One import: look, read it another way (PATCH), or map its columns (PUT)."""

    @extend_schema(responses=SheetSerializer)
    def get(self, request: Request, public_id: Any) -> Response:
        return Response(SheetSerializer(self.find()).data)

    @extend_schema(request=ReadSerializer, responses=SheetSerializer)
    def patch(self, request: Request, public_id: Any) -> Response:
        given = ReadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            sheet = read_again(sheet=self.find(), **given.validated_data)
        except Unreadable as why:
            raise serializers.ValidationError({"encoding": [str(why)]}) from why
        return Response(SheetSerializer(sheet).data)

    @extend_schema(request=MapSerializer, responses={202: SheetSerializer})
    def put(self, request: Request, public_id: Any) -> Response:
        given = MapSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sheet = map_columns(sheet=self.find(), actor=request.user, **given.validated_data)
        return self.long_work(sheet, sheet.check_job)


class RowsApi(generics.ListAPIView[SheetRow]):
    """The lines of the file in order; `outcome`, `done` and `undone` filter."""

    serializer_class = SheetRowSerializer
    filterset_fields = ("outcome", "done", "undone")
    queryset = SheetRow.objects.none()

    def get_queryset(self) -> Any:
        sheets = Sheet.objects.visible_to(self.request.user)
        sheet = get_object_or_404(sheets, public_id=self.kwargs["public_id"])
        return sheet.rows.order_by("line")


class RunApi(OfSheet):
    """Import what the dry run foresaw; a stopped import goes on."""

    @extend_schema(request=None, responses={202: SheetSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        sheet = ask_to_run(sheet=self.find(), actor=request.user)
        return self.long_work(sheet, sheet.run_job)


class UndoApi(OfSheet):
    """Take an import back as a whole."""

    @extend_schema(request=None, responses={202: SheetSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        sheet = ask_to_undo(sheet=self.find(), actor=request.user)
        return self.long_work(sheet, sheet.undo_job)
