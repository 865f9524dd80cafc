"""What the page of one initiative costs: a literal number of statements, however much is on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.actions.talk import comment
from initiatives.models import Evidence, Ticket
from tests.factories.initiatives import in_phase

MOST = 20
# A live one of a line: what it meets elsewhere is fetched by the page, and judged by one statement.
MOST_OF_MEETING = 18


def statements(browser, address, **head):
    browser.get(address, **head)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address, **head).status_code == 200
    return len(seen.captured_queries)


def tickets(initiative, count):
    rows = [Ticket(initiative=initiative, title=f"Ticket {n}", ordinal=n) for n in range(count)]
    Ticket.objects.bulk_create(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("phase", ["deep_dive", "sprint_ready", "coding"])
def test_the_page_asks_the_same_for_one_and_for_two_hundred_tickets(phase, cast, as_):
    found, browser = in_phase(cast, phase), as_(cast.product_manager)
    address = found.get_absolute_url()
    tickets(found, 1)
    one = statements(browser, address)
    tickets(found, 199)
    assert statements(browser, address) == one
    assert one <= MOST


@pytest.mark.django_db
def test_the_page_asks_the_same_for_one_and_for_thirty_of_everything_said(cast, as_):
    found, browser = in_phase(cast, "discovery"), as_(cast.product_manager)
    address = found.get_absolute_url()
    comment(initiative=found, actor=cast.tpm, text="First.")
    one = statements(browser, address)
    for number in range(29):
        comment(initiative=found, actor=cast.tpm, text=f"And {number}.")
    Evidence.objects.bulk_create(
        Evidence(
            initiative=found, collector=cast.tpm, collected_date="2026-06-01", method="interview",
            kind="qualitative", points="for", finding=f"They wait {n}.", origin="Talks",
        )
        for n in range(30)
    )  # fmt: skip
    assert statements(browser, address) == one
    assert one <= MOST


@pytest.mark.django_db
def test_what_it_meets_is_fetched_by_the_page_or_followed_as_a_link(cast, as_):
    found, browser = in_phase(cast, "discovery"), as_(cast.product_manager)
    address = found.tab_url("collisions")
    assert f'hx-get="{address}"' in browser.get(found.get_absolute_url()).content.decode()
    assert "<html" in browser.get(address).content.decode()
    assert "<html" not in browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert statements(browser, address) <= MOST_OF_MEETING
