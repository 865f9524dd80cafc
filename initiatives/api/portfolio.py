"""The API of saved views and of taking edits back: the pages' own actions, answered as JSON."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Team
from config.rest.related import SlugOf
from config.rest.versions import Versioned, seen_version
from initiatives.actions.fields import revert_edit
from initiatives.actions.saved_views import (
    archive_view,
    change_view,
    mark_view,
    restore_view,
    save_view,
)
from initiatives.api.found import OfInitiative
from initiatives.api.serializers import InitiativeSerializer
from initiatives.models import SavedView
from initiatives.queries.one import initiatives_for
from initiatives.queries.saved_views import view_of, views_for

CREATED = 201


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """A saved view. `query` is the address behind the question mark; `href` opens it."""

    owner = serializers.CharField(source="owner.name", read_only=True)
    team: Any = SlugOf(
        slug_field="slug", queryset=Team.objects.all(), required=False, allow_null=True
    )
    starred = serializers.BooleanField(read_only=True, default=False)
    followed = serializers.BooleanField(read_only=True, default=False)
    href = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = SavedView
        fields = (
            "id",
            "name",
            "description",
            "scope",
            "team",
            "team_default",
            "query",
            "owner",
            "starred",
            "followed",
            "archived_at",
            "row_version",
            "href",
        )
        read_only_fields = ("id", "archived_at", "row_version")
        # The action and the database keep one first view per team.
        validators: tuple[Any, ...] = ()
        extra_kwargs = {"team_default": {"required": False}}


class ViewMarkSerializer(serializers.Serializer[Any]):
    """What the caller keeps of a view; what is left out stays."""

    starred = serializers.BooleanField(required=False)
    followed = serializers.BooleanField(required=False)


class RevertSerializer(serializers.Serializer[Any]):
    """The history row whose edit goes back, as the answer of an edit or the activity names it."""

    event = serializers.IntegerField(min_value=1)


class SavedViewsApi(APIView):
    """Views the caller sees; `?archived=1` those put away. POST saves one."""

    @extend_schema(
        operation_id="views_list",
        responses=inline_serializer("SavedViews", {"results": SavedViewSerializer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        rows = views_for(request.user, archived="archived" in request.query_params)
        return Response({"results": SavedViewSerializer(rows, many=True).data})

    @extend_schema(request=SavedViewSerializer, responses={201: SavedViewSerializer})
    def post(self, request: Request) -> Response:
        given = SavedViewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        view = save_view(owner=request.user, **{"query": "", **given.validated_data})
        headers = {"Location": f"/api/v1/views/{view.pk}/", "ETag": f'"{view.row_version}"'}
        return Response(SavedViewSerializer(view).data, status=CREATED, headers=headers)


class OfSavedView(APIView):
    """A saved view the caller sees; others answer 404."""

    def find(self) -> SavedView:
        row = view_of(self.request.user, self.kwargs["pk"])
        if row is None:
            raise Http404
        return row


class SavedViewApi(Versioned, OfSavedView):
    """One view; a change names the version it was made from. DELETE archives."""

    @extend_schema(responses=SavedViewSerializer)
    def get(self, request: Request, pk: int) -> Response:
        row = self.find()
        return self.versioned_response(row, SavedViewSerializer(row).data)

    @extend_schema(request=SavedViewSerializer, responses=SavedViewSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        seen = seen_version(request)
        given = SavedViewSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        told = given.validated_data
        change_view(view=self.find(), actor=request.user, seen_version=seen, **told)
        row = self.find()
        return self.versioned_response(row, SavedViewSerializer(row).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        archive_view(view=self.find(), actor=request.user)
        return Response(status=204)


class RestoreSavedViewApi(OfSavedView):
    """Bring an archived view back."""

    @extend_schema(request=None, responses=SavedViewSerializer)
    def post(self, request: Request, pk: int) -> Response:
        restore_view(view=self.find(), actor=request.user)
        return Response(SavedViewSerializer(self.find()).data)


class ViewMarkApi(OfSavedView):
    """Star or follow a view."""

    @extend_schema(request=ViewMarkSerializer, responses=SavedViewSerializer)
    def put(self, request: Request, pk: int) -> Response:
        given = ViewMarkSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        mark_view(view=self.find(), person=request.user, **given.validated_data)
        return Response(SavedViewSerializer(self.find()).data)


class RevertApi(OfInitiative):
    """Take one edit of an initiative back."""

    @extend_schema(request=RevertSerializer, responses=InitiativeSerializer)
    def post(self, request: Request, number: int) -> Response:
        told = self.told(RevertSerializer)
        revert_edit(initiative=self.initiative, actor=request.user, event=told["event"])
        fresh = initiatives_for(request.user).get(pk=self.initiative.pk)
        return Response(InitiativeSerializer(fresh).data)
