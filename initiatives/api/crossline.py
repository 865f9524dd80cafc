"""API across lines: inferred lines, conditions, shares, delegates, collisions, talk and following."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import BusinessLine, Person
from config.rest.related import SlugOf
from config.whole import whole
from initiatives.actions import collisions as judge
from initiatives.actions import talk
from initiatives.actions.contributions import state_contribution
from initiatives.actions.follow import follow, unfollow
from initiatives.actions.lines import disclaim_line
from initiatives.actions.referral import (
    close_condition,
    delegate_referral,
    delegate_referrals,
    end_referral_delegation,
)
from initiatives.api.coordination import ConditionSerializer
from initiatives.api.found import OfInitiative
from initiatives.api.serializers import CommentSerializer
from initiatives.forms.collisions import RadarForm
from initiatives.models import Contribution, Initiative, LineCondition, Referral
from initiatives.queries.collisions import Collision, collisions
from initiatives.queries.following import following
from initiatives.touched import inferred_lines

MOST = 200


class InferredLineSerializer(serializers.Serializer[Any]):
    """A line the facts point to."""

    line = serializers.CharField(source="slug")
    declared = serializers.BooleanField()
    ruled_out = serializers.BooleanField(source="stated")
    reasons = serializers.ListField(child=serializers.CharField())


class InferredLinesApi(OfInitiative):
    """Lines by the facts: KPIs promised, team, tickets, Jira projects."""

    @extend_schema(responses=InferredLineSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(InferredLineSerializer(inferred_lines(self.initiative), many=True).data)


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2_000)


class DisclaimerApi(OfInitiative):
    """Why a line that the facts point to is not touched."""

    @extend_schema(request=ReasonSerializer, responses=ReasonSerializer)
    def put(self, request: Request, number: int, line: str) -> Response:
        found = get_object_or_404(BusinessLine.objects.visible_to(request.user), slug=line)
        row = disclaim_line(
            initiative=self.initiative, actor=request.user, line=found,
            **self.told(ReasonSerializer),
        )  # fmt: skip
        return self.answered(row, ReasonSerializer, 200)


class WordsSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=500)


class CloseConditionApi(OfInitiative):
    """A line says that its condition is met."""

    @extend_schema(request=WordsSerializer, responses=ConditionSerializer)
    def post(self, request: Request, number: int, pk: int) -> Response:
        rows = LineCondition.objects.filter(share__initiative=self.initiative)
        found = get_object_or_404(rows.select_related("share__line"), pk=pk)
        told = self.told(WordsSerializer)
        row = close_condition(condition=found, actor=request.user, **told)
        return self.answered(row, ConditionSerializer, 200)


class ContributionSerializer(serializers.Serializer[Any]):
    """What a line gives to a promise, in per cent; both ends null takes it back."""

    promise = serializers.IntegerField(source="promise_id")
    line = serializers.CharField(source="share.line.slug")
    low_percent = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    high_percent = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)


class ContributionsApi(OfInitiative):
    """The shares of every promise by line."""

    def rows(self) -> Any:
        rows = Contribution.objects.filter(promise__initiative=self.initiative)
        return rows.select_related("share__line")

    @extend_schema(responses=ContributionSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(ContributionSerializer(self.rows(), many=True).data)

    @extend_schema(request=ContributionSerializer, responses=ContributionSerializer(many=True))
    def put(self, request: Request, number: int) -> Response:
        told = self.told(ContributionSerializer)
        slug = told["share"]["line"]["slug"]
        shares = self.initiative.lines.select_related("line", "initiative")
        state_contribution(
            promise=get_object_or_404(self.initiative.promises, pk=told["promise_id"]),
            share=get_object_or_404(shares, line__slug=slug),
            actor=request.user,
            low_percent=told["low_percent"],
            high_percent=told["high_percent"],
        )
        return Response(ContributionSerializer(self.rows(), many=True).data)


class DelegateSerializer(serializers.Serializer[Any]):
    """Who answers in the CPO's place and until which day; null takes one referral back."""

    delegate = SlugOf(slug_field="email", queryset=Person.objects.all(), allow_null=True)
    until = serializers.DateField(allow_null=True)


class ReferralDelegateApi(OfInitiative):
    """One referral handed on."""

    @extend_schema(request=DelegateSerializer, responses=DelegateSerializer)
    def put(self, request: Request, number: int) -> Response:
        row = get_object_or_404(
            Referral.objects.visible_to(request.user), initiative=self.initiative
        )
        told = self.told(DelegateSerializer)
        row = delegate_referral(referral=row, actor=request.user, **told)
        shown = {"delegate": row.delegate, "until": row.delegate_until}
        return Response(DelegateSerializer(shown).data)


class DelegationApi(APIView):
    """All referrals handed on for a while, and taken back."""

    @extend_schema(request=DelegateSerializer, responses={201: DelegateSerializer})
    def post(self, request: Request) -> Response:
        given = DelegateSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = given.validated_data
        if told["delegate"] is None or told["until"] is None:
            raise serializers.ValidationError({"delegate": ["Name a person and the last day."]})
        row = delegate_referrals(actor=request.user, **told)
        shown = {"delegate": row.delegate, "until": row.ends_on}
        return Response(DelegateSerializer(shown).data, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        end_referral_delegation(actor=request.user)
        return Response(status=204)


class CommentApi(OfInitiative):
    """One remark: its words may be changed by who said them."""

    def found(self, pk: int) -> Any:
        rows = self.initiative.comments.select_related("author", "parent", "initiative")
        return get_object_or_404(rows, pk=pk)

    @extend_schema(request=CommentSerializer, responses=CommentSerializer)
    def patch(self, request: Request, number: int, pk: int) -> Response:
        text = self.told(CommentSerializer)["text"]
        row = talk.edit_comment(comment=self.found(pk), actor=request.user, text=text)
        return self.answered(row, CommentSerializer, 200)


class CommentActApi(CommentApi):
    """Settle a thread, take it up again, say that it was read."""

    http_method_names = ("post", "options")

    @extend_schema(
        request=None, responses=CommentSerializer, operation_id="initiatives_comments_act"
    )
    def post(self, request: Request, number: int, pk: int, act: str) -> Response:
        row = self.found(pk)
        root = row.parent or row
        if act == "resolve":
            root = talk.resolve_thread(comment=row, actor=request.user)
        elif act == "reopen":
            root = talk.reopen_thread(comment=row, actor=request.user)
        else:
            talk.read_thread(root=root, person=request.user)
        return self.answered(root, CommentSerializer, 200)


class FollowSerializer(serializers.Serializer[Any]):
    following = serializers.BooleanField(source="mine")
    followers = serializers.IntegerField(source="count")


class FollowApi(OfInitiative):
    """Whether the asker follows the initiative."""

    def _now(self) -> Response:
        return Response(FollowSerializer(following(self.initiative, self.request.user)).data)

    @extend_schema(responses=FollowSerializer)
    def get(self, request: Request, number: int) -> Response:
        return self._now()

    @extend_schema(request=None, responses=FollowSerializer)
    def put(self, request: Request, number: int) -> Response:
        follow(initiative=self.initiative, actor=request.user)
        return self._now()

    @extend_schema(responses={200: FollowSerializer})
    def delete(self, request: Request, number: int) -> Response:
        unfollow(initiative=self.initiative, actor=request.user)
        return self._now()


class SharedSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    name = serializers.CharField()


class CollisionSerializer(serializers.Serializer[Any]):
    """Two initiatives and what they meet in."""

    first = serializers.CharField(source="first.key")
    second = serializers.CharField(source="second.key")
    shared = SharedSerializer(many=True)
    dismissed = serializers.BooleanField()
    asked = serializers.BooleanField()


class CollisionListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(source="total")
    results = CollisionSerializer(source="rows", many=True)


class CollisionsApi(APIView):
    """Collisions with the page's own parameters: line, other, kind, state; `offset` pages on."""

    @extend_schema(responses=CollisionListSerializer)
    def get(self, request: Request) -> Response:
        form = RadarForm(request.GET, person=request.user)
        told = form.told()
        if form.errors:
            raise serializers.ValidationError(
                {k: [str(e) for e in v] for k, v in form.errors.items()}
            )
        text = request.GET.get("offset", "0")
        offset = whole(text, 6) or 0
        found = collisions(request.user, **told, limit=MOST, offset=offset)
        return Response(CollisionListSerializer(found).data)


class DismissSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2_000)
    until = serializers.DateField(required=False)


class AskSerializer(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=2_000)


class CollisionActApi(APIView):
    """Dismiss the collision of two initiatives, or ask both owners."""

    shapes = {"dismiss": DismissSerializer, "ask": AskSerializer}

    @extend_schema(request=DismissSerializer, responses={201: CollisionSerializer})
    def post(self, request: Request, number: int, other: int, act: str) -> Response:
        rows = Initiative.objects.visible_to(request.user).select_related("line", "owner")
        first = get_object_or_404(rows, number=number)
        second = get_object_or_404(rows.exclude(pk=first.pk), number=other)
        given = self.shapes[act](data=request.data)
        given.is_valid(raise_exception=True)
        do = judge.dismiss_collision if act == "dismiss" else judge.ask_owners
        do(first=first, second=second, actor=request.user, **given.validated_data)
        return Response(CollisionSerializer(self._pair(first, second)).data, status=201)

    def _pair(self, first: Initiative, second: Initiative) -> Collision:
        found = collisions(self.request.user, initiative=first, state="all", limit=10_000)
        return next(c for c in found.rows if second.pk in (c.first.pk, c.second.pk))
