"""What Home costs: a literal number of statements. What pages read is in `test_plans`."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, triaged

MOST_OF_HOME = 15


def asked(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return seen.captured_queries


@pytest.mark.django_db
def test_home_asks_at_most_fifteen_things_for_one_and_for_many(cast, as_):
    browser = as_(cast.product_manager)
    triaged(cast)
    in_phase(cast, "discovery", title="Standing")
    one = len(asked(browser, "/"))
    for title in ("Budget alerts for savings", "Card freeze from the lock screen"):
        triaged(cast, title=title)
    in_phase(cast, "discovery", title="Standing too")
    assert one == len(asked(browser, "/"))
    assert one <= MOST_OF_HOME


@pytest.mark.django_db
def test_what_moved_lately_is_read_from_the_end_of_the_steps(cast):
    in_phase(cast, "discovery")
    newest = Initiative.record_model.objects.filter(taken=True).order_by("-at", "-id")[:6]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert "initiative_steps_newest" in newest.explain()


@pytest.mark.django_db
def test_pictures_are_kept_until_an_initiative_changes(cast, as_):
    browser = as_(cast.product_manager)
    found = in_phase(cast, "discovery")
    before = browser.get("/").context["phases"]
    kept = asked(browser, "/")
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        browser.get("/")
    assert len(kept) < len(seen.captured_queries) <= MOST_OF_HOME
    Initiative.objects.filter(pk=found.pk).update(phase="coding")
    now = browser.get("/").context["phases"]
    assert [p["count"] for p in now] != [p["count"] for p in before]
