"""Jobs and dead rows on pages, in the API and in the admin."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from config.due.jobs import run_here, start_job
from config.due.models import DueState, Job
from config.due.queries import dead_rows, standings
from config.web.jobs import card

pytestmark = pytest.mark.django_db


def probe(owner, title="Check of the workers", **payload):
    return start_job(kind="probe", owner=owner, title=title, payload=payload)


def dead(owner, title="Push of INI-1"):
    row = probe(owner, title)
    Job.objects.filter(pk=row.pk).update(
        state=DueState.DEAD, attempts=8, last_error="Jira said 403.", finished_at=Now()
    )
    return Job.objects.get(pk=row.pk)


def test_list_shows_own_jobs_and_overseers_all(cast, as_):
    probe(cast.requester, "Mine")
    probe(cast.reader, "Somebody else's")
    own = as_(cast.requester).get("/jobs").content.decode()
    assert "Mine" in own
    assert "Somebody else" not in own
    assert "Somebody else" in as_(cast.administrator).get("/jobs").content.decode()


def test_list_filters_by_state_and_says_when_nothing_matches(cast, as_):
    dead(cast.requester)
    browser = as_(cast.requester)
    assert "Push of INI-1" in browser.get("/jobs?state=dead").content.decode()
    assert "No job in this state" in browser.get("/jobs?state=due").content.decode()


def test_empty_list_says_what_will_be_here(cast, as_):
    assert "No job yet" in as_(cast.requester).get("/jobs").content.decode()


def test_running_job_refreshes_itself_and_offers_stop(cast, as_):
    page = as_(cast.requester).get(probe(cast.requester).get_absolute_url()).content.decode()
    assert "<gl-refresh" in page
    assert "Waiting for a worker" in page
    assert "/stop" in page


def test_finished_job_shows_result_and_no_stop(cast, as_):
    row = probe(cast.requester, steps=3)
    run_here(row)
    page = as_(cast.requester).get(row.get_absolute_url()).content.decode()
    assert "The relay, the broker and a worker are turning." in page
    assert "3 of 3" in page
    assert "<gl-refresh" not in page
    assert "/stop" not in page


def test_stop_asks_once(cast, as_):
    row = probe(cast.requester)
    address = reverse("job_stop", kwargs={"public_id": row.public_id})
    first = as_(cast.requester).post(address, follow=True).content.decode()
    assert "It stops at its next item." in first
    again = as_(cast.requester).post(address, follow=True).content.decode()
    assert "ended already" in again
    assert run_here(row) == "done"
    assert row.status == "cancelled"


def test_dead_rows_page_tells_and_tries_again(cast, as_):
    row = dead(cast.requester)
    browser = as_(cast.tpm)
    page = browser.get("/due/dead").content.decode()
    assert "Probe: Push of INI-1" in page
    assert "Jira said 403." in page
    address = reverse("dead_rearm", kwargs={"label": "due.job", "pk": row.pk})
    assert "tried again now" in browser.post(address, follow=True).content.decode()
    assert "already asked" in browser.post(address, follow=True).content.decode()
    assert "Nothing gave up" in browser.get("/due/dead").content.decode()
    assert row.lines.get().text == f"{cast.tpm} asked to try again."


def test_dead_rows_page_tells_others_whom_to_ask(cast, as_):
    answer = as_(cast.requester).get("/due/dead")
    assert answer.status_code == 403
    assert "Ask one of them to try it again." in answer.content.decode()


def test_api_shows_stops_and_rearms(cast, api_as):
    row = probe(cast.requester)
    caller = api_as(cast.requester)
    shown = caller.get(f"/api/v1/jobs/{row.public_id}/")
    assert shown.headers["Retry-After"] == "2"
    assert shown.json()["status"] == "waiting"
    assert [j["id"] for j in caller.get("/api/v1/jobs/").json()["results"]] == [str(row.public_id)]
    assert caller.post(f"/api/v1/jobs/{row.public_id}/stop/").json()["status"] == "stopping"
    refused = caller.post(f"/api/v1/jobs/{row.public_id}/stop/")
    assert refused.status_code == 409
    assert refused.json()["sentences"] == ["This job had ended, or was asked to stop, already."]


def test_api_of_dead_rows(cast, api_as):
    row = dead(cast.requester)
    caller = api_as(cast.administrator)
    (told,) = caller.get("/api/v1/due/dead/").json()["results"]
    assert (told["label"], told["id"], told["attempts"]) == ("due.job", row.pk, 8)
    assert caller.post(f"/api/v1/due/dead/due.job/{row.pk}/again/").status_code == 202
    assert caller.post(f"/api/v1/due/dead/due.job/{row.pk}/again/").status_code == 409
    assert caller.post("/api/v1/due/dead/accounts.person/1/again/").status_code == 409


def test_admin_is_read_only_and_tries_again(cast, as_):
    row = dead(cast.requester)
    browser = as_(cast.administrator)
    assert browser.get(f"/admin/due/job/{row.pk}/change/").status_code == 200
    chosen = {"action": "try_again", "_selected_action": [row.pk]}
    assert browser.post("/admin/due/job/", chosen).status_code == 302
    row.refresh_from_db()
    assert row.state == DueState.DUE


@pytest.mark.parametrize("address", ["/jobs", "/due/dead", "/api/v1/jobs/"])
def test_same_queries_for_one_row_and_three(
    cast, as_, address, django_assert_num_queries, django_assert_max_num_queries
):
    browser = as_(cast.administrator)
    dead(cast.requester)
    browser.get(address)
    with django_assert_max_num_queries(30) as one:
        browser.get(address)
    dead(cast.reader)
    dead(cast.requester)
    with django_assert_num_queries(len(one)):
        browser.get(address)


def test_status_words_cover_every_state(cast):
    row = probe(cast.requester)
    assert card(row).state_label == "Waiting for a worker"
    assert card(dead(cast.requester)).state_label == "Gave up"
    assert {one.label for one in standings()} >= {"due.job", "due.scheduledslot"}
    assert len(dead_rows()) == 1


def test_requests_about_work_reach_no_broker(cast, as_, broker_out_of_reach):
    row, gone = probe(cast.requester), dead(cast.requester)
    browser = as_(cast.administrator)
    stop = reverse("job_stop", kwargs={"public_id": row.public_id})
    again = reverse("dead_rearm", kwargs={"label": "due.job", "pk": gone.pk})
    assert [browser.post(address).status_code for address in (stop, again)] == [302, 302]
    assert browser.get("/jobs").status_code == 200
