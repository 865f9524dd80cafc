"""Who is signed in where. The limits of a session are judged by the database's clock."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now
from django.utils.module_loading import import_string


class SessionQuerySet(models.QuerySet["Session"]):
    """Reads of sessions."""

    def visible_to(self, person: Any) -> "SessionQuerySet":
        """One's own, nobody else's: administrators included."""
        return self.filter(person=person) if person.is_authenticated else self.none()

    def alive(self) -> "SessionQuerySet":
        """Those that neither rested too long nor are too old."""
        return self.filter(
            expire_date__gt=Now(),
            started_at__gt=Now() - settings.SESSION_ABSOLUTE,
            seen_at__gt=Now() - settings.SESSION_IDLE,
        )


class Session(AbstractBaseSession):
    """A session with whom it belongs to, where it began, and when it was seen last."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    place = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        indexes = (models.Index(fields=["person"], name="session_person"),)

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_string("accounts.entry.store.SessionStore")
