"""App of the API's adapters; it owns the answers kept for repeated requests."""

from importlib import import_module

from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "config.rest"
    label = "rest"

    def ready(self) -> None:
        """It says where kept answers rest sealed."""
        import_module("config.rest.idempotency")
