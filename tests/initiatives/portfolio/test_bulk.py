"""Many at once: a preview per item, refusals explained, everything that matches, a job, one undo."""

import pytest

from config.due.jobs import run_here
from config.due.models import Job
from initiatives.models import BulkEdit, Initiative
from tests.factories.initiatives import in_phase, proposed, triaged


@pytest.fixture
def mix(cast):
    """One that changes, one that says so already, one of another line that is refused."""
    change = triaged(cast, title="Changes")
    same = proposed(cast, title="Same", deadline_date="2199-01-01")
    other = proposed(cast, title="Refused", line=cast.cards)
    return [change, same, other]


def told(mix, **more):
    numbers = [i.number for i in mix]
    return {"act": "set:deadline", "number": numbers, "value": "2199-01-01", **more}


def kinds(answer):
    return {o.initiative.title: o.kind for o in answer.context["outcomes"]}


def test_the_value_is_asked_for_first(mix, cast, as_):
    answer = as_(cast.product_manager).post("/initiatives/bulk", {**told(mix), "value": ""})
    assert 'name="value"' in answer.content.decode()
    bad = as_(cast.product_manager).post("/initiatives/bulk", {**told(mix), "value": "soon"})
    assert bad.status_code == 422
    assert 'value="soon"' in bad.content.decode()


def test_the_preview_tells_of_each_and_changes_nothing(mix, cast, as_):
    answer = as_(cast.product_manager).post("/initiatives/bulk", told(mix))
    assert kinds(answer) == {"Changes": "change", "Same": "same", "Refused": "refused"}
    refused = next(o for o in answer.context["outcomes"] if o.kind == "refused")
    assert "Otto Outsider" in refused.sentences[0]
    assert Initiative.objects.get(pk=mix[0].pk).deadline_date is None


def test_applying_reports_per_item_and_undo_takes_all_back(mix, cast, as_):
    browser = as_(cast.product_manager)
    answer = browser.post("/initiatives/bulk", told(mix, apply="1"))
    assert kinds(answer) == {"Changes": "change", "Same": "same", "Refused": "refused"}
    assert str(Initiative.objects.get(pk=mix[0].pk).deadline_date) == "2199-01-01"
    edit = BulkEdit.objects.get()
    assert as_(cast.outsider).post(f"/initiatives/bulk/{edit.pk}/undo").status_code == 404
    browser.post(f"/initiatives/bulk/{edit.pk}/undo")
    assert Initiative.objects.get(pk=mix[0].pk).deadline_date is None
    assert str(Initiative.objects.get(pk=mix[1].pk).deadline_date) == "2199-01-01"
    assert browser.post(f"/initiatives/bulk/{edit.pk}/undo").status_code == 409


def test_all_that_match_are_chosen_by_the_address(mix, cast, as_):
    asked = {**told([]), "all": "1", "query": "line=payments&sort=title"}
    answer = as_(cast.product_manager).post("/initiatives/bulk", asked)
    assert [o.initiative.title for o in answer.context["outcomes"]] == ["Changes", "Same"]


def test_a_step_is_previewed_and_taken_through_its_gate(cast, as_):
    ready, bare = triaged(cast, title="Ready"), proposed(cast, title="Bare")
    asked = {"act": "step:accept", "number": [ready.number, bare.number]}
    answer = as_(cast.product_manager).post("/initiatives/bulk", asked)
    assert kinds(answer) == {"Ready": "change", "Bare": "refused"}
    answer = as_(cast.product_manager).post("/initiatives/bulk", {**asked, "apply": "1"})
    ready.refresh_from_db()
    bare.refresh_from_db()
    assert (ready.phase, bare.phase) == ("discovery", "intake")
    assert not BulkEdit.objects.exists()


def test_over_fifty_go_to_a_job_that_counts_goes_on_and_is_undone(cast, as_):
    made = [proposed(cast, title=f"Number {n}") for n in range(52)]
    proposed(cast, title="Refused", line=cast.cards)
    browser = as_(cast.product_manager)
    asked = {**told([]), "all": "1", "query": "", "apply": "1"}
    answer = browser.post("/initiatives/bulk", asked)
    job = Job.objects.get(kind="initiatives.bulk")
    assert answer.url == job.get_absolute_url()
    run_here(job)
    assert job.counts == {"change": 52, "same": 0, "refused": 1}
    edit = BulkEdit.objects.get()
    assert len(edit.items) == 52
    shown = browser.get(job.get_absolute_url()).content.decode()
    assert f'href="/initiatives/bulk/{edit.pk}">Undo</a>' in shown
    assert shown.count(str(edit.pk)) == 1
    refused = Initiative.objects.get(title="Refused")
    assert shown.count(refused.key) == 1
    assert browser.get(f"/initiatives/bulk/{edit.pk}").status_code == 200
    browser.post(f"/initiatives/bulk/{edit.pk}/undo")
    assert not Initiative.objects.exclude(deadline_date=None).exists()
    assert len(made) == 52


def test_a_stopped_job_keeps_what_it_did_and_an_undo_takes_that_back(cast, as_):
    [proposed(cast, title=f"Number {n}") for n in range(51)]
    browser = as_(cast.product_manager)
    browser.post("/initiatives/bulk", {**told([]), "all": "1", "query": "", "apply": "1"})
    job = Job.objects.get(kind="initiatives.bulk")
    browser.post(f"/jobs/{job.public_id}/stop")
    run_here(job)
    assert not Initiative.objects.exclude(deadline_date=None).exists()


@pytest.mark.parametrize("act", ["set:phase", "step:fly", "nonsense", ""])
def test_an_unknown_act_is_said_so(act, mix, cast, as_):
    answer = as_(cast.product_manager).post("/initiatives/bulk", {**told(mix), "act": act})
    assert answer.status_code == 422


def test_moving_a_card_goes_through_the_doorman(cast, as_):
    live = in_phase(cast, "discovery")
    browser, address = as_(cast.product_manager), f"/initiatives/{live.key}/move"
    head = {"headers": {"X-Cell": "1"}}
    refused = browser.post(address, {"to": "rfc"}, **head)
    assert refused.status_code == 409
    assert "hypothesis" in refused.json()["error"].lower()
    assert "No step leads" in browser.post(address, {"to": "coding"}, **head).json()["error"]
    asks = browser.post(address, {"to": "parked"}, **head)
    assert (asks.status_code, asks.json()["ask"]) == (422, True)
    page = browser.get(asks.json()["href"])
    assert 'name="note"' in page.content.decode()
    stranger = as_(cast.outsider).post(address, {"to": "parked", "note": "No."}, **head)
    assert stranger.status_code == 403
    done = browser.post(address, {"to": "parked", "note": "Wait for law."})
    live.refresh_from_db()
    assert (done.status_code, live.phase) == (302, "parked")


def test_an_open_step_moves_the_card(cast, as_):
    made = triaged(cast)
    told_moved = {"to": "discovery", "flow_version": made.flow_version}
    head = {"headers": {"X-Cell": "1"}}
    answer = as_(cast.product_manager).post(f"/initiatives/{made.key}/move", told_moved, **head)
    assert answer.json()["said"] == f"{made.key} is now in Discovery."
    stale = as_(cast.product_manager).post(f"/initiatives/{made.key}/move", told_moved, **head)
    assert stale.status_code == 409


@pytest.mark.parametrize(("who", "offered"), [("reader", False), ("designer", True)])
def test_who_only_reads_is_offered_no_boxes(who, offered, mix, cast, as_):
    page = as_(getattr(cast, who)).get("/initiatives").content.decode()
    assert ('name="number"' in page) is offered
    assert ('id="bulk"' in page) is offered
