"""What KPIs, observations, targets and links look like in the API. Unknown is null, never 0."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import BusinessLine, Person, SubTeam, Team
from config.rest.related import IdOf, SlugOf
from kpis.models import KPI, MetricLink, Observation, Target
from kpis.queries import Standing


@extend_schema_field(str)
class KpiField(SlugOf):
    """A KPI by its key."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", KPI.objects.all())
        super().__init__(slug_field="number", **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(value.key)

    def to_internal_value(self, data: Any) -> KPI:
        found: KPI = super().to_internal_value(str(data).upper().removeprefix("KPI-"))
        return found


class DefinitionSerializer(serializers.ModelSerializer):
    """A KPI as it is defined; what is written."""

    line = SlugOf(
        slug_field="slug", queryset=BusinessLine.objects.all(), required=False, allow_null=True
    )
    team = SlugOf(slug_field="slug", queryset=Team.objects.all(), required=False, allow_null=True)
    sub_team = IdOf(queryset=SubTeam.objects.all(), required=False, allow_null=True)
    owner = IdOf(queryset=Person.objects.active(), required=False)
    guardrails = KpiField(many=True, required=False)

    class Meta:
        model = KPI
        fields = (
            "name",
            "definition",
            "formula",
            "unit",
            "direction",
            "band_low",
            "band_high",
            "scope",
            "line",
            "team",
            "sub_team",
            "owner",
            "source",
            "cadence",
            "guardrails",
        )
        validators = ()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        told = {**self._before(), **attrs}
        needed = {"line": "line", "team": "team", "sub_team": "sub_team"}.get(
            str(told.get("scope", "line"))
        )
        if needed and not told.get(needed):
            raise serializers.ValidationError({needed: "Say which one, or choose another scope."})
        low, high = told.get("band_low"), told.get("band_high")
        if told.get("direction") == "band" and (low is None or high is None or high <= low):
            raise serializers.ValidationError(
                {"band_high": "A band needs both ends, and the upper one lies above the lower."}
            )
        return attrs

    def _before(self) -> dict[str, Any]:
        if self.instance is None:
            return {}
        plain = [name for name in self.Meta.fields if name != "guardrails"]
        return {name: getattr(self.instance, name) for name in plain}


class CurrentSerializer(serializers.Serializer[Any]):
    """The newest value."""

    value = serializers.DecimalField(max_digits=20, decimal_places=6)
    day = serializers.DateField()


class TargetBriefSerializer(serializers.ModelSerializer):
    """The committed target in short."""

    class Meta:
        model = Target
        fields = ("id", "value", "baseline_value", "start_date", "due_date")


class KpiSerializer(serializers.Serializer[Standing]):
    """A KPI and where it stands."""

    key = serializers.CharField(source="kpi.key")
    url = serializers.CharField(source="kpi.get_absolute_url")
    definition = DefinitionSerializer(source="kpi")
    owner_name = serializers.CharField(source="kpi.owner.name")
    row_version = serializers.IntegerField(source="kpi.row_version")
    current = CurrentSerializer(source="reading", allow_null=True)
    target = TargetBriefSerializer(allow_null=True)
    progress = serializers.DecimalField(
        max_digits=20,
        decimal_places=4,
        allow_null=True,
        help_text="Share of the way from baseline to target; negative is worse; null is unknown.",
    )
    status = serializers.ChoiceField(choices=["on_track", "at_risk", "off_track", "unknown"])
    stale = serializers.BooleanField()


class ObservationSerializer(serializers.ModelSerializer):
    """A value of a period. Never changed: a new value for the same period supersedes it."""

    supersedes: Any = IdOf(read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.name", default=None, read_only=True)
    period_start = serializers.DateField(required=False)

    class Meta:
        model = Observation
        fields = (
            "id",
            "period_start",
            "period_end",
            "value",
            "provenance",
            "note",
            "recorded_by",
            "arrived_at",
            "supersedes",
            "superseded_at",
        )
        read_only_fields = ("id", "arrived_at", "superseded_at")
        validators = ()

    def validate_period_end(self, day: date) -> date:
        if day > timezone.localdate():
            raise serializers.ValidationError(f"{day} has not come yet.")
        return day

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs.get("period_start"), attrs["period_end"]
        if start is not None and start > end:
            raise serializers.ValidationError({"period_start": "The period begins before it ends."})
        return attrs


class TargetSerializer(serializers.ModelSerializer):
    """A target. `baseline_from` names the observations whose mean is the baseline."""

    baseline_from = IdOf(
        queryset=Observation.objects.current(), many=True, write_only=True, required=False
    )
    owner = IdOf(queryset=Person.objects.active(), required=False)
    state = serializers.CharField(read_only=True)
    kpi = serializers.CharField(source="kpi.key", read_only=True)

    class Meta:
        model = Target
        fields = (
            "id",
            "kpi",
            "state",
            "value",
            "start_date",
            "due_date",
            "owner",
            "confidence",
            "baseline_value",
            "baseline_period_start",
            "baseline_period_end",
            "baseline_observations",
            "baseline_from",
            "row_version",
            "flow_version",
        )
        read_only_fields = (
            "id",
            "baseline_value",
            "baseline_period_start",
            "baseline_period_end",
            "baseline_observations",
            "row_version",
            "flow_version",
        )
        validators = ()
        extra_kwargs = {"confidence": {"min_value": Decimal(0), "max_value": Decimal(100)}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["due_date"] <= attrs["start_date"]:
            raise serializers.ValidationError({"due_date": "It is due after it starts."})
        return attrs


class BaselineSerializer(serializers.Serializer[Any]):
    """The observations a baseline is taken from."""

    baseline_from = IdOf(queryset=Observation.objects.current(), many=True, allow_empty=False)


class LinkSerializer(serializers.ModelSerializer):
    """How another KPI drives this one."""

    driver = KpiField()
    driven = KpiField(read_only=True, queryset=None)

    class Meta:
        model = MetricLink
        fields = ("id", "driver", "driven", "kind", "positive", "lag_days", "evidence")
        validators = ()
