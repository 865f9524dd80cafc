"""API of the order: place, explain, take out, order a lane, lanes and capacity, compare, since."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.rest.versions import sent_version
from config.whole import whole
from initiatives.actions import ordering
from initiatives.actions import ranking as actions
from initiatives.api.coordination import FindRanking, RankingEntrySerializer, RankingSerializer
from initiatives.models import Lane, Ranking, RankingEntry
from initiatives.queries.periods import changes_since, compare_rankings
from initiatives.queries.ranking import lanes_of, rankings_for


class PlaceSerializer(serializers.Serializer[Any]):
    """Where to: a position, a lane (by its id), or right after another entry. All optional, as are
    points and the reason why it departs from its score.
    """

    position = serializers.IntegerField(min_value=1, required=False)
    lane = serializers.IntegerField(required=False)
    after = serializers.IntegerField(required=False, help_text="Number of an initiative.")
    points = serializers.IntegerField(min_value=0, max_value=9999, required=False, allow_null=True)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class EntryApi(FindRanking, APIView):
    """One entry: PATCH moves and explains, DELETE takes it out."""

    def entry(self) -> RankingEntry:
        """The entry in the address."""
        rows = RankingEntry.objects.select_related("ranking__line", "lane", "initiative")
        found: RankingEntry = get_object_or_404(rows, ranking=self.find(), pk=self.kwargs["entry"])
        return found

    @extend_schema(request=PlaceSerializer, responses=RankingEntrySerializer)
    def patch(self, request: Request, pk: int, entry: int) -> Response:
        serializer = PlaceSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told, row = serializer.validated_data, self.entry()
        if {"position", "lane", "after"} & told.keys():
            row = ordering.place_entry(
                entry=row,
                actor=request.user,
                position=told.get("position"),
                lane=self._lane(row, told),
                after=self._after(row, told),
                seen_version=sent_version(request),
            )
        if "reason" in told:
            actions.explain_departure(entry=row, actor=request.user, reason=told["reason"])
        if "points" in told:
            actions.set_points(entry=row, actor=request.user, points=told["points"])
        return Response(RankingEntrySerializer(row).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, entry: int) -> Response:
        ordering.remove_from_ranking(entry=self.entry(), actor=request.user)
        return Response(status=204)

    def _lane(self, row: RankingEntry, told: dict[str, Any]) -> Lane | None:
        if "lane" not in told:
            return None
        found: Lane = get_object_or_404(row.ranking.lanes, pk=told["lane"])
        return found

    def _after(self, row: RankingEntry, told: dict[str, Any]) -> RankingEntry | None:
        if "after" not in told:
            return None
        rows = row.ranking.entries.select_related("lane", "initiative")
        found: RankingEntry = get_object_or_404(rows, initiative__number=told["after"])
        return found


class OrderSerializer(serializers.Serializer[Any]):
    """The whole order of a lane: the ids of its entries, first to last."""

    order = serializers.ListField(child=serializers.IntegerField())


class LaneOrderApi(FindRanking, APIView):
    """Set the order of a lane at once; If-Match refuses a ranking that changed meanwhile."""

    @extend_schema(request=OrderSerializer, responses=RankingSerializer)
    def put(self, request: Request, pk: int, lane: int) -> Response:
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        ranking = self.find()
        found: Lane = get_object_or_404(ranking.lanes.select_related("ranking__line"), pk=lane)
        ordering.order_lane(
            lane=found,
            actor=request.user,
            entry_ids=serializer.validated_data["order"],
            seen_version=sent_version(request),
        )
        return Response(self.answer(self.find()))


class UndoMoveApi(FindRanking, APIView):
    """Take the newest move back, as long as everything stands as it left it."""

    @extend_schema(request=None, responses=RankingSerializer)
    def post(self, request: Request, pk: int) -> Response:
        ordering.undo_move(
            ranking=self.find(), actor=request.user, seen_version=sent_version(request)
        )
        return Response(self.answer(self.find()))


class LaneSerializer(serializers.Serializer[Any]):
    """One lane: its name and share; an empty name takes an empty lane out."""

    id = serializers.IntegerField()
    name = serializers.CharField(max_length=60, allow_blank=True)
    share_percent = serializers.IntegerField(min_value=0, max_value=100)


class NewLaneSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    share_percent = serializers.IntegerField(min_value=0, max_value=100)


class CapacitySerializer(serializers.Serializer[Any]):
    """The capacity and the lanes; shares sum to 100."""

    capacity_points = serializers.IntegerField(min_value=0, max_value=100_000)
    lanes = LaneSerializer(many=True)
    new_lane = NewLaneSerializer(required=False)


class CapacityApi(FindRanking, APIView):
    """Lanes and capacity of a draft."""

    @extend_schema(request=CapacitySerializer, responses=RankingSerializer)
    def put(self, request: Request, pk: int) -> Response:
        serializer = CapacitySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = serializer.validated_data
        new = told.get("new_lane")
        actions.set_capacity(
            ranking=self.find(),
            actor=request.user,
            capacity_points=told["capacity_points"],
            shares={each["id"]: each["share_percent"] for each in told["lanes"]},
            names={each["id"]: each["name"] for each in told["lanes"]},
            new_lane=(new["name"], new["share_percent"]) if new else None,
        )
        return Response(self.answer(self.find()))


class LanesApi(FindRanking, APIView):
    """The lanes as the page shows them: what fits, what departs, which places are sure."""

    @extend_schema(responses={200: serializers.ListSerializer(child=serializers.DictField())})
    def get(self, request: Request, pk: int) -> Response:
        return Response([_lane(found) for found in lanes_of(self.find())])


def _lane(found: Any) -> dict[str, Any]:
    return {
        "id": found.lane.pk,
        "name": found.lane.name,
        "share_percent": found.lane.share_percent,
        "capacity_points": found.capacity,
        "used_points": found.used,
        "finding": found.finding,
        "rows": [_row(row, fits=row in found.above) for row in found.rows],
    }


def _row(row: Any, *, fits: bool) -> dict[str, Any]:
    s = row.standing
    return {
        "entry": row.entry.pk,
        "initiative": row.initiative.key,
        "place": row.place,
        "could_be": row.reach,
        "next_ahead_percent": row.swap,
        "fits": fits,
        "departs_by": row.departs,
        "departure_reason": row.entry.departure_reason,
        "score": s.value,
        "low": s.low,
        "high": s.high,
        "parts": s.parts,
        "version": s.version,
        "missing": s.missing,
        "stale": s.stale,
        "points": row.entry.points,
    }


class MovedSerializer(serializers.Serializer[Any]):
    """One initiative in two rankings."""

    initiative = serializers.CharField()
    change = serializers.ChoiceField(choices=["up", "down", "new", "gone", "same"])
    by = serializers.IntegerField()
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)


class LaneShiftSerializer(serializers.Serializer[Any]):
    """One lane's share in two rankings."""

    lane = serializers.CharField()
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)


class RankingComparisonSerializer(serializers.Serializer[Any]):
    """What moved between two rankings."""

    counts = serializers.DictField(child=serializers.IntegerField())
    rows = MovedSerializer(many=True)
    shares = LaneShiftSerializer(many=True)


class CompareApi(FindRanking, APIView):
    """What moved from another ranking of the line (`?with=<id>`) to this one."""

    @extend_schema(
        parameters=[OpenApiParameter("with", int, description="Id of the earlier ranking.")],
        responses=RankingComparisonSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        after: Ranking = self.find()
        wanted = request.query_params.get("with", "")
        rows = rankings_for(request.user).filter(line=after.line_id)
        before = get_object_or_404(rows, pk=whole(wanted) or 0)
        found = compare_rankings(before, after)
        moved = [
            {"initiative": r.initiative.key, "change": r.moved.kind, "by": r.moved.by,
             "before": r.moved.before, "after": r.moved.after}
            for r in found.rows
        ]  # fmt: skip
        shares = [{"lane": s.name, "before": s.before, "after": s.after} for s in found.shares]
        return Response({"counts": dict(found.counts), "rows": moved, "shares": shares})


class SinceApi(FindRanking, APIView):
    """What a committed order does not know yet."""

    @extend_schema(responses={200: serializers.ListSerializer(child=serializers.DictField())})
    def get(self, request: Request, pk: int) -> Response:
        ranking = self.find()
        rows = changes_since(ranking) if ranking.phase == "committed" else []
        told = [{"initiative": r.initiative.key, "kind": r.kind, "text": r.text} for r in rows]
        return Response(told)
