"""Several queries in one statement give exactly what each of them gives alone."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Min
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Person
from config.batch import alone, ask_count, nothing, read, rows_of, together
from config.prepared import Prepared
from initiatives.models import Initiative, InitiativeStep
from tests.factories.initiatives import in_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    made = [in_phase(cast, "discovery", title=title) for title in ("First", "Second")]
    Initiative.objects.filter(pk=made[0].pk).update(score=Decimal("12.50"))
    return made


def test_rows_are_the_same_as_alone(two):
    rows = Initiative.objects.select_related("line", "owner").order_by("pk")
    steps = InitiativeStep.objects.order_by("pk")
    counted = rows.order_by().values_list("phase").annotate(n=Count("pk"), first=Min("created_at"))
    with CaptureQueriesContext(connection) as asked:
        found = read([rows, steps, counted, rows.none()])
    assert len(asked) == 1
    assert found == [list(rows), list(steps), list(counted), []]
    for many, plain in ((found[0], rows), (found[1], steps)):
        for one, other in zip(many, plain, strict=True):
            mine = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}
            assert mine == {f.attname: getattr(other, f.attname) for f in one._meta.concrete_fields}
            assert [type(v) for v in mine.values()] == [type(getattr(other, name)) for name in mine]
    with CaptureQueriesContext(connection) as further:
        assert found[0][0].line.name == "Payments"
    assert not further.captured_queries


def test_each_round_of_questions_is_one_statement(two):
    def titles():
        (first, *_) = yield Initiative.objects.order_by("pk")
        (again,) = yield Initiative.objects.filter(pk=first.pk)
        yield again.title

    with CaptureQueriesContext(connection) as asked:
        found = together([titles(), ask_count(Initiative.objects.all()), titles(), nothing()])
    assert found == [["First"], [2], ["First"], []]
    assert len(asked) == 2


def test_a_kept_statement_reads_rows_anew(cast):
    for titles in ([], ["First"], ["First", "Second"]):
        if titles:
            in_phase(cast, "discovery", title=titles[-1])
        rows = Initiative.objects.order_by("pk").values_list("title", flat=True)
        assert together([rows_of(rows)], kept_for=("titles", cast.requester.pk)) == [titles]


def test_nothing_is_asked_of_the_database_without_a_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert alone(rows_of(Initiative.objects.none())) == []


def test_an_answer_may_be_a_tuple(two):
    def pair():
        (first,) = yield Initiative.objects.order_by("pk")[:1]
        yield first.title, "and more"

    assert alone(pair()) == [("First", "and more")]


def test_a_question_given_as_a_function_is_put_together_once_for_what_it_is_kept_for(cast):
    built = []

    def asker(name):
        def asked():
            built.append(name)
            return Person.objects.filter(name=name)

        yield from (yield asked)

    for _ in range(3):
        assert together([asker("Rea Reader")], kept_for=("test", "reader")) == [[cast.reader]]
    assert built == ["Rea Reader"]
    together([asker("Rea Reader")])
    assert len(built) == 2


def test_prepared_queries_are_asked_together_with_others(cast):
    held = Prepared(lambda pk: Membership.objects.filter(person=pk).order_by("pk"), int)

    def asker(person):
        yield from (yield held.of(person.pk))

    people = (cast.product_manager, cast.reader)
    with CaptureQueriesContext(connection) as seen:
        answers = together([asker(person) for person in people])
    assert len(seen) == 1
    assert answers == [list(person.memberships.order_by("pk")) for person in people]
