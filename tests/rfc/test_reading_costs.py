"""What reading a long RFC costs: which columns are read, and what is worked out only once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from rfc.actions.comments import comment
from rfc.models import Anchor
from rfc.queries import quotes
from tests.factories import rfc as make

QUOTE = "What we say about scope."
# Columns of a revision that are as long as its text; `revision` also under a join's other name.
LONG = re.compile(r'"(?:rfc_revision|T\d+)"\."(body|html|toc|words)"')


@pytest.fixture
def rfc(cast):
    found = make.rfc_in_review(cast, flags=["money"])
    make.answer(found, cast.risk, "risk")
    comment(rfc=found, actor=cast.architect, text="Is it?", quote=QUOTE, replacement="All of it.")
    make.edit(found, cast.product_manager, body=make.body(solution="Another way."))
    found.refresh_from_db()
    return found


@pytest.fixture
def counted(monkeypatch):
    """How often the letters of a text were looked for."""
    seen = []
    real = quotes.of_markdown
    monkeypatch.setattr(quotes, "of_markdown", lambda text: seen.append(1) or real(text))
    monkeypatch.setattr(quotes, "_known", quotes.Known(2_000_000))
    return seen


def long_columns(act):
    """The long columns each statement reads, without the one row the page is about."""
    with CaptureQueriesContext(connection) as seen:
        act()
    read = [sorted(set(LONG.findall(q["sql"].split(" WHERE ")[0]))) for q in seen.captured_queries]
    return [columns for columns in read if columns]


def test_the_page_reads_one_text_and_the_words_of_the_approved_one(as_, cast, rfc):
    browser = as_(cast.risk)
    browser.get(f"/rfcs/{rfc.key}")
    read = long_columns(lambda: browser.get(f"/rfcs/{rfc.key}"))
    assert read == [["body", "html"], ["body"]]


def test_lists_about_revisions_read_no_text(api_as, cast, rfc):
    caller = api_as(cast.risk)
    for path in ("comments/", "positions/"):
        answer = []
        read = long_columns(
            lambda p=path, a=answer: a.append(caller.get(f"/api/v1/rfcs/{rfc.key}/{p}"))
        )
        assert answer[0].status_code == 200
        assert answer[0].json()["results"][0]["revision"] == 1
        assert read == [], path
    told = caller.get(f"/api/v1/rfcs/{rfc.key}/comments/").json()["results"][0]["anchor"]
    assert told["revision"] == 2


def test_publishing_reads_no_words_of_the_search_for_each_thread(cast, rfc):
    for number in range(3):
        comment(rfc=rfc, actor=cast.architect, text=f"{number}?", quote=QUOTE)
    read = long_columns(
        lambda: make.edit(rfc, cast.product_manager, body=make.body(solution="A third way."))
    )
    assert Anchor.objects.filter(revision__number=3).count() == 4
    assert not any("words" in columns for columns in read)


def test_passages_are_looked_for_once(as_, cast, rfc, counted):
    browser = as_(cast.risk)
    first = browser.get(f"/rfcs/{rfc.key}").content.decode()
    again = browser.get(f"/rfcs/{rfc.key}").content.decode()
    assert len(counted) == 1
    assert first.count('<mark class="passage') == again.count('<mark class="passage') == 1
    comment(rfc=rfc, actor=cast.risk, text="And this?", quote="What we say about evidence.")
    more = browser.get(f"/rfcs/{rfc.key}").content.decode()
    assert len(counted) == 2
    assert more.count('<mark class="passage') == 2


def test_marks_speak_the_language_of_their_reader(counted, languages):
    passage = quotes.Passage(1, 1, 0, 5)
    for language in ("en", "de", "en"):
        with translation.override(language):
            quotes.marked("<p>Words</p>", "Words", [passage])
    assert len(counted) == 2
