"""Builds a portfolio of any size into the database of `DATABASE_URL`, the same one every time.

One row of each kind is made through the models and multiplied by `INSERT … SELECT`, so that new
columns need nothing here. Only databases whose name ends in `bench` are touched.
"""

# ruff: noqa: E402 - Django is set up before its models are read

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
django.setup()

from django.core.management import call_command
from django.db import connection

from initiatives.models import Initiative
from tests.cast import build_cast
from tests.factories.many import fill


def build(size: int) -> None:
    """Everything anew, with `size` initiatives, three times as much evidence, steps and history."""
    assert str(connection.settings_dict["NAME"]).endswith("bench"), "not a bench database"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ',') FROM pg_tables WHERE "
            "schemaname = 'public' AND tablename NOT IN ('django_migrations')"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} RESTART IDENTITY CASCADE")
    call_command("ship_defaults", verbosity=0)
    cast = build_cast()
    fill(cast, size)
    with connection.cursor() as cursor:
        # As autovacuum would have done long before so many rows are there.
        cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    build(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    print(f"{Initiative.objects.count()} initiatives")
