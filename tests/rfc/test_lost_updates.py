"""Two editors, one on the page and one on the API, write one draft at once over real HTTP.

`GATELINE_ROUNDS=1000 pytest tests/rfc/test_lost_updates.py -s` runs the long version and prints
how many writes were taken, merged, asked about and refused. Silently lost must be none.
"""

import html
import os
import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from django.conf import settings
from django.test import Client

from rfc.models import RFC
from tests.cast import build_cast
from tests.factories import rfc as make

ROUNDS = int(os.environ.get("GATELINE_ROUNDS", "25"))
SECTIONS = ("scope", "solution", "evidence")
CSRF = "a" * 32
BODY = re.compile(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
VERSION = re.compile(r'name="row_version" value="(\d+)"')


def signed_in(person, address):
    browser = Client()
    browser.force_login(person)
    cookies = {
        settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value,
        "csrftoken": CSRF,
    }
    return httpx.Client(
        base_url=address, cookies=cookies, timeout=60, headers={"X-CSRFToken": CSRF}
    )


def with_word(body, section, word):
    """The text with another sentence in one section."""
    heading = f"## {section.capitalize()}\n\n"
    assert heading in body, body
    head, rest = body.split(heading, 1)
    tail = rest.partition("\n## ")[2]
    return f"{head}{heading}{word}\n\n## {tail}" if tail else f"{head}{heading}{word}\n"


class PageEditor:
    """Reads and writes the form of the page."""

    def __init__(self, client, key):
        self.client, self.path = client, f"/rfcs/{key}/edit"

    def read(self):
        page = self.client.get(self.path).text
        self.version = VERSION.search(page)[1]
        self.body = html.unescape(BODY.search(page)[1]).replace("\r\n", "\n")

    def write(self, section, word):
        body = with_word(self.body, section, word)
        data = {"title": "Instant settlement", "body": body, "row_version": self.version}
        answer = self.client.post(self.path, data={**data, "act": "save"})
        if answer.status_code == 302:
            return "taken"
        assert (answer.status_code, word in answer.text) == (409, True)
        return "asked"


class ApiEditor:
    """Pulls and pushes; every other time as Markdown."""

    def __init__(self, client, key):
        self.client, self.base = client, f"/api/v1/rfcs/{key}"
        self.plain = False

    def read(self):
        self.plain = not self.plain
        kind = "text/markdown" if self.plain else "application/json"
        address = f"{self.base}.md" if self.plain else f"{self.base}/draft/"
        answer = self.client.get(address, headers={"Accept": kind})
        self.tag = answer.headers["ETag"]
        self.body = answer.text if self.plain else answer.json()["body"]

    def write(self, section, word):
        body, tag = with_word(self.body, section, word), {"If-Match": self.tag}
        if self.plain:
            kind = {**tag, "Content-Type": "text/markdown"}
            answer = self.client.put(f"{self.base}.md", content=body.encode(), headers=kind)
        else:
            answer = self.client.patch(f"{self.base}/draft/", json={"body": body}, headers=tag)
        if answer.status_code == 200:
            return "taken"
        assert answer.status_code == 412, answer.text
        assert "body" in answer.json()["current"]
        return "refused"


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_update_is_lost_silently(live_server):
    cast = build_cast()
    rfc = make.draft_rfc(cast)
    rfc.co_authors.add(cast.tpm)
    pairs = (
        (PageEditor, ApiEditor),
        (PageEditor, PageEditor),
        (ApiEditor, ApiEditor),
    )
    people = (cast.product_manager, cast.tpm)
    clients = [signed_in(person, live_server.url) for person in people]
    editors = [[kind(c, rfc.key) for kind, c in zip(p, clients, strict=True)] for p in pairs]
    chance = random.Random(7)
    told, lost = Counter(), 0
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS):
            both = editors[number % len(editors)]
            for editor in both:
                editor.read()
            gate = Barrier(2)

            def write(editor, section, word, gate=gate):
                gate.wait(timeout=30)
                return editor.write(section, word)

            words = [f"word-{number}-{side}" for side in "ab"]
            places = [chance.choice(SECTIONS) for _ in both]
            outcomes = list(pool.map(write, both, places, words))
            text = RFC.objects.select_related("draft").get(pk=rfc.pk).draft.body
            lost += sum(
                o == "taken" and w not in text for o, w in zip(outcomes, words, strict=True)
            )
            assert "taken" in outcomes, outcomes
            told.update(outcomes)
            told["merged"] += outcomes.count("taken") == 2
    print(f"{ROUNDS} rounds: {dict(told)}, silently lost: {lost}")  # noqa: T201
    assert lost == 0
