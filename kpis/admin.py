"""Admin of KPIs. Values are added and superseded by the same action as everywhere; none is edited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.identity import signed_in
from config.web.admin import SteppedAdmin
from kpis.actions.kpi import change_kpi, introduce_kpi
from kpis.actions.observation import record_observation
from kpis.forms import KpiForm
from kpis.models import KPI, MetricLink, Observation, Target, TargetStep


@admin.register(KPI)
class KpiAdmin(admin.ModelAdmin):
    """KPIs; saved through the same actions as the page."""

    form = KpiForm
    list_display = ("key", "name", "line", "owner", "direction", "cadence")
    list_filter = ("line", "scope", "direction")
    list_select_related = ("line", "owner")
    search_fields = ("name", "definition")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **_: Any
    ) -> Any:
        """The page's own form; it carries the version, which no model form may name."""
        return KpiForm

    def save_model(self, request: HttpRequest, obj: KPI, form: Any, change: bool) -> None:
        if change:
            version = form.cleaned_data.get("row_version")
            change_kpi(kpi=obj, actor=signed_in(request), seen_version=version, **form.facts())
            return
        made = introduce_kpi(actor=signed_in(request), **form.facts())
        obj.pk, obj.number, obj.name = made.pk, made.number, made.name

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has written the guardrails."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Observation)
class ObservationAdmin(admin.ModelAdmin):
    """Values: added, never edited or deleted."""

    list_display = ("kpi", "period_start", "period_end", "value", "provenance", "superseded_at")
    list_filter = ("kpi",)
    list_select_related = ("kpi",)
    fields = ("kpi", "period_start", "period_end", "value", "provenance", "note")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = record_observation(actor=signed_in(request), **form.cleaned_data)
        obj.pk, obj._state.adding = made.pk, False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TargetStepInline(admin.TabularInline):
    """What was done to a target."""

    model = TargetStep
    extra = 0
    can_delete = False
    fields = ("at", "actor_name", "step", "from_state", "to_state", "taken", "note")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Target)
class TargetAdmin(SteppedAdmin):
    """Targets are proposed on the KPI's page; here they are read, committed and retired."""

    list_display = ("kpi", "value", "phase", "due_date", "owner")
    list_filter = ("phase",)
    list_select_related = ("kpi", "owner")
    readonly_fields = (
        "kpi",
        "value",
        "start_date",
        "due_date",
        "owner",
        "confidence",
        "baseline_value",
        "baseline_period_start",
        "baseline_period_end",
        "baseline_observations",
    )
    inlines = (TargetStepInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MetricLink)
class MetricLinkAdmin(admin.ModelAdmin):
    """Links of the metric tree; made on the KPI's page, where a loop is refused."""

    list_display = ("driver", "driven", "kind", "positive", "lag_days")
    list_select_related = ("driver", "driven")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
