"""The API of initiatives: the pages' filters, queries and actions, answered as JSON."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.paging import CursorPaging
from config.rest.steps import ListSteps, TakeStepApi
from config.rest.versions import Versioned, seen_version
from initiatives.actions.lines import add_line, remove_line
from initiatives.actions.people import assign
from initiatives.actions.request import (
    confirm_not_duplicate,
    edit_initiative,
    propose_initiative,
)
from initiatives.actions.sources import save_source
from initiatives.actions.talk import comment
from initiatives.actions.waiver import grant_waiver, withdraw_waiver
from initiatives.api.coordination import LineShareSerializer
from initiatives.api.serializers import (
    CommentSerializer,
    EditSerializer,
    InitiativeSerializer,
    LikenessSerializer,
    NameLineSerializer,
    ProposeSerializer,
    RowSerializer,
    SeatSerializer,
    SourceSerializer,
    WaiverSerializer,
)
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative, Source
from initiatives.queries.duplicates import likely_duplicates
from initiatives.queries.lists import listed
from initiatives.queries.one import initiatives_for, touched_lines
from initiatives.queries.saved_views import told_by

CREATED = 201


class OfInitiative(APIView):
    """Finds the initiative named in the address, visible to the caller."""

    def find(self) -> Initiative:
        found: Initiative = get_object_or_404(
            initiatives_for(self.request.user), number=self.kwargs["number"]
        )
        return found


class TellingPaging(CursorPaging):
    """Pages that also name what of the address was not understood."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        told = super().get_paginated_response_schema(schema)
        told["properties"]["ignored"] = {
            "type": "array",
            "items": {"type": "string"},
            "description": "Parameters and values that mean nothing here; absent without any.",
        }
        return told


class InitiativesApi(generics.ListAPIView[Initiative]):
    """List with the page's own parameters, or hand in a request."""

    serializer_class = RowSerializer
    filterset_class = InitiativeFilter
    pagination_class = TellingPaging

    def get_queryset(self) -> Any:
        return listed(self.request.user).select_related("source", "line", "owner", "requester")

    def filter_queryset(self, queryset: Any) -> Any:
        """The page's filters; `view=84` alone stands for what that view keeps."""
        told = told_by(self.request.user, self.request.query_params)
        self.found = InitiativeFilter(told, queryset=queryset, request=self.request)
        return self.found.qs

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        answer = super().list(request, *args, **kwargs)
        if self.found.ignored:
            answer.data["ignored"] = self.found.ignored
        return answer

    @extend_schema(request=ProposeSerializer, responses={201: InitiativeSerializer})
    def post(self, request: Request) -> Response:
        given = ProposeSerializer(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        made = propose_initiative(requester=request.user, **given.validated_data)
        # Its people, line and source are at hand; only the rows of its lines are not.
        prefetch_related_objects([made], touched_lines())
        headers = {"Location": made.get_absolute_url(), "ETag": f'"{made.row_version}"'}
        return Response(InitiativeSerializer(made).data, status=CREATED, headers=headers)


class InitiativeApi(Versioned, OfInitiative):
    """One initiative; a change names the version it was made from in If-Match."""

    @extend_schema(responses=InitiativeSerializer)
    def get(self, request: Request, number: int) -> Response:
        row = self.find()
        return self.versioned_response(row, InitiativeSerializer(row).data)

    @extend_schema(request=EditSerializer, responses=InitiativeSerializer)
    def patch(self, request: Request, number: int) -> Response:
        seen = seen_version(request)
        given = EditSerializer(data=request.data, partial=True, context={"request": request})
        given.is_valid(raise_exception=True)
        edit_initiative(
            initiative=self.find(),
            actor=request.user,
            seen_version=seen,
            strict=True,
            **given.validated_data,
        )
        row = self.find()
        return self.versioned_response(row, InitiativeSerializer(row).data)


class InitiativeStepsApi(OfInitiative, ListSteps):
    """Every step from here."""


class TakeInitiativeStepApi(OfInitiative, TakeStepApi):
    """Take a step. The doorman reads the row anew under its lock; only the answer shows it whole."""

    def find(self) -> Initiative:
        seen = Initiative.objects.visible_to(self.request.user)
        found: Initiative = get_object_or_404(seen, number=self.kwargs["number"])
        return found

    def answer(self, row: Any) -> Any:
        return InitiativeSerializer(super().find()).data


class CommentsApi(OfInitiative):
    """Remarks on an initiative."""

    @extend_schema(responses=CommentSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.find().comments.select_related("author", "line")
        return Response(CommentSerializer(rows, many=True).data)

    @extend_schema(request=CommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = CommentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = given.validated_data
        made = comment(
            initiative=self.find(),
            actor=request.user,
            text=told["text"],
            answers=told.get("parent"),
            line=told.get("line"),
        )
        return Response(CommentSerializer(made).data, status=CREATED)


class WaiversApi(OfInitiative):
    """Waivers of an initiative."""

    @extend_schema(responses=WaiverSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.find().waivers.select_related("granted_by")
        return Response(WaiverSerializer(rows, many=True).data)

    @extend_schema(request=WaiverSerializer, responses={201: WaiverSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = WaiverSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = grant_waiver(initiative=self.find(), actor=request.user, **given.validated_data)
        return Response(WaiverSerializer(made).data, status=CREATED)


class WithdrawWaiverApi(OfInitiative):
    """End a waiver now."""

    @extend_schema(request=None, responses=WaiverSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        waiver = get_object_or_404(self.find().waivers.all(), pk=pk)
        done = withdraw_waiver(waiver=waiver, actor=request.user)
        return Response(WaiverSerializer(done).data)


class DuplicatesApi(OfInitiative):
    """Likely duplicates; posting confirms that somebody looked and that it is a new one."""

    @extend_schema(responses=LikenessSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = likely_duplicates(request.user, self.find())
        return Response(LikenessSerializer(rows, many=True).data)

    @extend_schema(request=None, responses=InitiativeSerializer)
    def post(self, request: Request, number: int) -> Response:
        confirm_not_duplicate(initiative=self.find(), actor=request.user)
        return Response(InitiativeSerializer(self.find()).data)


class SeatApi(OfInitiative):
    """Name the owner, designer or tpm."""

    @extend_schema(request=SeatSerializer, responses=InitiativeSerializer)
    def put(self, request: Request, number: int, seat: str) -> Response:
        given = SeatSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        assign(initiative=self.find(), actor=request.user, seat=seat, **given.validated_data)
        return Response(InitiativeSerializer(self.find()).data)


class LinesApi(OfInitiative):
    """The lines it touches with each one's answer; touch a further line, or stop touching it."""

    @extend_schema(responses=LineShareSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.find().lines.select_related("line", "person", "kpi", "answered_by")
        rows = rows.prefetch_related("conditions__closed_by")
        return Response(LineShareSerializer(rows, many=True).data)

    @extend_schema(request=NameLineSerializer, responses=InitiativeSerializer)
    def post(self, request: Request, number: int) -> Response:
        return self.act(request, add_line)

    @extend_schema(request=NameLineSerializer, responses=InitiativeSerializer)
    def delete(self, request: Request, number: int) -> Response:
        return self.act(request, remove_line)

    def act(self, request: Request, action: Any) -> Response:
        given = NameLineSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        action(initiative=self.find(), actor=request.user, **given.validated_data)
        return Response(InitiativeSerializer(self.find()).data)


class SourcesApi(generics.ListAPIView[Source]):
    """The sources an initiative may come from, with their own questions."""

    serializer_class = SourceSerializer

    def get_queryset(self) -> Any:
        return Source.objects.visible_to(self.request.user)

    @extend_schema(request=SourceSerializer, responses={201: SourceSerializer})
    def post(self, request: Request) -> Response:
        given = SourceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = save_source(actor=request.user, source=None, **given.validated_data)
        return Response(SourceSerializer(made).data, status=CREATED)


class SourceApi(APIView):
    """One source: its evidence rule and its questions, changed by administrators."""

    def find(self) -> Source:
        found: Source = get_object_or_404(
            Source.objects.visible_to(self.request.user), slug=self.kwargs["slug"]
        )
        return found

    @extend_schema(responses=SourceSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(SourceSerializer(self.find()).data)

    @extend_schema(request=SourceSerializer, responses=SourceSerializer)
    def put(self, request: Request, slug: str) -> Response:
        given = SourceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        saved = save_source(actor=request.user, source=self.find(), **given.validated_data)
        return Response(SourceSerializer(saved).data)
