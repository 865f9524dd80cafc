"""API of coordination: lines and their answers, referrals, rankings."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import BusinessLine, Person
from config.rest.related import SlugOf
from config.rest.steps import ListSteps, TakeStepApi
from initiatives.actions import ranking as ranking_actions
from initiatives.actions.referral import answer_for_line
from initiatives.api.found import OfInitiative
from initiatives.filters_ranking import RankingFilter
from initiatives.filters_referral import ReferralFilter
from initiatives.models import (
    Initiative,
    InitiativeLine,
    Lane,
    LineCondition,
    Ranking,
    RankingEntry,
    Referral,
)
from initiatives.queries.coordination import referrals_for
from initiatives.queries.ranking import rankings_for
from kpis.models import KPI


class ConditionSerializer(serializers.ModelSerializer[LineCondition]):
    """A condition of a line, open until it is closed."""

    closed_by = serializers.CharField(source="closed_by.name", read_only=True, default=None)

    class Meta:
        model = LineCondition
        fields = ("id", "text", "added_at", "closed_at", "closed_by", "closing_note")


class LineShareSerializer(serializers.ModelSerializer[InitiativeLine]):
    line: Any = SlugOf(slug_field="slug", read_only=True)
    person = SlugOf(
        slug_field="email", queryset=Person.objects.all(), required=False, allow_null=True
    )
    kpi = SlugOf(slug_field="number", queryset=KPI.objects.all(), required=False, allow_null=True)
    answered_by = serializers.CharField(source="answered_by.name", read_only=True, default=None)
    conditions = ConditionSerializer(many=True, read_only=True)
    set_conditions = serializers.ListField(
        child=serializers.CharField(max_length=500), write_only=True, required=False
    )

    class Meta:
        model = InitiativeLine
        fields = (
            "line",
            "answer",
            "note",
            "person",
            "kpi",
            "capacity_points",
            "conditions",
            "set_conditions",
            "answered_by",
            "answered_at",
        )
        read_only_fields = ("answered_at",)
        extra_kwargs: ClassVar[dict[str, Any]] = {"answer": {"required": True}}


class AnswerApi(OfInitiative):
    """One line's own answer."""

    @extend_schema(request=LineShareSerializer, responses=LineShareSerializer)
    def put(self, request: Request, number: int, line: str) -> Response:
        share = get_object_or_404(
            self.initiative.lines.select_related("line", "initiative"), line__slug=line
        )
        told = self.told(LineShareSerializer)
        conditions = told.pop("set_conditions", None)
        given = answer_for_line(share=share, actor=request.user, conditions=conditions, **told)
        return self.answered(given, LineShareSerializer, 200)


class ReferralSerializer(serializers.ModelSerializer[Referral]):
    initiative = serializers.CharField(source="initiative.key", read_only=True)
    state = serializers.CharField(source="phase", read_only=True)
    coordinator = serializers.CharField(source="coordinator.name", read_only=True, default=None)
    lines = LineShareSerializer(source="initiative.lines", many=True, read_only=True)

    class Meta:
        model = Referral
        fields = ("initiative", "state", "asked_at", "due_date", "coordinator", "lines")


class ReferralListApi(generics.ListAPIView[Referral]):
    """Referrals, the most urgent first."""

    serializer_class = ReferralSerializer
    filterset_class = ReferralFilter
    queryset = Referral.objects.none()

    def get_queryset(self) -> Any:
        return referrals_for(self.request.user).prefetch_related(
            "initiative__lines__answered_by", "initiative__lines__conditions__closed_by"
        )


class FindReferral:
    """The referral of the initiative in the address."""

    request: Any
    kwargs: Any

    def find(self) -> Any:
        rows = Referral.objects.visible_to(self.request.user).select_related("initiative")
        return get_object_or_404(rows, initiative__number=self.kwargs["number"])

    def answer(self, row: Any) -> Any:
        return ReferralSerializer(row).data


class ReferralSteps(FindReferral, ListSteps):
    """Every step of the referral from here."""


class TakeReferralStep(FindReferral, TakeStepApi):
    """Take one step of the referral."""


class RankingEntrySerializer(serializers.ModelSerializer[RankingEntry]):
    initiative = SlugOf(slug_field="number", queryset=Initiative.objects.all())
    lane = serializers.CharField(source="lane.name", read_only=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = RankingEntry
        fields = (
            "id",
            "initiative",
            "lane",
            "position",
            "points",
            "score",
            "score_low",
            "score_high",
            "version",
            "departure_reason",
        )
        read_only_fields = ("position", "score", "score_low", "score_high", "departure_reason")


class RankingLaneSerializer(serializers.ModelSerializer[Lane]):
    class Meta:
        model = Lane
        fields = ("id", "name", "share_percent")


class RankingSerializer(serializers.ModelSerializer[Ranking]):
    line = SlugOf(slug_field="slug", queryset=BusinessLine.objects.all())
    state = serializers.CharField(source="phase", read_only=True)
    lanes = RankingLaneSerializer(many=True, read_only=True)
    entries = RankingEntrySerializer(many=True, read_only=True)
    pm_signed_by = serializers.CharField(source="pm_signed_by.name", read_only=True, default=None)
    bl_signed_by = serializers.CharField(source="bl_signed_by.name", read_only=True, default=None)

    class Meta:
        model = Ranking
        fields = (
            "id",
            "line",
            "period",
            "revision",
            "state",
            "capacity_points",
            "complete_declared_date",
            "sources_asked",
            "sources_silent",
            "pm_signed_by",
            "pm_signed_at",
            "bl_signed_by",
            "bl_signed_at",
            "row_version",
            "lanes",
            "entries",
        )
        read_only_fields = (
            "revision",
            "complete_declared_date",
            "sources_asked",
            "sources_silent",
            "pm_signed_at",
            "bl_signed_at",
            "row_version",
        )
        # The revision is counted by the action, so a period may be drafted again.
        validators = ()


class RankingListApi(generics.ListAPIView[Ranking]):
    """Rankings; POST opens a draft."""

    serializer_class = RankingSerializer
    filterset_class = RankingFilter
    queryset = Ranking.objects.none()

    def get_queryset(self) -> Any:
        return rankings_for(self.request.user).prefetch_related(
            "lanes", "entries__lane", "entries__initiative", "entries__version__framework"
        )

    @extend_schema(request=RankingSerializer, responses={201: RankingSerializer})
    def post(self, request: Request) -> Response:
        serializer = RankingSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        draft = ranking_actions.draft_ranking(actor=request.user, **serializer.validated_data)
        return Response(RankingSerializer(draft).data, status=201)


class FindRanking:
    """The ranking with the id in the address."""

    request: Any
    kwargs: Any

    def find(self) -> Any:
        return get_object_or_404(rankings_for(self.request.user), pk=self.kwargs["pk"])

    def answer(self, row: Any) -> Any:
        return RankingSerializer(row).data


class RankingApi(FindRanking, generics.GenericAPIView[Ranking]):
    """One ranking; POST adds an entry."""

    serializer_class = RankingSerializer
    queryset = Ranking.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        return Response(self.answer(self.find()))

    @extend_schema(
        operation_id="rankings_add_entry",
        request=RankingEntrySerializer,
        responses={201: RankingEntrySerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        serializer = RankingEntrySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        entry = ranking_actions.add_to_ranking(
            ranking=self.find(), actor=request.user, **serializer.validated_data
        )
        return Response(RankingEntrySerializer(entry).data, status=201)


class DeclareSerializer(serializers.Serializer[Any]):
    """Sources asked and, of these, silent (short names)."""

    asked = serializers.ListField(child=serializers.SlugField())
    silent = serializers.ListField(child=serializers.SlugField(), required=False, default=list)


class DeclareApi(FindRanking, generics.GenericAPIView[Ranking]):
    """Declare the set complete."""

    serializer_class = DeclareSerializer

    @extend_schema(request=DeclareSerializer, responses=RankingSerializer)
    def post(self, request: Request, pk: int) -> Response:
        serializer = DeclareSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        ranking = ranking_actions.declare_complete(
            ranking=self.find(), actor=request.user, **serializer.validated_data
        )
        return Response(self.answer(ranking))


class SignApi(FindRanking, generics.GenericAPIView[Ranking]):
    """Sign the order."""

    serializer_class = RankingSerializer

    @extend_schema(request=None, responses=RankingSerializer)
    def post(self, request: Request, pk: int) -> Response:
        ranking = ranking_actions.sign_ranking(ranking=self.find(), actor=request.user)
        return Response(self.answer(ranking))


class RankingSteps(FindRanking, ListSteps):
    """Every step of the ranking from here."""


class TakeRankingStep(FindRanking, TakeStepApi):
    """Take one step of the ranking."""
