"""Proof of an inbound webhook. Pure: the raw bytes, the header, the secret, true or false.

Storing the event and re-reading the issue do not live here.
"""

import hashlib
import hmac

BODY_LIMIT = 25 * 1024 * 1024


def verify(*, raw: bytes, header: str, secret: str) -> bool:
    """Check `X-Hub-Signature: sha256=HEX` over the raw body, in constant time.

    False for an empty secret, another method, a missing or malformed header.
    """
    method, _, sent = header.strip().partition("=")
    if not secret or method != "sha256" or not sent.isascii():
        return False
    due = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return hmac.compare_digest(due, sent)
