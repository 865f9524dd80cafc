"""Queries put together once: the same rows as asked anew, whatever stands in their slots."""

from threading import Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Person
from config.prepared import Prepared

pytestmark = pytest.mark.django_db


def test_it_finds_what_the_query_itself_finds(cast):
    asked = Prepared(lambda pk: Membership.objects.filter(person=pk).order_by("pk"), int)
    for person in (cast.product_manager, cast.reader, cast.product_manager):
        assert asked.rows(person.pk) == list(person.memberships.order_by("pk"))


def test_it_is_put_together_once_for_each_shape(cast):
    built = []

    def build(pk, active):
        built.append(active)
        return Person.objects.filter(pk=pk, is_active=active)

    asked = Prepared(build, int)
    for active in (True, False, True, False):
        found = asked.rows(cast.reader.pk, shape=active, active=active)
        assert found == ([cast.reader] if active else [])
    assert built == [True, False]


def test_what_is_joined_comes_along(cast):
    asked = Prepared(lambda pk: Membership.objects.filter(person=pk).select_related("person"), int)
    with CaptureQueriesContext(connection) as seen:
        assert {m.person.name for m in asked.rows(cast.reader.pk)} == {cast.reader.name}
    assert len(seen) == 1


def test_words_stand_in_slots_too(cast):
    asked = Prepared(lambda name: Person.objects.filter(name=name), str)
    assert asked.rows("Rea Reader") == [cast.reader]
    assert asked.rows("' OR 1=1 --") == []


def test_a_slot_the_query_does_not_use_is_refused(cast):
    with pytest.raises(ValueError, match="marker"):
        Prepared(lambda pk: Person.objects.all(), int).rows(cast.reader.pk)


def test_what_one_thread_put_together_is_asked_by_another(cast):
    """A server answers in several threads; each of them has a connection of its own."""
    asked = Prepared(lambda pk: Person.objects.filter(pk=pk), int)
    assert asked.rows(cast.reader.pk) == [cast.reader]
    found = []

    def elsewhere():
        try:
            found.append(asked.rows(cast.reader.pk))
        finally:
            connections.close_all()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    # It asked on its own connection, which does not see what this test has not committed.
    assert found == [[]]
