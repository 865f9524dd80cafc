"""Access goes through `visible_to`: the first call of every read for a person."""

from typing import Any, Self

from django.db import models


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows that every signed-in, active person may read; apps narrow it where a row is private."""

    def visible_to(self, person: Any) -> Self:
        """Rows this person may see; nobody sees anything without signing in."""
        if getattr(person, "is_authenticated", False) and person.is_active:
            return self
        return self.none()
