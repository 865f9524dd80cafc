"""The trail as administrators read it."""

import csv
import io

import pytest

from config.audit.models import Entry
from config.audit.sealing import seal
from initiatives.actions.request import edit_initiative
from tests.factories.initiatives import proposed


@pytest.fixture
def edited(cast):
    """A request whose title was changed by its product manager; everything is sealed."""
    made = proposed(cast)
    edit_initiative(
        initiative=made,
        actor=cast.product_manager,
        seen_version=made.row_version,
        title="=SUM(everything)",
    )
    seal()
    return made


@pytest.fixture
def admin(as_, cast):
    return as_(cast.administrator)


def rows(answer):
    return [line.entry for line in answer.context["lines"]]


def test_a_key_finds_every_change_of_that_object(admin, edited):
    found = rows(admin.get("/audit", {"object": edited.key}))
    assert {e.kind for e in found} == {"insert", "update"}
    assert {e.object_id for e in found} == {str(edited.pk)}
    assert rows(admin.get("/audit", {"object": "INI-999"})) == []


def test_filters_narrow_and_unknown_parameters_are_named(admin, edited, cast):
    told = {"what": "initiatives.initiative", "kind": "update", "nonsense": "1"}
    answer = admin.get("/audit", told)
    assert {(e.shape.table, e.kind) for e in rows(answer)} == {
        ("initiatives_initiativeevent", "update")
    }
    assert answer.context["listing"].unknown == ["nonsense"]
    assert rows(admin.get("/audit", {"person": cast.reader.pk})) == []
    assert rows(admin.get("/audit", {"since": "2999-01-01"})) == []


def test_a_bad_day_is_named_and_filters_nothing(admin, edited):
    answer = admin.get("/audit", {"since": "yesterday-ish"})
    assert answer.status_code == 200
    assert "valid date" in answer.content.decode()


def test_one_change_shows_before_and_after(admin, edited):
    entry = Entry.objects.filter(shape__table="initiatives_initiativeevent", kind="update").first()
    answer = admin.get(f"/audit/{entry.position}")
    changed = {c.column: (c.before, c.after) for c in answer.context["changed"]}
    assert changed["title"] == ("Instant settlement for agents", "=SUM(everything)")
    assert "problem" not in changed


def test_who_did_it_and_in_which_request(as_, admin, cast):
    made = proposed(cast)
    answer = as_(cast.product_manager).post(
        f"/initiatives/{made.key}/people/owner", {"person": cast.product_manager.pk}
    )
    assert answer.status_code == 302
    seal()
    entry = Entry.objects.filter(
        shape__table="initiatives_initiativeevent", object_id=str(made.pk)
    ).order_by("-position")[0]
    assert entry.actor_id == cast.product_manager.pk
    assert entry.request == answer.headers["X-Request-Id"]
    page = admin.get(f"/audit/{entry.position}").content.decode()
    assert cast.product_manager.name in page
    assert f"/initiatives/{made.key}/people/owner" in page


def test_the_export_holds_what_the_filters_let_through(admin, edited):
    answer = admin.get("/audit.csv", {"object": edited.key})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["position"]) for row in told] == [
        e.position for e in rows(admin.get("/audit", {"object": edited.key}))
    ]
    assert {row["object"] for row in told} == {edited.key}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    admin, cast, count, django_assert_max_num_queries
):
    for number in range(count):
        proposed(cast, title=f"Number {number}")
    seal()
    admin.get("/audit")
    with django_assert_max_num_queries(14):
        assert len(rows(admin.get("/audit", {"what": "initiatives.initiative"}))) == count
