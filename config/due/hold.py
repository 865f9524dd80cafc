"""A restored copy does no due work until a person releases it.

A copy holds the mails, pushes and webhooks that waited when it was made; sending them a second
time would be worse than not having a copy. So the database remembers which server and database it
is (PostgreSQL's system identifier and the database's number). In any copy, however it was made
from a dump, these differ, and nothing is claimed. A physical copy (base backup) keeps both: hold it
with `./gateline hold`, or start no relay there before you know.
"""

from django.db import connection

from config.due.models.installation import Installation

HELD = "held"


def here() -> tuple[str, str]:
    """Server and database of this connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()),"
            " (SELECT oid::text FROM pg_database WHERE datname = current_database())"
        )
        server, database = cursor.fetchone()
        return server, database


def is_held() -> bool:
    """Whether due work stands still here. A database that knows no home yet is at home."""
    home = Installation.objects.first()
    return home is not None and (home.server, home.database) != here()


def settle() -> None:
    """Make this database the home if it has none (called after migrations)."""
    server, database = here()
    Installation.objects.get_or_create(pk=1, defaults={"server": server, "database": database})


def hold() -> None:
    """Let due work stand still from now on, until `release`."""
    Installation.objects.update_or_create(pk=1, defaults={"server": HELD, "database": HELD})


def release() -> None:
    """This database is the home now: due work is done here again."""
    server, database = here()
    told = {"server": server, "database": database}
    Installation.objects.update_or_create(pk=1, defaults=told)
