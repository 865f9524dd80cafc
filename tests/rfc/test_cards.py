"""Cards of threads come from memory, and never say what is no longer so."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from rfc.actions.comments import comment, edit_comment, reopen_comment, resolve_comment
from rfc.actions.decisions import About, Said, record_decision
from rfc.actions.suggesting import accept_suggestions
from rfc.models import Mention
from rfc.queries.threads import threads_of
from rfc.templatetags import threads
from rfc.text.known import Known
from tests.factories import rfc as make

QUOTE = "What we say about scope."
SAID = Said("Which scheme first?", "The local one.", "It settles daily.")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def rfc(cast):
    found = make.rfc_in_review(cast, flags=["money"])
    comment(rfc=found, actor=cast.risk, text="Is it?", quote=QUOTE, replacement="All of it.")
    comment(rfc=found, actor=cast.risk, text="@architect, is it?", quote="In short.")
    return found


@pytest.fixture
def drawn(monkeypatch):
    """How often a card was drawn."""
    seen = []
    real = threads.get_template
    monkeypatch.setattr(threads, "_known", Known(4_000_000))
    monkeypatch.setattr(threads, "get_template", lambda name: seen.append(name) or real(name))
    return seen


def cards(browser, rfc):
    html = browser.get(f"/rfcs/{rfc.key}").content.decode()
    return re.search(r'<aside class="threads".*?</aside>', html, re.DOTALL)[0]


def fresh(browser, rfc):
    """The same, with every card drawn anew."""
    kept, threads._known = threads._known, Known(4_000_000)
    try:
        return cards(browser, rfc)
    finally:
        threads._known = kept


def without_token(html):
    return TOKEN.sub("", html)


def test_a_card_is_drawn_once(as_, cast, rfc, drawn):
    reader = as_(cast.reader)
    first = cards(reader, rfc)
    assert len(drawn) == 2
    assert without_token(cards(reader, rfc)) == without_token(first)
    assert len(drawn) == 2
    comment(rfc=rfc, actor=cast.finance, text="And why?", parent=rfc.comments.first())
    assert "And why?" in cards(reader, rfc)
    assert len(drawn) == 3


def test_no_card_outlives_a_change(as_, cast, rfc, drawn):
    suggested, asked = rfc.comments.filter(parent=None).order_by("pk")
    people = [as_(cast.product_manager), as_(cast.risk), as_(cast.architect)]

    def renames():
        type(cast.risk).objects.filter(pk=cast.risk.pk).update(name="Another Name")

    def pictures():
        type(cast.risk).objects.filter(pk=cast.risk.pk).update(picture="people/abc.webp")

    def publishes():
        make.edit(rfc, cast.product_manager, body=make.body(scope="Nothing of that."))

    acts = [
        lambda: comment(rfc=rfc, actor=cast.finance, text="And why?", parent=asked),
        lambda: edit_comment(comment=asked, actor=cast.risk, text="Is it now?"),
        lambda: Mention.objects.update(seen_at=timezone.now()),
        lambda: record_decision(
            actor=cast.product_manager, said=SAID, about=About([rfc], thread=asked)
        ),
        lambda: resolve_comment(thread=asked, actor=cast.risk, reason="Seen."),
        lambda: reopen_comment(thread=asked, actor=cast.risk, reason="Not yet."),
        lambda: accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[suggested.pk]),
        renames,
        pictures,
        publishes,
    ]
    for act in acts:
        before = [without_token(cards(browser, rfc)) for browser in people]
        act()
        after = [without_token(cards(browser, rfc)) for browser in people]
        assert after != before
        assert after == [without_token(fresh(browser, rfc)) for browser in people]


def test_a_card_carries_the_token_of_its_reader(as_, cast, rfc, drawn):
    author = as_(cast.product_manager)
    first = cards(author, rfc)
    assert TOKEN.findall(first)
    assert threads._TOKEN not in first
    other = as_(cast.product_manager)
    again = cards(other, rfc)
    assert len(drawn) == 2
    assert set(TOKEN.findall(first)).isdisjoint(TOKEN.findall(again))


def test_a_card_speaks_the_language_and_the_time_of_its_reader(cast, rfc, drawn, languages):
    thread = threads_of(rfc, rfc.revisions.get(), cast.reader)[0]
    for language, zone in (("en", "UTC"), ("de", "UTC"), ("en", "Asia/Tokyo"), ("en", "UTC")):
        with translation.override(language), timezone.override(zone):
            threads.thread_card(thread, rfc, may_record=False, token="t")
    assert len(drawn) == 3


def test_the_page_asks_at_most_ten_questions(as_, cast, rfc):
    make.answer(rfc, cast.risk, "risk")
    make.edit(rfc, cast.product_manager, body=make.body(solution="Another way."))
    browser = as_(cast.risk)
    browser.get(f"/rfcs/{rfc.key}")
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(f"/rfcs/{rfc.key}").status_code == 200
    assert len(seen) <= 10, "\n".join(q["sql"][:120] for q in seen)
