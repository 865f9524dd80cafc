"""App of the due rows. It loads every app's `tasks`, so that all processes know the same work."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DueConfig(AppConfig):
    name = "config.due"
    label = "due"

    def ready(self) -> None:
        """Register the checks, then the jobs and periodic work declared in `<app>.tasks`."""
        autodiscover_modules("checks", register_to=None)
        autodiscover_modules("tasks", register_to=None)
        import_module("config.due.receivers")
