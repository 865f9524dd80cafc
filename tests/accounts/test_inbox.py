"""The inbox: who is told, once, in bursts, and only about what one sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import News, mark_done, tell, undo_done
from accounts.models import Letter, Notice, Reason, Tab
from accounts.subjects import Subject
from initiatives.actions.saved_views import change_view
from initiatives.models import SavedView
from initiatives.subjects import view_as_subject
from tests.factories.initiatives import proposed

pytestmark = pytest.mark.django_db


def team(cast):
    return Subject("team", cast.checkout.pk, "", "Checkout", cast.checkout.get_absolute_url())


def happened(cast, act="edit", words="Checkout was edited", **more):
    return News(team(cast), act, words, **more)


def test_nobody_is_told_of_the_own_act_nor_who_cannot_sign_in(cast):
    cast.reader.is_active = False
    cast.reader.save()
    people = [cast.designer, cast.reader, cast.engineer]
    told = tell(people, happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    assert told == [cast.designer]
    assert [n.person for n in Notice.objects.all()] == [cast.designer]


def test_ten_edits_in_a_short_time_are_one_entry(cast):
    for n in range(10):
        news = happened(cast, text=f"Edit {n}")
        tell([cast.designer], news, tab=Tab.FOLLOWING, actor=cast.engineer)
    entry = Notice.objects.get()
    assert entry.count == 10
    assert entry.text.startswith("Edit 9\n\nEdit 8")
    Notice.objects.update(at=timezone.now() - timedelta(minutes=6))
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.tpm)
    assert Notice.objects.count() == 3


def test_an_entry_that_was_put_away_is_not_added_to(cast):
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    mark_done(actor=cast.designer, found=Notice.objects.all())
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    assert Notice.objects.open().count() == 1
    assert Notice.objects.count() == 2


def test_two_questions_are_two_entries_and_one_question_is_one(cast):
    for key in ("one", "two", "one"):
        tell([cast.designer], happened(cast, key=key), tab=Tab.DECIDE, actor=cast.engineer)
    assert Notice.objects.count() == 2
    assert Letter.objects.count() == 2


def test_only_decisions_and_mentions_are_mailed_at_once(cast):
    for tab in Tab.values:
        news = happened(cast, act=tab, key=tab)
        tell([cast.designer], news, tab=tab, actor=cast.engineer)
    assert set(Letter.objects.values_list("notice__tab", flat=True)) == {"decide", "mentions"}


def test_nobody_reads_an_entry_about_what_they_no_longer_see(cast, as_, api_as):
    view = SavedView.objects.create(name="Ours", owner=cast.product_manager, scope="company")
    news = News(view_as_subject(view), "view", "Ours: 1 came, 0 went")
    tell([cast.designer], news, tab=Tab.FOLLOWING, actor=None)
    entry = Notice.objects.get()
    browser = as_(cast.designer)
    assert b"Ours: 1 came" in browser.get("/inbox?tab=following").content
    change_view(view=view, actor=cast.product_manager, scope="private")
    assert b"Ours: 1 came" not in browser.get("/inbox?tab=following").content
    assert browser.get(f"/inbox/{entry.pk}").status_code == 404
    assert api_as(cast.designer).get(reverse("api_inbox")).json()["results"] == []
    assert not Notice.objects.visible_to(cast.designer).unread().exists()


def test_a_narrowed_token_reads_entries_of_its_lines_only(cast, api_with):
    tell([cast.product_manager], happened(cast), tab=Tab.FOLLOWING, actor=None)
    address = reverse("api_inbox")
    here = api_with(cast.product_manager, lines=[cast.payments])
    there = api_with(cast.product_manager, lines=[cast.cards])
    assert len(here.get(address).json()["results"]) == 1
    assert there.get(address).json()["results"] == []


def test_the_page_shows_the_reason_and_done_can_be_taken_back(cast, as_):
    told = {cast.designer: Reason.OWNER}
    tell(told, happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    browser, entry = as_(cast.designer), Notice.objects.get()
    page = browser.get("/inbox").content.decode()
    assert "Checkout was edited" in page
    assert "You own it" in page
    gone = browser.post(f"/inbox/{entry.pk}/done")
    after = browser.get(gone.url).content.decode()
    assert "1 entry is done." in after
    assert "All read" in after
    at = gone.url.split("undo=")[1].split("&")[0]
    browser.post("/inbox/undo", {"at": at, "tab": "following"})
    assert Notice.objects.open().count() == 1


def test_opening_reads_and_u_makes_it_count_again(cast, as_):
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    browser, entry = as_(cast.designer), Notice.objects.get()
    opened = browser.get(f"/inbox/{entry.pk}")
    assert opened.url == cast.checkout.get_absolute_url()
    assert not Notice.objects.unread().exists()
    browser.post(f"/inbox/{entry.pk}/unread")
    assert Notice.objects.unread().count() == 1


def test_all_done_puts_one_tab_away_and_undo_brings_back_only_that(cast, as_):
    for n in range(3):
        news = happened(cast, act=f"act{n}")
        tell([cast.designer], news, tab=Tab.FOLLOWING, actor=cast.engineer)
    tell([cast.designer], happened(cast, key="d"), tab=Tab.DECIDE, actor=cast.engineer)
    as_(cast.designer).post("/inbox/done", {"tab": "following"})
    assert Notice.objects.open().count() == 1
    at = Notice.objects.filter(tab="following").first().done_at
    assert undo_done(actor=cast.engineer, at=at) == 0
    assert undo_done(actor=cast.designer, at=at) == 3


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 17, "9" * 40])
def test_a_bad_moment_undoes_nothing(cast, as_, at):
    assert as_(cast.designer).post("/inbox/undo", {"at": at}).status_code == 302


@pytest.mark.parametrize("query", ["tab=nothing", "state=nothing", "undo=x&n=y", "n=" + "9" * 30])
def test_a_bad_address_shows_the_inbox(cast, as_, query):
    assert as_(cast.designer).get(f"/inbox?{query}").status_code == 200


def test_the_api_lists_and_marks(cast, api_as):
    tell([cast.designer], happened(cast), tab=Tab.MENTIONS, actor=cast.engineer)
    caller, address = api_as(cast.designer), reverse("api_inbox")
    row = caller.get(f"{address}?tab=mentions&state=unread").json()["results"][0]
    assert row["reason_label"] == "You are mentioned"
    assert row["actor"]["name"] == cast.engineer.name
    one = reverse("api_notice", kwargs={"pk": row["id"]})
    assert caller.patch(one, {"mark": "read"}).json()["read_at"]
    assert caller.patch(one, {"mark": "done"}).json()["done_at"]
    assert caller.patch(one, {"mark": "unread"}).json()["done_at"] is None
    assert caller.patch(one, {"mark": "eaten"}).status_code == 400
    assert caller.post(address, {"tab": "mentions"}).json() == {"done": 1}


def test_followers_hear_of_steps_edits_and_remarks_but_never_of_their_own(cast, as_):
    row = proposed(cast)
    Notice.objects.all().delete()
    as_(row.requester).post(f"/initiatives/{row.key}/comments", {"text": "Any news?"})
    assert not Notice.objects.filter(person=row.requester).exists()


def test_the_list_costs_the_same_however_many(cast, as_, django_assert_max_num_queries):
    browser = as_(cast.designer)
    for n in range(30):
        tell([cast.designer], happened(cast, act=f"a{n}"), tab=Tab.FOLLOWING, actor=cast.engineer)
    browser.get("/inbox?tab=following")
    with django_assert_max_num_queries(15):
        browser.get("/inbox?tab=following")


def test_the_number_in_the_rail_adds_no_statement(cast, as_, django_assert_num_queries):
    tell([cast.designer], happened(cast), tab=Tab.FOLLOWING, actor=cast.engineer)
    page = as_(cast.designer).get("/settings").content.decode()
    assert 'title="Inbox"' in page
    assert '<span class="c">1</span>' in page.split('title="Inbox"')[1].split("</a>")[0]
