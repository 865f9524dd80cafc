"""Settings shared by every way of running Gateline; values that differ come from environment.py."""

from datetime import timedelta

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.logs import logging_settings
from config.settings import environment, signing_in
from config.settings.api import *  # noqa: F403 - settings are names of a module
from config.settings.environment import BASE_DIR, DATA_DIR, env
from config.settings.files import storage_settings

# Lets generic Django classes be subscripted at run time, as the type checker asks.
django_stubs_ext.monkeypatch()

SECRET_KEY = environment.SECRET_KEY or "unsafe-development-key"
# Keys before this one: what they signed still opens, nothing new is signed by them.
SECRET_KEY_FALLBACKS = environment.OLD_SECRET_KEYS
DEBUG = False
ALLOWED_HOSTS = environment.ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
BASE_URL = environment.BASE_URL.rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "config.flow",
    "config.due",
    "config.sheets",
    "config.web",
    "config.rest",
    "config.audit",
    "config",
    # Before ours, so that we can take its pages out of the admin again.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "accounts",
    "webhooks",
    "kpis",
    "rfc",
    "initiatives",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lucide",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "config.web.metrics.MetricsMiddleware",
    "config.web.proxy.ForwardedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.rest.encrypted.EncryptedMiddleware",
    "config.web.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.rest.slashes.SlashMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.entry.middleware.PersonMiddleware",
    "config.web.history.HistoryMiddleware",
    "config.rest.allowance.AllowanceMiddleware",
    "config.web.addresses.AddressMiddleware",
    "config.web.zones.PersonZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.web.refusals.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.entry.middleware.DoorMiddleware",
    "config.rest.idempotency.IdempotencyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.web.context.shell",
            ],
        },
    }
]

# To find the best order of a dozen joins, or to compile a statement, takes PostgreSQL longer than to
# run it here. Who names options in the address sets their own.
_DATABASE = env.db_url_config(environment.DATABASE_URL)
_DATABASE.setdefault("OPTIONS", {}).setdefault("options", "-c join_collapse_limit=4 -c jit=off")
DATABASES = {
    "default": {
        **_DATABASE,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.entry.policy.LengthByFactors"},
    {"NAME": "accounts.entry.policy.NoCompanyWords"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "accounts.entry.store"
SESSION_IDLE = timedelta(hours=8)
SESSION_ABSOLUTE = timedelta(days=7)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A browser keeps a cookie of this name to one host, one path and https.
COOKIE_PREFIX = "__Host-" if environment.SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "config.web.messages.Messages"
INVITATION_DAYS = 7
# The mail and the page say "within a day".
PASSWORD_RESET_TIMEOUT = 24 * 3600
vars().update(signing_in.SETTINGS)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
# Texts are looked up in catalogues only where there is more than one language to choose from.
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": storage_settings(environment.FILES_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# A folder of documents is handed in as files; config.web.uploads bounds their bytes.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
UPLOAD_MOST_BYTES = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "config.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

VIRUS_SCAN = environment.VIRUS_SCAN
LOGGING = logging_settings(as_json=environment.LOG_JSON)
METRICS_TOKEN = environment.METRICS_TOKEN
METRICS_FOLDER = environment.METRICS_FOLDER

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": ["/policy-report"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.bearer.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "config.rest.paging.CursorPaging",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "config.rest.schema.Described",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # Addresses that take files name their parsers themselves.
    "DEFAULT_PARSER_CLASSES": ["config.rest.bodies.StrictJSONParser"],
    "EXCEPTION_HANDLER": "config.rest.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gateline API",
    "DESCRIPTION": "The same actions, filters and refusals as the pages.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # Choice sets that several fields share get one name.
    "ENUM_NAME_OVERRIDES": {
        "EvidenceKindEnum": "initiatives.models.note.KINDS",
        "NoticeReasonEnum": "accounts.models.notice.Reason",
        "RoleEnum": "accounts.models.role.Role",
        "TokenScopeEnum": "accounts.models.token.Scope",
        "DriftRuleEnum": ["ours", "theirs"],
        "ReviewFunctionEnum": "rfc.filters.FUNCTIONS",
        "ThreadKindEnum": "rfc.models.Kind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.rest.schema.describe_keys",
        "config.rest.schema.describe_refusals",
    ],
}

PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Celery is the doorbell only; see config/celery.py for its transport options.
REDIS_URL = environment.REDIS_URL
LEASE_SECONDS = 90
HTTP_DEADLINE_SECONDS = 30
VISIBILITY_TIMEOUT = 300
MAX_ATTEMPTS = 8
IDEMPOTENCY_HOURS = 48
RELAY_TIMER_SECONDS = 5
DUE_OVERSEERS = "accounts.permissions.oversees_work"
AUDIT_READERS = "accounts.permissions.is_admin"
# Models written once that have no history table: what a row is about, when, and by whom.
AUDIT_RECORDS = {
    "accounts.SignInEvent": {"about": "person_id", "at": "at", "actor": "person_id"},
    "rfc.Position": {"about": "rfc_id", "at": "at", "actor": "person_id"},
    "rfc.Revision": {"about": "rfc_id", "at": "created_at", "actor": "author_id"},
    "rfc.ThreadAct": {"about": "comment_id", "at": "at", "actor": "actor_id"},
    "rfc.DecisionReview": {"about": "decision_id", "at": "reviewed_at", "actor": "reviewed_by_id"},
    "rfc.DecisionSubject": {"about": "decision_id", "at": "added_at", "actor": "added_by_id"},
    "accounts.TokenSignIn": {"about": "token_id", "at": "at", "actor": "person_id"},
    "kpis.Observation": {"about": "kpi_id", "at": "arrived_at", "actor": "recorded_by_id"},
    "initiatives.RankingChange": {"about": "ranking_id", "at": "at", "actor": "actor_id"},
    "initiatives.FrameworkVersion": {
        "about": "framework_id",
        "at": "published_at",
        "actor": "published_by_id",
    },
}
# The newest seal is written here too, outside the database; keep a copy on another machine.
AUDIT_HEADS = DATA_DIR / "audit" / "heads.jsonl"
OUTBOUND_HOSTS = environment.OUTBOUND_HOSTS
# Keys of sealed tokens, "id:base64" with the current one first; without any, a key file of our own.
SEAL_KEYS = environment.SEAL_KEYS
KEY_FOLDER = DATA_DIR / "keys"
# One delivery of a webhook may take this long; a replaced secret goes on signing; texts and rows
# of the log are kept.
WEBHOOK_SECONDS = 15
WEBHOOK_OLD_SECRET_HOURS = 24
WEBHOOK_BODY_DAYS = 14
WEBHOOK_LOG_DAYS = 90
# What happens together becomes one message to a chat room: how long the first thing waits for
# others, how far messages are apart, how many things one names; the hour of the daily heartbeat.
CHAT_GATHER_SECONDS = 60
CHAT_APART_SECONDS = 300
CHAT_MOST_LINES = 20
CHAT_HEARTBEAT_HOUR = 8
# Seconds after a create of unknown outcome at which it is looked for.
JIRA_PROBE_SECONDS = (2.0, 5.0, 15.0, 60.0, 180.0)
JIRA_POLL_OVERLAP_MINUTES = 10
GATELINE_FAULTS = environment.FAULTS

COMPANY_NAME = "Gateline"
TRIAGE_PROMISE_DAYS = 3
STALE_EVIDENCE_DAYS = 90
# Working days within which the CPO answers a referral and a line answers for itself; days on which
# nobody works, as year-month-day.
REFERRAL_PROMISE_DAYS = 5
LINE_ANSWER_DAYS = 5
HOLIDAYS: tuple[str, ...] = ()
# How long the dismissal of a collision holds when nobody says otherwise.
COLLISION_DISMISSAL_DAYS = 90
# What Home compares first: a legal date, people who wait, age against the expected time, value.
HOME_ORDER = ("legal", "blocked", "age", "value")
# Days without an act after which an initiative's owner is reminded.
UPDATE_REMINDER_DAYS = 14
REVIEW_WINDOW_DAYS = 5
HOLD_DAYS = 14
# Days without any act after which an RFC expires, and how long before that its author is warned.
RFC_EXPIRES_AFTER_DAYS = 90
RFC_EXPIRY_WARNING_DAYS = 14
# Telling more people than this at once is asked about first.
TELL_MANY = 15
# A figure about reviews is not shown where fewer different people stand behind it.
REVIEW_HEALTH_LEAST_PEOPLE = 3
IMPORT_ROOTS = environment.IMPORT_ROOTS

if environment.EMAIL_URL:
    vars().update(env.email_url_config(environment.EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "gateline@localhost"
