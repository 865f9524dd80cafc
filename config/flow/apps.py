"""App of the doorman; it owns the key counters and the database extensions."""

from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "config.flow"
    label = "flow"
