"""What people hold in KPIs, for the day they leave."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.handover import Holding, register
from kpis.models import KPI, Target


def _kpis(person: Any) -> models.QuerySet[Any]:
    return KPI.objects.filter(owner=person).order_by("number")


def _targets(person: Any) -> models.QuerySet[Any]:
    live = (Target.PROPOSED, Target.COMMITTED)
    return Target.objects.filter(owner=person, phase__in=live).select_related("kpi")


register(Holding("kpis", _("KPIs owned"), _kpis, "owner", must=True,
                 title=lambda row: f"{row.key} {row.name}"))  # fmt: skip
register(Holding("targets", _("Targets owned"), _targets, "owner", must=True,
                 title=lambda row: f"{row.kpi.key} {row.kpi.name}, {row.due_date}",
                 href=lambda row: str(row.kpi.get_absolute_url())))  # fmt: skip
