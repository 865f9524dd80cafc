"""The API of what one follows."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import follow_thing, unfollow_thing
from accounts.identity import signed_in
from accounts.models import Following
from accounts.queries_following import followed_things
from accounts.subjects import followable


class FollowingSerializer(serializers.ModelSerializer):
    """A thing one follows: its kind (rfc, kpi, team) and its row."""

    class Meta:
        model = Following
        fields = ("kind", "subject_id", "since")


class Followed(ListAPIView):
    """RFCs, KPIs and teams one follows, newest first."""

    serializer_class = FollowingSerializer
    queryset = Following.objects.none()
    ordering = ("-since", "-id")

    def get_queryset(self) -> QuerySet[Any]:
        return followed_things(self.request.user)


class FollowThing(APIView):
    """PUT follows an RFC, KPI or team; DELETE stops."""

    def must_see(self, kind: str, pk: int) -> None:
        if followable(kind, pk, self.request.user) is None:
            raise Http404

    @extend_schema(request=None, responses=FollowingSerializer)
    def put(self, request: Request, kind: str, pk: int) -> Response:
        self.must_see(kind, pk)
        row = follow_thing(kind=kind, pk=pk, actor=signed_in(request))
        return Response(FollowingSerializer(row).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, kind: str, pk: int) -> Response:
        self.must_see(kind, pk)
        unfollow_thing(kind=kind, pk=pk, actor=signed_in(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
