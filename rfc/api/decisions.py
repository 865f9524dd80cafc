"""The API of the log of decisions."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import BusinessLine, Person
from config.flow.keys import number_of
from config.rest.related import SlugOf
from rfc.actions.decisions import (
    About,
    Said,
    confirm_decision,
    link_decision,
    record_decision,
    review_decision,
)
from rfc.api.serializers import NamedPersonSerializer, PersonField
from rfc.filters_decisions import DecisionFilter
from rfc.forms_talking import LinkForm
from rfc.models import RFC, Comment, Decision, DecisionReview
from rfc.queries.decisions import one_decision


class DecisionReviewSerializer(serializers.ModelSerializer):
    """Somebody looked again."""

    reviewed_by = NamedPersonSerializer(read_only=True)

    class Meta:
        model = DecisionReview
        fields = ("reviewed_by", "reviewed_at", "note", "next_date")
        read_only_fields = ("reviewed_by", "reviewed_at")


class DecisionSerializer(serializers.ModelSerializer):
    """A decision as it stands for good."""

    key = serializers.CharField(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    decided_by = NamedPersonSerializer(read_only=True)
    recorded_by = NamedPersonSerializer(read_only=True)
    line: Any = SlugOf(slug_field="slug", read_only=True)
    due_date = serializers.DateField(read_only=True, allow_null=True)
    supersedes = serializers.CharField(source="supersedes.key", default=None, read_only=True)
    superseded_by = serializers.CharField(source="successor.key", default=None, read_only=True)
    about = serializers.SerializerMethodField()
    comment = serializers.CharField(source="comment.get_absolute_url", default=None, read_only=True)
    reviews = DecisionReviewSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = (
            "key",
            "url",
            "question",
            "options",
            "decision",
            "reason",
            "decided_by",
            "decided_by_roles",
            "decided_date",
            "review_date",
            "due_date",
            "line",
            "about",
            "comment",
            "supersedes",
            "superseded_by",
            "recorded_by",
            "recorded_at",
            "confirmed_at",
            "reviews",
        )
        read_only_fields = fields

    def get_about(self, row: Decision) -> list[str]:
        return [each.subject.key for each in row.subjects.all()]


@extend_schema_field(str)
class KeyField(serializers.Field):
    """The key of an RFC or initiative the person may see; gives the row."""

    def to_representation(self, value: Any) -> Any:
        return value.key

    def to_internal_value(self, data: Any) -> Any:
        form = LinkForm({"key": str(data)}, person=self.context["request"].user)
        if not form.is_valid():
            raise serializers.ValidationError([str(each) for each in form.errors["key"]])
        return form.cleaned_data["key"]


class RecordDecisionSerializer(serializers.Serializer):
    """A decision to be recorded."""

    question = serializers.CharField(max_length=300)
    options = serializers.CharField(required=False, allow_blank=True, default="")
    decision = serializers.CharField()
    reason = serializers.CharField()
    decided_by = PersonField(required=False, allow_null=True, default=None)
    decided_date = serializers.DateField(required=False, allow_null=True, default=None)
    review_date = serializers.DateField(required=False, allow_null=True, default=None)
    line = SlugOf(
        slug_field="slug",
        queryset=BusinessLine.objects.all(),
        required=False,
        allow_null=True,
        default=None,
    )
    about = serializers.ListField(child=KeyField(), required=False, default=list)
    comment = serializers.IntegerField(required=False, allow_null=True, default=None)
    supersedes = serializers.CharField(required=False, allow_blank=True, default="")

    def validate_comment(self, pk: int | None) -> Comment | None:
        if pk is None:
            return None
        visible = RFC.objects.visible_to(self.context["request"].user)
        found = Comment.objects.filter(pk=pk, rfc__in=visible).first()
        if found is None:
            raise serializers.ValidationError("There is no comment of that number.")
        return found

    def validate_supersedes(self, key: str) -> Decision | None:
        if not key:
            return None
        rows = Decision.objects.visible_to(self.context["request"].user)
        found = rows.filter(number=number_of("DEC", key) or 0).first()
        if found is None:
            raise serializers.ValidationError("There is no decision of that key, such as DEC-3.")
        return found


class Decisions(generics.ListCreateAPIView):
    """Recorded decisions, with the filters of the page; POST records one.

    What reviews and gates decided is read where it was decided: the steps of RFCs and initiatives.
    """

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    ordering = ("-decided_date", "-id")

    def get_queryset(self) -> QuerySet[Decision]:
        return one_decision(self.request.user)

    @extend_schema(request=RecordDecisionSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = RecordDecisionSerializer(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        subjects = told.pop("about")
        about = About(
            [each for each in subjects if isinstance(each, RFC)],
            [each for each in subjects if not isinstance(each, RFC)],
            told.pop("comment"),
        )
        decider: Person | None = told.pop("decided_by")
        old = told.pop("supersedes") or None
        made = record_decision(
            actor=request.user, said=Said(**told), decided_by=decider, about=about, supersedes=old
        )
        shown = one_decision(request.user).get(pk=made.pk)
        headers = {"Location": f"/api/v1/decisions/{made.key}/"}
        return Response(DecisionSerializer(shown).data, status.HTTP_201_CREATED, headers=headers)


class OfDecision(APIView):
    """One decision, found by its key."""

    def find(self) -> Decision:
        rows = one_decision(self.request.user)
        found: Decision = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def shown(self, code: int = status.HTTP_200_OK) -> Response:
        return Response(DecisionSerializer(self.find()).data, status=code)


class OneDecision(OfDecision):
    """One decision."""

    @extend_schema(responses=DecisionSerializer)
    def get(self, request: Request, number: int) -> Response:
        return self.shown()


class Confirm(OfDecision):
    """Say that one's own decision was recorded rightly."""

    @extend_schema(request=None, responses=DecisionSerializer)
    def post(self, request: Request, number: int) -> Response:
        confirm_decision(decision=self.find(), actor=request.user)
        return self.shown()


class Reviews(OfDecision):
    """Say that a decision still holds."""

    @extend_schema(request=DecisionReviewSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = DecisionReviewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        review_decision(decision=self.find(), actor=request.user, **given.validated_data)
        return self.shown(status.HTTP_201_CREATED)


class DecisionLinkSerializer(serializers.Serializer):
    """The key of an RFC or initiative."""

    key = KeyField()


class Links(OfDecision):
    """Tie a decision to one more RFC or initiative."""

    @extend_schema(request=DecisionLinkSerializer, responses={201: DecisionSerializer})
    def post(self, request: Request, number: int) -> Response:
        given = DecisionLinkSerializer(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        subject = given.validated_data["key"]
        kind = "rfc" if isinstance(subject, RFC) else "initiative"
        link_decision(decision=self.find(), actor=request.user, **{kind: subject})
        return self.shown(status.HTTP_201_CREATED)
