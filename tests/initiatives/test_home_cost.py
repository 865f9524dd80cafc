"""What Home and the lists cost: a literal number of statements, and no reading of whole tables."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, proposed, triaged

MOST_OF_HOME = 15
# Tables that grow with the years; settings, lines, people and teams do not.
GROWING = ("initiative", "initiativestep", "initiativeline", "evidence", "initiativeevent")
ADDRESSES = [
    "/initiatives",
    "/initiatives?sort=-score",
    "/initiatives?sort=deadline",
    "/initiatives?layout=board",
    "/search?q=settlement",
]


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
@pytest.mark.parametrize("address", ADDRESSES)
def test_lists_never_read_a_growing_table_whole(address, cast, as_):
    """With sequential scans made dear, the planner needs none: an index fits every part."""
    proposed(cast, title="Instant settlement")
    browser = as_(cast.product_manager)
    for query in asked(browser, address):
        if not query["sql"].lstrip("(").startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        scanned = re.findall(r"Seq Scan on initiatives_(\w+)", plan)
        assert not set(scanned) & set(GROWING), f"{address}\n{plan}"


@pytest.mark.django_db
def test_what_moved_lately_is_read_from_the_end_of_the_steps(cast):
    in_phase(cast, "discovery")
    newest = Initiative.record_model.objects.filter(taken=True).order_by("-at", "-id")[:6]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    assert "initiative_steps_newest" in newest.explain()
