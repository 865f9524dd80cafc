"""Whole sets through the API: the same files, the same bulk acts, refused by the same sentences."""

import csv
import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from config.due.jobs import run_here
from config.due.models import Job
from initiatives.actions.saved_views import save_view
from initiatives.forms.bulk import AT_ONCE
from initiatives.models import BulkEdit, Initiative
from initiatives.views import exports
from tests.factories.initiatives import in_phase, proposed, triaged

BULK = "/api/v1/initiatives/bulk/"


@pytest.fixture
def three(cast):
    proposed(cast, title="=HYPERLINK(1)", line=None)
    proposed(cast, title="Second", deadline_date="2199-01-01")
    return in_phase(cast, "discovery", title="Third")


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("query", ["", "sort=-title", "phase=intake&sort=title", "group=phase"])
def test_every_form_has_the_rows_of_the_list(query, three, cast, as_, api_as):
    caller, browser = api_as(cast.reader), as_(cast.reader)
    shown = [row.key for row in browser.get(f"/initiatives?{query}").context["rows"]]
    text = body(caller.get(f"/api/v1/initiatives.csv?{query}")).decode("utf-8-sig")
    assert [row["key"] for row in csv.DictReader(io.StringIO(text))] == shown
    told = json.loads(body(caller.get(f"/api/v1/initiatives.json?{query}")))
    assert [row["key"] for row in told["results"]] == shown
    book = load_workbook(io.BytesIO(body(caller.get(f"/api/v1/initiatives.xlsx?{query}"))))
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == shown


def test_a_feed_and_a_calendar_whatever_is_accepted(three, cast, api_as):
    caller = api_as(cast.reader)
    atom = caller.get("/api/v1/initiatives.atom", headers={"accept": "application/atom+xml"})
    assert atom.status_code == 200
    assert atom["Content-Type"].startswith("application/atom+xml")
    ics = caller.get("/api/v1/initiatives.ics", headers={"accept": "text/calendar"})
    assert b"BEGIN:VEVENT" in body(ics)


def test_a_view_alone_stands_for_its_set(three, cast, api_as):
    view = save_view(owner=cast.reader, name="Live", query="phase=discovery")
    text = body(api_as(cast.reader).get(f"/api/v1/initiatives.csv?view={view.pk}")).decode()
    assert "Third" in text
    assert "Second" not in text


def test_a_large_sheet_is_accepted_and_fetched_by_its_owner(
    three, cast, api_as, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    caller = api_as(cast.reader)
    answer = caller.get("/api/v1/initiatives.xlsx?sort=title")
    job = Job.objects.get(kind="initiatives.export")
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/v1/jobs/{job.public_id}/"
    run_here(job)
    found = caller.get(f"/api/v1/exports/{job.public_id}.xlsx")
    assert load_workbook(io.BytesIO(body(found))).active.max_row == 4
    assert api_as(cast.outsider).get(f"/api/v1/exports/{job.public_id}.xlsx").status_code == 404


@pytest.fixture
def mix(cast):
    change = triaged(cast, title="Changes")
    same = proposed(cast, title="Same", deadline_date="2199-01-01")
    other = proposed(cast, title="Refused", line=cast.cards)
    return [change, same, other]


def asked(mix, **more):
    numbers = [i.number for i in mix]
    return {"act": "set:deadline", "numbers": numbers, "value": "2199-01-01", **more}


def test_a_preview_changes_nothing_an_act_reports_and_goes_back_as_one(mix, cast, api_as):
    caller = api_as(cast.product_manager)
    seen = caller.post(BULK, asked(mix), format="json").json()
    assert (seen["applied"], seen["edit"]) == (False, None)
    assert [item["outcome"] for item in seen["items"]] == ["change", "same", "refused"]
    assert "Otto Outsider" in seen["items"][2]["sentences"][0]
    assert Initiative.objects.get(pk=mix[0].pk).deadline_date is None
    done = caller.post(BULK, asked(mix, apply=True), format="json").json()
    assert done["counts"] == {"change": 1, "same": 1, "refused": 1}
    assert str(Initiative.objects.get(pk=mix[0].pk).deadline_date) == "2199-01-01"
    edit = caller.get(f"{BULK}{done['edit']}/").json()
    assert [item["number"] for item in edit["items"]] == [mix[0].number]
    back = caller.post(f"{BULK}{done['edit']}/undo/", format="json").json()
    assert [item["outcome"] for item in back] == ["change"]
    assert Initiative.objects.get(pk=mix[0].pk).deadline_date is None
    assert caller.post(f"{BULK}{done['edit']}/undo/", format="json").status_code == 409


def test_values_are_named_as_everywhere_in_the_api(mix, cast, api_as):
    caller = api_as(cast.product_manager)
    told = asked(mix[:1], act="set:line", value="payments")
    assert caller.post(BULK, told, format="json").json()["label"] == "Line: Payments"
    bad = caller.post(BULK, asked(mix, act="set:line", value="nowhere"), format="json")
    assert bad.json()["errors"][0]["pointer"].startswith("/value")
    odd = caller.post(BULK, asked(mix, act="set:phase", value="coding"), format="json")
    assert odd.json()["errors"][0]["pointer"].startswith("/act")
    assert {bad.status_code, odd.status_code} == {400}


def test_a_step_for_all_that_match(mix, cast, api_as):
    told = {"act": "step:decline", "query": "line=payments", "given": {"note": "Not this year"}}
    done = api_as(cast.product_manager).post(BULK, {**told, "apply": True}, format="json").json()
    assert done["counts"]["change"] == 2
    assert done["edit"] is None
    assert Initiative.objects.get(pk=mix[0].pk).phase == "declined"


def test_more_than_fifty_become_a_job(cast, api_as):
    for n in range(AT_ONCE + 1):
        proposed(cast, title=f"Number {n}")
    told = {"act": "set:deadline", "query": "", "value": "2199-01-01"}
    caller = api_as(cast.product_manager)
    seen = caller.post(BULK, told, format="json").json()
    assert (len(seen["items"]), seen["unseen"]) == (AT_ONCE, 1)
    answer = caller.post(BULK, {**told, "apply": True}, format="json")
    assert answer.status_code == 202
    run_here(Job.objects.get(kind="initiatives.bulk"))
    assert Initiative.objects.filter(deadline_date="2199-01-01").count() == AT_ONCE + 1
    assert len(BulkEdit.objects.get().items) == AT_ONCE + 1


def test_nothing_chosen_is_said(cast, api_as):
    caller = api_as(cast.product_manager)
    assert caller.post(BULK, asked([], numbers=[999]), format="json").status_code == 422
    assert caller.post(BULK, {"act": "step:accept"}, format="json").status_code == 400
    assert reverse("api_bulk") == BULK
