"""App of the doorman; it owns the key counters and the database extensions."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate

from config.flow.signals import ship_defaults


class FlowConfig(AppConfig):
    name = "config.flow"
    label = "flow"

    def ready(self) -> None:
        """Data that belongs to the product (roles' reporting lines, sources, the RFC template)
        arrives with the tables.
        """
        post_migrate.connect(ship_when_complete, sender=self)


def ship_when_complete(using: str = "default", **_: Any) -> None:
    """Ask the apps for their shipped data once every table is there."""
    there = set(connections[using].introspection.table_names())
    models = (m for m in apps.get_models() if m._meta.managed and not m._meta.proxy)
    if all(m._meta.db_table in there for m in models):
        ship_defaults.send(sender=FlowConfig)
