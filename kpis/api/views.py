"""Views of the KPI API: the pages' actions, queries and filters."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.identity import signed_in
from config.rest.steps import ListSteps, TakeStepApi
from config.rest.versions import Versioned, seen_version
from kpis.actions.kpi import change_kpi, introduce_kpi, link_metrics, unlink_metrics
from kpis.actions.observation import record_observation
from kpis.actions.target import propose_target, set_baseline
from kpis.api.serializers import (
    BaselineSerializer,
    DefinitionSerializer,
    KpiSerializer,
    LinkSerializer,
    ObservationSerializer,
    TargetSerializer,
)
from kpis.filters import KpiFilter, ObservationFilter
from kpis.models import KPI, MetricLink, Observation, Target
from kpis.queries import kpis_for, links_of, standings

CREATED, NO_CONTENT = 201, 204


class OfKpi(GenericAPIView):
    """A view below one KPI."""

    queryset: QuerySet[Any] = KPI.objects.none()

    def kpi(self) -> KPI:
        """The KPI of the address, or 404."""
        found: KPI = get_object_or_404(kpis_for(self.request.user), number=self.kwargs["number"])
        return found


class Kpis(GenericAPIView):
    """KPIs with their standing; a new one."""

    queryset = KPI.objects.none()
    filterset_class = KpiFilter
    serializer_class = KpiSerializer

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = kpis_for(self.request.user)
        return found.prefetch_related("guardrails").order_by("name", "id")

    @extend_schema(responses=KpiSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows: Any = standings(page or [], trends=False)
        return self.get_paginated_response(KpiSerializer(rows, many=True).data)

    @extend_schema(request=DefinitionSerializer, responses={CREATED: KpiSerializer})
    def post(self, request: Request) -> Response:
        told = DefinitionSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        kpi = introduce_kpi(actor=signed_in(request), **told.validated_data)
        return Response(
            _shown(kpi), status=CREATED, headers={"Location": f"{request.path}{kpi.key}/"}
        )


class Kpi(Versioned, OfKpi):
    """One KPI; its definition is changed with If-Match."""

    serializer_class = KpiSerializer

    def get(self, request: Request, number: int) -> Response:
        kpi = self.kpi()
        return self.versioned_response(kpi, _shown(kpi))

    @extend_schema(request=DefinitionSerializer(partial=True), responses=KpiSerializer)
    def patch(self, request: Request, number: int) -> Response:
        kpi = self.kpi()
        told = DefinitionSerializer(kpi, data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        changed = change_kpi(
            kpi=kpi,
            actor=signed_in(request),
            seen_version=seen_version(request),
            **told.validated_data,
        )
        return self.versioned_response(changed, _shown(changed))


class Observations(OfKpi):
    """Values of a KPI; a new one."""

    queryset = Observation.objects.none()
    filterset_class = ObservationFilter
    serializer_class = ObservationSerializer

    @extend_schema(responses=ObservationSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.kpi().observations.select_related("recorded_by")
        found = self.filter_queryset(rows.order_by("-period_end", "-id"))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(ObservationSerializer(page, many=True).data)

    @extend_schema(responses={CREATED: ObservationSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = ObservationSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        row = record_observation(kpi=self.kpi(), actor=signed_in(request), **told.validated_data)
        return Response(ObservationSerializer(row).data, status=CREATED)


class Targets(OfKpi):
    """Targets of a KPI; a proposed one."""

    queryset = Target.objects.none()
    serializer_class = TargetSerializer

    @extend_schema(responses=TargetSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        rows = self.kpi().targets.select_related("kpi").order_by("-due_date", "-id")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(TargetSerializer(page, many=True).data)

    @extend_schema(responses={CREATED: TargetSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = TargetSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        target = propose_target(kpi=self.kpi(), actor=signed_in(request), **told.validated_data)
        return Response(TargetSerializer(target).data, status=CREATED)


def _target(view: Any) -> Target:
    rows = Target.objects.visible_to(view.request.user).select_related("kpi__owner", "kpi__line")
    found: Target = get_object_or_404(rows, kpi__number=view.kwargs["number"], pk=view.kwargs["pk"])
    return found


class OneTarget(Versioned, GenericAPIView):
    """One target; its baseline is set with If-Match while it is proposed."""

    queryset = Target.objects.none()
    serializer_class = TargetSerializer

    def get(self, request: Request, number: int, pk: int) -> Response:
        target = _target(self)
        return self.versioned_response(target, TargetSerializer(target).data)

    @extend_schema(request=BaselineSerializer, responses=TargetSerializer)
    def patch(self, request: Request, number: int, pk: int) -> Response:
        told = BaselineSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        changed = set_baseline(
            target=_target(self),
            actor=signed_in(request),
            seen_version=seen_version(request),
            **told.validated_data,
        )
        return self.versioned_response(changed, TargetSerializer(changed).data)


class TargetSteps(ListSteps):
    """What the steps of a target still lack."""

    def find(self) -> Target:
        return _target(self)


class TakeTargetStep(TakeStepApi):
    """Commit or retire a target."""

    def find(self) -> Target:
        return _target(self)

    def answer(self, row: Target) -> Any:
        return TargetSerializer(row).data


class Links(OfKpi):
    """What drives this KPI and what it drives."""

    queryset = MetricLink.objects.none()
    serializer_class = LinkSerializer
    pagination_class = None

    @extend_schema(responses=LinkSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(LinkSerializer(links_of(self.kpi()), many=True).data)

    @extend_schema(responses={CREATED: LinkSerializer})
    def post(self, request: Request, number: int) -> Response:
        told = LinkSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        link = link_metrics(actor=signed_in(request), driven=self.kpi(), **told.validated_data)
        return Response(LinkSerializer(link).data, status=CREATED)


class OneLink(OfKpi):
    """One link to this KPI."""

    queryset = MetricLink.objects.none()
    serializer_class = LinkSerializer

    @extend_schema(responses={NO_CONTENT: None})
    def delete(self, request: Request, number: int, pk: int) -> Response:
        link = get_object_or_404(MetricLink.objects.filter(driven=self.kpi()), pk=pk)
        unlink_metrics(link=link, actor=signed_in(request))
        return Response(status=NO_CONTENT)


def _shown(kpi: KPI) -> Any:
    return KpiSerializer(standings([kpi], trends=False)[0]).data
