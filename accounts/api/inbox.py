"""The API of the inbox."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import change_telling, mark_done, mark_unread, read, telling_of
from accounts.api.serializers import PersonRef
from accounts.filters import NoticeFilter
from accounts.identity import signed_in
from accounts.models import Notice, NoticeSettings, Reason, Tab


class NoticeSerializer(serializers.ModelSerializer):
    """An entry: what happened, to what, and why one is told."""

    actor: Any = PersonRef(read_only=True)
    reason_label = serializers.CharField(source="get_reason_display", read_only=True)

    class Meta:
        model = Notice
        fields = (
            "id",
            "tab",
            "reason",
            "reason_label",
            "kind",
            "subject_key",
            "subject_title",
            "words",
            "text",
            "url",
            "actor",
            "count",
            "begun_at",
            "at",
            "read_at",
            "done_at",
        )
        read_only_fields = fields


class NoticeMarkSerializer(serializers.Serializer[Any]):
    """What becomes of an entry."""

    mark = serializers.ChoiceField(choices=("read", "unread", "done"))


class InboxDoneSerializer(serializers.Serializer[Any]):
    """Which tab is put away as a whole."""

    tab = serializers.ChoiceField(choices=Tab.choices)


class InboxGoneSerializer(serializers.Serializer[Any]):
    """How many entries were put away."""

    done = serializers.IntegerField()


class NoticeSettingsSerializer(serializers.ModelSerializer):
    """How one is told; hours are of one's own zone. Both ends of the quiet hours, or neither."""

    unmailed = serializers.ListField(child=serializers.ChoiceField(choices=Reason.choices))

    class Meta:
        model = NoticeSettings
        fields = ("quiet_from", "quiet_until", "digest_hour", "unmailed")

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        ends = [told.get(n, getattr(self.instance, n)) for n in ("quiet_from", "quiet_until")]
        if (ends[0] is None) != (ends[1] is None):
            raise serializers.ValidationError({"quiet_until": "Give both ends, or neither."})
        return told


class Inbox(ListAPIView):
    """One's own inbox, newest first; POST puts a whole tab away."""

    serializer_class = NoticeSerializer
    queryset = Notice.objects.none()
    filterset_class = NoticeFilter
    ordering = ("-at", "-id")

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = Notice.objects.visible_to(self.request.user)
        return found.select_related("actor")

    @extend_schema(request=InboxDoneSerializer, responses=InboxGoneSerializer)
    def post(self, request: Request) -> Response:
        asked = InboxDoneSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = Notice.objects.visible_to(request.user).open()
        found = found.filter(tab=asked.validated_data["tab"])
        _at, n = mark_done(actor=signed_in(request), found=found)
        return Response({"done": n})


class OneNotice(APIView):
    """One entry; PATCH marks it read, unread or done."""

    def found(self, pk: int) -> Notice:
        mine = Notice.objects.visible_to(self.request.user).select_related("actor")
        notice: Notice = get_object_or_404(mine, pk=pk)
        return notice

    @extend_schema(responses=NoticeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(NoticeSerializer(self.found(pk)).data)

    @extend_schema(request=NoticeMarkSerializer, responses=NoticeSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        found = self.found(pk)
        asked = NoticeMarkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        mark = asked.validated_data["mark"]
        if mark == "read":
            read(notice=found)
        elif mark == "unread":
            mark_unread(notice=found)
        else:
            mark_done(actor=signed_in(request), found=Notice.objects.filter(pk=found.pk))
        return Response(NoticeSerializer(self.found(pk)).data)


class TellingApi(APIView):
    """How one is told: quiet hours, the hour of the digest, the reasons that send no mail."""

    @extend_schema(responses=NoticeSettingsSerializer)
    def get(self, request: Request) -> Response:
        return Response(NoticeSettingsSerializer(telling_of(request.user)).data)

    @extend_schema(request=NoticeSettingsSerializer, responses=NoticeSettingsSerializer)
    def patch(self, request: Request) -> Response:
        person = signed_in(request)
        asked = NoticeSettingsSerializer(telling_of(person), data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        told = change_telling(person=person, **asked.validated_data)
        return Response(NoticeSettingsSerializer(told).data)
