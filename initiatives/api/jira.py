"""API of Jira: connections (never their tokens), the plan of a push, the push, its items."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import signed_in
from accounts.models import BusinessLine
from config.due.models import Job
from config.rest.related import SlugOf
from config.rest.versions import Versioned, seen_version
from initiatives.actions.jira_connection import connect_jira, switch_push
from initiatives.actions.jira_push import apply_push, resolve_drift, try_again
from initiatives.actions.jira_read import ask_to_read
from initiatives.api.found import OfInitiative
from initiatives.filters_jira import JiraItemFilter
from initiatives.jira.plan import Plan, plan_push
from initiatives.models import JiraConnection, JiraItem
from initiatives.queries.jira import items_for


class ConnectionSerializer(serializers.ModelSerializer[JiraConnection]):
    """A connection. The token is written, never read."""

    line = SlugOf(slug_field="slug", read_only=True)
    token = serializers.CharField(write_only=True, required=False, allow_blank=True)

    class Meta:
        model = JiraConnection
        fields = (
            "line",
            "base_url",
            "browse_url",
            "email",
            "token",
            "project_key",
            "state",
            "state_note",
            "checked_at",
            "polled_at",
            "row_version",
        )
        read_only_fields = ("state", "state_note", "checked_at", "polled_at", "row_version")


class JiraItemSerializer(serializers.ModelSerializer[JiraItem]):
    """One issue that is kept in step."""

    initiative = serializers.CharField(source="initiative.key", read_only=True)
    title = serializers.SerializerMethodField()
    url = serializers.CharField(source="browse_url", read_only=True)

    class Meta:
        model = JiraItem
        fields = (
            "id",
            "initiative",
            "level",
            "title",
            "key",
            "url",
            "sync",
            "state",
            "message",
            "last_error",
            "attempts",
            "due_at",
            "created_at",
            "rfc_revision",
            "status_name",
            "status_category",
            "read_at",
            "drift",
        )

    def get_title(self, item: JiraItem) -> str:
        return str(item.sub_task or item.ticket or item.initiative.title)


class JobStarted(serializers.Serializer[Any]):
    """A Job that was started; its address is in `Location`, too."""

    job = serializers.UUIDField()
    href = serializers.CharField()


class SwitchShape(serializers.Serializer[Any]):
    on = serializers.BooleanField()


class DriftShape(serializers.Serializer[Any]):
    field = serializers.CharField()
    rule = serializers.ChoiceField(choices=["ours", "theirs"])


def started(job: Job) -> Response:
    """202 with where to look."""
    href = job.get_absolute_url()
    body = {"job": str(job.public_id), "href": href}
    return Response(body, status=202, headers={"Location": href})


class ConnectionsApi(generics.ListAPIView[JiraConnection]):
    """Every connection."""

    serializer_class = ConnectionSerializer

    def get_queryset(self) -> Any:
        rows = JiraConnection.objects.visible_to(self.request.user)
        return rows.select_related("line").order_by("line__name")


class OfLineApi(Versioned, APIView):
    """Something about the connection of one line."""

    def find(self) -> JiraConnection:
        rows = JiraConnection.objects.visible_to(self.request.user).select_related("line")
        return get_object_or_404(rows, line__slug=self.kwargs["line"])


class ConnectionApi(OfLineApi):
    """One connection; PUT creates it, or changes it with If-Match."""

    @extend_schema(responses=ConnectionSerializer)
    def get(self, request: Request, line: str) -> Response:
        found = self.find()
        return self.versioned_response(found, ConnectionSerializer(found).data)

    @extend_schema(request=ConnectionSerializer, responses={202: JobStarted})
    def put(self, request: Request, line: str) -> Response:
        lines = BusinessLine.objects.visible_to(request.user)
        subject = get_object_or_404(lines, slug=line)
        shape = ConnectionSerializer(data=request.data)
        shape.is_valid(raise_exception=True)
        exists = JiraConnection.objects.filter(line=subject).exists()
        seen = seen_version(request) if exists else None
        told = dict(shape.validated_data)
        _row, job = connect_jira(line=subject, actor=signed_in(request), seen_version=seen, **told)
        return started(job)


class SwitchApi(OfLineApi):
    """Push off, push on."""

    @extend_schema(request=SwitchShape, responses=ConnectionSerializer)
    def post(self, request: Request, line: str) -> Response:
        shape = SwitchShape(data=request.data)
        shape.is_valid(raise_exception=True)
        wanted = shape.validated_data["on"]
        changed = switch_push(connection=self.find(), actor=signed_in(request), on=wanted)
        return self.versioned_response(changed, ConnectionSerializer(changed).data)


class PushApi(OfInitiative):
    """GET the plan; POST applies it as a Job."""

    @extend_schema(responses={200: dict})
    def get(self, request: Request, number: int) -> Response:
        return Response(plan_as_json(plan_push(self.initiative)))

    @extend_schema(request=None, responses={202: JobStarted})
    def post(self, request: Request, number: int) -> Response:
        return started(apply_push(initiative=self.initiative, actor=signed_in(request)))


class PushReadApi(OfInitiative):
    """POST reads the issues of the initiative from Jira, as a Job."""

    @extend_schema(request=None, responses={202: JobStarted})
    def post(self, request: Request, number: int) -> Response:
        return started(ask_to_read(actor=signed_in(request), initiative=self.initiative))


class JiraItemsApi(generics.ListAPIView[JiraItem]):
    """Items; `group` narrows to pending, unknown, failed or drifted."""

    serializer_class = JiraItemSerializer
    filterset_class = JiraItemFilter

    def get_queryset(self) -> Any:
        return items_for(self.request.user)


class OfItemApi(APIView):
    """An act on one item."""

    def find(self) -> JiraItem:
        found: JiraItem = get_object_or_404(items_for(self.request.user), pk=self.kwargs["pk"])
        return found

    def told(self) -> Response:
        return Response(JiraItemSerializer(self.find()).data)


class RetryApi(OfItemApi):
    """Try an item again now."""

    @extend_schema(request=None, responses=JiraItemSerializer)
    def post(self, request: Request, pk: int) -> Response:
        try_again(item=self.find(), actor=signed_in(request))
        return self.told()


class DriftApi(OfItemApi):
    """Settle a field that was changed in Jira: ours or theirs."""

    @extend_schema(request=DriftShape, responses=JiraItemSerializer)
    def post(self, request: Request, pk: int) -> Response:
        shape = DriftShape(data=request.data)
        shape.is_valid(raise_exception=True)
        resolve_drift(item=self.find(), actor=signed_in(request), **shape.validated_data)
        return self.told()


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan as the page shows it."""
    return {
        "initiative": plan.initiative.key,
        "revision": plan.revision,
        "project": plan.connection.project_key if plan.connection else None,
        "counts": plan.counts,
        "blocks": [{"sentence": each.sentence, "link": each.link} for each in plan.blocks],
        "items": [
            {
                "op": each.op,
                "level": each.item.level,
                "title": each.title,
                "key": each.item.key,
                "changes": [
                    {"field": c.name, "before": c.before, "after": c.after} for c in each.changes
                ],
                "warnings": each.warnings,
                "refusals": each.refusals,
            }
            for each in plan.items
        ],
    }
