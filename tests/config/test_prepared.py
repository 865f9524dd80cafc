"""Queries put together once: the same rows as asked anew, whatever stands in their slots."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
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


def test_another_thread_asks_through_its_own_connection():
    asked = Prepared(lambda pk: Person.objects.filter(pk=pk), int)
    assert asked.rows(0) == []

    def elsewhere():
        try:
            return asked.rows(0)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() == []
