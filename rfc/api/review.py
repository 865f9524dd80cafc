"""The API of the review: comparing, asking, re-affirming, the queue, delegations, health."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rfc.actions.asking import would_tell
from rfc.actions.comments import looked
from rfc.actions.delegating import delegate, end_delegation
from rfc.actions.expiring import keep
from rfc.actions.positions import close_block, reaffirm
from rfc.actions.revising import ask_for_decision, ask_to_look, name_revision
from rfc.actions.seen import opened
from rfc.api.review_shapes import (
    AskedSerializer,
    AskForDecisionSerializer,
    CloseBlockSerializer,
    ComparisonSerializer,
    DelegationSerializer,
    LookSerializer,
    LooksSerializer,
    NewDelegationSerializer,
    ReaffirmSerializer,
    ReviewHealthSerializer,
    RevisionNameSerializer,
    WaitingSectionSerializer,
)
from rfc.api.serializers import PositionSerializer, RevisionSerializer, RFCDetailSerializer
from rfc.api.views import Found
from rfc.forms_review import HealthForm
from rfc.models import Delegation, Position
from rfc.queries.comparing import compare, pair_of
from rfc.queries.health import Asked, review_health
from rfc.queries.reviewing import by_age, queue


class Compare(Found, APIView):
    """What changed between two revisions; asking for it counts as having been shown it."""

    @extend_schema(responses=ComparisonSerializer)
    def get(self, request: Request, number: int, old: int, new: int) -> Response:
        rfc = self.find()
        before, after = pair_of(rfc, old, new)
        if before is None or after is None:
            raise Http404
        opened(rfc=rfc, revision=after, person=request.user, compared=old if old != new else None)
        return Response(ComparisonSerializer(compare(before, after)).data)


class Ask(Found, APIView):
    """Who would be told; POST asks for the decision and tells exactly them."""

    @extend_schema(responses=AskedSerializer)
    def get(self, request: Request, number: int) -> Response:
        return Response(AskedSerializer(would_tell(self.find(), request.user)).data)

    @extend_schema(request=AskForDecisionSerializer, responses=RFCDetailSerializer)
    def post(self, request: Request, number: int) -> Response:
        given = AskForDecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        moved = ask_for_decision(rfc=self.find(), actor=request.user, **given.validated_data)
        return Response(RFCDetailSerializer(moved).data)


class Looks(Found, APIView):
    """Ask people to read, not to decide; PUT says that one has read it."""

    @extend_schema(request=LookSerializer, responses={201: LooksSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = LookSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = ask_to_look(rfc=self.find(), actor=request.user, **given.validated_data)
        shown = LooksSerializer({"people": [look.person for look in asked]})
        return Response(shown.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, number: int) -> Response:
        looked(rfc=self.find(), actor=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Reaffirm(Found, APIView):
    """Repeat one's own approval for the newest revision, once its difference was read."""

    @extend_schema(request=ReaffirmSerializer, responses={201: PositionSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = ReaffirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = reaffirm(
            rfc=self.find(),
            actor=request.user,
            function=given.validated_data["function"],
            revision_number=given.validated_data["revision"],
        )
        return Response(PositionSerializer(made).data, status=status.HTTP_201_CREATED)


class CloseBlock(Found, APIView):
    """The blocker says that the block is resolved."""

    @extend_schema(request=CloseBlockSerializer, responses=PositionSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        blocks: QuerySet[Position] = self.find().positions.filter(stance="block")
        position = get_object_or_404(blocks, pk=pk)
        given = CloseBlockSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        closed = close_block(
            position=position, actor=request.user, note=given.validated_data["note"]
        )
        return Response(PositionSerializer(closed).data)


class NameRevision(Found, APIView):
    """Give a revision a name; without a number the newest text, published first if need be."""

    @extend_schema(request=RevisionNameSerializer, responses=RevisionSerializer)
    def post(self, request: Request, number: int) -> Response:
        given = RevisionNameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = given.validated_data
        made = name_revision(
            rfc=self.find(), actor=request.user, name=told["name"], number=told["revision"]
        )
        return Response(RevisionSerializer(made).data)


class GoesOn(Found, APIView):
    """Say that the RFC goes on, so that it does not expire."""

    @extend_schema(request=None, responses=RFCDetailSerializer)
    def post(self, request: Request, number: int) -> Response:
        return Response(RFCDetailSerializer(keep(rfc=self.find(), actor=request.user)).data)


class Queue(APIView):
    """Sections that await one's functions, longest waiting first."""

    @extend_schema(
        responses=WaitingSectionSerializer(many=True),
        parameters=[OpenApiParameter("function", str), OpenApiParameter("line", str)],
    )
    def get(self, request: Request) -> Response:
        told = {name: request.query_params.get(name, "")[:60] for name in ("function", "line")}
        rows = by_age(queue(request.user, **told))
        return Response(WaitingSectionSerializer(rows, many=True).data)


class Delegations(generics.ListCreateAPIView):
    """Who answers for me, for whom I answer; POST hands one of one's functions over."""

    serializer_class = DelegationSerializer
    filterset_class = None
    ordering = ("-ends_on", "-id")
    queryset = Delegation.objects.none()  # what the schema is made from

    def get_queryset(self) -> QuerySet[Delegation]:
        person = self.request.user
        own = Q(person=person) | Q(delegate=person)
        found: QuerySet[Delegation] = Delegation.objects.visible_to(person)
        return found.filter(own).select_related("person", "delegate").order_by("-ends_on", "-id")

    @extend_schema(request=NewDelegationSerializer, responses={201: DelegationSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewDelegationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = delegate(actor=request.user, **given.validated_data)
        return Response(DelegationSerializer(made).data, status=status.HTTP_201_CREATED)


class EndDelegation(APIView):
    """End a delegation before its day; what was answered stays."""

    @extend_schema(request=None, responses=DelegationSerializer)
    def post(self, request: Request, pk: int) -> Response:
        person = request.user
        own = Delegation.objects.visible_to(person).filter(Q(person=person) | Q(delegate=person))
        ended = end_delegation(actor=person, delegation=get_object_or_404(own, pk=pk))
        return Response(DelegationSerializer(ended).data)


class Health(APIView):
    """How reviews go, per team and per function, never per person."""

    @extend_schema(
        responses=ReviewHealthSerializer,
        parameters=[OpenApiParameter(name, str) for name in ("days", "idle", "team", "line")],
    )
    def get(self, request: Request) -> Response:
        form = HealthForm(request.query_params, person=request.user)
        form.is_valid()
        told: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value}
        found = review_health(request.user, Asked(**told))
        shown = {
            "asked": asdict(found.asked),
            "least_people": settings.REVIEW_HEALTH_LEAST_PEOPLE,
            "teams": found.teams,
            "functions": found.functions,
            "zombies": found.zombies,
        }
        return Response(ReviewHealthSerializer(shown).data)
