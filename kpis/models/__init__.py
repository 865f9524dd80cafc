"""KPI, target and observation are three records; links join KPIs to a metric tree."""

from kpis.models.kpi import KPI, Cadence, Direction, Scope
from kpis.models.link import MetricLink
from kpis.models.observation import Observation
from kpis.models.target import Target, TargetStep

__all__ = [
    "KPI",
    "Cadence",
    "Direction",
    "MetricLink",
    "Observation",
    "Scope",
    "Target",
    "TargetStep",
]
