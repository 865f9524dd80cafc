"""Views of the API of people, lines and teams."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions import change_place, change_settings, found_line
from accounts.api.organisation import LineWrite, told
from accounts.api.serializers import (
    LineSerializer,
    MeSerializer,
    PersonSerializer,
    TeamSerializer,
)
from accounts.filters import PersonFilter, TeamFilter
from accounts.identity import signed_in
from accounts.models import BusinessLine, Person, Team
from accounts.queries import people_for


class Me(GenericAPIView):
    """Oneself."""

    serializer_class = MeSerializer
    queryset = Person.objects.none()

    def get(self, request: Request) -> Response:
        return Response(MeSerializer(request.user).data)

    def patch(self, request: Request) -> Response:
        told = MeSerializer(request.user, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        person = change_settings(person=signed_in(request), **told.validated_data)
        return Response(MeSerializer(person).data)


class Lines(ListAPIView):
    """Business lines with their teams; POST founds one."""

    serializer_class = LineSerializer
    queryset = BusinessLine.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = BusinessLine.objects.visible_to(self.request.user)
        return found.prefetch_related("teams").order_by("name", "id")

    @extend_schema(request=LineWrite, responses={201: LineSerializer})
    def post(self, request: Request) -> Response:
        line = found_line(actor=signed_in(request), **told(LineWrite, request))
        return Response(LineSerializer(line).data, status.HTTP_201_CREATED)


class Line(RetrieveAPIView):
    """One business line; PATCH renames it and the like."""

    serializer_class = LineSerializer
    queryset = BusinessLine.objects.none()
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Any]:
        return BusinessLine.objects.visible_to(self.request.user).prefetch_related("teams")

    @extend_schema(request=LineWrite, responses=LineSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        changes = told(LineWrite, request, partial=True)
        line = change_place(actor=signed_in(request), place=self.get_object(), **changes)
        return Response(LineSerializer(line).data)


class Teams(ListAPIView):
    """Teams."""

    serializer_class = TeamSerializer
    queryset = Team.objects.none()
    filterset_class = TeamFilter

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = Team.objects.visible_to(self.request.user)
        return found.select_related("line").order_by("name", "id")


class People(ListAPIView):
    """People with the roles they hold now."""

    serializer_class = PersonSerializer
    queryset = Person.objects.none()
    filterset_class = PersonFilter

    def get_queryset(self) -> QuerySet[Any]:
        return people_for(self.request.user).order_by("name", "id")
