"""Hostile texts by the thousand become nothing that acts, and a bomb is rendered in no request.

GATELINE_MUTATIONS sets how many combined texts are tried, here and in the browser.
"""

import os
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rfc.content import says_something
from rfc.models import Rendering
from rfc.text import rendering
from tests.factories import rfc as make
from tests.rfc.hostile_texts import bombs, corpus, mutations, unending
from tests.rfc.test_rendering import inspect

MUTATIONS = int(os.environ.get("GATELINE_MUTATIONS", "4000"))
BOMBS = {**bombs(), **{f"searched {name}": text for name, text in unending().items()}}


def test_hostile_texts_by_the_thousand_are_inert():
    tried = [*corpus(), *mutations(MUTATIONS)]
    acting = {text: inspect(rendering.render(text).html).wrong for text in tried}
    assert {text: wrong for text, wrong in acting.items() if wrong} == {}
    assert len(acting) > 0.9 * len(tried)  # hardly one is tried twice


def test_comments_nobody_closed_are_words():
    assert says_something("<!-- a --> b <!--")
    assert says_something("<!-- a")
    assert not says_something("<!-- a --> <!---->\n<!--\n-->")
    assert says_something(BOMBS["comments"])  # minutes, were each of them tried to the end


@pytest.fixture
def renderings(monkeypatch):
    """What is rendered, however it is asked for."""
    seen = []

    def watched(name):
        real = getattr(rendering, name)

        def render(*args, **more):
            seen.append(name)
            return real(*args, **more)

        monkeypatch.setattr(rendering, name, render)

    for name in ("render", "_here", "_in_child"):
        watched(name)
    return seen


def publish(browser, rfc, text):
    told = {"title": rfc.title, "body": text, "row_version": rfc.draft.row_version}
    return browser.post(f"/rfcs/{rfc.key}/edit", {**told, "act": "publish"})


def read(browser, rfc):
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(f"/rfcs/{rfc.key}")
    assert answer.status_code == 200
    return answer.content.decode(), len(seen)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_rendered_in_no_request(name, cast, as_, renderings):
    browser = as_(cast.product_manager)
    small, large = make.draft_rfc(cast), make.draft_rfc(cast)
    assert publish(browser, small, "Few words.").status_code == 302
    assert "_here" in renderings
    few = read(browser, small)[1]
    renderings.clear()
    assert publish(browser, large, BOMBS[name]).status_code == 302
    assert Rendering.objects.get().revision.rfc == large
    html, queries = read(browser, large)
    assert "This long text is being prepared." in html
    assert queries <= few
    for path in ("edit", "compare/v1/v1", "compare/v1/v1?view=rendered"):
        assert browser.get(f"/rfcs/{large.key}/{path}").status_code in (200, 302)
    shown = browser.post(f"/rfcs/{large.key}/preview", {"text": BOMBS[name]}).content.decode()
    assert "too long for a live preview" in shown
    assert renderings == []


def test_a_bomb_that_was_too_costly_is_read_as_written(cast, as_, renderings, settings):
    settings.RFC_RENDER_CPU_SECONDS = 1
    browser, rfc = as_(cast.product_manager), make.draft_rfc(cast)
    publish(browser, rfc, BOMBS["brackets"])
    Rendering.objects.update(lease_token=uuid.uuid4(), lease_until=timezone.now())
    Rendering.objects.get().work()
    assert renderings == ["render", "_in_child"]
    html, _queries = read(browser, rfc)
    assert "This text is too complex to be laid out." in html
    assert "[" * 100_000 in html
    assert renderings == ["render", "_in_child"]
