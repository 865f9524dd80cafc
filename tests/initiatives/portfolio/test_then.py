"""The list as it was known at the end of a day, and what changed since one looked."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from initiatives.actions.fields import set_field
from initiatives.models import Initiative, LastLook
from tests.factories.initiatives import in_phase, triaged


@pytest.fixture
def days_ago():
    """Dates the history of an initiative back."""

    def move(initiative, days):
        events = Initiative._meta.apps.get_model("initiatives", "InitiativeEvent").objects
        then = timezone.now() - timedelta(days=days)
        with pgtrigger.ignore():
            events.filter(pgh_obj=initiative.pk).update(pgh_created_at=then)
        return (timezone.localdate() - timedelta(days=days)).isoformat()

    return move


def titles(page):
    return [row.title for row in page.context["rows"]] if "rows" in page.context else []


def test_the_list_shows_what_was_known_then(cast, as_, days_ago):
    made = triaged(cast, title="As it was")
    day = days_ago(made, 10)
    set_field(
        initiative=made,
        actor=cast.product_manager,
        field="title",
        value="As it is",
        seen_version=None,
    )
    triaged(cast, title="Came later")
    same = triaged(cast, title="Stayed the same")
    days_ago(same, 10)
    browser = as_(cast.product_manager)
    page = browser.get(f"/initiatives?then={day}&sort=title")
    assert titles(page) == ["As it was", "Stayed the same"]
    assert [row.differs for row in page.context["rows"]] == [["title"], []]
    text = page.content.decode()
    assert "As it was known on" in text
    assert text.count("today otherwise: title") == text.count('class="moved"') == 1
    assert "data-cell" not in text
    assert 'name="number"' not in text
    assert titles(browser.get("/initiatives?layout=list")) == [
        "Stayed the same",
        "Came later",
        "As it is",
    ]
    early = (timezone.localdate() - timedelta(days=20)).isoformat()
    assert titles(browser.get(f"/initiatives?then={early}")) == []
    assert "History begins on" in browser.get(f"/initiatives?then={early}").content.decode()


@pytest.mark.parametrize("layout", ["list", "board", "heat", "funnel"])
def test_filters_and_layouts_work_on_a_day_in_the_past(layout, cast, as_, days_ago):
    made = in_phase(cast, "discovery", title="Then in discovery")
    day = days_ago(made, 5)
    query = f"then={day}&layout={layout}&phase=discovery&line=payments&owner=me&sort=title&q=Then"
    page = as_(cast.product_manager).get(f"/initiatives?{query}")
    assert (page.context["total"], page.context["ignored"]) == (1, [])


def test_what_cannot_be_told_of_the_past_is_named(cast, as_):
    day = (timezone.localdate() - timedelta(days=5)).isoformat()
    page = as_(cast.reader).get(f"/initiatives?then={day}&layout=matrix&cols=age,kpi")
    assert page.context["ignored"] == ["cols=kpi"]
    assert "Matrix is only drawn for today" in page.content.decode()


def test_the_funnel_tells_the_week_before_that_day(cast, as_, days_ago):
    made = in_phase(cast, "discovery", title="Moved then")
    day = days_ago(made, 20)
    page = as_(cast.reader).get(f"/initiatives?then={day}&layout=funnel")
    told = {s["step"].phase.number: s["step"] for s in page.context["funnel"]}
    now = as_(cast.reader).get("/initiatives?layout=funnel").context["funnel"]
    assert sum(s["step"].came for s in now) > 0
    assert sum(step.went for step in told.values()) == 0
    assert sum(step.count for step in told.values()) == 1


def test_the_initiative_as_it_was_known(cast, as_, days_ago):
    made = triaged(cast, title="As it was")
    day = days_ago(made, 10)
    set_field(
        initiative=made,
        actor=cast.product_manager,
        field="title",
        value="As it is",
        seen_version=None,
    )
    browser = as_(cast.reader)
    activity = browser.get(f"/initiatives/{made.key}/activity").content.decode()
    assert f'href="/initiatives/{made.key}/then"' in activity
    page = browser.get(f"/initiatives/{made.key}/then?day={day}")
    assert "As it was" in page.content.decode()
    assert "The title" in page.content.decode()
    early = (timezone.localdate() - timedelta(days=20)).isoformat()
    assert (
        "was not known yet"
        in browser.get(f"/initiatives/{made.key}/then?day={early}").content.decode()
    )
    assert browser.get(f"/initiatives/{made.key}/then?day=soon").status_code == 422


def test_changed_rows_are_marked_since_one_looked(cast, as_):
    made = triaged(cast, title="Old")
    browser = as_(cast.reader)
    assert not browser.get("/initiatives").context["rows"][0].new
    browser.post("/initiatives/looked")
    LastLook.objects.update(seen_at=timezone.now() - timedelta(hours=2))
    set_field(
        initiative=made, actor=cast.product_manager, field="title", value="New", seen_version=None
    )
    assert browser.get("/initiatives").context["rows"][0].new
    browser.post("/initiatives/looked")
    page = browser.get("/initiatives")
    assert page.context["rows"][0].new, "the visit goes on"
    assert "Changed since you looked" in page.content.decode()
    browser.post("/initiatives/looked", {"anew": "1"})
    assert not browser.get("/initiatives").context["rows"][0].new
