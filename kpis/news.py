"""What programs may be told of KPIs and targets (see webhooks)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kpis.models import KPI, Target
from webhooks.actions.listening import moved, on_created, on_step
from webhooks.actions.telling import tell
from webhooks.events import event

CREATED = event("kpi.created", _("A KPI was introduced"))
MOVED = event("target.phase_changed", _("A target moved on"))


def about(kind: str, kpi: KPI, **ids: Any) -> None:
    """Tell of something about a KPI; values are read through the API."""
    tell(
        kind,
        kpi,
        path=kpi.get_absolute_url(),
        api=f"/api/v1/kpis/{kpi.key}/",
        kpi=kpi.key,
        line=kpi.line.slug if kpi.line else None,
        **ids,
    )


def target_moved(target: Target, record: Any) -> None:
    about(MOVED, target.kpi, target=target.pk, **moved(record))


on_created(KPI, lambda kpi: about(CREATED, kpi))
on_step(Target, target_moved)
