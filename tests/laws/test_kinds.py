"""What every address of the tables answers when it is read, seen by a careful browser."""

from django.test import Client
from django.urls import reverse

from tests.laws.permissions import of
from tests.laws.worlds import TABLES


def test_every_answer_names_its_kind_and_its_letters(everything, db):
    cast, worlds = everything
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.administrator)
    unnamed = []
    for name, table in TABLES.items():
        for row in (row for row in table.ROWS if row.method == "get"):
            address = reverse(row.name, kwargs=of(row.kwargs, worlds[name]))
            answer = browser.get(address, of(row.data, worlds[name]), headers=row.headers)
            kind = answer.headers.get("Content-Type", "")
            plain = kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
            if answer.status_code != 204 and (not kind or (plain and "charset=" not in kind)):
                unnamed.append((row.name, kind))
    assert unnamed == []
