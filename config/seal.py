"""Sealing of secrets that must be sent on and so cannot be hashed: AES-GCM with keys outside the database.

Lives here: keys, sealing and opening. A sealed text names its key and is bound to the row it was made
for, so a copy into another row does not open. Knows no app and no model; logs nothing.
"""

import base64
import binascii
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "v1"
NONCE_BYTES = 12
KEY_FILE = "seal"


class SealBroken(Exception):
    """The text cannot be opened: another key, another row, or changed. A whole sentence."""


def seal(text: str, *, bound_to: str) -> str:
    """The sealed form of a secret for the row named by `bound_to`."""
    key_id, key = _keys()[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(key).encrypt(nonce, text.encode(), _context(key_id, bound_to))
    return f"{VERSION}:{key_id}:{base64.urlsafe_b64encode(nonce + closed).decode()}"


def unseal(sealed: str, *, bound_to: str) -> str:
    """The secret again. Raises SealBroken."""
    try:
        _version, key_id, packed = sealed.split(":")
        raw = base64.urlsafe_b64decode(packed)
        key = dict(_keys())[key_id]
        nonce, closed = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, closed, _context(key_id, bound_to)).decode()
    except (ValueError, KeyError, binascii.Error, InvalidTag):
        message = "The stored token cannot be opened with the keys of this deployment."
        raise SealBroken(message) from None


def key_of(sealed: str) -> str:
    """The id of the key that sealed a text; empty for nonsense."""
    parts = sealed.split(":")
    return parts[1] if len(parts) == 3 else ""


def key_ids() -> list[str]:
    """The ids of the keys at hand, the one that seals first."""
    return [key_id for key_id, _key in _keys()]


def newest_key() -> str:
    """The id of the key that seals."""
    return key_ids()[0]


def add_key() -> tuple[str, bool]:
    """A new key before the others: its id and True when the key file keeps it; where the
    environment names the keys, its whole line and False. Running processes seal with it at once.
    """
    key_id, line = _new_key()
    if settings.SEAL_KEYS:
        return line, False
    folder = Path(settings.KEY_FOLDER)
    lines = [line, *_key_file(folder)]
    aside = _aside(folder, key_id, "\n".join(lines))
    aside.replace(folder / KEY_FILE)
    return key_id, True


def _context(key_id: str, bound_to: str) -> bytes:
    return f"{VERSION}|{key_id}|{bound_to}".encode()


def _keys() -> list[tuple[str, bytes]]:
    """Key id and key, the one to seal with first: of the environment, else of the key file."""
    told = settings.SEAL_KEYS or _key_file(Path(settings.KEY_FOLDER))
    pairs = [entry.strip().split(":", 1) for entry in told]
    return [(pair[0], base64.urlsafe_b64decode(pair[1])) for pair in pairs]


def _key_file(folder: Path) -> list[str]:
    """The lines of the key file, which is made when it is missing."""
    place = folder / KEY_FILE
    if not place.exists():
        _write_key(folder, place)
    return place.read_text().split()


def _new_key() -> tuple[str, str]:
    """An id, and the line that names the key by it."""
    key_id = secrets.token_hex(4)
    key = base64.urlsafe_b64encode(AESGCM.generate_key(256)).decode()
    return key_id, f"{key_id}:{key}"


def _write_key(folder: Path, place: Path) -> None:
    # Written aside and linked: of two processes at once one wins, and none reads half a key.
    key_id, line = _new_key()
    aside = _aside(folder, key_id, line)
    try:
        os.link(aside, place)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _aside(folder: Path, key_id: str, text: str) -> Path:
    """A whole, private file beside the key file, brought to disk."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = folder / f".{key_id}"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)
    return aside
