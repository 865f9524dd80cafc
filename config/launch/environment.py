"""What every started process is told: addresses of the servers, folder, key, settings module."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from config.launch import postgres, valkey
from config.launch.children import Program
from config.launch.places import ROOT, Place
from config.launch.supervisor import Supervisor

PYTHON = Path(sys.executable)
MANAGE = ROOT / "manage.py"
LOOPBACK = "127.0.0.1,localhost"


def inherited() -> dict[str, str]:
    """Our own environment, as a copy to add to."""
    env = dict(os.environ)
    env["PATH"] = f"{PYTHON.parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env


def with_servers(
    supervisor: Supervisor, place: Place, env: Mapping[str, str], *, broker: bool = True
) -> dict[str, str]:
    """Add the addresses of database and broker; what no URL names is started here."""
    told = {**env, "GATELINE_DATA": str(place.folder)}
    if not told.get("DATABASE_URL"):
        told["DATABASE_URL"] = postgres.start(supervisor, place)
    if broker and not told.get("REDIS_URL"):
        told["REDIS_URL"] = valkey.start(supervisor, place)
    return told


def for_people(place: Place, env: Mapping[str, str]) -> dict[str, str]:
    """The settings of the demo and of commands: what the environment leaves open, filled in.

    A demo may call other programs on this machine, such as the Jira sandbox, and no one else.
    """
    told = {**env}
    told.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if not told.get("GATELINE_SECRET_KEY"):
        told["GATELINE_SECRET_KEY"] = place.secret_key()
    named = told.get("GATELINE_OUTBOUND_HOSTS")
    told["GATELINE_OUTBOUND_HOSTS"] = f"{named},{LOOPBACK}" if named else LOOPBACK
    return told


def manage(name: str, *arguments: str, env: Mapping[str, str]) -> Program:
    """A management command as a child process."""
    command: list[str | Path] = [PYTHON, "-u", MANAGE, name, *arguments]
    return Program(name, command, env=env, folder=ROOT)
