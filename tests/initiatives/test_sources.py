"""Sources as data, one's own requests, and receipts that forward."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.actions.sources import save_source, ship_sources
from initiatives.actions.steps import take_step
from initiatives.models import Initiative, Source
from tests.factories.initiatives import proposed

pytestmark = pytest.mark.django_db


def form_of(questions=(), **more):
    told = {"name": "Field sales", "rule": "customer", "icon": "truck", "active": "on"}
    told |= {"q-TOTAL_FORMS": len(questions), "q-INITIAL_FORMS": 0, **more}
    for n, question in enumerate(questions):
        told |= {f"q-{n}-{name}": value for name, value in question.items()}
    return told


def test_an_administrator_adds_a_source_with_questions_and_people_answer_them(cast, as_):
    questions = [
        {"label": "Which region?", "kind": "text"},
        {"label": "Visits a week", "kind": "number", "help": "Count them."},
        {"label": "", "kind": "text"},
    ]
    answer = as_(cast.administrator).post("/sources/new", form_of(questions))
    assert answer.url == "/sources"
    made = Source.objects.get(name="Field sales")
    assert [(q["name"], q["kind"]) for q in made.fields] == [
        ("which_region", "text"),
        ("visits_a_week", "number"),
    ]
    browser = as_(cast.reader)
    assert "Which region?" in browser.get("/initiatives/new?source=field-sales").content.decode()
    told = {
        "problem": "Visits take an hour.", "affected": "Sales", "source": "field-sales",
        "source_which_region": "North", "source_visits_a_week": "40",
    }  # fmt: skip
    browser.post("/initiatives/new", told)
    assert Initiative.objects.get().source_fields == {
        "which_region": "North",
        "visits_a_week": "40",
    }


def test_what_a_rule_asks_for_is_added(cast):
    told = {"name": "Audit", "rule": "compliance", "icon": "scale"}
    asked = [{"name": "authority", "label": "Who says so?", "kind": "text", "help": ""}]
    made = save_source(actor=cast.administrator, source=None, fields=asked, **told)
    assert [q["name"] for q in made.fields] == ["authority", "rule_text", "legal_deadline"]
    assert made.fields[0]["label"] == "Who says so?"


def test_a_removed_question_keeps_its_answers_and_a_renamed_one_its_name(cast, as_):
    made = proposed(cast, source_slug="qa", source_fields={"severity": "high"})
    qa = made.source
    qa.rule = "customer"
    qa.save()
    questions = [
        {"name": "severity", "label": "How bad is it?", "kind": "text"},
        {"name": "reproduction", "label": "How to", "kind": "long", "remove": "on"},
    ]
    browser = as_(cast.administrator)
    assert "1 answer" in browser.get("/sources/qa").content.decode()
    told = form_of(questions, name="Quality assurance", **{"q-INITIAL_FORMS": 2})
    browser.post("/sources/qa", told)
    qa.refresh_from_db()
    assert [(q["name"], q["label"]) for q in qa.fields] == [("severity", "How bad is it?")]
    made.refresh_from_db()
    assert made.source_fields == {"severity": "high"}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (form_of(name="growth"), "A source of this name exists already."),
        (form_of(name=""), "required"),
        (form_of([{"name": "a", "label": "", "kind": "text"}]), "Name the question, or remove it."),
    ],
)
def test_a_source_that_lacks_something_is_said(form, sentence, cast, as_):
    ship_sources()
    answer = as_(cast.administrator).post("/sources/new", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_own_requests_say_where_they_went_and_cost_the_same_for_any_number(cast, as_):
    browser = as_(cast.requester)
    assert "You have handed in nothing yet" in browser.get("/requests").content.decode()
    made = proposed(cast)
    take_step(made, "decline", actor=cast.product_manager, note="Its effect is too small.")
    proposed(cast, requester=cast.reader, title="Somebody else's")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            page = browser.get("/requests").content.decode()
        return len(seen), page

    few, page = queries()
    assert "Petra Manager: “Its effect is too small.”" in page
    assert "Somebody else's" not in page
    for n in range(3):
        other = proposed(cast, title=f"Another {n}")
        take_step(other, "mark-duplicate", actor=cast.product_manager, note="S", original=made.key)
    assert queries()[0] == few
    assert "Another" not in browser.get("/requests?show=open").content.decode()
    assert "Another" in browser.get("/requests?show=over").content.decode()


def test_the_receipt_of_a_merged_request_forwards_and_says_so(cast, as_):
    original = proposed(cast, title="The original")
    made = proposed(cast, title="The other")
    take_step(
        made, "mark-duplicate", actor=cast.product_manager, note="Same need.", original=original.key
    )
    browser = as_(cast.requester)
    answer = browser.get(f"/initiatives/{made.key}/receipt")
    assert answer.url == f"/initiatives/{original.key}/receipt?joined={made.key}"
    page = browser.get(answer.url).content.decode()
    assert f"{made.key} “The other” joined this request" in page
    assert "Same need." in page
    own = browser.get(f"/initiatives/{made.key}/receipt?stay=1").content.decode()
    assert f"It joins {original.key}" in own


def test_the_receipt_names_the_day_triage_is_promised_by(cast, as_):
    made = proposed(cast)
    page = as_(cast.requester).get(f"/initiatives/{made.key}/receipt").content.decode()
    assert "Payments triages within 3 working days, by " in page
    long_ago = timezone.now() - timedelta(days=30)
    Initiative.objects.filter(pk=made.pk).update(state_entered_at=long_ago)
    page = as_(cast.requester).get(f"/initiatives/{made.key}/receipt").content.decode()
    assert "Payments promised to triage by " in page
    assert "and is late." in page


def test_the_api_adds_and_changes_sources(cast, api_as):
    caller = api_as(cast.administrator)
    told = {"name": "Field sales", "rule": "customer", "fields": [{"label": "Which region?"}]}
    answer = caller.post("/api/v1/sources/", told, format="json")
    assert (answer.status_code, answer.json()["slug"]) == (201, "field-sales")
    question = answer.json()["fields"][0]
    assert question["name"] == "which_region"
    told["fields"] = [{**question, "label": "Where?"}]
    changed = caller.put("/api/v1/sources/field-sales/", told, format="json").json()
    assert [(q["name"], q["label"]) for q in changed["fields"]] == [("which_region", "Where?")]
