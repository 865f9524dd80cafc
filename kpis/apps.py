"""App of KPIs, targets and observations."""

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
