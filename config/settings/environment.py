"""The one place that reads the process environment. Nothing else may touch os.environ."""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("GATELINE_DATA", default=str(BASE_DIR / ".local"))).resolve()

DATABASE_URL = env.str("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/gateline")
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
SECRET_KEY = env.str("GATELINE_SECRET_KEY", default="")
OLD_SECRET_KEYS = env.list("GATELINE_OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS = env.list("GATELINE_ALLOWED_HOSTS", default=[])
OUTBOUND_HOSTS = env.list("GATELINE_OUTBOUND_HOSTS", default=[])
SEAL_KEYS = env.list("GATELINE_SEAL_KEYS", default=[])
BASE_URL = env.str("GATELINE_BASE_URL", default="http://127.0.0.1:8000")
EMAIL_URL = env.str("GATELINE_EMAIL_URL", default="")
FAULTS = env.str("GATELINE_FAULTS", default="")
IMPORT_ROOTS = env.list("GATELINE_IMPORT_ROOTS", default=[])
LOG_JSON = env.bool("GATELINE_LOG_JSON", default=False)
FILES_URL = env.str("GATELINE_FILES_URL", default="")
VIRUS_SCAN = env.str("GATELINE_VIRUS_SCAN", default="")
METRICS_TOKEN = env.str("GATELINE_METRICS_TOKEN", default="")
# prometheus_client reads this one by itself; the launcher makes the folder and empties it.
METRICS_FOLDER = env.str("PROMETHEUS_MULTIPROC_DIR", default="")
API_RATES = env.list("GATELINE_API_RATES", default=[])
SECURE = env.bool("GATELINE_HTTPS", default=False)
# Single sign-on, and which group of the directory is which role; see docs/signing-in.md.
OIDC = env.json("GATELINE_OIDC", default=[])
SAML = env.json("GATELINE_SAML", default=[])
GROUP_ROLES = env.json("GATELINE_GROUP_ROLES", default=[])
SSO_CREATES_PEOPLE = env.bool("GATELINE_SSO_CREATES_PEOPLE", default=True)
