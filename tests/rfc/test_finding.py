"""Finding RFCs: in their own language, by half a word, ranked, marked, filtered, taken away as files."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rfc.actions.comments import comment
from rfc.models import RFC
from rfc.queries import finding
from rfc.text.languages import detect
from tests.factories import rfc as make

# Session, person and shell take eleven of them.
MOST_QUERIES = 20
GERMAN = (
    "## Zusammenfassung\n\nDie Auszahlungen an die Händler werden nicht mehr am nächsten Tag"
    " gebucht, sondern nach zehn Minuten. Das ist für die Kasse und für den Händler einfacher.\n"
)
FRENCH = (
    "## Résumé\n\nLes paiements sont versés dans les dix minutes et les commerçants n'attendent"
    " pas le lendemain pour leur argent. Une file d'attente est prévue avec une limite.\n"
)
SPANISH = (
    "## Resumen\n\nLos pagos se abonan en diez minutos y los comerciantes no esperan hasta el día"
    " siguiente para su dinero. La cola es más corta que la de hoy.\n"
)
ENGLISH = "## Summary\n\nPayouts are settled within ten minutes, and the agents do not wait.\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (ENGLISH, "en"),
        ("Payout", "en"),
        ("", "en"),
        ("支付将在十分钟内完成,代理不再等待。", "other"),
        ("```\nder die und das ist nicht ein eine\n```\nThe limit of the day is set.", "en"),
    ],
)
def test_the_language_of_a_text_is_heard_in_its_short_words(text, code):
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        (GERMAN, "Auszahlung", "<mark>Auszahlungen</mark>"),
        (GERMAN, "Händlers", "<mark>Händler</mark>"),
        (FRENCH, "commerçante", "<mark>commerçants</mark>"),
        (SPANISH, "comerciante", "<mark>comerciantes</mark>"),
        (ENGLISH, "settling payout", "<mark>Payouts</mark>"),
        (ENGLISH, "settl", "<mark>settled</mark>"),
    ],
)
def test_a_document_is_found_and_marked_in_its_own_language(cast, as_, text, typed, marked):
    make.published_rfc(cast, title="Other", text="## Summary\n\nNothing of the kind.\n")
    rfc = make.published_rfc(cast, title="RFC", text=text)
    html = as_(cast.reader).get("/rfcs", {"q": typed}).content.decode()
    assert f'href="/rfcs/{rfc.key}"' in html
    assert marked in html
    assert "Nothing of the kind" not in html


def test_the_authors_word_about_the_language_counts(cast, as_):
    rfc = make.published_rfc(cast, title="Kurz", text="## A\n\nAuszahlungen.\n")
    newest = rfc.revisions.first()
    assert newest.language == "en"
    assert finding.search(cast.reader, "Auszahlung Kurze") == []
    browser, path = as_(cast.product_manager), f"/rfcs/{rfc.key}/details"
    assert "Detected from the text: English" in browser.get(path).content.decode()
    told = {"stands_alone_reason": rfc.stands_alone_reason, "language": "de"}
    saved = browser.post(path, {**told, "row_version": rfc.row_version})
    assert saved.status_code == 302, saved.content
    assert [found.pk for found, _text in finding.search(cast.reader, "Kurze Auszahlung")] == [
        rfc.pk
    ]


def test_only_the_newest_revision_is_searched(cast):
    rfc = make.published_rfc(cast, text=make.body(scope="A purple elephant."))
    make.edit(rfc, cast.product_manager, body=make.body(scope="A green elephant."))
    assert finding.search(cast.reader, "purple") == []
    assert len(finding.search(cast.reader, "green")) == 1


def test_a_draft_is_found_by_its_title(cast, as_):
    rfc = make.draft_rfc(cast, title="Instant settlement")
    assert rfc.key in as_(cast.reader).get("/rfcs?q=settle").content.decode()


def test_a_title_ranks_above_a_mention(cast, as_):
    named = make.published_rfc(cast, title="Chargeback desk")
    other = make.published_rfc(cast, text=make.body(scope="One chargeback."))
    found = [rfc.pk for rfc, _text in finding.search(cast.reader, "chargeback")]
    assert found[0] == named.pk
    html = as_(cast.reader).get("/rfcs?q=chargeback&sort=best").content.decode()
    assert html.index(f'href="/rfcs/{named.key}"') < html.index(f'href="/rfcs/{other.key}"')


def test_ranking_looks_at_a_bounded_number(cast, monkeypatch):
    monkeypatch.setattr(finding, "RANKED", 2)
    for number in range(4):
        make.published_rfc(cast, title=f"Chargeback {number}")
    matching = RFC.objects.filter(finding.holding("chargeback"))
    assert finding.best_first(matching, "chargeback").count() == 2


@pytest.mark.parametrize(
    "typed",
    ["'", "\\", "a:*", "!!", "& |", "(", '"open', "<script>alert(1)</script>", "%", "\u0000x", "-"],
)
def test_no_input_breaks_the_search(cast, as_, typed):
    make.published_rfc(cast, text=ENGLISH)
    answer = as_(cast.reader).get("/rfcs", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_markup_in_a_text_stays_text_in_an_excerpt(cast, as_):
    hostile = "## A\n\nThe <img src=x onerror=alert(1)> elephant and <script>alert(1)</script>.\n"
    make.published_rfc(cast, text=hostile)
    html = as_(cast.reader).get("/rfcs?q=elephant").content.decode()
    assert "<mark>elephant</mark>" in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("waits=risk", True),
        ("waits=finance", False),
        ("author=petra", True),
        ("author=nobody", False),
        ("language=en", True),
        ("language=de", False),
        ("source=growth", False),
        ("team=checkout", True),
        ("team=issuing", False),
        ("state=in_review&state=accepted", True),
    ],
)
def test_every_filter_holds_and_lives_in_the_address(cast, as_, api_as, query, shown):
    rfc = make.rfc_in_review(cast, flags=["money"])
    RFC.objects.filter(pk=rfc.pk).update(owning_team=cast.checkout)
    other = make.published_rfc(cast, title="Other")
    RFC.objects.filter(pk=other.pk).update(owning_team=cast.issuing, source="growth")
    if rfc.required_functions.filter(function="finance").exists() and "finance" in query:
        make.answer(rfc, cast.finance, "finance")
    html = as_(cast.risk).get(f"/rfcs?{query}").content.decode()
    assert (f'href="/rfcs/{rfc.key}"' in html) is shown
    keys = [row["key"] for row in api_as(cast.risk).get(f"/api/v1/rfcs/?{query}").json()["results"]]
    assert (rfc.key in keys) is shown


def test_a_function_waits_again_when_its_approval_is_stale(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    assert rfc.key not in as_(cast.reader).get("/rfcs?waits=risk").content.decode()
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Another limit."))
    assert rfc.key in as_(cast.reader).get("/rfcs?waits=risk").content.decode()


def test_a_row_shows_open_threads_and_what_took_its_place(cast, as_):
    old, new = make.published_rfc(cast, title="Old"), make.published_rfc(cast, title="New way")
    comment(rfc=old, actor=cast.risk, text="Why?", section_slug="scope")
    RFC.objects.filter(pk=old.pk).update(phase="superseded", superseded_by=new)
    html = as_(cast.reader).get("/rfcs").content.decode()
    assert f"Superseded by {new.key} New way" in html
    assert 'data-label="Threads">1<' in html


def test_the_list_is_taken_away_as_it_is_filtered(cast, as_):
    rfc = make.rfc_in_review(cast, title="=cmd|x", summary_problem="Agents wait.")
    make.draft_rfc(cast, title="Draft")
    browser = as_(cast.reader)
    sheet = browser.get("/rfcs.csv?state=in_review").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert (row["key"], row["title"], row["problem"]) == (rfc.key, "'=cmd|x", "Agents wait.")
    found = json.loads(browser.get("/rfcs.json?state=in_review").content)["results"]
    assert [(each["key"], each["title"]) for each in found] == [(rfc.key, "=cmd|x")]
    feed = ET.fromstring(browser.get("/rfcs.atom?state=in_review").content)
    titles = [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1:] == [f"{rfc.key} =cmd|x"]


def test_the_list_costs_the_same_for_one_and_three_with_words(cast, as_):
    browser = as_(cast.reader)
    costs = []
    for total in (1, 3):
        while RFC.objects.count() < total:
            made = make.rfc_in_review(cast, text=make.body(scope="One payout."))
            comment(rfc=made, actor=cast.risk, text="Why?", section_slug="scope")
        browser.get("/rfcs?q=payout")
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/rfcs?q=payout").content.count(b"<mark>payout") == total
        costs.append(len(found))
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_the_card_of_an_rfc_says_what_one_has_to_know(cast, as_):
    rfc = make.rfc_in_review(cast, summary_problem="Agents wait.", decision_asked="Pay at once.")
    html = as_(cast.reader).get(f"/rfcs/{rfc.key}/card").content.decode()
    for words in ("Agents wait.", "Pay at once.", "In review", "Still needed", "Petra Manager"):
        assert words in html
    assert "<html" not in html
