"""What a page says after an act: kept in a cookie of our own name, in the session when it is long."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """The package's cookie, kept to this host as the others are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cookie_name = f"{settings.COOKIE_PREFIX}messages"


class Messages(FallbackStorage):
    """First the cookie, then the session."""

    storage_classes = (HostCookie, SessionStorage)
