"""The API of chat rooms: what the pages do, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.identity import signed_in
from accounts.models import BusinessLine, Team
from config.rest.related import SlugOf
from webhooks import actions, api
from webhooks.api import CREATED, EndpointSerializer, Keeping
from webhooks.filters import RoomDeliveryFilter
from webhooks.models import ROOM_FORMS, Endpoint


class RoomSerializer(EndpointSerializer):
    """A chat room. `url` says where its address leads; the address itself cannot be read."""

    chat = serializers.ChoiceField(source="form", choices=ROOM_FORMS)
    team: Any = SlugOf(slug_field="slug", read_only=True)
    # Cut short, so no longer an address.
    url = serializers.CharField(read_only=True)

    class Meta:
        model = Endpoint
        fields = (
            "id",
            "name",
            "chat",
            "url",
            "kinds",
            "with_titles",
            "line",
            "team",
            "keeper",
            "state",
            "off_at",
            "off_because",
            "failing_since",
            "last_ok_at",
            "waiting",
            "missed",
            "created_at",
            "row_version",
        )


class RoomChangeSerializer(serializers.Serializer[Any]):
    """What can be changed. `kinds` are chat.decisions and chat.heartbeat."""

    name = serializers.CharField(max_length=80)
    chat = serializers.ChoiceField(source="form", choices=ROOM_FORMS)
    address = serializers.URLField(max_length=500, write_only=True)
    kinds = serializers.ListField(child=serializers.CharField(max_length=60), allow_empty=False)
    with_titles = serializers.BooleanField(required=False)


class NewRoomSerializer(RoomChangeSerializer):
    """A new room of a line, or of one team of it."""

    line: Any = SlugOf(slug_field="slug", queryset=BusinessLine.objects.none())
    team: Any = SlugOf(
        slug_field="slug", required=False, allow_null=True, queryset=Team.objects.none()
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            lines = BusinessLine.objects.visible_to(request.user).open()
            fields["line"].queryset = lines  # type: ignore[attr-defined]
            fields["team"].queryset = Team.objects.visible_to(request.user).open()  # type: ignore[attr-defined]
        return fields


class Rooms(Keeping):
    """The chat rooms one keeps; a new one."""

    rooms = True
    serializer_class = RoomSerializer

    @extend_schema(responses=RoomSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.kept().order_by("-id"))
        return self.get_paginated_response(RoomSerializer(page, many=True).data)

    @extend_schema(request=NewRoomSerializer, responses={CREATED: RoomSerializer})
    def post(self, request: Request) -> Response:
        told = NewRoomSerializer(data=request.data, context={"request": request})
        told.is_valid(raise_exception=True)
        made = actions.register_room(actor=signed_in(request), **told.validated_data)
        headers = {"Location": f"{request.path}{made.public_id}/"}
        return Response(self.shown(made), status=CREATED, headers=headers)


class OneRoom(api.OneEndpoint):
    """One chat room: read, changed with If-Match, removed with its log."""

    rooms = True
    serializer_class = RoomSerializer
    change_class = RoomChangeSerializer

    def change(self, **told: Any) -> Endpoint:
        """What PATCH does with what was told."""
        changed: Endpoint = actions.change_room(room=self.endpoint(), **told)
        return changed

    @extend_schema(responses=RoomSerializer)
    def get(self, request: Request, public_id: Any) -> Response:
        return super().get(request, public_id)

    @extend_schema(request=RoomChangeSerializer(partial=True), responses=RoomSerializer)
    def patch(self, request: Request, public_id: Any) -> Response:
        return super().patch(request, public_id)


class Switch(api.Switch):
    """Switch a chat room on or off."""

    rooms = True
    serializer_class = RoomSerializer

    @extend_schema(request=None, responses=RoomSerializer)
    def post(self, request: Request, public_id: Any) -> Response:
        return super().post(request, public_id)


class Test(api.Test):
    """Send a test; it appears among the deliveries."""

    rooms = True


class Missed(api.Missed):
    """Send again whatever was given up or not sent."""

    rooms = True


class Deliveries(api.Deliveries):
    """What was said to a chat room, newest first, with each attempt."""

    rooms = True
    filterset_class = RoomDeliveryFilter


class Again(api.Again):
    """Say something again, with the same id."""

    rooms = True
