"""Whatever a form of a page sends, the answer is no fault: a NUL, a number of thousands of digits."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.laws.permissions import of
from tests.laws.worlds import TABLES

SENT = [
    (name, row)
    for name, table in TABLES.items()
    for row in table.ROWS
    if row.method == "post" and not row.name.startswith("api_")
]
JUNK = {
    "a NUL": "\0x",
    "an SQL text": "x'; SELECT pg_sleep(9); --\" OR 1=1 %s",
    "many digits": "9" * 5000,
    "a number no column holds": "99999999999",
    "a raised two": "²",
}


@pytest.mark.parametrize("junk", JUNK)
def test_no_field_of_a_form_breaks_its_page(junk, everything, db, broker_out_of_reach):
    cast, worlds = everything
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.product_manager)
    broken = []
    for name, row in SENT:
        told = of(row.data, worlds[name])
        fields = (
            [f for f, v in told.items() if isinstance(v, str | int)]
            if isinstance(told, dict)
            else []
        )
        for field in fields:
            before = transaction.savepoint()
            address = reverse(row.name, kwargs=of(row.kwargs, worlds[name]))
            answer = browser.post(address, {**told, field: JUNK[junk]}, headers=row.headers)
            transaction.savepoint_rollback(before)
            if answer.status_code >= 500:
                broken.append((row.name, field))
    assert broken == []
