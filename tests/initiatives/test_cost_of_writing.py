"""What writing through the API costs: a literal number of statements, signing in and key included.

What begins and ends the transaction is not counted, nor are history triggers, which run inside
PostgreSQL.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice
from initiatives.models import Initiative
from tests.factories.initiatives import source, triaged

ADDRESS = "/api/v1/initiatives/"
REQUEST = {
    "title": "Receipts by text message",
    "problem": "Agents queue at the till because receipts are printed.",
    "affected": "Agents without a printer",
    "source": "growth",
    "line": "payments",
}
CREATING, MOVING = 11, 25


def statements(caller, address, sent, key):
    with CaptureQueriesContext(connection) as seen:
        answer = caller.post(address, sent, format="json", headers={"Idempotency-Key": key})
    assert answer.status_code < 300, answer.content
    told = [one["sql"] for one in seen.captured_queries]
    return len([sql for sql in told if sql not in {"BEGIN", "COMMIT"}])


@pytest.mark.django_db(transaction=True)
def test_an_initiative_is_created_by_eleven_statements(cast, api_with):
    source()
    caller = api_with(cast.requester)
    statements(caller, ADDRESS, REQUEST, "first")
    assert statements(caller, ADDRESS, REQUEST, "second") == CREATING
    assert Initiative.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_step_with_gates_record_and_notices_costs_a_literal_number_of_statements(cast, api_with):
    waiting, caller = triaged(cast), api_with(cast.product_manager)
    caller.get(ADDRESS)
    assert statements(caller, f"{ADDRESS}{waiting.key}/steps/accept/", {}, "first") == MOVING
    assert Notice.objects.filter(person=cast.requester).exists()
