"""The suite: real PostgreSQL and broker, cheap password hashing, mail kept in memory."""

from config.settings import environment
from config.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = environment.DATA_DIR / "test-files"
ALLOWED_HOSTS = ["*"]
# Every test client starts the middleware anew: static files are looked for when one is asked for.
WHITENOISE_AUTOREFRESH = True
# A test asks faster than people do; tests of the limits set their own.
API_RATES = dict.fromkeys(API_RATES, 1_000_000)
REST_FRAMEWORK = {**REST_FRAMEWORK, "TEST_REQUEST_DEFAULT_FORMAT": "json"}
