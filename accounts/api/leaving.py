"""The API of leaving: what somebody holds, and handing it over."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import end_sessions_of
from accounts.actions.coming_back import take_back_departure
from accounts.actions.leaving import FOR_ALL, see_off
from accounts.handover import held_by
from accounts.identity import signed_in
from accounts.models import Departure, HandedOver, Person
from accounts.permissions import may_see_off
from config.flow.errors import NotYours


class OpenWorkSerializer(serializers.Serializer[Any]):
    """Open work of one kind."""

    kind = serializers.CharField(source="holding.slug")
    words = serializers.CharField(source="holding.label")
    needs_successor = serializers.BooleanField(source="holding.must")
    pieces = serializers.SerializerMethodField()

    def get_pieces(self, held: Any) -> list[dict[str, str]]:
        return [{"title": title, "href": href} for title, href in held.pieces]


class LeaveWrite(serializers.Serializer[Any]):
    """A successor's id by kind of work; `everything` for the kinds that name none."""

    successors = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), required=False, default=dict
    )
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)


class PieceSerializer(serializers.ModelSerializer[HandedOver]):
    """One piece of work and who has it now."""

    class Meta:
        model = HandedOver
        fields = ("holding", "title", "href", "successor", "undone", "undo_said")


class DepartureSerializer(serializers.ModelSerializer[Departure]):
    """A leaving with what became of the work."""

    pieces = PieceSerializer(many=True)

    class Meta:
        model = Departure
        fields = (
            "id",
            "person",
            "by",
            "at",
            "note",
            "undo_until",
            "undone_at",
            "undone_by",
            "pieces",
        )


class EndedSerializer(serializers.Serializer[Any]):
    """How many sessions ended."""

    ended = serializers.IntegerField()


class SessionsEnd(APIView):
    """Every session of somebody ends; the person is told by mail."""

    @extend_schema(request=None, responses=EndedSerializer)
    def post(self, request: Request, pk: int) -> Response:
        person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
        return Response({"ended": end_sessions_of(actor=signed_in(request), person=person)})


class LeaveApi(APIView):
    """What somebody holds; POST hands it over and closes the account."""

    def find(self) -> Person:
        found: Person = get_object_or_404(
            Person.objects.visible_to(self.request.user), pk=self.kwargs["pk"]
        )
        if not may_see_off(self.request.user, found):
            raise NotYours(
                _("Somebody is seen off by administrators and the chief product officer.")
            )
        return found

    @extend_schema(responses=OpenWorkSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        return Response(OpenWorkSerializer(held_by(self.find()), many=True).data)

    @extend_schema(request=LeaveWrite, responses={201: DepartureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        person = self.find()
        given = LeaveWrite(data=request.data)
        given.is_valid(raise_exception=True)
        told: dict[str, int | None] = given.validated_data["successors"]
        kinds = {held.holding.slug for held in held_by(person)} | {FOR_ALL}
        people = Person.objects.active().in_bulk([pk for pk in told.values() if pk])
        strange = [k for k, who in told.items() if k not in kinds or (who and who not in people)]
        if strange:
            said = _("No such kind of work, or nobody of that id who can sign in: %s.")
            raise serializers.ValidationError({"successors": [said % ", ".join(strange)]})
        successors = {k: people[who] if who else None for k, who in told.items()}
        made = see_off(
            actor=signed_in(request), person=person, successors=successors,
            note=given.validated_data["note"],
        )  # fmt: skip
        return Response(DepartureSerializer(made).data, status.HTTP_201_CREATED)


class DepartureApi(APIView):
    """A leaving with what became of the work."""

    def find(self) -> Departure:
        rows = Departure.objects.filter(person__in=Person.objects.visible_to(self.request.user))
        found: Departure = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @extend_schema(responses=DepartureSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(DepartureSerializer(self.find()).data)


class UndoApi(DepartureApi):
    """Take a leaving back within 14 days; each piece says whether it went back."""

    http_method_names = ("post", "options")

    @extend_schema(request=None, responses=DepartureSerializer)
    def post(self, request: Request, pk: int) -> Response:
        done = take_back_departure(actor=signed_in(request), departure=self.find())
        return Response(DepartureSerializer(done).data)
