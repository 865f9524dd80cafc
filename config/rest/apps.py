"""App of the API's adapters; it owns the answers kept for repeated requests."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "config.rest"
    label = "rest"
