"""Who may see everybody's jobs and re-arm dead rows. The setting names a predicate of a person."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from config.flow.visibility import administers


def oversees(person: Any) -> bool:
    """`settings.DUE_OVERSEERS` names the predicate; without one it is the staff flag."""
    path = getattr(settings, "DUE_OVERSEERS", "")
    if not person.is_active:
        return False
    return bool(import_string(path)(person)) if path else administers(person)
