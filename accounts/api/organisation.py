"""The API of the organisation: founding, changing, closing; roles; reporting."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.api.serializers import LineSerializer, PersonRef, TeamSerializer
from accounts.identity import signed_in
from accounts.models import (
    BusinessLine,
    Membership,
    Person,
    ReportingLine,
    Role,
    SubTeam,
    Team,
)
from config.rest.related import IdOf, SlugOf


class LineWrite(serializers.ModelSerializer):
    """A line as it is founded or changed."""

    class Meta:
        model = BusinessLine
        fields = ("name", "purpose", "time_zone")
        extra_kwargs: ClassVar[Any] = {"name": {"validators": []}}


class TeamWrite(serializers.ModelSerializer):
    """A team as it is added or renamed."""

    class Meta:
        model = Team
        fields = ("name",)


class SubTeamSerializer(serializers.ModelSerializer):
    """A sub-team: people of one function."""

    class Meta:
        model = SubTeam
        fields = ("id", "name", "function", "closed_at")
        read_only_fields = ("id", "closed_at")


class CloseWrite(serializers.Serializer):
    """Whether the roles held there end with it."""

    end_roles = serializers.BooleanField(required=False, default=False)


class HeldSerializer(serializers.ModelSerializer):
    """A role of the line, held now or before."""

    person = PersonRef(read_only=True)
    team: Any = SlugOf(slug_field="slug", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "person", "role", "team", "sub_team", "acting", "started_at", "last_date",
                  "ended_at")  # fmt: skip


class HeldWrite(serializers.Serializer):
    """A role as it is given. `move` ends the same kind of role in another team."""

    person: Any = IdOf(queryset=Person.objects.active())
    role = serializers.ChoiceField(choices=Role.choices)
    team: Any = SlugOf(
        slug_field="slug", queryset=Team.objects.all(), required=False, allow_null=True
    )
    sub_team: Any = IdOf(queryset=SubTeam.objects.all(), required=False, allow_null=True)
    acting = serializers.BooleanField(required=False, default=False)
    started = serializers.DateField(required=False, allow_null=True)
    last_date = serializers.DateField(required=False, allow_null=True)
    move = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        line = self.context["line"]
        team, sub_team = attrs.get("team"), attrs.get("sub_team")
        if team is not None and team.line_id != line.pk:
            raise serializers.ValidationError({"team": [f"There is no such team in {line}."]})
        if sub_team is not None and sub_team.team.line_id != line.pk:
            raise serializers.ValidationError({"sub_team": [f"There is no such one in {line}."]})
        return attrs


class ReportingSerializer(serializers.ModelSerializer):
    """Who answers for a function at a level, and to whom."""

    class Meta:
        model = ReportingLine
        fields = ("id", "function", "level", "responsible", "divisional", "functional")
        read_only_fields = ("id", "function", "level")


def find_line(request: Request, slug: str) -> BusinessLine:
    """The line of the address, or 404."""
    rows = BusinessLine.objects.visible_to(request.user).prefetch_related("teams")
    found: BusinessLine = get_object_or_404(rows, slug=slug)
    return found


def find_team(request: Request, slug: str) -> Team:
    """The team of the address, or 404."""
    rows = Team.objects.visible_to(request.user).select_related("line")
    found: Team = get_object_or_404(rows, slug=slug)
    return found


def find_sub_team(request: Request, pk: int) -> SubTeam:
    """The sub-team of the address, or 404."""
    rows = SubTeam.objects.visible_to(request.user).select_related("team__line")
    found: SubTeam = get_object_or_404(rows, pk=pk)
    return found


def told(serializer: Any, request: Request, **more: Any) -> dict[str, Any]:
    """What was sent, checked."""
    given = serializer(data=request.data, **more)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


class LineTeams(APIView):
    """Add a team to a line."""

    @extend_schema(request=TeamWrite, responses={201: TeamSerializer})
    def post(self, request: Request, slug: str) -> Response:
        line = find_line(request, slug)
        team = actions.add_team(actor=signed_in(request), line=line, **told(TeamWrite, request))
        return Response(TeamSerializer(team).data, status.HTTP_201_CREATED)


class TeamApi(APIView):
    """One team."""

    @extend_schema(responses=TeamSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(TeamSerializer(find_team(request, slug)).data)

    @extend_schema(request=TeamWrite, responses=TeamSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        team, changes = find_team(request, slug), told(TeamWrite, request, partial=True)
        saved = actions.change_place(actor=signed_in(request), place=team, **changes)
        return Response(TeamSerializer(saved).data)


class SubTeams(APIView):
    """The sub-teams of a team."""

    @extend_schema(responses=SubTeamSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        return Response(SubTeamSerializer(find_team(request, slug).sub_teams.all(), many=True).data)

    @extend_schema(request=SubTeamSerializer, responses={201: SubTeamSerializer})
    def post(self, request: Request, slug: str) -> Response:
        team, wanted = find_team(request, slug), told(SubTeamSerializer, request)
        made = actions.add_sub_team(actor=signed_in(request), team=team, **wanted)
        return Response(SubTeamSerializer(made).data, status.HTTP_201_CREATED)


class SubTeamApi(APIView):
    """One sub-team."""

    @extend_schema(request=SubTeamSerializer, responses=SubTeamSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        place, changes = find_sub_team(request, pk), told(SubTeamSerializer, request, partial=True)
        saved = actions.change_place(actor=signed_in(request), place=place, **changes)
        return Response(SubTeamSerializer(saved).data)


class PlaceAct(APIView):
    """Close a place, or open it again. Subclasses find it."""

    serializer: Any = LineSerializer
    act = "close"

    def find(self) -> Any:
        raise NotImplementedError

    def done(self, request: Request) -> Response:
        place, actor = self.find(), signed_in(request)
        if self.act == "close":
            saved = actions.close_place(actor=actor, place=place, **told(CloseWrite, request))
        else:
            saved = actions.reopen_place(actor=actor, place=place)
        return Response(self.serializer(saved).data)


class LineAct(PlaceAct):
    """Close a line."""

    def find(self) -> Any:
        return find_line(self.request, self.kwargs["slug"])

    @extend_schema(request=CloseWrite, responses=LineSerializer)
    def post(self, request: Request, slug: str) -> Response:
        return self.done(request)


class LineReopen(LineAct):
    """Open a line again."""

    act = "reopen"

    @extend_schema(request=None, responses=LineSerializer)
    def post(self, request: Request, slug: str) -> Response:
        return self.done(request)


class TeamAct(PlaceAct):
    """Close a team."""

    serializer = TeamSerializer

    def find(self) -> Any:
        return find_team(self.request, self.kwargs["slug"])

    @extend_schema(request=CloseWrite, responses=TeamSerializer)
    def post(self, request: Request, slug: str) -> Response:
        return self.done(request)


class TeamReopen(TeamAct):
    """Open a team again."""

    act = "reopen"

    @extend_schema(request=None, responses=TeamSerializer)
    def post(self, request: Request, slug: str) -> Response:
        return self.done(request)


class SubTeamAct(PlaceAct):
    """Close a sub-team."""

    serializer = SubTeamSerializer

    def find(self) -> Any:
        return find_sub_team(self.request, self.kwargs["pk"])

    @extend_schema(request=CloseWrite, responses=SubTeamSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request)


class SubTeamReopen(SubTeamAct):
    """Open a sub-team again."""

    act = "reopen"

    @extend_schema(request=None, responses=SubTeamSerializer)
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request)


class Roles(ListAPIView):
    """The roles held in a line now; a role is given by POST."""

    serializer_class = HeldSerializer
    queryset = Membership.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        line = find_line(self.request, self.kwargs["slug"])
        held = Membership.objects.filter(Q(line=line) | Q(team__line=line), ended_at=None)
        return held.select_related("person", "team").order_by("role", "person__name", "id")

    @extend_schema(request=HeldWrite, responses={201: HeldSerializer})
    def post(self, request: Request, slug: str) -> Response:
        line = find_line(request, slug)
        wanted = told(HeldWrite, request, context={"line": line})
        held = actions.add_membership(actor=signed_in(request), line=line, **wanted)
        return Response(HeldSerializer(held).data, status.HTTP_201_CREATED)


class RoleAct(APIView):
    """End a role, or take its end back."""

    act = "end"

    @extend_schema(request=None, responses=HeldSerializer)
    def post(self, request: Request, slug: str, pk: int) -> Response:
        line = find_line(request, slug)
        rows = Membership.objects.filter(Q(line=line) | Q(team__line=line))
        held = get_object_or_404(rows.distinct(), pk=pk)
        verb = actions.end_membership if self.act == "end" else actions.resume_membership
        return Response(HeldSerializer(verb(actor=signed_in(request), membership=held)).data)


class Reporting(ListAPIView):
    """Both lines of reporting of every function."""

    serializer_class = ReportingSerializer
    queryset = ReportingLine.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = ReportingLine.objects.visible_to(self.request.user)
        return found.order_by("ordinal", "level", "id")


class ReportingRow(APIView):
    """One function at one level; a circle is refused."""

    @extend_schema(request=ReportingSerializer, responses=ReportingSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        row = get_object_or_404(ReportingLine.objects.visible_to(request.user), pk=pk)
        changes = told(ReportingSerializer, request, partial=True)
        saved = actions.change_reporting(actor=signed_in(request), row=row, **changes)
        return Response(ReportingSerializer(saved).data)
