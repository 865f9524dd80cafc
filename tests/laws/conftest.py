"""What the laws share: one world for all rows of a permission table."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test.utils import override_settings

from tests.cast import build_cast
from tests.laws.worlds import built


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is taken back at its end, as Django's own test case says of its blocks."""
    world = transaction.atomic()
    # Blocks of a test case do not count where a durable one begins.
    world._from_testcase = True
    with world:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shared(request, django_db_setup, django_db_blocker):
    """Cast and world of the table that `request.param` names, built once for all its rows.

    Each test undoes what it did by a savepoint; the world itself goes when the next table's turn
    comes.
    """
    with django_db_blocker.unblock(), undone():
        cast = build_cast()
        yield cast, getattr(request.param, "world", lambda c: c)(cast)


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast, and the worlds of all permission tables by their names, side by side, with files in
    a folder of their own.
    """
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with files, django_db_blocker.unblock(), undone():
        cast = build_cast()
        yield cast, built(cast)
