"""KPIs as what people are told of."""

from accounts.subjects import Subject
from kpis.models import KPI


def subject_of(kpi: KPI) -> Subject:
    """A KPI as a notice names it."""
    return Subject("kpi", kpi.pk, kpi.key, kpi.name, kpi.get_absolute_url())
