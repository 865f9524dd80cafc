"""Two people edit the same initiative: apart it merges, the same field keeps both texts."""

import pytest

from config.flow.errors import Conflict, NotAllowed, NotYours
from initiatives.actions.request import edit_initiative
from tests.factories.initiatives import in_phase, proposed

THEIRS, MINE = "Agents wait three days.", "Agents wait a whole week."


def edit(made, actor, version, **fields):
    return edit_initiative(initiative=made, actor=actor, seen_version=version, **fields)


def test_fields_edited_apart_merge(cast):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=THEIRS)
    saved = edit(made, cast.product_manager, 1, affected="Everybody")
    assert (saved.problem, saved.affected, saved.row_version) == (THEIRS, "Everybody", 3)


def test_a_whole_form_that_changed_one_field_merges(cast):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=THEIRS)
    whole = {"title": made.title, "problem": made.problem, "affected": "Everybody"}
    saved = edit(made, cast.product_manager, 1, **whole)
    assert (saved.problem, saved.affected) == (THEIRS, "Everybody")


@pytest.mark.parametrize(("first", "second"), [(THEIRS, MINE), (MINE, THEIRS)])
def test_the_same_field_is_a_conflict_with_both_texts(cast, first, second):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=first)
    with pytest.raises(Conflict) as caught:
        edit(made, cast.product_manager, 1, problem=second)
    assert (caught.value.mine, caught.value.theirs.problem) == ({"problem": second}, first)
    made.refresh_from_db()
    assert made.problem == first


def test_the_same_text_twice_is_no_conflict(cast):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=THEIRS)
    assert edit(made, cast.product_manager, 1, problem=THEIRS).row_version == 2


def test_the_page_shows_both_texts_and_keeps_mine_in_the_form(cast, as_):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=THEIRS)
    form = {
        "title": made.title,
        "problem": MINE,
        "affected": made.affected,
        "source": made.source_id,
        "line": cast.payments.pk,
        "row_version": 1,
    }
    answer = as_(cast.product_manager).post(f"/initiatives/{made.key}/edit", form)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert THEIRS in text
    assert MINE in text
    assert 'name="row_version" value="2"' in text


def test_the_api_answers_412_with_the_current_version(cast, api_as):
    made = proposed(cast)
    edit(made, cast.requester, 1, problem=THEIRS)
    answer = api_as(cast.product_manager).patch(
        f"/api/v1/initiatives/{made.key}/",
        {"problem": MINE},
        format="json",
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 412
    assert answer.json()["current"] == {"problem": THEIRS, "row_version": 2}


def test_the_api_asks_for_the_version(cast, api_as):
    made = proposed(cast)
    answer = api_as(cast.product_manager).patch(
        f"/api/v1/initiatives/{made.key}/", {"problem": MINE}, format="json"
    )
    assert answer.status_code == 428


def test_the_requester_edits_in_intake_only(cast):
    made = in_phase(cast, "discovery")
    with pytest.raises(NotYours):
        edit(made, cast.requester, None, problem=MINE)


def test_a_field_that_is_not_text_is_refused(cast):
    with pytest.raises(NotAllowed):
        edit(proposed(cast), cast.product_manager, None, number=7)
