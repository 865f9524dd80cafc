"""Editing one cell: two people, both orders, undo, and the same thing with scripts off."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Person, Role
from config.flow.errors import Conflict, NotAllowed
from initiatives.actions.fields import edit_of, revert_edit, set_field
from initiatives.actions.request import confirm_not_duplicate
from initiatives.models import Initiative
from initiatives.queries.activity import activity
from tests.factories.initiatives import in_phase, triaged

JSON = {"headers": {"X-Cell": "1"}}


@pytest.fixture
def made(cast):
    return triaged(cast)


def put(made, actor, field, value, seen):
    return set_field(initiative=made, actor=actor, field=field, value=value, seen_version=seen)


@pytest.mark.parametrize("turned", [False, True])
def test_two_people_change_different_fields_and_nothing_is_lost(turned, made, cast):
    seen = made.row_version
    changes = [("title", "Faster payouts"), ("owner", None), ("deadline", "2199-01-01")]
    for field, value in reversed(changes) if turned else changes:
        put(made, cast.product_manager, field, value, seen)
    made.refresh_from_db()
    assert (made.title, made.owner, str(made.deadline_date)) == (
        "Faster payouts",
        None,
        "2199-01-01",
    )


@pytest.mark.parametrize(("first", "second"), [("One", "Two"), ("Two", "One")])
def test_the_same_field_is_a_conflict_with_both_values(first, second, made, cast):
    seen = made.row_version
    put(made, cast.product_manager, "title", first, seen)
    with pytest.raises(Conflict) as caught:
        put(made, cast.product_manager, "title", second, seen)
    assert (caught.value.mine, caught.value.theirs.title) == ({"title": second}, first)
    made.refresh_from_db()
    assert made.title == first


def test_the_same_person_twice_is_no_conflict(made, cast):
    seen = made.row_version
    put(made, cast.product_manager, "owner", None, seen)
    assert put(made, cast.product_manager, "owner", None, seen).event is None


@pytest.mark.parametrize("turned", [False, True])
def test_two_owners_conflict_in_both_orders(turned, made, cast):
    second = Person.objects.create_user("second@example.com", "x" * 20, name="Second Manager")
    Membership.objects.create(person=second, role=Role.PRODUCT_MANAGER, line=cast.payments)
    seen = made.row_version
    first, last = (second, None) if turned else (None, second)
    put(made, cast.product_manager, "owner", first, seen)
    with pytest.raises(Conflict) as caught:
        put(made, cast.product_manager, "owner", last, seen)
    assert caught.value.mine == {"owner": last}
    made.refresh_from_db()
    assert made.owner == first


def test_owners_are_refused_as_everywhere(made, cast):
    live = in_phase(cast, "discovery")
    with pytest.raises(NotAllowed):
        put(live, cast.product_manager, "owner", None, live.row_version)
    with pytest.raises(NotAllowed):
        put(made, cast.product_manager, "owner", cast.designer, None)


def test_the_page_offers_the_control_and_saves_it(made, cast, as_):
    browser = as_(cast.product_manager)
    address = f"/initiatives/{made.key}/cell/deadline"
    page = browser.get(address).content.decode()
    assert 'type="date"' in page
    told = {
        "value": "2199-05-01",
        "row_version": made.row_version,
        "next": "/initiatives?phase=intake",
    }
    assert browser.post(address, told).url == "/initiatives?phase=intake"
    made.refresh_from_db()
    assert str(made.deadline_date) == "2199-05-01"


def test_the_script_gets_the_cell_as_the_list_draws_it(made, cast, as_):
    browser = as_(cast.product_manager)
    address = f"/initiatives/{made.key}/cell/deadline"
    control = browser.get(address, **JSON).json()["control"]
    assert f'value="{made.row_version}"' in control
    told = browser.post(address, {"value": "2199-05-01", "row_version": made.row_version}, **JSON)
    listed = browser.get("/initiatives").content.decode()
    assert told.json()["html"] in listed
    assert told.json()["undo"]


def test_bad_input_comes_back_with_its_text_and_a_sentence(made, cast, as_):
    browser = as_(cast.product_manager)
    address = f"/initiatives/{made.key}/cell/deadline"
    answer = browser.post(address, {"value": "soon", "row_version": made.row_version}, **JSON)
    assert answer.status_code == 422
    assert "Enter a valid date" in answer.json()["error"]
    page = browser.post(address, {"value": "soon", "row_version": made.row_version})
    assert page.status_code == 422
    assert 'value="soon"' in page.content.decode()
    empty = browser.post(f"/initiatives/{made.key}/cell/title", {"value": " "}, **JSON)
    assert empty.status_code == 422


def test_a_conflict_shows_both_and_keeping_mine_saves_over(made, cast, as_):
    browser = as_(cast.product_manager)
    seen = made.row_version
    put(made, cast.product_manager, "title", "Theirs", seen)
    address = f"/initiatives/{made.key}/cell/title"
    told = {"value": "Mine", "row_version": seen}
    answer = browser.post(address, told, **JSON)
    assert answer.status_code == 409
    assert "Theirs" in answer.json()["control"]
    assert 'value="Mine"' in answer.json()["control"]
    page = browser.post(address, told)
    assert (page.status_code, "Theirs" in page.content.decode()) == (409, True)
    assert browser.post(address, {**told, "keep": "mine"}, **JSON).status_code == 200
    made.refresh_from_db()
    assert made.title == "Mine"


def test_who_may_not_edit_hears_who_may_and_sees_no_control(made, cast, as_):
    browser = as_(cast.reader)
    answer = browser.post(f"/initiatives/{made.key}/cell/title", {"value": "Mine"}, **JSON)
    assert (answer.status_code, "Petra Manager" in answer.json()["error"]) == (403, True)
    alone = browser.get(f"/initiatives/{made.key}/cell/title")
    assert (alone.status_code, "Petra Manager" in alone.content.decode()) == (403, True)
    assert as_(cast.product_manager).get(f"/initiatives/{made.key}/cell/title").status_code == 200
    assert "data-cell" not in browser.get("/initiatives").content.decode()
    assert "data-cell" in as_(cast.product_manager).get("/initiatives").content.decode()
    assert browser.get(f"/initiatives/{made.key}/cell/phase").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Another"), ("owner", None), ("line", None), ("deadline", "2199-01-01")],
)
def test_undo_puts_the_exact_former_row_back(field, value, made, cast):
    columns = ("title", "owner_id", "line_id", "deadline_date", "team_id", "source_id", "problem")
    before = Initiative.objects.values(*columns).get(pk=made.pk)
    done = put(made, cast.product_manager, field, value, made.row_version)
    assert Initiative.objects.values(*columns).get(pk=made.pk) != before
    revert_edit(initiative=made, actor=cast.product_manager, event=done.event)
    assert Initiative.objects.values(*columns).get(pk=made.pk) == before


def test_undo_never_takes_a_later_edit_away(made, cast, as_):
    done = put(made, cast.product_manager, "title", "One", made.row_version)
    put(made, cast.product_manager, "title", "Two", None)
    with pytest.raises(Conflict):
        revert_edit(initiative=made, actor=cast.product_manager, event=done.event)
    browser = as_(cast.product_manager)
    answer = browser.post(f"/initiatives/{made.key}/revert", {"event": done.event})
    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.title == "Two"


def test_a_step_is_not_undone(cast):
    live = in_phase(cast, "discovery")
    events = Initiative._meta.apps.get_model("initiatives", "InitiativeEvent").objects
    last = events.filter(pgh_obj=live.pk).order_by("-pgh_id").first()
    with pytest.raises(NotAllowed):
        revert_edit(initiative=live, actor=cast.product_manager, event=last.pgh_id)


def test_activity_tells_from_what_to_what(made, cast, as_):
    put(made, cast.product_manager, "title", "One", made.row_version)
    put(made, cast.product_manager, "owner", None, None)
    put(made, cast.product_manager, "deadline", "2199-01-01", None)
    told = [act.sentences for act in activity(made, "edit")]
    assert ["nothing → 1 Jan 2199"] in told
    assert [f"{cast.product_manager} → nothing"] in told
    assert ["“Instant settlement for agents” → “One”"] in told


def test_only_what_goes_back_is_offered_to_be_taken_back(made, cast):
    Initiative.objects.filter(pk=made.pk).update(duplicates_checked_at=None)
    confirm_not_duplicate(initiative=made, actor=cast.product_manager)
    put(made, cast.product_manager, "title", "One", None)
    offered = [act.event for act in activity(made, "edit") if act.event]
    assert offered
    for event in offered:
        assert edit_of(made, event).changes
    assert any(act.event is None for act in activity(made, "edit"))


def test_activity_costs_the_same_however_many_edits(made, cast):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            activity(made)
        return len(asked)

    put(made, cast.product_manager, "owner", None, None)
    cost()
    few = cost()
    for value in (cast.product_manager, None, cast.product_manager, None):
        put(made, cast.product_manager, "owner", value, None)
    assert cost() == few


def test_activity_offers_to_take_an_edit_back(made, cast, as_, api_as):
    done = put(made, cast.product_manager, "title", "One", made.row_version)
    page = as_(cast.product_manager).get(f"/initiatives/{made.key}/activity").content.decode()
    assert f'name="event" value="{done.event}"' in page
    assert (
        "/revert" not in as_(cast.reader).get(f"/initiatives/{made.key}/activity").content.decode()
    )
    call = api_as(cast.product_manager).post(
        f"/api/v1/initiatives/{made.key}/revert/", {"event": done.event}, format="json"
    )
    assert call.json()["title"] == "Instant settlement for agents"


def test_the_look_beside_the_list(made, cast, as_):
    browser = as_(cast.reader)
    part = browser.get(f"/initiatives/{made.key}/peek").content.decode()
    assert made.title in part
    assert "<html" not in part
    whole = browser.get(f"/initiatives?phase=intake&peek={made.key}")
    assert whole.context["peek"]["initiative"] == made
    assert 'href="/initiatives?phase=intake"' in whole.content.decode()
    assert browser.get("/initiatives/INI-99999/peek").status_code == 404
