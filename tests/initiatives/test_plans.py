"""What pages read of a portfolio of thousands: no table that grows is read from end to end.

The planner decides freely, by statistics of rows that are there. A scan that a LIMIT stops is bounded
and may be.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from tests.factories.many import PHASES, fill

MANY = 12_000
# What makes a portfolio grow are those that ended.
YEARS = (*PHASES, *("closed", "declined") * 2 * len(PHASES))
# Lines touched are not among them: of two lines here one is half of the table, read whole by right.
GROWING = {
    "initiatives_initiative",
    "initiatives_initiativeevent",
    "initiatives_initiativestep",
    "initiatives_evidence",
    "initiatives_scoreinput",
}
PAGES = (
    "/initiatives",
    "/initiatives?sort=-score",
    "/initiatives?line=payments&phase=rfc",
    "/initiatives?page=30",
    "/initiatives?layout=board",
    "/initiatives?layout=matrix",
    "/initiatives?layout=timeline",
    "/",
    "/search?q=settlement+{one}",
    "/search?q=INI-{one}",
    "/api/v1/initiatives/?line=payments&sort=-score",
    "/api/v1/initiatives/INI-{one}/",
    "/initiatives/INI-{one}",
    "/initiatives/INI-{one}/collisions",
    "/initiatives/INI-{one}/activity",
)


def read_whole(node, bounded=False):
    """The growing tables that a plan reads from end to end."""
    bounded = bounded or node["Node Type"] == "Limit"
    table = node.get("Relation Name")
    if node["Node Type"] in {"Seq Scan", "Parallel Seq Scan"} and table in GROWING and not bounded:
        yield f"{table} for {node.get('Filter')}"
    # What is sorted or hashed is read whole before a limit sees a row.
    inside = bounded and node["Node Type"] not in {"Sort", "Hash", "Aggregate"}
    for part in node.get("Plans", ()):
        yield from read_whole(part, inside)


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        told = cursor.fetchone()[0]
    return (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]


def as_vacuumed():
    """Statistics, and index pages that need no look at the row, as autovacuum leaves them."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(sorted(GROWING))}")
        cursor.execute("ANALYZE")


@pytest.mark.django_db(transaction=True)
def test_pages_never_read_a_growing_table_whole(cast, as_):
    one = fill(cast, MANY, YEARS, each=1).number + 12
    as_vacuumed()
    everywhere = Initiative.objects.filter(affected__icontains="agents").order_by("affected")
    assert list(read_whole(json.loads(everywhere.explain(format="json"))[0]["Plan"]))
    browser, found = as_(cast.product_manager), []
    for page in PAGES:
        address = page.format(one=one)
        browser.get(address, follow=True)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address, follow=True).status_code == 200, address
        for query in seen.captured_queries:
            if query["sql"].lstrip("( \n").startswith(("SELECT", "WITH")):
                found += [f"{address}: {t}" for t in read_whole(plan_of(query["sql"]))]
    assert not found, "\n".join(found)
