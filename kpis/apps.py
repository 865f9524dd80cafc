"""App of KPIs, targets and observations."""

from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        """What it gives to the shell and to the pages of lines and teams."""
        import_module("kpis.receivers")
        import_module("kpis.news")
        import_module("kpis.heartbeat")
        import_module("kpis.handover")
        import_module("kpis.references")
