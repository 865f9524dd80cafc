"""Who may read the trail. The setting names a predicate of a person."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def reads_audit(person: Any) -> bool:
    """`settings.AUDIT_READERS` names the predicate."""
    return bool(person.is_active and import_string(settings.AUDIT_READERS)(person))
