"""Once its tables are there, the database remembers that it is where due work is done."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from config.due.hold import settle
from config.due.models import Installation


@receiver(post_migrate, sender=apps.get_app_config("due"))
def settle_here(using: str = "default", **_: Any) -> None:
    if Installation._meta.db_table in connections[using].introspection.table_names():
        settle()
