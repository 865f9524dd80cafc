"""Production: `./gateline serve`. Refuses to start without a key and named hosts."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment
from config.settings.base import *  # noqa: F403

if not environment.SECRET_KEY:
    message = "Set GATELINE_SECRET_KEY to a long random text, and keep it the same between starts."
    raise ImproperlyConfigured(message)
if not environment.ALLOWED_HOSTS:
    message = "Set GATELINE_ALLOWED_HOSTS to the host names people use, separated by commas."
    raise ImproperlyConfigured(message)

SECURE_HSTS_SECONDS = 31_536_000 if environment.SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.SECURE else None
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.SECURE
# Whoever asks in the clear is led to https; probes and scrapers on the machine itself are not.
SECURE_SSL_REDIRECT = environment.SECURE
# The API refuses what comes in the clear (config/rest/encrypted.py).
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$", r"^api/v1/"]
# Entering the browsers' preload list is the domain owner's act and cannot be taken back quickly.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
