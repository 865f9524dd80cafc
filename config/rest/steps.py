"""The API of steps: `GET <object>/steps/` explains, `POST <object>/steps/<step>/` takes one."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.flow.models import StatefulModel
from config.flow.steps import StepView, steps
from config.flow.telling import take_told


class MissingSerializer(serializers.Serializer):
    """One missing thing."""

    sentence = serializers.CharField()
    link = serializers.CharField()
    mender = serializers.CharField()


class RequirementSerializer(serializers.Serializer):
    """One gate as seen for this object."""

    gate = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    verdict = serializers.ChoiceField(choices=["met", "missing", "waived"])
    seen = serializers.CharField()
    missing = MissingSerializer(many=True)


class AskSerializer(serializers.Serializer):
    """Something the step needs to be told."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    kind = serializers.CharField()
    help = serializers.CharField()


class StepSerializer(serializers.Serializer):
    """A step from here."""

    step = serializers.CharField(source="name")
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    from_state = serializers.CharField()
    to_state = serializers.CharField()
    direction = serializers.CharField()
    permitted = serializers.BooleanField()
    open = serializers.BooleanField()
    belongs_to = serializers.CharField()
    who = serializers.ListField(child=serializers.CharField())
    needs_note = serializers.BooleanField(source="note")
    asks = AskSerializer(many=True)
    requirements = RequirementSerializer(many=True)


class TakeStepSerializer(serializers.Serializer):
    """What a step may be told; each step names its own `asks`."""

    note = serializers.CharField(required=False, allow_blank=True, default="")
    flow_version = serializers.IntegerField(required=False)


class StepsView(APIView):
    """Subclasses give `find()` and `answer(row)`."""

    def find(self) -> StatefulModel:
        """The row named in the address, visible to the caller, or 404."""
        raise NotImplementedError

    def answer(self, row: Any) -> Any:
        """The moved row as the object's own address shows it."""
        return {"key": row.key, "state": row.state, "flow_version": row.flow_version}


class ListSteps(StepsView):
    """Every step from here, with what each still lacks."""

    @extend_schema(responses=StepSerializer(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        found: list[StepView] = steps(self.find(), request.user)
        return Response(StepSerializer(found, many=True).data)


class TakeStepApi(StepsView):
    """Take one step; 403 not yours, 409 wrong state or gates unmet with `missing`."""

    @extend_schema(request=TakeStepSerializer, responses={200: OpenApiTypes.OBJECT})
    def post(self, request: Request, step: str, **kwargs: Any) -> Response:
        given = request.data if isinstance(request.data, dict) else {}
        moved = take_told(self.find(), step, actor=request.user, given=given)
        return Response(self.answer(moved))
