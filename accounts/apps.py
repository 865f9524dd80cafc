"""App of people, lines, teams and roles."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """What it gives to the shell, and shipped data."""
        import_module("accounts.door_receivers")
        import_module("accounts.receivers")
        import_module("accounts.references")
        import_module("accounts.holdings")
        # It says where seeds rest sealed.
        import_module("accounts.entry.totp")
