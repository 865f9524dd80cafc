"""The API of threads and suggestions: the actions of the pages, their refusals included."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.related import SlugOf
from rfc.actions.comments import (
    QUOTE_MOST,
    TEXT_MOST,
    comment,
    edit_comment,
    reopen_comment,
    resolve_comment,
)
from rfc.actions.mentioning import seen
from rfc.actions.suggesting import accept_suggestions, refuse_suggestion
from rfc.api.serializers import NamedPersonSerializer
from rfc.api.views import Found
from rfc.models import RFC, Anchor, Comment, Kind, Suggestion
from rfc.queries.threads import ANCHORS, HELD_IN, comments_of


def _told(rfc: RFC, person: Any) -> QuerySet[Comment]:
    """Threads with the people who settled them, whom the page does not name."""
    return comments_of(rfc, person).select_related("resolved_by", "suggestion__decided_by")


class AnswerSerializer(serializers.ModelSerializer):
    """An answer in a thread."""

    author = NamedPersonSerializer(read_only=True)

    class Meta:
        model = Comment
        fields = ("id", "author", "text", "at", "edited_at")
        read_only_fields = fields


class SuggestionSerializer(serializers.ModelSerializer):
    """Other words for the quote, in Markdown."""

    decided_by = NamedPersonSerializer(read_only=True)
    published_in = serializers.IntegerField(
        source="published_in.number", default=None, read_only=True
    )

    class Meta:
        model = Suggestion
        fields = (
            "original",
            "replacement",
            "state",
            "decided_by",
            "decided_at",
            "reason",
            "published_in",
        )
        read_only_fields = fields


class AnchorSerializer(serializers.ModelSerializer):
    """Where the quote stands in one revision; `start` and `end` are offsets of its Markdown."""

    revision = serializers.IntegerField(source=HELD_IN, read_only=True)

    class Meta:
        model = Anchor
        fields = ("revision", "found", "section_slug", "start", "end", "source")
        read_only_fields = fields


class ThreadSerializer(AnswerSerializer):
    """A thread with its answers; `anchor` is where its quote was last looked for."""

    revision = serializers.IntegerField(source="revision.number", read_only=True)
    resolved_by = NamedPersonSerializer(read_only=True)
    anchor = serializers.SerializerMethodField()
    suggestion = serializers.SerializerMethodField()
    answers = AnswerSerializer(many=True, read_only=True)
    decisions = SlugOf(many=True, read_only=True, slug_field="key")
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta(AnswerSerializer.Meta):
        fields: Any = (
            *AnswerSerializer.Meta.fields,
            "url",
            "kind",
            "revision",
            "quote",
            "section_slug",
            "anchor",
            "suggestion",
            "resolved_at",
            "resolved_by",
            "resolution",
            "answers",
            "decisions",
        )
        read_only_fields: Any = fields

    @extend_schema(responses=AnchorSerializer)
    def get_anchor(self, row: Comment) -> dict[str, Any] | None:
        known = getattr(row, ANCHORS)
        return dict(AnchorSerializer(known[-1]).data) if known else None

    def get_suggestion(self, row: Comment) -> dict[str, Any] | None:
        found = getattr(row, "suggestion", None)
        return dict(SuggestionSerializer(found).data) if found else None


class NewThreadSerializer(serializers.Serializer):
    """A new thread. `before` and `after` tell a quote from its doubles."""

    text = serializers.CharField(max_length=TEXT_MOST)
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.REMARK)
    quote = serializers.CharField(max_length=QUOTE_MOST, required=False, default="")
    section = serializers.CharField(required=False, allow_blank=True, default="")
    before = serializers.CharField(
        required=False, allow_blank=True, default="", trim_whitespace=False
    )
    after = serializers.CharField(
        required=False, allow_blank=True, default="", trim_whitespace=False
    )
    revision = serializers.IntegerField(required=False, min_value=1)
    replacement = serializers.CharField(
        required=False,
        allow_null=True,
        allow_blank=True,
        default=None,
        trim_whitespace=False,
        help_text="Other words for the quote, in Markdown; an empty text takes the quote out.",
    )


class ThreadTextSerializer(serializers.Serializer):
    """Words."""

    text = serializers.CharField(max_length=TEXT_MOST)


class ThreadReasonSerializer(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=400)


class ChosenThreadsSerializer(serializers.Serializer):
    """Threads by id."""

    threads = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=200)


class AcceptedSerializer(serializers.Serializer):
    """Ids of threads whose suggestions were taken, overtaken by one of those, or moved on."""

    taken = serializers.ListField(child=serializers.IntegerField())
    overtaken = serializers.ListField(child=serializers.IntegerField())
    moved = serializers.ListField(child=serializers.IntegerField())


SHOWN = ("open", "resolved", "mine", "all")


class ShownSerializer(serializers.Serializer):
    """Which threads a list shows."""

    threads = serializers.ChoiceField(choices=SHOWN, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Kind.choices, default="", allow_blank=True)


class Threads(Found, generics.ListCreateAPIView):
    """Threads of an RFC, oldest first; POST begins one."""

    serializer_class = ThreadSerializer
    filterset_class = None
    ordering = ("at", "id")
    queryset = Comment.objects.none()  # what the schema is made from

    @extend_schema(
        parameters=[
            OpenApiParameter("threads", str, enum=SHOWN),
            OpenApiParameter("kind", str, enum=list(Kind.values)),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Comment]:
        person = self.request.user
        found = _told(self.find(), person)
        given = ShownSerializer(data=self.request.query_params)
        given.is_valid(raise_exception=True)
        shown, kind = given.validated_data["threads"], given.validated_data["kind"]
        if shown in ("open", "resolved"):
            found = found.filter(resolved_at__isnull=shown == "open")
        if shown == "mine":
            named = Q(mentions__person=person) | Q(answers__mentions__person=person)
            spoke = Q(author=person) | Q(answers__author=person)
            found = found.filter(pk__in=Comment.objects.filter(named | spoke).values("pk"))
        return found.filter(kind=kind) if kind else found

    @extend_schema(request=NewThreadSerializer, responses={201: ThreadSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = NewThreadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        rfc = self.find()
        made = comment(
            rfc=rfc,
            actor=request.user,
            section_slug=told.pop("section"),
            revision_number=told.pop("revision", None),
            **told,
        )
        shown = _told(rfc, request.user).get(pk=made.pk)
        headers = {"Location": f"/api/v1/rfcs/{rfc.key}/comments/{made.pk}/"}
        return Response(ThreadSerializer(shown).data, status.HTTP_201_CREATED, headers=headers)


class OfThread(Found, APIView):
    """What is done to one thread."""

    def row(self, **more: Any) -> Comment:
        rows = self.find().comments.select_related("author", "rfc")
        found: Comment = get_object_or_404(rows, pk=self.kwargs["pk"], **more)
        return found

    def told(self, shape: type[serializers.Serializer]) -> dict[str, Any]:
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def shown(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        found = _told(self.find(), self.request.user).get(pk=pk)
        return Response(ThreadSerializer(found).data, status=code)


class OneThread(OfThread):
    """One thread; PATCH changes one's own words, in the thread or an answer of it."""

    @extend_schema(responses=ThreadSerializer)
    def get(self, request: Request, number: int, pk: int) -> Response:
        return self.shown(self.row().thread_id)

    @extend_schema(request=ThreadTextSerializer, responses=ThreadSerializer)
    def patch(self, request: Request, number: int, pk: int) -> Response:
        row = self.row()
        edit_comment(comment=row, actor=request.user, **self.told(ThreadTextSerializer))
        return self.shown(row.thread_id)


class Answers(OfThread):
    """Answer a thread."""

    @extend_schema(request=ThreadTextSerializer, responses={201: ThreadSerializer})
    def post(self, request: Request, number: int, pk: int) -> Response:
        row = self.row()
        comment(rfc=row.rfc, actor=request.user, parent=row, **self.told(ThreadTextSerializer))
        seen(row, request.user)
        return self.shown(row.thread_id, status.HTTP_201_CREATED)


class Resolve(OfThread):
    """Settle a thread with a reason."""

    @extend_schema(request=ThreadReasonSerializer, responses=ThreadSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        row = self.row(parent=None)
        resolve_comment(thread=row, actor=request.user, **self.told(ThreadReasonSerializer))
        return self.shown(row.pk)


class Reopen(OfThread):
    """Take a resolved thread up again, with a reason."""

    @extend_schema(request=ThreadReasonSerializer, responses=ThreadSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        row = self.row(parent=None)
        reopen_comment(thread=row, actor=request.user, **self.told(ThreadReasonSerializer))
        return self.shown(row.pk)


class Refuse(OfThread):
    """Refuse a suggestion with a reason."""

    @extend_schema(request=ThreadReasonSerializer, responses=ThreadSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        row = self.row(parent=None)
        refuse_suggestion(thread=row, actor=request.user, **self.told(ThreadReasonSerializer))
        return self.shown(row.pk)


class AcceptSuggestions(OfThread):
    """Take suggestions into the draft, several at a time."""

    @extend_schema(request=ChosenThreadsSerializer, responses=AcceptedSerializer)
    def post(self, request: Request, number: int) -> Response:
        told = self.told(ChosenThreadsSerializer)
        found = accept_suggestions(rfc=self.find(), actor=request.user, threads=told["threads"])
        outcome = {
            name: [row.comment_id for row in getattr(found, name)]
            for name in ("taken", "overtaken", "moved")
        }
        return Response(AcceptedSerializer(outcome).data)
