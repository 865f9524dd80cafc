"""Signatures of what is sent, as Standard Webhooks writes them. Knows no model, logs nothing.

The secret is `whsec_` and the base64 of its bytes. What is signed is `id.timestamp.body`.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A secret of 256 bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    """`v1,<base64 of the HMAC-SHA256>` of one message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(secrets_now: Iterable[str], message_id: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers; one signature per secret that is valid now, the newest first."""
    signed = " ".join(signature(secret, message_id, at, body) for secret in secrets_now)
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signed}
