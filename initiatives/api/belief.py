"""API of belief: hypothesis, evidence, verdicts, promises, score."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from config.rest.related import IdOf, SlugOf
from config.rest.versions import sent_version
from initiatives.actions import belief as actions
from initiatives.actions.score import give_score_input, standing_of
from initiatives.api.found import OfInitiative
from initiatives.evidence_rules import strength
from initiatives.models import Evidence, Hypothesis, KpiPromise, ScoreInput, ValidationVerdict
from kpis.models import KPI


class KpiField(SlugOf):
    """A KPI by its number (the 3 of KPI-3)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="number", queryset=KPI.objects.all(), **options)


class HypothesisSerializer(serializers.ModelSerializer[Hypothesis]):
    kpi = KpiField()

    class Meta:
        model = Hypothesis
        fields = (
            "change",
            "audience",
            "kpi",
            "baseline",
            "target",
            "by_date",
            "pass_rule",
            "recorded_at",
            "frozen_at",
            "row_version",
        )
        read_only_fields = ("recorded_at", "frozen_at", "row_version")


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    collector = serializers.CharField(source="collector.name", read_only=True)
    strength = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = (
            "id",
            "finding",
            "method",
            "kind",
            "points",
            "origin",
            "collected_date",
            "sample",
            "from_customers",
            "quote",
            "link",
            "collector",
            "strength",
            "recorded_at",
            "note",
            "link_broken_at",
            "archived_at",
        )
        read_only_fields = ("note", "link_broken_at", "recorded_at", "archived_at")

    def get_strength(self, item: Evidence) -> str:
        return strength(item)


class VerdictSerializer(serializers.ModelSerializer[ValidationVerdict]):
    judge = serializers.CharField(source="judge.name", read_only=True)

    class Meta:
        model = ValidationVerdict
        fields = ("outcome", "reason", "judge", "at")
        read_only_fields = ("at",)


class PromiseSerializer(serializers.ModelSerializer[KpiPromise]):
    kpi = KpiField()

    class Meta:
        model = KpiPromise
        fields = ("id", "kpi", "low", "high", "by_date", "method", "locked_at", "row_version")
        read_only_fields = ("locked_at", "row_version")


class ScoreInputSerializer(serializers.ModelSerializer[ScoreInput]):
    low = serializers.DecimalField(14, 2, required=False)
    high = serializers.DecimalField(14, 2, required=False)
    author = serializers.CharField(source="author.name", read_only=True)
    version = serializers.CharField(read_only=True)
    evidence = IdOf(queryset=Evidence.objects.all(), required=False, allow_null=True)
    more_evidence = IdOf(queryset=Evidence.objects.all(), many=True, required=False)

    class Meta:
        model = ScoreInput
        fields = (
            "factor",
            "value",
            "low",
            "high",
            "sureness",
            "evidence",
            "more_evidence",
            "note",
            "author",
            "at",
            "version",
        )
        read_only_fields = ("at",)


class ScoreSerializer(serializers.Serializer[Any]):
    """The score, or what it lacks; an incomplete score is null, never zero. `why` says what the
    confidence was earned from, `parts` how much of it is measured, reported and assumed.
    """

    version = serializers.CharField()
    value = serializers.DecimalField(14, 2, allow_null=True, source="score.value")
    low = serializers.DecimalField(14, 2, allow_null=True, source="score.low")
    high = serializers.DecimalField(14, 2, allow_null=True, source="score.high")
    confidence = serializers.DecimalField(5, 2, allow_null=True, source="score.confidence")
    missing = serializers.ListField(child=serializers.CharField(), source="score.missing")
    reason = serializers.CharField(source="score.reason")
    why = serializers.ListField(child=serializers.CharField(), source="earned.why")
    parts = serializers.DictField(child=serializers.FloatField())
    stale = serializers.BooleanField()
    scored_at = serializers.DateTimeField(allow_null=True)
    inputs = serializers.SerializerMethodField()

    @extend_schema_field(ScoreInputSerializer(many=True))
    def get_inputs(self, basis: Any) -> Any:
        return ScoreInputSerializer(basis.inputs.values(), many=True).data


class HypothesisApi(OfInitiative):
    @extend_schema(responses=HypothesisSerializer)
    def get(self, request: Request, number: int) -> Response:
        found = get_object_or_404(Hypothesis, initiative=self.initiative)
        return self.answered(found, HypothesisSerializer, 200)

    @extend_schema(request=HypothesisSerializer, responses=HypothesisSerializer)
    def put(self, request: Request, number: int) -> Response:
        told = self.told(HypothesisSerializer)
        written = actions.state_hypothesis(
            initiative=self.initiative,
            actor=request.user,
            seen_version=sent_version(request),
            **told,
        )
        return self.answered(written, HypothesisSerializer, 200)


class EvidenceApi(OfInitiative):
    @extend_schema(responses=EvidenceSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.initiative.evidence.select_related("collector")
        return Response(EvidenceSerializer(rows, many=True).data)

    @extend_schema(request=EvidenceSerializer, responses={201: EvidenceSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(EvidenceSerializer)
        item = actions.record_evidence(initiative=self.initiative, actor=request.user, **told)
        return self.answered(item, EvidenceSerializer)


class VerdictApi(OfInitiative):
    @extend_schema(responses=VerdictSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.initiative.verdicts.select_related("judge")
        return Response(VerdictSerializer(rows, many=True).data)

    @extend_schema(request=VerdictSerializer, responses={201: VerdictSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(VerdictSerializer)
        given = actions.judge_evidence(initiative=self.initiative, actor=request.user, **told)
        return self.answered(given, VerdictSerializer)


class PromiseApi(OfInitiative):
    @extend_schema(responses=PromiseSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.initiative.promises.select_related("kpi")
        return Response(PromiseSerializer(rows, many=True).data)

    @extend_schema(request=PromiseSerializer, responses={201: PromiseSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(PromiseSerializer)
        made = actions.promise_kpi(initiative=self.initiative, actor=request.user, **told)
        return self.answered(made, PromiseSerializer)


class ScoreApi(OfInitiative):
    @extend_schema(responses=ScoreSerializer)
    def get(self, request: Request, number: int) -> Response:
        return Response(ScoreSerializer(standing_of(self.initiative)).data)

    @extend_schema(request=ScoreInputSerializer, responses={201: ScoreSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(ScoreInputSerializer)
        give_score_input(initiative=self.initiative, actor=request.user, **told)
        return Response(ScoreSerializer(standing_of(self.initiative)).data, status=201)
