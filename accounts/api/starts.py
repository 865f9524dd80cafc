"""The API of start-ups: a line that begins, its order of filling roles, its decision."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.api.organisation import told
from accounts.api.serializers import LineSerializer, PersonRef
from accounts.identity import signed_in
from accounts.models import BusinessLine, Person, Role, StartUp
from config.rest.related import IdOf, SlugOf
from config.rest.steps import ListSteps, TakeStepApi


class StartWrite(serializers.ModelSerializer):
    """A line that starts with a product manager in every role. `move` ends the role elsewhere."""

    product_manager: Any = IdOf(queryset=Person.objects.active())
    team = serializers.CharField(required=False, default="", max_length=120)
    backfill_order = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices), required=False, default=list
    )
    move = serializers.BooleanField(required=False, default=False)

    class Meta:
        model = BusinessLine
        fields = ("name", "purpose", "time_zone", "product_manager", "team", "backfill_order",
                  "move")  # fmt: skip
        extra_kwargs: ClassVar[Any] = {"name": {"validators": []}}


class OrderWrite(serializers.Serializer):
    """Roles in the order in which they are filled."""

    backfill_order = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices))


class StartSerializer(serializers.ModelSerializer):
    """Where a start-up stands."""

    line: Any = SlugOf(slug_field="slug", read_only=True)
    product_manager = PersonRef(read_only=True)
    backfill_order = serializers.ListField(source="line.backfill_order", read_only=True)

    class Meta:
        model = StartUp
        fields = ("line", "phase", "product_manager", "leadership", "backfill_order", "evidence",
                  "decided_at", "flow_version")  # fmt: skip
        read_only_fields = fields


class StartLineApi(APIView):
    """Start a line as a start-up."""

    @extend_schema(request=StartWrite, responses={201: LineSerializer})
    def post(self, request: Request) -> Response:
        line = actions.start_line(actor=signed_in(request), **told(StartWrite, request))
        return Response(LineSerializer(line).data, status.HTTP_201_CREATED)


def find_start(request: Request, slug: str) -> StartUp:
    """The start of the line, or 404."""
    rows = StartUp.objects.visible_to(request.user).select_related("line", "product_manager")
    found: StartUp = get_object_or_404(rows, line__slug=slug)
    return found


class StartApi(APIView):
    """Where the start of a line stands; PATCH declares the order of filling roles."""

    @extend_schema(responses=StartSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(StartSerializer(find_start(request, slug)).data)

    @extend_schema(request=OrderWrite, responses=StartSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        start = find_start(request, slug)
        wanted = told(OrderWrite, request)
        start.line = actions.declare_order(actor=signed_in(request), line=start.line, **wanted)
        return Response(StartSerializer(start).data)


class StartSteps(ListSteps):
    """Every step of a start-up from here, with what each still lacks."""

    def find(self) -> StartUp:
        return find_start(self.request, self.kwargs["slug"])


class StartStepApi(TakeStepApi):
    """Take a step of a start-up."""

    def find(self) -> StartUp:
        return find_start(self.request, self.kwargs["slug"])
