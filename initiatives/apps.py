"""App of the initiative from intake to Jira."""

from importlib import import_module

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"

    def ready(self) -> None:
        """News the app listens to, and what it gives to the shell."""
        import_module("initiatives.receivers")
        import_module("initiatives.news")
        import_module("initiatives.handover")
        import_module("initiatives.organisation")
        import_module("initiatives.views.shell")
        import_module("initiatives.views.beside")
        import_module("initiatives.views.references")
        import_module("initiatives.admin_scoring")
        import_module("initiatives.admin_coordination")
        import_module("initiatives.queries.needs_scoring")
        import_module("initiatives.queries.needs_talk")
        import_module("initiatives.queries.decided")
