"""App of the HTML adapters; it owns no model."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "config.web"
    label = "web"
