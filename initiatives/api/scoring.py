"""API of scoring: frameworks, what lines use, sessions. Numbers of others stay blind here as well."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import BusinessLine, Person
from config.rest.related import SlugOf
from config.rest.steps import ListSteps, TakeStepApi
from initiatives.actions import framework as frameworks_actions
from initiatives.actions import session as actions
from initiatives.estimates import Estimate
from initiatives.filters_ranking import SessionFilter
from initiatives.models import (
    FrameworkVersion,
    Initiative,
    ScoringFramework,
    ScoringSession,
    SessionItem,
    SessionSeat,
)
from initiatives.queries.scoring import frameworks, version_for
from initiatives.queries.session import own_scores, sessions_for, table_of


class FrameworkInputSerializer(serializers.Serializer[Any]):
    """One input of a framework."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the word is the API's
    unit = serializers.CharField(required=False, allow_blank=True)
    help = serializers.CharField(required=False, allow_blank=True)
    low = serializers.DecimalField(14, 2, required=False, allow_null=True)
    high = serializers.DecimalField(14, 2, required=False, allow_null=True)
    steps = serializers.ListField(child=serializers.DecimalField(14, 2), required=False)


class FrameworkVersionSerializer(serializers.ModelSerializer[FrameworkVersion]):
    """A published version; POST publishes the next one."""

    inputs = FrameworkInputSerializer(many=True)
    published_by = serializers.CharField(source="published_by.name", read_only=True, default=None)

    class Meta:
        model = FrameworkVersion
        fields = (
            "number",
            "formula",
            "inputs",
            "across",
            "up",
            "note",
            "published_by",
            "published_at",
        )
        read_only_fields = ("number", "published_at")

    def told(self) -> dict[str, Any]:
        """What publishing wants, the inputs as the framework keeps them."""
        told = dict(self.validated_data)
        told["inputs"] = [_kept(each) for each in told["inputs"]]
        return told


def _kept(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {k: told.get(k, "") for k in ("name", "label", "unit", "help")}
    for end in ("low", "high"):
        value = told.get(end)
        found[end] = None if value is None else f"{value.normalize():f}"
    if told.get("steps"):
        found |= {"steps": [f"{s.normalize():f}" for s in told["steps"]], "low": None, "high": None}
    return found


class FrameworkSerializer(serializers.ModelSerializer[ScoringFramework]):
    """A framework with all its versions, the newest first."""

    versions = FrameworkVersionSerializer(many=True, read_only=True)

    class Meta:
        model = ScoringFramework
        fields = ("slug", "name", "description", "active", "shipped", "versions")


class FrameworkListApi(generics.ListAPIView[ScoringFramework]):
    """Every framework."""

    serializer_class = FrameworkSerializer
    queryset = ScoringFramework.objects.none()

    def get_queryset(self) -> Any:
        return frameworks()


class FrameworkApi(APIView):
    """One framework; POST publishes its next version."""

    def find(self) -> ScoringFramework:
        found: ScoringFramework = get_object_or_404(frameworks(), slug=self.kwargs["slug"])
        return found

    @extend_schema(responses=FrameworkSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(FrameworkSerializer(self.find()).data)

    @extend_schema(request=FrameworkVersionSerializer, responses={201: FrameworkVersionSerializer})
    def post(self, request: Request, slug: str) -> Response:
        told = FrameworkVersionSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        made = frameworks_actions.publish_version(
            framework=self.find(), actor=request.user, **told.told()
        )
        return Response(FrameworkVersionSerializer(made).data, status=201)


class LineScoringSerializer(serializers.Serializer[Any]):
    """What a line scores with."""

    framework = SlugOf(slug_field="slug", queryset=ScoringFramework.objects.all())


class LineScoringApi(APIView):
    """What a line scores with; PUT chooses."""

    @extend_schema(responses=LineScoringSerializer)
    def get(self, request: Request, line: str) -> Response:
        found = self._line(line)
        return Response({"framework": version_for(found.pk).framework.slug})

    @extend_schema(request=LineScoringSerializer, responses=LineScoringSerializer)
    def put(self, request: Request, line: str) -> Response:
        told = LineScoringSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        chosen = frameworks_actions.choose_framework(
            line=self._line(line), actor=request.user, **told.validated_data
        )
        return Response({"framework": chosen.framework.slug})

    def _line(self, slug: str) -> BusinessLine:
        found: BusinessLine = get_object_or_404(
            BusinessLine.objects.visible_to(self.request.user), slug=slug
        )
        return found


class SessionSeatSerializer(serializers.ModelSerializer[SessionSeat]):
    """Who sits at the table and who has finished; never what."""

    person = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = SessionSeat
        fields = ("person", "seated_at", "done_at", "left_at")


class SessionItemSerializer(serializers.ModelSerializer[SessionItem]):
    initiative = serializers.CharField(source="initiative.key", read_only=True)
    title = serializers.CharField(source="initiative.title", read_only=True)

    class Meta:
        model = SessionItem
        fields = ("id", "initiative", "title", "note", "agreed_at")


class SessionSerializer(serializers.ModelSerializer[ScoringSession]):
    """A session; who writes it names numbers of initiatives and addresses of people."""

    line = SlugOf(slug_field="slug", queryset=BusinessLine.objects.all())
    state = serializers.CharField(source="phase", read_only=True)
    version = serializers.CharField(read_only=True)
    facilitator = serializers.CharField(source="facilitator.name", read_only=True)
    initiatives = SlugOf(
        slug_field="number", queryset=Initiative.objects.all(), many=True, write_only=True
    )
    people = SlugOf(
        slug_field="email",
        queryset=Person.objects.active(),
        many=True,
        write_only=True,
        required=False,
    )
    items = SessionItemSerializer(many=True, read_only=True)
    seats = SessionSeatSerializer(many=True, read_only=True)

    class Meta:
        model = ScoringSession
        fields = (
            "id",
            "line",
            "period",
            "state",
            "version",
            "facilitator",
            "created_at",
            "initiatives",
            "people",
            "items",
            "seats",
        )
        read_only_fields = ("created_at",)


class SessionListApi(generics.ListAPIView[ScoringSession]):
    """Scoring sessions; POST starts one."""

    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    queryset = ScoringSession.objects.none()

    def get_queryset(self) -> Any:
        return sessions_for(self.request.user).prefetch_related(
            "items__initiative", "seats__person"
        )

    @extend_schema(request=SessionSerializer, responses={201: SessionSerializer})
    def post(self, request: Request) -> Response:
        told = SessionSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        made = actions.start_session(actor=request.user, **told.validated_data)
        return Response(SessionSerializer(made).data, status=201)


class FindSession:
    """The session with the id in the address."""

    request: Any
    kwargs: Any

    def find(self) -> Any:
        rows = sessions_for(self.request.user)
        return get_object_or_404(
            rows.prefetch_related("items__initiative", "seats__person"), pk=self.kwargs["pk"]
        )

    def answer(self, row: Any) -> Any:
        return SessionSerializer(row).data


class SessionApi(FindSession, generics.GenericAPIView[ScoringSession]):
    """One session; POST sits down, DELETE leaves the table (the scores stay)."""

    serializer_class = SessionSerializer
    queryset = ScoringSession.objects.none()

    def get(self, request: Request, pk: int) -> Response:
        return Response(self.answer(self.find()))

    @extend_schema(operation_id="scoring_sessions_join", request=None, responses=SessionSerializer)
    def post(self, request: Request, pk: int) -> Response:
        session = self.find()
        actions.join_session(session=session, actor=request.user)
        return Response(self.answer(session))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        actions.leave_session(session=self.find(), actor=request.user)
        return Response(status=204)


class GivenSerializer(serializers.Serializer[Any]):
    """One number of one's own; a null value takes it back."""

    item = serializers.IntegerField()
    factor = serializers.CharField(max_length=40)
    value = serializers.DecimalField(14, 2, allow_null=True)
    low = serializers.DecimalField(14, 2, required=False, allow_null=True)
    high = serializers.DecimalField(14, 2, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        value = attrs["value"]
        if value is None:
            return attrs
        low = value if attrs.get("low") is None else attrs["low"]
        high = value if attrs.get("high") is None else attrs["high"]
        if not low <= value <= high:
            raise serializers.ValidationError("The value must lie inside its range.")
        return {**attrs, "low": low, "high": high}


class ScoresSerializer(serializers.Serializer[Any]):
    """One's own numbers; `done` says that one has finished."""

    scores = GivenSerializer(many=True)
    done = serializers.BooleanField(default=False)


class SessionScoresApi(FindSession, APIView):
    """One's own numbers in a session; nobody else's, whoever asks."""

    @extend_schema(responses=ScoresSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(self._mine(self.find()))

    @extend_schema(request=ScoresSerializer, responses=ScoresSerializer)
    def put(self, request: Request, pk: int) -> Response:
        told = ScoresSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        session = self.find()
        actions.give_session_scores(
            session=session,
            actor=request.user,
            scores={(g["item"], g["factor"]): _estimate(g) for g in told.validated_data["scores"]},
            done=told.validated_data["done"],
        )
        return Response(self._mine(session))

    def _mine(self, session: ScoringSession) -> dict[str, Any]:
        given = own_scores(session, self.request.user)
        rows = [
            {"item": item, "factor": factor, "value": e.value, "low": e.low, "high": e.high}
            for (item, factor), e in given.items()
        ]
        seat = session.seats.filter(person=self.request.user.pk).first()
        done = bool(seat and seat.done_at)
        return dict(ScoresSerializer({"scores": rows, "done": done}).data)


def _estimate(given: dict[str, Any]) -> Estimate | None:
    if given["value"] is None:
        return None
    return Estimate(given["value"], given["low"], given["high"])


class SessionTableSerializer(serializers.Serializer[Any]):
    """What lies on the table after the reveal. Before it there is nothing to see here (409)."""

    sentence = serializers.CharField(source="stability.sentence")
    items = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_items(self, table: Any) -> Any:
        return [_item(view) for view in table.items]


def _item(view: Any) -> dict[str, Any]:
    scores = view.scores
    return {
        "id": view.item.pk,
        "initiative": view.initiative.key,
        "score": str(scores.middle) if scores else None,
        "low": str(scores.low) if scores else None,
        "high": str(scores.high) if scores else None,
        "could_be": view.reach,
        "disagreement_percent": view.apart,
        "agreed_at": view.item.agreed_at,
        "voices": [
            {"person": seat.person.name, "factor": factor.name, "value": str(estimate.value),
             "low": str(estimate.low), "high": str(estimate.high)}
            for factor in view.factors
            for seat, estimate in factor.voices
            if estimate is not None
        ],
    }  # fmt: skip


class SessionTableApi(FindSession, APIView):
    """Everybody's numbers, once the facilitator revealed them."""

    @extend_schema(responses=SessionTableSerializer)
    def get(self, request: Request, pk: int) -> Response:
        session = self.find()
        actions.must_be_revealed(session)
        return Response(SessionTableSerializer(table_of(session, request.user)).data)


class AgreeSerializer(serializers.Serializer[Any]):
    """What the table agreed on for one item."""

    values = GivenSerializer(many=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class AgreeApi(FindSession, APIView):
    """Write down what was agreed for one item; each `item` inside is ignored."""

    @extend_schema(request=AgreeSerializer, responses=SessionItemSerializer)
    def post(self, request: Request, pk: int, item: int) -> Response:
        told = AgreeSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        rows = SessionItem.objects.select_related("session", "initiative")
        found = get_object_or_404(rows, session=self.find(), pk=item)
        values = {g["factor"]: e for g in told.validated_data["values"] if (e := _estimate(g))}
        agreed = actions.agree_on(
            item=found, actor=request.user, values=values, note=told.validated_data["note"]
        )
        return Response(SessionItemSerializer(agreed).data)


class SessionSteps(FindSession, ListSteps):
    """Every step of the session from here."""


class TakeSessionStepApi(FindSession, TakeStepApi):
    """Take one step of the session."""
