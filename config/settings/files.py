"""Which storage keeps the files, from one address."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def storage_settings(address: str) -> dict[str, Any]:
    """The default storage from GATELINE_FILES_URL: nothing, or `s3://key:secret@bucket/prefix`.

    `?endpoint=https://…` names a store other than Amazon's, `?region=…` its region. Without key
    and secret the machine's own role is used. Raises ImproperlyConfigured.
    """
    if not address:
        return {"BACKEND": "config.web.storage.DiskStorage"}
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.hostname:
        message = "GATELINE_FILES_URL is not s3://key:secret@bucket/prefix?endpoint=…&region=…"
        raise ImproperlyConfigured(message)
    asked = parse_qs(parts.query)
    options: dict[str, Any] = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "endpoint_url": asked.get("endpoint", [None])[0],
        "region_name": asked.get("region", [None])[0],
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
    }
    if parts.username:
        options["access_key"] = unquote(parts.username)
        options["secret_key"] = unquote(parts.password or "")
    return {"BACKEND": "config.web.buckets.ObjectStorage", "OPTIONS": options}
