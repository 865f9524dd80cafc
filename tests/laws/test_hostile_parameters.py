"""What a list is asked in its address is a value, never a part of a question to the database.

Every list of the API is asked with its own parameters holding SQL, names of columns and patterns,
with each of them given twice, and with parameters nobody described that read like Django's lookups.
"""

import json
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from tests.laws.permissions import of
from tests.laws.test_described import ROWS

DESCRIPTION = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
VALUES = ("' OR 1=1); DROP TABLE accounts_person; -- %27 \\", "-owner__password", "9" * 40)
LOOKUPS = {
    "owner__password__startswith": "argon2",
    "person__is_superuser": "true",
    "id__in": "0",
    "pk": "0",
    "extra": "1=0",
    "ordering": "password",
}


def asked(path):
    """The names of the parameters of a list."""
    told = DESCRIPTION["paths"][path]["get"].get("parameters", [])
    return [each["name"] for each in told if each["in"] == "query"]


LISTS = [
    pytest.param(table, path, id=path)
    for path, (_name, table, _rows) in sorted(ROWS.items(), key=lambda item: item[1][0])
    if "get" in DESCRIPTION["paths"][path] and asked(path)
]


@pytest.fixture
def ask(shared, api_as):
    cast, world = shared
    caller = api_as(cast.administrator)

    def send(path, told):
        row = ROWS[path][2][0]
        address = reverse(row.name, kwargs=of(row.kwargs, world))
        with transaction.atomic():
            return caller.get(address, told)

    return send


@pytest.mark.parametrize(("shared", "path"), LISTS, indirect=["shared"], scope="module")
def test_no_value_becomes_a_question(shared, path, db, ask):
    for name in asked(path):
        answers = {value: ask(path, {name: value}).status_code for value in VALUES}
        answers |= {"twice": ask(path, {name: ["0", "1"]}).status_code}
        assert set(answers.values()) <= {200, 400, 404}, (name, answers)


@pytest.mark.parametrize(("shared", "path"), LISTS, indirect=["shared"], scope="module")
def test_a_parameter_that_is_not_described_changes_nothing(shared, path, db, ask):
    plain = ask(path, {})
    told = ask(path, LOOKUPS)
    assert told.status_code in (plain.status_code, 404)
    if plain.status_code == 200 and "json" in plain["Content-Type"]:
        known = told.json()
        if isinstance(known, dict):
            known.pop("ignored", None)
        assert without_links(known) == without_links(plain.json())


def without_links(found):
    """Of a page, what does not repeat the address."""
    if isinstance(found, dict):
        return {key: value for key, value in found.items() if key not in {"next", "previous"}}
    return found
