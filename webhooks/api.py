"""The API of webhooks: what the pages do, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import PersonRef
from accounts.identity import signed_in
from accounts.models import BusinessLine
from config.rest.related import SlugOf
from config.rest.versions import Versioned, seen_version
from webhooks import actions
from webhooks.events import all_kinds
from webhooks.filters import DeliveryFilter
from webhooks.models import Attempt, Delivery, Endpoint, Outcome
from webhooks.queries import deliveries_of, endpoints_for
from webhooks.views import only_keepers, only_room_keepers

CREATED, ACCEPTED, NO_CONTENT = 201, 202, 204


class EndpointSerializer(serializers.ModelSerializer[Endpoint]):
    """A webhook. Its secret is not among what can be read."""

    id = serializers.UUIDField(source="public_id")
    line: Any = SlugOf(slug_field="slug", read_only=True)
    keeper = PersonRef()
    state = serializers.CharField(help_text="on, failing or off")
    waiting = serializers.IntegerField()
    missed = serializers.IntegerField()

    class Meta:
        model = Endpoint
        fields: tuple[str, ...] = (
            "id",
            "name",
            "url",
            "kinds",
            "line",
            "keeper",
            "state",
            "off_at",
            "off_because",
            "failing_since",
            "last_ok_at",
            "old_secret_until",
            "waiting",
            "missed",
            "created_at",
            "row_version",
        )


class MadeEndpointSerializer(EndpointSerializer):
    """A webhook with its secret, which is never answered again."""

    secret = serializers.CharField()

    class Meta(EndpointSerializer.Meta):
        fields = (*EndpointSerializer.Meta.fields, "secret")


class EndpointChangeSerializer(serializers.Serializer[Any]):
    """What can be changed."""

    name = serializers.CharField(max_length=80)
    url = serializers.URLField(max_length=500)
    kinds = serializers.ListField(child=serializers.CharField(max_length=60), allow_empty=False)


class NewEndpointSerializer(EndpointChangeSerializer):
    """A new webhook; without a line it is the company's."""

    line: Any = SlugOf(
        slug_field="slug", required=False, allow_null=True, queryset=BusinessLine.objects.none()
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            seen = BusinessLine.objects.visible_to(request.user).open()
            fields["line"].queryset = seen  # type: ignore[attr-defined]
        return fields


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """One time it was sent."""

    class Meta:
        model = Attempt
        fields = ("at", "url", "status", "milliseconds", "said")


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One event for this webhook; `id` is the `webhook-id` of every attempt."""

    id = serializers.UUIDField(source="message_id")
    event = serializers.CharField(source="kind")
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    next_try = serializers.DateTimeField(allow_null=True)
    attempts = AttemptSerializer(source="sent", many=True)

    class Meta:
        model = Delivery
        fields = ("id", "event", "told_at", "outcome", "next_try", "body", "attempts")


class KindSerializer(serializers.Serializer[Any]):
    """An event a webhook may ask for."""

    name = serializers.CharField()
    meaning = serializers.CharField(source="label")


class CountSerializer(serializers.Serializer[Any]):
    """How many are sent again."""

    count = serializers.IntegerField()


class Keeping(GenericAPIView):
    """For those who keep webhooks; what others keep does not exist for them."""

    queryset: QuerySet[Any] = Endpoint.objects.none()
    serializer_class: Any = EndpointSerializer
    # Whether it is about chat rooms.
    rooms = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        (only_room_keepers if self.rooms else only_keepers)(request.user)

    def kept(self) -> QuerySet[Endpoint]:
        """The webhooks, or the chat rooms, that one keeps."""
        return endpoints_for(self.request.user, rooms=self.rooms)

    def endpoint(self) -> Endpoint:
        """The webhook of the address, or 404."""
        return get_object_or_404(self.kept(), public_id=self.kwargs["public_id"])

    def shown(self, endpoint: Endpoint) -> Any:
        """How a webhook is answered, read anew."""
        shape = self.serializer_class
        return shape(self.kept().get(pk=endpoint.pk)).data

    def with_secret(self, endpoint: Endpoint, secret: str, address: str) -> Response:
        """The one answer that holds a secret; nobody keeps it."""
        headers = {"Cache-Control": "no-store", "Location": address}
        body = {**self.shown(endpoint), "secret": secret}
        return Response(body, status=CREATED, headers=headers)


class Endpoints(Keeping):
    """The webhooks one keeps; a new one, whose secret is answered this once."""

    @extend_schema(responses=EndpointSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(endpoints_for(request.user).order_by("-id"))
        return self.get_paginated_response(EndpointSerializer(page, many=True).data)

    @extend_schema(request=NewEndpointSerializer, responses={CREATED: MadeEndpointSerializer})
    def post(self, request: Request) -> Response:
        told = NewEndpointSerializer(data=request.data, context={"request": request})
        told.is_valid(raise_exception=True)
        made, secret = actions.register_endpoint(actor=signed_in(request), **told.validated_data)
        return self.with_secret(made, secret, f"{request.path}{made.public_id}/")


class OneEndpoint(Versioned, Keeping):
    """One webhook: read, changed with If-Match, removed with its log."""

    change_class: Any = EndpointChangeSerializer

    def change(self, **told: Any) -> Endpoint:
        """What PATCH does with what was told."""
        changed: Endpoint = actions.change_endpoint(endpoint=self.endpoint(), **told)
        return changed

    @extend_schema(responses=EndpointSerializer)
    def get(self, request: Request, public_id: Any) -> Response:
        endpoint = self.endpoint()
        return self.versioned_response(endpoint, self.shown(endpoint))

    @extend_schema(request=EndpointChangeSerializer(partial=True), responses=EndpointSerializer)
    def patch(self, request: Request, public_id: Any) -> Response:
        self.endpoint()
        told = self.change_class(data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        changed = self.change(
            actor=signed_in(request), seen_version=seen_version(request), **told.validated_data
        )
        return self.versioned_response(changed, self.shown(changed))

    @extend_schema(responses={NO_CONTENT: None})
    def delete(self, request: Request, public_id: Any) -> Response:
        actions.remove_endpoint(actor=signed_in(request), endpoint=self.endpoint())
        return Response(status=NO_CONTENT)


class Switch(Keeping):
    """Switch a webhook on or off."""

    on = True

    @extend_schema(request=None, responses=EndpointSerializer)
    def post(self, request: Request, public_id: Any) -> Response:
        row = actions.switch_endpoint(
            actor=signed_in(request), endpoint=self.endpoint(), on=self.on
        )
        return Response(self.shown(row))


class Secret(Keeping):
    """Another secret, answered this once; the one before stays valid for a while."""

    @extend_schema(request=None, responses={CREATED: MadeEndpointSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        row, secret = actions.new_endpoint_secret(
            actor=signed_in(request), endpoint=self.endpoint()
        )
        return self.with_secret(row, secret, request.path.removesuffix("secret/"))


class Test(Keeping):
    """Send a test; it appears among the deliveries."""

    @extend_schema(request=None, responses={ACCEPTED: DeliverySerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        made = actions.send_test(actor=signed_in(request), endpoint=self.endpoint())
        return Response(DeliverySerializer(made).data, status=ACCEPTED)


class Missed(Keeping):
    """Send again whatever was given up or not sent."""

    @extend_schema(request=None, responses={ACCEPTED: CountSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        count = actions.send_missed(actor=signed_in(request), endpoint=self.endpoint())
        return Response({"count": count}, status=ACCEPTED)


class Deliveries(Keeping):
    """What was sent to a webhook, newest first, with each attempt."""

    queryset = Delivery.objects.none()
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter

    @extend_schema(responses=DeliverySerializer(many=True))
    def get(self, request: Request, public_id: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(deliveries_of(self.endpoint())))
        return self.get_paginated_response(DeliverySerializer(page, many=True).data)


class Again(Keeping):
    """Send one delivery again, with the same id."""

    serializer_class = DeliverySerializer

    @extend_schema(request=None, responses={ACCEPTED: DeliverySerializer})
    def post(self, request: Request, public_id: Any, message_id: Any) -> Response:
        rows = Delivery.objects.filter(endpoint=self.endpoint())
        row = get_object_or_404(rows.select_related("endpoint__line"), message_id=message_id)
        sent = actions.send_again(actor=signed_in(request), delivery=row)
        return Response(DeliverySerializer(sent).data, status=ACCEPTED)


class Kinds(ListAPIView[Any]):
    """The events a webhook may ask for."""

    serializer_class = KindSerializer
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> Any:
        return all_kinds()
