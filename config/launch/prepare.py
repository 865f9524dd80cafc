"""Bringing the database up to date before anything serves from it.

For embedded data a stamp in the servers' home says which migrations it holds, so that the second
start does not ask Django. A database named by a URL is always asked.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from config.launch.environment import manage
from config.launch.places import ROOT, Place
from config.launch.supervisor import Supervisor

# After these nobody knows what the database holds.
UNSETTLING = frozenset({"migrate", "flush", "dbshell", "sqlflush", "load_demo"})


def prepare(supervisor: Supervisor, place: Place, env: Mapping[str, str], *arguments: str) -> None:
    """Migrate, and whatever the arguments of `manage.py prepare` ask for, unless it is done."""
    embedded = any(child.name == "postgres" for child in supervisor.children)
    stamp = place.servers() / "prepared" if embedded else None
    wanted = _fingerprint(arguments)
    if stamp is not None and stamp.exists() and stamp.read_text() == wanted:
        return
    forget(place)
    supervisor.run(manage("prepare", *arguments, env=env))
    if stamp is not None:
        stamp.write_text(wanted)


def forget(place: Place) -> None:
    """Make the next start ask the database."""
    home = place.folder / "servers"
    if home.exists():
        (home / "prepared").unlink(missing_ok=True)


def _fingerprint(arguments: tuple[str, ...]) -> str:
    found = hashlib.sha256(repr(arguments).encode())
    for path in sorted(_what_decides()):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _what_decides() -> Iterable[Path]:
    """Our migrations, the lock (it names the others' migrations) and the demo company."""
    yield ROOT / "requirements.txt"
    for pattern in ("*/migrations/*.py", "*/*/migrations/*.py"):
        yield from (p for p in ROOT.glob(pattern) if not p.is_relative_to(ROOT / ".venv"))
