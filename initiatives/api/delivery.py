"""API of design and delivery: mockup versions, studies, tickets, test cases, sign-offs, sprints."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import BusinessLine, Person
from config.rest.related import SlugOf
from config.rest.versions import Versioned, seen_version
from initiatives.actions import design as design_actions
from initiatives.actions import tickets as actions
from initiatives.actions.deepdive import sign_off, write_architecture
from initiatives.actions.sprint import open_sprint
from initiatives.actions.study import TaskResult, record_study
from initiatives.api.found import OfInitiative
from initiatives.models import (
    DeepDive,
    MockupVersion,
    SignOff,
    Sprint,
    Study,
    StudyTask,
    TestCase,
    Ticket,
)
from initiatives.queries.delivery import tickets_of


class TestCaseSerializer(serializers.ModelSerializer[TestCase]):
    __test__ = False

    class Meta:
        model = TestCase
        fields = ("id", "title", "steps", "expected", "automated")
        read_only_fields = ("automated",)


class TicketSerializer(serializers.ModelSerializer[Ticket]):
    """A ticket; `criteria` and `sub_tasks` are lists of text."""

    assignee = SlugOf(
        slug_field="email", queryset=Person.objects.all(), required=False, allow_null=True
    )
    sprint = serializers.CharField(source="sprint.name", read_only=True, default=None)
    criteria = serializers.ListField(child=serializers.CharField(), required=False)
    sub_tasks = serializers.ListField(child=serializers.CharField(), required=False)
    test_cases = TestCaseSerializer(many=True, read_only=True)

    class Meta:
        model = Ticket
        fields = (
            "id",
            "title",
            "kind",
            "points",
            "description",
            "implementation_notes",
            "assignee",
            "sprint",
            "criteria",
            "sub_tasks",
            "test_cases",
            "row_version",
        )
        read_only_fields = ("row_version",)

    def to_representation(self, instance: Ticket) -> dict[str, Any]:
        return {
            "id": instance.pk,
            "title": instance.title,
            "kind": instance.kind,
            "points": instance.points,
            "description": instance.description,
            "implementation_notes": instance.implementation_notes,
            "assignee": instance.assignee.email if instance.assignee else None,
            "sprint": instance.sprint.name if instance.sprint else None,
            "criteria": [c.text for c in instance.criteria.all()],
            "sub_tasks": [s.title for s in instance.sub_tasks.all()],
            "test_cases": TestCaseSerializer(instance.test_cases.all(), many=True).data,
            "row_version": instance.row_version,
        }


def _save(ticket: Ticket, actor: Any, told: dict[str, Any]) -> None:
    if "criteria" in told:
        actions.set_criteria(ticket=ticket, actor=actor, texts=told["criteria"])
    if "sub_tasks" in told:
        actions.set_sub_tasks(ticket=ticket, actor=actor, titles=told["sub_tasks"])


def _own(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("criteria", "sub_tasks")}


class TicketListApi(OfInitiative):
    """The tickets in the plan; POST writes one with its parts."""

    @extend_schema(responses=TicketSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(TicketSerializer(tickets_of(self.initiative), many=True).data)

    @extend_schema(request=TicketSerializer, responses={201: TicketSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(TicketSerializer)
        with transaction.atomic():
            ticket = actions.write_ticket(
                initiative=self.initiative, actor=request.user, **_own(told)
            )
            _save(ticket, request.user, told)
        return self.answered(ticket, TicketSerializer)


class TicketApi(Versioned, OfInitiative):
    """One ticket; PATCH needs If-Match."""

    def find(self) -> Ticket:
        rows = Ticket.objects.select_related("assignee", "sprint", "initiative__line")
        return get_object_or_404(rows, initiative=self.initiative, pk=self.kwargs["pk"])

    @extend_schema(responses=TicketSerializer)
    def get(self, request: Request, number: int, pk: int) -> Response:
        ticket = self.find()
        return self.versioned_response(ticket, TicketSerializer(ticket).data)

    @extend_schema(request=TicketSerializer(partial=True), responses=TicketSerializer)
    def patch(self, request: Request, number: int, pk: int) -> Response:
        ticket = self.find()
        serializer = TicketSerializer(ticket, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        told = dict(serializer.validated_data)
        with transaction.atomic():
            changed = actions.change_ticket(
                ticket=ticket,
                actor=request.user,
                seen_version=seen_version(request),
                **_own(told),
            )
            _save(changed, request.user, told)
        return self.versioned_response(changed, TicketSerializer(changed).data)


class CaseApi(TicketApi):
    """POST adds a test case to a ticket."""

    http_method_names = ("post", "options")

    @extend_schema(request=TestCaseSerializer, responses={201: TestCaseSerializer})
    def post(self, request: Request, number: int, pk: int) -> Response:
        told = self.told(TestCaseSerializer)
        case = actions.add_test_case(ticket=self.find(), actor=request.user, **told)
        return self.answered(case, TestCaseSerializer)


class DeepDiveSerializer(serializers.ModelSerializer[DeepDive]):
    class Meta:
        model = DeepDive
        fields = ("architecture", "non_functional", "row_version")
        read_only_fields = ("row_version",)
        extra_kwargs = {"architecture": {"required": True}, "non_functional": {"required": True}}


class DeepDiveApi(Versioned, OfInitiative):
    """Architecture and non-functional baseline."""

    @extend_schema(responses=DeepDiveSerializer)
    def get(self, request: Request, number: int) -> Response:
        found = get_object_or_404(DeepDive, initiative=self.initiative)
        return self.versioned_response(found, DeepDiveSerializer(found).data)

    @extend_schema(request=DeepDiveSerializer, responses=DeepDiveSerializer)
    def put(self, request: Request, number: int) -> Response:
        told = self.told(DeepDiveSerializer)
        exists = DeepDive.objects.filter(initiative=self.initiative).exists()
        written = write_architecture(
            initiative=self.initiative,
            actor=request.user,
            seen_version=seen_version(request) if exists else None,
            **told,
        )
        return self.versioned_response(written, DeepDiveSerializer(written).data)


class SignOffSerializer(serializers.ModelSerializer[SignOff]):
    person = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = SignOff
        fields = ("function", "note", "person", "attempt", "at")
        read_only_fields = ("attempt", "at")


class SignOffApi(OfInitiative):
    """Sign-offs of the deep-dive; POST gives one's own."""

    @extend_schema(responses=SignOffSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.initiative.sign_offs.select_related("person")
        return Response(SignOffSerializer(rows, many=True).data)

    @extend_schema(request=SignOffSerializer, responses={201: SignOffSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(SignOffSerializer)
        signed = sign_off(initiative=self.initiative, actor=request.user, **told)
        return self.answered(signed, SignOffSerializer)


class MockupSerializer(serializers.ModelSerializer[MockupVersion]):
    author = serializers.CharField(source="author.name", read_only=True)
    pictures = serializers.IntegerField(source="files.count", read_only=True)

    class Meta:
        model = MockupVersion
        fields = (
            "number",
            "fidelity",
            "note",
            "live_link",
            "author",
            "pictures",
            "created_at",
            "pinned_at",
        )
        read_only_fields = ("number", "created_at", "pinned_at")


class MockupApi(OfInitiative):
    """Mockup versions; POST opens one."""

    @extend_schema(responses=MockupSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = MockupVersion.objects.filter(mockup_set__initiative=self.initiative)
        rows = rows.select_related("author").prefetch_related("files")
        return Response(MockupSerializer(rows, many=True).data)

    @extend_schema(request=MockupSerializer, responses={201: MockupSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(MockupSerializer)
        version = design_actions.add_mockup_version(
            initiative=self.initiative, actor=request.user, **told
        )
        return self.answered(version, MockupSerializer)


class StudyTaskSerializer(serializers.ModelSerializer[StudyTask]):
    class Meta:
        model = StudyTask
        fields = ("text", "tried", "succeeded")


class StudySerializer(serializers.ModelSerializer[Study]):
    version = serializers.IntegerField(source="version.number")
    tasks = StudyTaskSerializer(many=True)
    judge = serializers.CharField(source="judge.name", read_only=True, default=None)

    class Meta:
        model = Study
        fields = (
            "id",
            "version",
            "goal",
            "segment",
            "participants",
            "held_date",
            "findings",
            "tasks",
            "verdict",
            "verdict_reason",
            "judge",
        )
        read_only_fields = ("verdict", "verdict_reason")


class StudyApi(OfInitiative):
    """Studies with customers; POST records one."""

    @extend_schema(responses=StudySerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = Study.objects.filter(version__mockup_set__initiative=self.initiative)
        rows = rows.select_related("version", "judge").prefetch_related("tasks")
        return Response(StudySerializer(rows, many=True).data)

    @extend_schema(request=StudySerializer, responses={201: StudySerializer})
    def post(self, request: Request, number: int) -> Response:
        told = self.told(StudySerializer)
        version = get_object_or_404(
            MockupVersion,
            mockup_set__initiative=self.initiative,
            number=told.pop("version")["number"],
        )
        tasks = [TaskResult(**task) for task in told.pop("tasks")]
        study = record_study(version=version, actor=request.user, tasks=tasks, **told)
        return self.answered(study, StudySerializer)


class SprintSerializer(serializers.ModelSerializer[Sprint]):
    line = SlugOf(slug_field="slug", queryset=BusinessLine.objects.all())

    class Meta:
        model = Sprint
        fields = ("id", "line", "name", "goal", "start_date", "end_date", "row_version")
        read_only_fields = ("row_version",)


class SprintListApi(generics.ListAPIView[Sprint]):
    """Sprints; POST opens one."""

    serializer_class = SprintSerializer
    filterset_fields = {"line__slug": ["exact"]}
    queryset = Sprint.objects.none()

    def get_queryset(self) -> Any:
        return Sprint.objects.visible_to(self.request.user).select_related("line")

    @extend_schema(request=SprintSerializer, responses={201: SprintSerializer})
    def post(self, request: Request) -> Response:
        serializer = SprintSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        sprint = open_sprint(actor=request.user, **serializer.validated_data)
        return Response(SprintSerializer(sprint).data, status=201)
