"""App of outgoing webhooks."""

from importlib import import_module

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "webhooks"

    def ready(self) -> None:
        """What is sent when a delivery is due, and the place in the rail."""
        import_module("webhooks.receivers")
        import_module("webhooks.handover")
