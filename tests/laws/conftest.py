"""What the laws share: one world for all rows of a permission table."""

import pytest
from django.db import transaction

from tests.cast import build_cast


@pytest.fixture(scope="module")
def shared(request, django_db_setup, django_db_blocker):
    """Cast and world of the table that `request.param` names, built once for all its rows.

    Each test undoes what it did by a savepoint; the world itself goes when the next table's turn
    comes.
    """
    world = transaction.atomic()
    # As Django's own test case says of its blocks: they do not count where a durable one begins.
    world._from_testcase = True
    with django_db_blocker.unblock(), world:
        cast = build_cast()
        yield cast, getattr(request.param, "world", lambda c: c)(cast)
        transaction.set_rollback(True)
