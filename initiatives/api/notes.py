"""API of research notes: list, write, change, quote."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.related import SlugOf
from config.rest.versions import Versioned, seen_version
from initiatives.actions.belief import archive_evidence, mark_link
from initiatives.actions.notes import edit_note, quote_note, write_note
from initiatives.api.belief import EvidenceSerializer
from initiatives.api.found import OfInitiative
from initiatives.models import Evidence, Initiative, ResearchNote
from initiatives.queries.notes import notes

CREATED = 201


class NoteSerializer(serializers.ModelSerializer[ResearchNote]):
    collector = serializers.CharField(source="collector.name", read_only=True)
    quoted = serializers.IntegerField(read_only=True, default=0)

    class Meta:
        model = ResearchNote
        fields = (
            "id",
            "title",
            "text",
            "method",
            "kind",
            "origin",
            "collected_date",
            "sample",
            "from_customers",
            "link",
            "link_broken_at",
            "collector",
            "quoted",
            "recorded_at",
            "row_version",
        )
        read_only_fields = ("link_broken_at", "recorded_at", "row_version")


class QuoteSerializer(serializers.Serializer[Any]):
    """Words of a note and the initiative (its number) they speak to."""

    quote = serializers.CharField(max_length=2000)
    initiative: Any = SlugOf(slug_field="number", queryset=Initiative.objects.all())
    points = serializers.ChoiceField(choices=Evidence.Points.choices)
    finding = serializers.CharField(required=False, allow_blank=True, default="")
    start = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)


class MarkSerializer(serializers.Serializer[Any]):
    """What to turn: `archived` or `link_broken`."""

    archived = serializers.BooleanField(required=False)
    link_broken = serializers.BooleanField(required=False)


class NotesApi(generics.ListAPIView[ResearchNote]):
    """Notes, newest first; `q` searches title and text."""

    serializer_class = NoteSerializer

    def get_queryset(self) -> Any:
        return notes(self.request.user, self.request.query_params.get("q", ""))

    @extend_schema(request=NoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request) -> Response:
        given = NoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = write_note(actor=request.user, **given.validated_data)
        return Response(NoteSerializer(made).data, status=CREATED)


class NoteApi(Versioned, APIView):
    """One note."""

    def find(self) -> ResearchNote:
        rows = ResearchNote.objects.visible_to(self.request.user).select_related("collector")
        found: ResearchNote = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @extend_schema(responses=NoteSerializer)
    def get(self, request: Request, pk: int) -> Response:
        note = self.find()
        return self.versioned_response(note, NoteSerializer(note).data)

    @extend_schema(request=NoteSerializer, responses=NoteSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        seen = seen_version(request)
        given = NoteSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        note = edit_note(
            note=self.find(), actor=request.user, seen_version=seen, **given.validated_data
        )
        return self.versioned_response(note, NoteSerializer(note).data)


class QuotesApi(APIView):
    """Tie words of a note to an initiative."""

    @extend_schema(request=QuoteSerializer, responses={201: EvidenceSerializer})
    def post(self, request: Request, pk: int) -> Response:
        note = get_object_or_404(ResearchNote.objects.visible_to(request.user), pk=pk)
        given = QuoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = quote_note(note=note, actor=request.user, **given.validated_data)
        return Response(EvidenceSerializer(made).data, status=CREATED)


class EvidenceItemApi(OfInitiative):
    """Take an item out of the count or back; mark its link as broken or working."""

    @extend_schema(request=MarkSerializer, responses=EvidenceSerializer)
    def patch(self, request: Request, number: int, pk: int) -> Response:
        item = get_object_or_404(self.initiative.evidence.select_related("collector"), pk=pk)
        told = self.told(MarkSerializer)
        for name, now, turn in (
            ("archived", item.archived_at, archive_evidence),
            ("link_broken", item.link_broken_at, mark_link),
        ):
            if name in told and told[name] != bool(now):
                item = turn(evidence=item, actor=request.user)
        return Response(EvidenceSerializer(item).data)
