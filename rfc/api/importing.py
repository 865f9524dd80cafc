"""The API of imports: folders handed in, of the server and watched; conflicts; one Markdown file.

A folder is a Job: the answer is 202 with `Location`, and `/api/v1/jobs/…` tells its progress.
"""

import json
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import is_admin
from config.due.models import Job
from config.flow.errors import NotYours
from config.rest.bodies import StrictJSONParser
from config.rest.jobs import JobSerializer
from rfc.actions.import_conflicts import keep_ours, settles_conflict, take_theirs
from rfc.actions.import_run import ask_again, ask_for_import, ask_to_undo
from rfc.actions.plain import read_upload
from rfc.actions.starting import start_rfc
from rfc.actions.watching import (
    forget_folder,
    import_upload,
    keep_upload,
    read_now,
    set_active,
    watch_folder,
)
from rfc.api.plain import TextParser
from rfc.api.serializers import BesideSerializer, RFCDetailSerializer
from rfc.importing.text import MOST_BYTES
from rfc.models import ImportedDocument, WatchedFolder
from rfc.queries.imports import conflicts, imports


class PathsField(serializers.ListField):
    """Paths as repeated fields, or as one JSON list."""

    child = serializers.CharField(max_length=2_000)

    def to_internal_value(self, data: Any) -> Any:
        if len(data) == 1 and str(data[0]).lstrip().startswith("["):
            try:
                data = json.loads(data[0])
            except ValueError:
                self.fail("not_a_list", input_type="text that is no JSON")
        return super().to_internal_value(data)


class HandInSerializer(serializers.Serializer):
    """A folder: its files, and beside them their paths in the same order.

    Without `dry_run=false` nothing is written: the job says what would happen.
    """

    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True))
    paths = PathsField(required=False, default=list)
    name = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")
    dry_run = serializers.BooleanField(required=False, default=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["paths"] and len(given["paths"]) != len(given["files"]):
            told = f"{len(given['files'])} files came with {len(given['paths'])} paths; "
            raise serializers.ValidationError({"paths": [told + "send one path per file."]})
        return given


class ServerFolderSerializer(serializers.Serializer):
    """A folder of the server, below GATELINE_IMPORT_ROOTS."""

    folder = serializers.CharField(max_length=1000)
    dry_run = serializers.BooleanField(required=False, default=True)


class WatchedFolderSerializer(serializers.ModelSerializer):
    """A folder that is read again when its files change; PATCH `active` pauses it."""

    every_minutes = serializers.ChoiceField(choices=WatchedFolder.Every.choices, default=60)

    class Meta:
        model = WatchedFolder
        fields = ("id", "name", "path", "every_minutes", "active", "added_at", "read_at")
        read_only_fields = ("id", "added_at", "read_at")


class ActiveSerializer(serializers.Serializer):
    """Whether the folder is read."""

    active = serializers.BooleanField()


class ConflictSerializer(serializers.ModelSerializer):
    """A document that changed in its source and here, with the source's text."""

    rfc = serializers.CharField(source="rfc.key", read_only=True)
    may_choose = serializers.SerializerMethodField()

    class Meta:
        model = ImportedDocument
        fields = ("id", "rfc", "corpus", "path", "theirs_title", "theirs", "may_choose")
        read_only_fields = fields

    def get_may_choose(self, known: ImportedDocument) -> bool:
        return settles_conflict(self.context["request"].user, known.rfc)


class ChoiceSerializer(serializers.Serializer):
    """`ours` keeps what was written here; `theirs` makes the source's text the next revision."""

    take = serializers.ChoiceField(choices=["ours", "theirs"])


class AdministratorsApi:
    """Refuses everybody else before the body is read."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if not is_admin(request.user):
            raise NotYours("Folders are imported by administrators.")


def under_way(job: Job) -> Response:
    """202 with the address of the job."""
    headers = {"Location": f"/api/v1/jobs/{job.public_id}/", "Retry-After": "2"}
    return Response(JobSerializer(job).data, status.HTTP_202_ACCEPTED, headers=headers)


class Imports(AdministratorsApi, generics.ListAPIView[Job]):
    """Imports, newest first. POST starts one: files as multipart, or JSON naming a folder of the
    server. It is a dry run unless `dry_run` is false.
    """

    serializer_class = JobSerializer
    filterset_class = None
    parser_classes = (MultiPartParser, StrictJSONParser)
    queryset = Job.objects.none()

    def get_queryset(self) -> Any:
        return imports()

    @extend_schema(
        request={
            "multipart/form-data": HandInSerializer,
            "application/json": ServerFolderSerializer,
        },
        responses={202: JobSerializer},
    )
    def post(self, request: Request) -> Response:
        if request.content_type.startswith("multipart/"):
            return under_way(self._handed_in(request))
        given = ServerFolderSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return under_way(ask_for_import(actor=request.user, **given.validated_data))

    def _handed_in(self, request: Request) -> Job:
        given = HandInSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        dry_run = told.pop("dry_run")
        folder = keep_upload(actor=request.user, **told)
        return import_upload(actor=request.user, folder=folder, dry_run=dry_run)


class OfImport(AdministratorsApi, APIView):
    """Finds the import."""

    def find(self) -> Job:
        return get_object_or_404(imports(), public_id=self.kwargs["public_id"])


class RunImport(OfImport):
    """Import for good what the dry run looked at. A folder handed in is kept for a day."""

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        return under_way(ask_again(actor=request.user, job=self.find()))


class UndoImport(OfImport):
    """Take an import back: RFCs it created go, unless people worked on them."""

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        return under_way(ask_to_undo(actor=request.user, job=self.find()))


class Folders(AdministratorsApi, generics.ListAPIView[WatchedFolder]):
    """Watched folders; POST watches one more and reads it at once."""

    serializer_class = WatchedFolderSerializer
    filterset_class = None
    ordering = ("name", "id")
    queryset = WatchedFolder.objects.none()

    def get_queryset(self) -> Any:
        return WatchedFolder.objects.visible_to(self.request.user)

    @extend_schema(request=WatchedFolderSerializer, responses={202: JobSerializer})
    def post(self, request: Request) -> Response:
        given = WatchedFolderSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = {name: given.validated_data[name] for name in ("name", "path", "every_minutes")}
        folder = watch_folder(actor=request.user, **told)
        return under_way(read_now(actor=request.user, folder=folder))


class OneFolder(AdministratorsApi, APIView):
    """One watched folder: pause it or go on (PATCH), stop watching (DELETE); its RFCs stay."""

    def find(self) -> WatchedFolder:
        found = WatchedFolder.objects.visible_to(self.request.user)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @extend_schema(responses=WatchedFolderSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(WatchedFolderSerializer(self.find()).data)

    @extend_schema(request=ActiveSerializer, responses=WatchedFolderSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        given = ActiveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        set_active(actor=request.user, folder=self.find(), **given.validated_data)
        return Response(WatchedFolderSerializer(self.find()).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        forget_folder(actor=request.user, folder=self.find())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReadFolder(OneFolder):
    """Read a watched folder now, whether its files changed or not."""

    http_method_names = ("post", "options")

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request: Request, pk: int) -> Response:
        return under_way(read_now(actor=request.user, folder=self.find()))


class Conflicts(generics.ListAPIView[ImportedDocument]):
    """Documents that changed in their source and here, oldest first; both texts are kept."""

    serializer_class = ConflictSerializer
    filterset_class = None
    ordering = ("changed_at", "id")
    queryset = ImportedDocument.objects.none()

    def get_queryset(self) -> Any:
        return conflicts(self.request.user)


class OneConflict(APIView):
    """Choose which text holds; authors and administrators do."""

    @extend_schema(request=ChoiceSerializer, responses=RFCDetailSerializer)
    def post(self, request: Request, pk: int) -> Response:
        known = get_object_or_404(conflicts(request.user, settled=True), pk=pk)
        given = ChoiceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        choose = take_theirs if given.validated_data["take"] == "theirs" else keep_ours
        return Response(RFCDetailSerializer(choose(known=known, actor=request.user)).data)


class StartedSerializer(RFCDetailSerializer):
    """The new RFC. `said` are sentences about what of the file found no place."""

    said = serializers.ListField(child=serializers.CharField(), default=list, read_only=True)

    class Meta(RFCDetailSerializer.Meta):
        fields = (*RFCDetailSerializer.Meta.fields, "said")
        read_only_fields = fields


class FileSerializer(BesideSerializer):
    """One Markdown file with what stands beside it."""

    file = serializers.FileField()


BESIDE = [
    OpenApiParameter(name, str, OpenApiParameter.QUERY)
    for name in ("initiative", "line", "stands_alone_reason", "flags", "template", "name")
]


class FromMarkdown(APIView):
    """A new RFC from one Markdown file: its bytes as `text/markdown` with the rest in the query,
    or a form with `file`. The text stays byte for byte.
    """

    parser_classes = (MultiPartParser, TextParser)

    @extend_schema(
        request={"text/markdown": OpenApiTypes.STR, "multipart/form-data": FileSerializer},
        responses={201: StartedSerializer},
        parameters=BESIDE,
    )
    def post(self, request: Request) -> Response:
        name, data, beside = self._sent(request)
        given = BesideSerializer(data=beside, context={"request": request})
        given.is_valid(raise_exception=True)
        if not data.strip() or len(data) > MOST_BYTES:
            what = "holds no text" if not data.strip() else "is larger than 2 MB; split it"
            raise serializers.ValidationError({"file": [f"{name} {what}."]})
        read = read_upload(name, data)
        texts: dict[str, Any] = {"title": name.rpartition(".")[0] or name, **read.texts}
        rfc = start_rfc(actor=request.user, **given.validated_data, **texts)
        rfc.said = read.said  # type: ignore[attr-defined] # what the serializer tells beside it
        where = {"Location": f"/api/v1/rfcs/{rfc.key}/"}
        return Response(StartedSerializer(rfc).data, status.HTTP_201_CREATED, headers=where)

    def _sent(self, request: Request) -> tuple[str, bytes, Any]:
        """The file's name and bytes, and what stands beside it."""
        sent: Any = request.data
        if not request.content_type.startswith("multipart/"):
            # Without a body there is nothing to parse, and no bytes.
            data = sent if isinstance(sent, bytes) else b""
            return request.query_params.get("name", "text.md"), data, request.query_params
        file = sent.get("file")
        if not hasattr(file, "read"):
            raise serializers.ValidationError({"file": ["Send the file, or its bytes."]})
        return file.name, file.read(MOST_BYTES + 1), sent
