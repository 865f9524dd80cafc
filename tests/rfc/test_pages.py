"""Pages of RFCs: they open, they refuse with sentences, they lose no text."""

import uuid

import pytest
from django.utils import timezone

from rfc.actions.deciding import accept_where_windows_ended
from rfc.models import RFC, Comment, Look, Rendering
from rfc.queries import awaiting
from tests.factories import rfc as make


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(
        cast, flags=["money"], decision_asked="Pay out from tier 2.", summary_problem="Agents wait."
    )


def test_every_page_of_an_rfc_opens(cast, as_, rfc):
    make.answer(rfc, cast.risk, "risk")
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Another limit."))
    browser = as_(cast.risk)
    for path in (
        "",
        "/v1",
        "/v2",
        "/compare",
        "/compare/v1/v2",
        "/edit",
        "/details",
        "/position",
        "/comment",
        "/look",
        ".md",
        "/functions",
    ):
        answer = browser.get(f"/rfcs/{rfc.key}{path}", follow=True)
        assert answer.status_code == 200, path
    assert browser.get("/rfcs").status_code == 200
    assert browser.get("/rfcs/new").status_code == 200
    assert browser.get(f"/r/{rfc.number}").url == f"/rfcs/{rfc.key}"


def test_reading_shows_the_seal_the_change_and_one_click_to_reaffirm(cast, as_, rfc):
    make.answer(rfc, cast.risk, "risk")
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Another limit."))
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Since you approved r1" in html
    assert "changed since r1" in html
    assert "Re-affirm for r2" in html
    assert "Seals are yours: Risk" in html
    done = as_(cast.risk).post(f"/rfcs/{rfc.key}/reaffirm", {"function": "risk", "revision": "2"})
    assert done.status_code == 302
    assert rfc.positions.filter(person=cast.risk).count() == 2


def test_a_new_rfc_opens_its_draft_with_the_template(cast, as_):
    answer = as_(cast.product_manager).post(
        "/rfcs/new", {"title": "Faster payouts", "stands_alone_reason": "Process", "line": ""}
    )
    rfc = RFC.objects.get()
    assert answer.url == f"/rfcs/{rfc.key}/edit"
    assert rfc.draft.body.startswith("## Summary\n\n<!--")


def test_bad_input_keeps_the_text_and_answers_422(cast, as_):
    answer = as_(cast.product_manager).post("/rfcs/new", {"title": "", "initiative": "INI-99"})
    assert answer.status_code == 422
    assert "There is no initiative of that key; it looks like INI-12." in answer.content.decode()


def test_somebody_without_the_right_is_told_who_may(cast, as_, rfc):
    answer = as_(cast.outsider).post(
        f"/rfcs/{rfc.key}/edit",
        {"title": "x", "body": "y", "row_version": rfc.draft.row_version, "act": "save"},
    )
    assert answer.status_code == 403
    assert "is written by Petra Manager" in answer.content.decode()


def test_a_conflict_shows_both_texts_and_saves_neither(cast, as_, rfc):
    seen = rfc.draft.row_version
    rfc.co_authors.add(cast.tpm)
    first = {"title": rfc.title, "body": make.body(scope="Mine."), "row_version": seen}
    second = {"title": rfc.title, "body": make.body(scope="Theirs."), "row_version": seen}
    same = {"summary_problem": "Agents wait.", "decision_asked": "Pay out from tier 2."}
    assert as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", {**second, **same}).status_code == 302
    answer = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/edit", {**first, **same})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine." in html
    assert "Theirs." in html
    rfc.draft.refresh_from_db()
    assert "Theirs." in rfc.draft.body


def test_publishing_what_did_not_change_makes_no_revision(cast, as_, rfc):
    draft = rfc.draft
    data = {
        "title": draft.title,
        "summary_problem": draft.summary_problem,
        "act": "publish",
        "decision_asked": draft.decision_asked,
        "body": draft.body,
        "row_version": draft.row_version,
    }
    answer = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/edit", data, follow=True)
    assert "Nothing changed, so no revision was made." in answer.content.decode()
    assert rfc.revisions.count() == 1


def test_the_list_finds_a_phrase_inside_and_marks_it(cast, as_, rfc):
    make.published_rfc(cast, title="Another one")
    make.edit(rfc, cast.product_manager, body=make.body(solution="A purple elephant pays out."))
    html = as_(cast.reader).get("/rfcs?q=purple+elephant").content.decode()
    assert "<mark>purple</mark> <mark>elephant</mark>" in html
    assert "Another one" not in html


def test_a_key_in_the_search_jumps(cast, as_, rfc):
    assert as_(cast.reader).get(f"/rfcs?q={rfc.key.lower()}").url == f"/rfcs/{rfc.key}"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=in_review", True),
        ("state=accepted", False),
        ("mine=asked", True),
        ("mine=answered", False),
        ("line=payments", True),
        ("line=cards", False),
    ],
)
def test_filters_live_in_the_address(cast, as_, rfc, query, shown):
    html = as_(cast.risk).get(f"/rfcs?{query}").content.decode()
    assert (f"/rfcs/{rfc.key}" in html) is shown


def test_an_unknown_filter_is_named(cast, as_, rfc):
    assert "“colour” was ignored" in as_(cast.risk).get("/rfcs?colour=red").content.decode()


def test_a_thread_stays_when_its_quote_is_gone(cast, as_, rfc):
    as_(cast.risk).post(
        f"/rfcs/{rfc.key}/comment",
        {"section": "scope", "quote": "What we say about scope.", "text": "Which countries?"},
    )
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert '<mark class="passage' in html
    make.edit(rfc, cast.product_manager, body=make.body(scope="Portugal only."))
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "The text has changed since r1: “What we say about scope.”" in html
    thread = Comment.objects.get()
    as_(cast.product_manager).post(f"/rfcs/{rfc.key}/comments/{thread.pk}/answer", {"text": "One."})
    as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/comments/{thread.pk}/resolve", {"reason": "Named in r2."}
    )
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Petra Manager resolved it: Named in r2." in html


def test_a_quote_that_was_edited_shows_what_it_reads_now(cast, as_):
    rfc = make.rfc_in_review(cast, text=make.body(scope="The limit is 3 000 per agent and day."))
    as_(cast.risk).post(
        f"/rfcs/{rfc.key}/comment",
        {"section": "scope", "quote": "The limit is 3 000 per agent and day.", "text": "High."},
    )
    text = make.body(scope="Portugal first. The limit is 2 000 per agent and day. Then Spain.")
    make.edit(rfc, cast.product_manager, body=text)
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Now reads: The limit is 2 000 per agent and day." in html


def test_a_long_text_is_rendered_outside_the_request(cast, as_):
    rfc = make.published_rfc(cast, text=make.body(scope="A long line of words. " * 3000))
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "This long text is being prepared." in html
    row = Rendering.objects.get()
    assert (row.state, row.describe()) == ("due", f"Rendering of {rfc.key} r1")
    Rendering.objects.update(lease_token=uuid.uuid4(), lease_until=timezone.now())
    row.refresh_from_db()
    row.work()
    row.work()
    html = as_(cast.risk).get(f"/rfcs/{rfc.key}").content.decode()
    assert "This long text is being prepared." not in html
    assert 'id="doc-scope"' in html


def test_what_awaits_a_person_costs_the_same_for_one_and_three(
    cast, rfc, django_assert_max_num_queries
):
    def waiting():
        reviewer = type(cast.risk).objects.get(pk=cast.risk.pk)
        with django_assert_max_num_queries(6) as seen:
            kinds = [(each.kind, each.why) for each in awaiting(reviewer)]
        return kinds, len(seen.captured_queries)

    kinds, few = waiting()
    assert kinds == [("position", "A decision is asked; Risk has not answered on r1.")]
    for _ in range(2):
        make.rfc_in_review(cast, flags=["money"])
    kinds, more = waiting()
    assert (len(kinds), more) == (3, few)
    make.answer(rfc, cast.risk, "risk")
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Another limit."))
    stale = [each for each in awaiting(cast.risk) if each.kind == "reaffirm"]
    assert [each.why for each in stale] == [
        "Risks and compliance changed since you approved r1 for Risk."
    ]
    assert stale[0].href == f"/rfcs/{rfc.key}/compare/v1/v2"


def test_a_window_that_ends_accepts_without_anybody_clicking(cast, rfc):
    for function in ("architect", "finance", "risk"):
        make.answer(rfc, getattr(cast, function), function)
    assert accept_where_windows_ended() == 0
    RFC.objects.update(window_ends_at=timezone.now())
    assert accept_where_windows_ended() == 1
    rfc.refresh_from_db()
    assert rfc.phase == "accepted"


def test_asking_for_a_look_is_not_asking_for_a_decision(cast, as_):
    rfc = make.published_rfc(cast)
    as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/look", {"people": [cast.designer.pk], "note": "The flow?"}
    )
    assert Look.objects.get().person == cast.designer
    rfc.refresh_from_db()
    assert rfc.phase == "draft"
    html = as_(cast.designer).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Petra Manager asks you to have a look." in html
    as_(cast.designer).post(f"/rfcs/{rfc.key}/looked")
    assert Look.objects.get().looked_at is not None


def test_steps_are_taken_by_one_route(cast, as_):
    rfc = make.draft_rfc(cast, text="")
    answer = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/steps/ask-for-decision")
    assert answer.status_code == 409
    assert f"{rfc.key} has no revision yet" in answer.content.decode()
    answer = as_(cast.reader).post(f"/rfcs/{rfc.key}/steps/ask-for-decision")
    assert answer.status_code == 403
    make.edit(rfc, cast.product_manager, body=make.body())
    answer = as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/steps/ask-for-decision", {"note": "Please"}
    )
    assert answer.url == f"/rfcs/{rfc.key}/ask?note=Please"
    rfc.refresh_from_db()
    assert rfc.phase == "draft"


def test_the_markdown_carries_a_head_and_the_text(cast, as_, rfc):
    text = as_(cast.reader).get(f"/rfcs/{rfc.key}.md").content.decode()
    assert text.startswith(f'---\nrfc: "{rfc.key}"\ntitle: "Instant settlement"\n')
    assert text.endswith(rfc.revisions.first().body)


@pytest.mark.parametrize("path", ["", "/edit", "/compare/v1/v1"])
def test_pages_cost_the_same_whatever_hangs_on_them(cast, as_, rfc, path, count):
    browser = as_(cast.risk)
    as_(cast.risk).post(f"/rfcs/{rfc.key}/comment", {"section": "scope", "text": "First?"})

    def opened_again():
        browser.get(f"/rfcs/{rfc.key}{path}")
        return count(browser, f"/rfcs/{rfc.key}{path}")

    few = opened_again()
    for number in range(3):
        as_(cast.risk).post(f"/rfcs/{rfc.key}/comment", {"section": "scope", "text": f"{number}?"})
        make.edit(rfc, cast.product_manager, body=make.body(scope=f"Version {number}"))
    assert opened_again() == few


def test_the_list_costs_the_same_for_one_and_three(cast, as_, rfc, count):
    browser = as_(cast.risk)
    few = [count(browser, "/rfcs"), count(browser, "/rfcs?q=settlement&mine=asked")]
    for _ in range(2):
        make.rfc_in_review(cast, flags=["money"])
    assert [count(browser, "/rfcs"), count(browser, "/rfcs?q=settlement&mine=asked")] == few


@pytest.fixture
def count():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def number(browser, path):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    return number
