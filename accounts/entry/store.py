"""The session engine: rows of our own table, with limits judged by the database's clock.

Loaded before the models are, so it asks the registry for them.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from accounts.entry.clock import MINUTE
from config.prepared import Prepared

PLACE, DEVICE = "_place", "_device"
WHOM = "_auth_user_id"


def _found(key: str) -> Any:
    """The session of a key with its person, and whether its last moment is to be written anew."""
    stale = ExpressionWrapper(Q(seen_at__lt=Now() - MINUTE), output_field=BooleanField())
    alive: Any = SessionStore.get_model_class().objects.alive()
    return alive.annotate(stale=stale).select_related("person").filter(session_key=key)


FOUND = Prepared(_found, str)


class SessionStore(db.SessionStore):
    """Knows whose session it is and when it was seen last; that moment is written once a minute."""

    unseen = False
    # Read with the session, so that a page asks once for both.
    person: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("accounts", "Session")

    def _get_session_from_db(self) -> Any:
        limits = (settings.SESSION_IDLE, settings.SESSION_ABSOLUTE)
        row = next(iter(FOUND.rows(self.session_key, shape=limits)), None)
        if row is None:
            self._session_key = None
            return None
        self.unseen, self.person = bool(row.stale), row.person
        return row

    def save(self, must_create: bool = False) -> None:
        """Create the row, or change it; its beginning never changes."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        told = {
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "person_id": data.get(WHOM),
        }
        if must_create:
            self._insert({**told, "place": data.get(PLACE), "device": data.get(DEVICE, "")})
        elif not self._rows().update(**told, seen_at=Now()):
            raise UpdateError

    def renew(self) -> None:
        """Another key for the same session: the old one opens nothing, its beginning stays."""
        fresh = self._get_new_session_key()  # type: ignore[attr-defined]
        self._rows().update(session_key=fresh)
        self._session_key = fresh
        self.modified = True

    def touch(self) -> None:
        """It was seen now."""
        self._rows().update(seen_at=Now())
        self.unseen = False

    def _rows(self) -> Any:
        return self.model.objects.filter(session_key=self.session_key)

    def _insert(self, values: dict[str, Any]) -> None:
        told = {"session_key": str(self.session_key), **values}
        try:
            with transaction.atomic():
                self.model.objects.create(**told)
        except IntegrityError:
            raise CreateError from None
