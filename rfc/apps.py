"""App of RFCs, revisions and positions."""

from importlib import import_module

from django.apps import AppConfig


class RfcConfig(AppConfig):
    name = "rfc"

    def ready(self) -> None:
        """What it gives to the shell and to the pages of lines, teams and people."""
        import_module("rfc.receivers")
        import_module("rfc.news")
        import_module("rfc.handover")
        import_module("rfc.views.decision_shell")
        import_module("rfc.references")
