"""Comparing, the queue, editorial edits, names, silence, health: what people see and what holds."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.flow.errors import NotAllowed, NotYours
from rfc.actions.deciding import take_step
from rfc.actions.revising import name_revision
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import Reading
from rfc.queries.reviewing import by_age, by_section, queue
from rfc.text.rendered import gone, marked
from tests.factories import rfc as make


@pytest.fixture
def stale(cast):
    """Risk approved r1; r3 says something else about risks."""
    return make.stale_rfc(cast)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_reaffirming_takes_the_difference_and_then_one_click(cast, as_, stale):
    browser, here = as_(cast.risk), f"/rfcs/{stale.key}"
    told = {"function": "risk", "revision": "3"}
    refused = browser.post(f"{here}/reaffirm", told)
    assert refused.status_code == 409
    assert "Look at what changed from r1 to r3 first" in text(refused)
    page = text(browser.get(f"{here}/compare/v1/v3"))
    assert "Re-affirm for Risk on r3" in page
    assert browser.post(f"{here}/reaffirm", told).status_code == 302
    assert stale.positions.first().revision.number == 3


def test_the_reading_page_counts_as_shown_when_it_shows_the_whole_difference(cast, as_, stale):
    browser, here = as_(cast.risk), f"/rfcs/{stale.key}"
    page = text(browser.get(here))
    assert "Re-affirm for r3" in page
    assert "approved r1, now at r3: 1 line changed in Risks and compliance" in page
    assert Reading.objects.get(person=cast.risk).compared == [1]
    assert (
        browser.post(f"{here}/reaffirm", {"function": "risk", "revision": "3"}).status_code == 302
    )


def test_a_page_fetched_ahead_is_not_a_page_read(cast, as_, stale):
    for path in ("", "/compare/v1/v3"):
        as_(cast.risk).get(f"/rfcs/{stale.key}{path}", headers={"Sec-Purpose": "prefetch"})
    assert not Reading.objects.exists()


def test_the_bar_offers_an_answer_to_whom_nobody_asked(cast, as_, stale):
    here = f"/rfcs/{stale.key}"
    asked = {row.function for row in stale.required_functions.all()}
    assert "growth" not in asked
    page = as_(cast.growth).get(here).content.decode()
    assert ">Answer</a>" in page
    assert "Answer anew" not in page
    make.answer(stale, cast.architect, "architect")
    assert "Answer anew" in as_(cast.architect).get(here).content.decode()


def test_a_closed_rfc_does_not_say_that_answers_are_awaited(cast, as_, stale):
    here = f"/rfcs/{stale.key}"
    assert "has not answered on r3" in text(as_(cast.reader).get(here))
    take_step(stale, "withdraw", actor=cast.product_manager, note="Not now.")
    page = text(as_(cast.reader).get(here))
    assert "did not answer on r3" in page
    assert "has not answered" not in page


def test_somebody_elses_look_is_not_mine(cast, as_, stale):
    as_(cast.second_risk).get(f"/rfcs/{stale.key}/compare/v1/v3")
    told = {"function": "risk", "revision": "3"}
    assert as_(cast.risk).post(f"/rfcs/{stale.key}/reaffirm", told).status_code == 409


def test_comparisons_since_the_approval_and_since_the_last_look(cast, as_, stale):
    browser, here = as_(cast.risk), f"/rfcs/{stale.key}"
    browser.get(f"{here}/v2")
    assert browser.get(f"{here}/compare?since=approved").url == f"{here}/compare/v1/v3"
    assert browser.get(f"{here}/compare?since=looked").url == f"{here}/compare/v2/v3"
    page = text(browser.get(f"{here}/compare/v2/v3"))
    assert "Since I approved r1" in page


def test_a_revision_that_is_not_there_leads_to_the_nearest_and_says_so(cast, as_, stale):
    browser, here = as_(cast.reader), f"/rfcs/{stale.key}"
    answer = browser.get(f"{here}/compare/v2/v9")
    assert answer.url == f"{here}/compare/v2/v3?wanted=r9"
    page = text(browser.get(answer.url))
    assert "There is no r9 here." in page
    assert "These are the nearest revisions that exist: r2 and r3." in page
    strange = browser.get(f"{here}/compare?old=99999999999&new=x")
    assert strange.status_code == 302


def test_two_equal_revisions_have_no_difference(cast, as_, stale):
    page = text(as_(cast.reader).get(f"/rfcs/{stale.key}/compare/v3/v3"))
    assert "Both revisions say the same." in page


def test_the_rendered_view_marks_words(cast, as_, stale):
    page = text(as_(cast.reader).get(f"/rfcs/{stale.key}/compare/v1/v3?view=rendered"))
    assert "<ins>" in page
    assert "<del>" in page
    assert 'class="diff"' not in page


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("<p>one two</p>", "<p>one three</p>", "<p>one <del>two</del> <ins>three</ins></p>"),
        (
            "<p>every morning by € 2,000</p>",
            "<p>twice a day by € 1,500</p>",
            "<p><del>every morning</del> <ins>twice a day</ins> by € <del>2,000</del> "
            "<ins>1,500</ins></p>",
        ),
        ("<p>a</p>", "<p>a</p><p>b</p>", "<p>a</p><p><ins>b</ins></p>"),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a</li></ul>",
            "<ul><li>a</li><li><del>b</del></li></ul>",
        ),
        ("<p>x</p>", "", "<p><del>x</del></p>"),
        ("a &lt; b", "a &lt; c", None),
    ],
)
def test_marks_in_rendered_text(old, new, seen):
    answer = marked(old, new)
    if seen is not None:
        assert answer == seen
    assert answer.count("<ins>") == answer.count("</ins>")


def test_words_never_stand_loose_in_a_table():
    row = "<tr><td>{}</td></tr>"
    old = f"<table><tbody>{row.format('a')}{row.format('gone')}</tbody></table>"
    new = f"<table><tbody>{row.format('a')}</tbody></table>"
    assert marked(old, new) == f"{new}<p><del>gone</del></p>"
    assert gone("<p>a <b>b</b></p>") == "<p><del>a</del> <b><del>b</del></b></p>"


def test_the_fingerprint_decides_whatever_the_author_calls_it(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    save = {"rfc": rfc, "actor": cast.product_manager}
    save_draft(**save, seen_version=None, body=make.body(risks_and_compliance="Twice the limit."))
    made = publish_revision(**save, editorial="Only wording.")
    assert (made.editorial, made.disputed) == (True, True)
    page = text(as_(cast.reader).get(f"/rfcs/{rfc.key}"))
    assert "r2 was called editorial, but it is not." in page
    assert "What approvals depend on changed in: Risks and compliance." in page
    rfc.refresh_from_db()
    assert [s.why for s in queue(cast.risk) if s.stale] == ["1 line changed since you approved r1"]
    reflowed = make.body(risks_and_compliance="Twice\nthe limit.")
    save_draft(**save, seen_version=None, body=reflowed)
    made = publish_revision(**save, editorial="Line breaks.")
    assert (made.editorial, made.disputed) == (True, False)
    assert "r3 is editorial." in text(as_(cast.reader).get(f"/rfcs/{rfc.key}"))


def test_the_database_wants_words_for_an_editorial_edit(cast):
    rfc = make.published_rfc(cast)
    with pytest.raises(IntegrityError, match="revision_editorial_says_why"):
        with transaction.atomic():
            rfc.revisions.create(
                number=2, title="A", author=cast.product_manager, content_hash="x", editorial=True
            )


def test_naming_a_revision_publishes_what_the_draft_holds(cast, as_):
    rfc = make.published_rfc(cast)
    with pytest.raises(NotYours):
        name_revision(rfc=rfc, actor=cast.reader, name="x")
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=make.body(scope="New"))
    made = name_revision(rfc=rfc, actor=cast.product_manager, name="for the  board")
    assert (made.number, made.name) == (2, "for the board")
    with pytest.raises(NotAllowed, match="r2 is called “for the board” already"):
        name_revision(rfc=rfc, actor=cast.product_manager, name="for the board", number=1)
    browser = as_(cast.product_manager)
    assert browser.post(f"/rfcs/{rfc.key}/name", {"name": "first", "number": 1}).status_code == 302
    assert rfc.revisions.get(number=1).name == "first"
    assert "for the board" in text(browser.get(f"/rfcs/{rfc.key}/compare/v1/v2"))


def test_the_queue_lists_sections_by_order_and_by_age(cast, as_, stale):
    other = make.rfc_in_review(cast, flags=["money"], title="Later one")
    groups = by_section(queue(cast.risk))
    assert [g.heading for g in groups] == ["Scope", "Solution", "Risks and compliance"]
    risks = groups[-1].rows
    assert [(r.rfc, r.stale) for r in risks] == [(stale, True), (other, False)]
    oldest = by_age(queue(cast.risk))
    assert oldest[0].since == min(row.since for row in oldest)
    page = text(as_(cast.risk).get("/rfcs/queue"))
    assert "1 line changed since you approved r1" in page
    assert page.index("Scope") < page.index("Risks and compliance")
    assert "Later one" in text(as_(cast.risk).get("/rfcs/queue?order=age"))
    assert "Nothing waits under these filters" in text(as_(cast.risk).get("/rfcs/queue?line=cards"))
    assert "You hold no reviewing function" in text(as_(cast.reader).get("/rfcs/queue"))


def test_the_queue_costs_the_same_for_one_and_three(cast, as_, stale):
    browser = as_(cast.risk)
    with CaptureQueriesContext(connection) as few:
        browser.get("/rfcs/queue")
    for _ in range(2):
        rfc = make.rfc_in_review(cast, flags=["money"])
        make.answer(rfc, cast.risk, "risk")
        make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="A limit."))
    with CaptureQueriesContext(connection) as many:
        browser.get("/rfcs/queue")
    assert len(many) == len(few)


def test_the_page_says_whether_the_comment_window_ended_and_what_each_person_did(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk", "hold", text="Until Monday.")
    browser, here = as_(cast.reader), f"/rfcs/{rfc.key}"
    assert "window until" in text(browser.get(here))
    make.end_window(rfc)
    page = text(browser.get(here))
    assert "window until" not in page
    assert "window ended" in page
    assert f"<b>{cast.risk.name}</b> held it · Risk · r1" in page
