"""App of KPIs, targets and observations."""

from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self) -> None:
        """What it gives to the shell and to the pages of lines and teams."""
        import_module("kpis.receivers")
<<<<<<< HEAD
        import_module("kpis.news")
=======
        import_module("kpis.handover")
>>>>>>> c34c57c (Somebody leaves: open work passes on, roles, sessions and tokens end, in one transaction)
        import_module("kpis.references")
