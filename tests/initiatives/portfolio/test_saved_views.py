"""Saved views: who sees and changes them, what opening and leaving them says, stars and mails."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from config.flow.errors import Conflict, NotAllowed, NotYours
from initiatives.actions.saved_views import (
    archive_view,
    change_view,
    choose_default,
    mark_view,
    restore_view,
    save_view,
)
from initiatives.actions.steps import take_step
from initiatives.models import SavedView, ViewMark
from initiatives.tasks_portfolio import tell_followers
from tests.factories.initiatives import in_phase, proposed


def view(owner, **more):
    facts = {"name": "Late in design", "query": "phase=ux_design&sort=-age", **more}
    return save_view(owner=owner, **facts)


def test_opening_a_view_fills_the_address(cast, as_):
    made = view(cast.product_manager)
    answer = as_(cast.product_manager).get(f"/initiatives?view={made.pk}")
    assert answer.url == f"/initiatives?view={made.pk}&phase=ux_design&sort=-age"


def test_the_address_decides_and_a_change_says_modified(cast, as_):
    made = view(cast.product_manager, scope="company")
    live = in_phase(cast, "discovery")
    address = f"/initiatives?view={made.pk}&phase=discovery"
    page = as_(cast.reader).get(address)
    assert [row.key for row in page.context["rows"]] == [live.key]
    assert page.context["modified"]
    same = as_(cast.reader).get(f"/initiatives?sort=-age&view={made.pk}&phase=ux_design&page=1")
    assert not same.context["modified"]


def test_save_puts_the_address_into_the_view_and_reset_leads_back(cast, as_):
    made = view(cast.product_manager)
    browser = as_(cast.product_manager)
    page = browser.get(f"/initiatives?view={made.pk}&phase=rfc").content.decode()
    assert "Save as" in page
    assert f'href="{made.get_absolute_url()}"'.replace("&", "&amp;") in page
    told = {"query": "phase=rfc&page=3&peek=INI-1", "row_version": made.row_version}
    answer = browser.post(f"/views/{made.pk}/save", told)
    assert answer.url == f"/initiatives?view={made.pk}&phase=rfc"


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        ("private", {"product_manager"}),
        ("team", {"product_manager", "designer", "tpm"}),
        ("company", {"product_manager", "designer", "tpm", "outsider", "reader"}),
    ],
)
def test_who_sees_a_view(scope, seen, cast, as_):
    team = cast.checkout if scope == "team" else None
    made = view(cast.product_manager, scope=scope, team=team)
    for part in ("product_manager", "designer", "tpm", "outsider", "reader"):
        status = as_(getattr(cast, part)).get(f"/views/{made.pk}").status_code
        assert status == (200 if part in seen else 404), part


def test_who_may_share_how_far(cast):
    with pytest.raises(NotYours):
        view(cast.reader, scope="company")
    with pytest.raises(NotYours):
        view(cast.outsider, scope="team", team=cast.checkout)
    with pytest.raises(NotAllowed):
        view(cast.product_manager, scope="team")
    assert view(cast.designer, scope="team", team=cast.checkout).team == cast.checkout


def test_who_may_change_a_shared_view(cast):
    made = view(cast.designer, scope="team", team=cast.checkout)
    with pytest.raises(NotYours):
        change_view(view=made, actor=cast.tpm, name="Mine now")
    assert change_view(view=made, actor=cast.product_manager, name="Ours").name == "Ours"
    whole = view(cast.outsider, scope="company")
    assert change_view(view=whole, actor=cast.cpo, description="All of it").description


def test_a_stale_change_is_a_conflict_and_keeps_the_text(cast, as_):
    made = view(cast.product_manager)
    change_view(view=made, actor=cast.product_manager, name="First")
    with pytest.raises(Conflict):
        change_view(view=made, actor=cast.product_manager, seen_version=1, name="Second")
    told = {"name": "Second", "scope": "private", "row_version": 1}
    answer = as_(cast.product_manager).post(f"/views/{made.pk}", told)
    assert answer.status_code == 409
    assert 'value="Second"' in answer.content.decode()


def test_one_view_is_the_first_of_a_team(cast, as_):
    one = view(cast.product_manager, scope="team", team=cast.checkout, team_default=True)
    two = view(cast.product_manager, scope="team", team=cast.checkout, name="Other")
    assert as_(cast.designer).get("/initiatives").url == one.get_absolute_url()
    choose_default(view=two, actor=cast.product_manager, default=True)
    one.refresh_from_db()
    assert not one.team_default
    assert as_(cast.designer).get("/initiatives").url == two.get_absolute_url()
    assert as_(cast.outsider).get("/initiatives").status_code == 200
    assert as_(cast.designer).get("/initiatives?layout=list").status_code == 200
    with pytest.raises(NotYours):
        choose_default(view=two, actor=cast.designer, default=False)


@pytest.mark.parametrize(
    "broken",
    [
        {"scope": "team", "team": None},
        {"scope": "private", "team_default": True},
        {"name": ""},
    ],
)
def test_the_database_refuses_views_that_cannot_be(broken, cast):
    facts = {"name": "A", "owner": cast.reader, "scope": "private", **broken}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(**facts)


def test_deleting_archives_and_it_comes_back(cast, as_):
    made = view(cast.product_manager, scope="company")
    mark_view(view=made, person=cast.reader, starred=True)
    archive_view(view=made, actor=cast.product_manager)
    browser = as_(cast.reader)
    assert made.name not in browser.get("/views").content.decode()
    assert "Archived" in browser.get(made.get_absolute_url()).content.decode()
    made.refresh_from_db()
    restore_view(view=made, actor=cast.product_manager)
    assert made.name in browser.get("/views").content.decode()


def test_starred_views_stand_in_the_rail(cast, as_):
    made = view(cast.product_manager, scope="company")
    browser = as_(cast.reader)
    browser.post(f"/views/{made.pk}/mark", {"starred": "yes"})
    assert "Starred views" in browser.get("/kpis").content.decode()
    browser.post(f"/views/{made.pk}/mark", {"starred": "no"})
    assert "Starred views" not in browser.get("/kpis").content.decode()
    assert not ViewMark.objects.exists()


def test_marks_of_people_who_lose_sight_go(cast):
    made = view(cast.product_manager, scope="company")
    mark_view(view=made, person=cast.reader, starred=True)
    change_view(view=made, actor=cast.product_manager, scope="private")
    assert not ViewMark.objects.exists()


def test_followers_hear_once_a_day_what_came_and_went(cast):
    made = view(cast.product_manager, query="phase=discovery", scope="company")
    gone = in_phase(cast, "discovery", title="Goes away")
    mark_view(view=made, person=cast.reader, followed=True)
    assert tell_followers() == 0
    in_phase(cast, "discovery", title="Comes in")
    take_step(gone, "park", actor=cast.product_manager, note="Later.")
    assert tell_followers() == 1
    letter = Notice.objects.get(person=cast.reader)
    assert letter.words == "Late in design: 1 came, 1 went"
    assert "Comes in" in letter.text
    assert "Goes away" in letter.text
    assert tell_followers() == 0


def test_the_api_does_what_the_pages_do(cast, api_as):
    caller = api_as(cast.product_manager)
    told = {"name": "By API", "scope": "company", "query": "phase=discovery&page=2"}
    made = caller.post("/api/v1/views/", told, format="json")
    assert made.status_code == 201, made.json()
    assert (made.status_code, made.json()["query"]) == (201, "phase=discovery")
    one = f"/api/v1/views/{made.json()['id']}/"
    live = in_phase(cast, "discovery")
    proposed(cast)
    rows = caller.get(f"/api/v1/initiatives/?view={made.json()['id']}").json()["results"]
    assert [row["key"] for row in rows] == [live.key]
    assert caller.patch(one, {"name": "X"}, format="json").status_code == 428
    changed = caller.patch(one, {"name": "X"}, format="json", headers={"If-Match": '"1"'})
    assert changed.json()["name"] == "X"
    assert api_as(cast.reader).delete(one).status_code == 403
    assert caller.put(f"{one}mark/", {"starred": True}, format="json").json()["starred"]
    assert caller.delete(one).status_code == 204
    assert caller.post(f"{one}restore/").json()["archived_at"] is None
    assert api_as(cast.outsider).get("/api/v1/views/999/").status_code == 404


def test_a_link_into_a_private_view_says_so_and_keeps_its_filters(cast, as_):
    view = save_view(owner=cast.product_manager, name="Mine", query="phase=discovery")
    page = as_(cast.reader).get(f"/initiatives?view={view.pk}&phase=discovery").content.decode()
    assert "somebody else" in page
    assert "No filter of that name" not in page
