"""The API of RFCs: translate in, one call, translate out."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.steps import ListSteps, TakeStepApi
from config.rest.versions import Versioned, seen_version
from rfc.actions.details import change_details
from rfc.actions.positions import take_position
from rfc.actions.starting import start_rfc
from rfc.actions.writing import publish_revision, save_draft
from rfc.api.serializers import (
    DetailsSerializer,
    DraftSerializer,
    NewSerializer,
    PositionSerializer,
    PublishSerializer,
    RevisionSerializer,
    RFCDetailSerializer,
    RFCSerializer,
    TakePositionSerializer,
)
from rfc.filters import RFCFilter
from rfc.models import RFC, Position, Revision, without_text
from rfc.queries.lists import rfcs_for
from rfc.queries.reading import rfc_for


class Found:
    """Finds the RFC named in the address."""

    request: Any
    kwargs: dict[str, Any]

    def find(self) -> RFC:
        found: RFC = get_object_or_404(rfc_for(self.request.user), number=self.kwargs["number"])
        return found


class RFCs(generics.ListCreateAPIView):
    """The directory, with the filters of the page; POST starts an RFC."""

    serializer_class = RFCSerializer
    filterset_class = RFCFilter
    ordering = ("-changed_at", "-id")

    def get_queryset(self) -> QuerySet[RFC]:
        return rfcs_for(self.request.user)

    @extend_schema(request=NewSerializer, responses={201: RFCDetailSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewSerializer(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        rfc = start_rfc(actor=request.user, **given.validated_data)
        return Response(
            RFCDetailSerializer(rfc).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": f"/api/v1/rfcs/{rfc.key}/"},
        )


class OneRFC(Found, Versioned, APIView):
    """One RFC; PATCH with If-Match changes any of what stands beside its text."""

    @extend_schema(responses=RFCDetailSerializer)
    def get(self, request: Request, number: int) -> Response:
        rfc = self.find()
        return self.versioned_response(rfc, RFCDetailSerializer(rfc).data)

    @extend_schema(request=DetailsSerializer, responses=RFCDetailSerializer)
    def patch(self, request: Request, number: int) -> Response:
        rfc = self.find()
        seen = seen_version(request)
        given = DetailsSerializer(data=request.data, partial=True, context={"request": request})
        given.is_valid(raise_exception=True)
        change_details(rfc=rfc, actor=request.user, seen_version=seen, **given.validated_data)
        rfc = self.find()
        return self.versioned_response(rfc, RFCDetailSerializer(rfc).data)


class DraftView(Found, Versioned, APIView):
    """The draft of the next revision; its ETag is the version to send as If-Match."""

    @extend_schema(responses=DraftSerializer)
    def get(self, request: Request, number: int) -> Response:
        draft = self.find().draft
        return self.versioned_response(draft, DraftSerializer(draft).data)

    @extend_schema(request=DraftSerializer, responses=DraftSerializer)
    def patch(self, request: Request, number: int) -> Response:
        rfc = self.find()
        seen = seen_version(request)
        given = DraftSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        draft = save_draft(rfc=rfc, actor=request.user, seen_version=seen, **given.validated_data)
        return self.versioned_response(draft, DraftSerializer(draft).data)


class PublishView(Found, APIView):
    """Publish the draft; 200 with the newest revision when nothing changed."""

    @extend_schema(request=PublishSerializer, responses=RevisionSerializer)
    def post(self, request: Request, number: int) -> Response:
        rfc = self.find()
        given = PublishSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        seen = seen_version(request)
        made = publish_revision(
            rfc=rfc, actor=request.user, seen_version=seen, **given.validated_data
        )
        code = status.HTTP_201_CREATED if made else status.HTTP_200_OK
        shown = made or rfc.revisions.first()
        return Response(RevisionSerializer(shown).data, status=code)


class Revisions(Found, generics.ListAPIView):
    """Every revision, newest first."""

    serializer_class = RevisionSerializer
    filterset_class = None
    ordering = ("-number",)
    queryset = Revision.objects.none()  # what the schema is made from

    def get_queryset(self) -> QuerySet[Revision]:
        return self.find().revisions.select_related("author")


class OneRevision(Found, APIView):
    """One revision by number."""

    @extend_schema(responses=RevisionSerializer)
    def get(self, request: Request, number: int, revision: int) -> Response:
        found = get_object_or_404(self.find().revisions.select_related("author"), number=revision)
        return Response(RevisionSerializer(found).data)


class Positions(Found, generics.ListCreateAPIView):
    """Positions on record; POST takes one."""

    serializer_class = PositionSerializer
    filterset_class = None
    ordering = ("-at", "-id")
    queryset = Position.objects.none()  # what the schema is made from

    def get_queryset(self) -> QuerySet[Position]:
        return (
            self.find()
            .positions.select_related("person", "revision")
            .defer(*without_text("revision"))
        )

    @extend_schema(request=TakePositionSerializer, responses={201: PositionSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = TakePositionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        number = told.pop("revision")
        position = take_position(
            rfc=self.find(), actor=request.user, revision_number=number, **told
        )
        return Response(PositionSerializer(position).data, status=status.HTTP_201_CREATED)


class RFCSteps(Found, ListSteps):
    """`GET /api/v1/rfcs/RFC-7/steps/`."""


class TakeRFCStep(Found, TakeStepApi):
    """`POST /api/v1/rfcs/RFC-7/steps/<step>/`."""

    def answer(self, row: Any) -> Any:
        return RFCDetailSerializer(row).data
