"""The API of long work and of work that gave up."""

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.due.jobs import ask_to_stop, kind_label, rearm
from config.due.models import DueState, Job, JobLine
from config.due.queries import dead_rows, find_dead
from config.flow.errors import WrongState
from config.web.dead import only_overseers
from config.web.jobs import visible_job

LOOK_AGAIN = 2


class JobLineSerializer(serializers.ModelSerializer[JobLine]):
    """One line of a job's log."""

    class Meta:
        model = JobLine
        fields = ("level", "text", "at")


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job; `status` is waiting, running, retrying, stopping, done, cancelled or dead."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    kind_label = serializers.SerializerMethodField()
    status = serializers.CharField(read_only=True)
    owner = serializers.CharField(source="owner.email", default=None, read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    result = serializers.DictField(read_only=True)

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "kind_label",
            "title",
            "owner",
            "status",
            "processed",
            "total",
            "counts",
            "result",
            "attempts",
            "last_error",
            "created_at",
            "started_at",
            "finished_at",
            "cancel_asked_at",
        )
        read_only_fields = fields

    def get_kind_label(self, job: Job) -> str:
        return kind_label(job.kind)


class JobDetailSerializer(JobSerializer):
    """A job with its log."""

    lines = JobLineSerializer(many=True, read_only=True)

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, "lines")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]


class DeadRowSerializer(serializers.Serializer[Any]):
    """Work that gave up. `label` and `id` address it."""

    label = serializers.CharField()  # type: ignore[assignment]  # DRF has a `label` of its own
    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    subject = serializers.CharField()
    subject_url = serializers.CharField()
    attempts = serializers.IntegerField()
    last_error = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)


class Jobs(generics.ListAPIView[Job]):
    """Own jobs, newest first; overseers see everybody's."""

    serializer_class = JobSerializer
    filterset_fields = ("state", "kind")
    queryset = Job.objects.none()

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.user).select_related("owner")


class OneJob(APIView):
    """One job with its log. While it is under way, `Retry-After` says when to look again."""

    @extend_schema(responses=JobDetailSerializer)
    def get(self, request: Request, public_id: Any) -> Response:
        job = visible_job(request.user, public_id)
        headers = {"Retry-After": str(LOOK_AGAIN)} if job.state == DueState.DUE else {}
        return Response(JobDetailSerializer(job).data, headers=headers)


class StopJob(APIView):
    """Ask a job to stop at its next item; 409 when it has ended."""

    @extend_schema(request=None, responses={202: JobDetailSerializer})
    def post(self, request: Request, public_id: Any) -> Response:
        job = visible_job(request.user, public_id)
        if not ask_to_stop(job, actor=request.user):
            message = "This job had ended, or was asked to stop, already."
            raise WrongState(message, link=job.get_absolute_url())
        job.refresh_from_db()
        return Response(JobDetailSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class DeadRows(APIView):
    """Work that gave up, newest first per kind, for overseers."""

    @extend_schema(
        responses=inline_serializer("DeadRows", {"results": DeadRowSerializer(many=True)})
    )
    def get(self, request: Request) -> Response:
        only_overseers(request.user)
        return Response({"results": DeadRowSerializer(dead_rows(), many=True).data})


class Rearm(APIView):
    """Try a dead row again; 409 when it is not dead (any more)."""

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request, label: str, pk: int) -> Response:
        only_overseers(request.user)
        row = find_dead(label, pk)
        if row is None or not rearm(row, actor=request.user):
            message = "This work is not waiting for a person (any more)."
            raise WrongState(message)
        return Response(status=status.HTTP_202_ACCEPTED)
