"""Suggestions: taken piece by piece, refused with a reason; who suggested counts as an editor."""

import pytest
from django.db import DatabaseError, transaction

from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.comments import comment, edit_comment, reopen_comment
from rfc.actions.suggesting import accept_suggestions, refuse_suggestion
from rfc.actions.writing import discard_draft, publish_revision, save_draft
from rfc.models import Draft, Suggestion
from rfc.queries.called import calls
from tests.factories import rfc as make

SCOPE = "Agents in two countries take part. The limit is 3 000 a day. It begins in March."


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast, flags=["money"], text=make.body(scope=SCOPE))


def suggest(rfc, person, quote, words):
    return comment(
        rfc=rfc,
        actor=person,
        text="Better so.",
        quote=quote,
        section_slug="scope",
        replacement=words,
    )


def scope(rfc):
    body = Draft.objects.get(rfc=rfc).body
    return body.split("## Scope\n\n")[1].split("\n")[0]


def state(thread):
    return Suggestion.objects.get(comment=thread).state


def test_an_accepted_suggestion_is_an_edit_of_the_draft(cast, as_, rfc):
    thread = suggest(rfc, cast.risk, "The limit is 3 000 a day.", "The limit is 2 000 a day.")
    assert any("suggestion waits" in call.why for call in calls(cast.product_manager))
    answer = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/comments/{thread.pk}/accept")
    assert answer.url == f"/rfcs/{rfc.key}#comment-{thread.pk}"
    assert scope(rfc) == SCOPE.replace("3 000", "2 000")
    thread.refresh_from_db()
    assert thread.resolved_by == cast.product_manager
    assert Draft.objects.get(rfc=rfc).updated_by == cast.product_manager
    revision = publish_revision(rfc=rfc, actor=cast.product_manager)
    assert set(revision.editors.all()) == {cast.product_manager, cast.risk}
    assert Suggestion.objects.get().published_in == revision


def test_whoever_suggested_cannot_approve_what_was_taken(cast, rfc):
    thread = suggest(rfc, cast.risk, "3 000", "2 000")
    accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])
    publish_revision(rfc=rfc, actor=cast.product_manager)
    with pytest.raises(NotAllowed, match="You edited"):
        make.answer(rfc, cast.risk, "risk")
    assert make.answer(rfc, cast.second_risk, "risk")


def test_of_two_for_the_same_words_the_other_becomes_a_comment(cast, rfc):
    first = suggest(rfc, cast.risk, "The limit is 3 000 a day.", "The limit is 2 000 a day.")
    other = suggest(rfc, cast.finance, "3 000 a day. It begins", "1 000 a day. It starts")
    apart = suggest(rfc, cast.finance, "two countries", "three countries")
    found = accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[first.pk])
    assert [row.comment_id for row in found.overtaken] == [other.pk]
    assert [state(each) for each in (first, other, apart)] == ["accepted", "overtaken", "open"]
    other.refresh_from_db()
    assert other.resolved_at is None


def test_several_at_once_take_what_fits_together(cast, as_, rfc):
    ids = [
        suggest(rfc, cast.risk, "It begins in March.", "").pk,
        suggest(rfc, cast.risk, "The limit is 3 000 a day.", "The limit is 2 000 a day.").pk,
        suggest(rfc, cast.finance, "limit is 3 000", "cap is 3 000").pk,
        suggest(rfc, cast.finance, "two countries", "three countries").pk,
    ]
    answer = as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/suggestions", {"threads": ids}, follow=True
    )
    html = answer.content.decode()
    assert "3 suggestions stand in the draft" in html
    assert "One suggestion was for the same words and is a plain comment now." in html
    assert scope(rfc) == "Agents in three countries take part. The limit is 2 000 a day. "


def test_words_that_moved_on_are_not_replaced(cast, rfc):
    thread = suggest(rfc, cast.risk, "The limit is 3 000 a day.", "The limit is 2 000 a day.")
    save_draft(
        rfc=rfc, actor=cast.product_manager, seen_version=None, body=make.body(scope="Other.")
    )
    with pytest.raises(NotAllowed, match="no longer says “The limit is 3 000 a day.”"):
        accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])
    assert state(thread) == "open"


def test_other_edits_of_the_draft_are_kept(cast, rfc):
    thread = suggest(rfc, cast.risk, "3 000", "2 000")
    later = make.body(scope=f"New first words. {SCOPE}", solution="Another one.")
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=later)
    accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])
    assert Draft.objects.get(rfc=rfc).body == later.replace("3 000", "2 000")


def test_only_authors_take_and_a_refusal_needs_a_reason(cast, rfc):
    thread = suggest(rfc, cast.risk, "3 000", "2 000")
    with pytest.raises(NotYours):
        accept_suggestions(rfc=rfc, actor=cast.risk, threads=[thread.pk])
    with pytest.raises(NotYours, match="may take it back"):
        refuse_suggestion(thread=thread, actor=cast.designer, reason="No.")
    with pytest.raises(NotAllowed):
        refuse_suggestion(thread=thread, actor=cast.product_manager, reason=" ")
    refuse_suggestion(thread=thread, actor=cast.product_manager, reason="The board set it.")
    thread.refresh_from_db()
    assert (thread.resolution, state(thread)) == ("The board set it.", "refused")
    with pytest.raises(WrongState):
        accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])


def test_a_discarded_draft_gives_suggestions_back(cast, rfc):
    thread = suggest(rfc, cast.risk, "3 000", "2 000")
    accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])
    discard_draft(rfc=rfc, actor=cast.product_manager, seen_version=None)
    thread.refresh_from_db()
    assert (state(thread), thread.resolved_at) == ("open", None)
    assert [act.act for act in thread.acts.all()] == ["accepted", "returned"]
    accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[thread.pk])
    assert "2 000" in scope(rfc)


def test_a_suggestion_needs_words_of_the_text_and_other_ones(cast, rfc):
    with pytest.raises(NotAllowed, match="were not found in r1"):
        suggest(rfc, cast.risk, "words that stand nowhere in it at all", "x")
    with pytest.raises(NotAllowed, match="says what the text says already"):
        suggest(rfc, cast.risk, "3 000", "3 000")


def test_the_form_offers_the_markdown_of_the_quote(cast, as_):
    rfc = make.rfc_in_review(cast, text=make.body(scope="The **limit** is [set](https://e.org)."))
    html = (
        as_(cast.risk)
        .get(f"/rfcs/{rfc.key}/comment?quote=limit+is+set.&section=scope&text=Hm&suggest=1")
        .content.decode()
    )
    assert "**limit** is [set](https://e.org)." in html
    assert ">Hm</textarea>" in html.replace("\r\n", "").replace("\n", "")


def test_the_database_keeps_what_was_suggested(cast, rfc):
    suggest(rfc, cast.risk, "3 000", "2 000")
    for change in ({"replacement": "9"}, {"state": "accepted"}, {"original": "2 000"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Suggestion.objects.update(**change)


def test_an_overtaken_thread_lives_on(cast, rfc):
    first = suggest(rfc, cast.risk, "3 000", "2 000")
    other = suggest(rfc, cast.finance, "3 000 a day", "1 000 a day")
    accept_suggestions(rfc=rfc, actor=cast.product_manager, threads=[first.pk, other.pk])
    edit_comment(comment=other, actor=cast.finance, text="Still too high.")
    first.refresh_from_db()
    reopen_comment(thread=first, actor=cast.risk, reason="Think again.")
    assert state(first) == "accepted"


def test_the_api_takes_and_refuses(cast, api_as, rfc):
    base = f"/api/v1/rfcs/{rfc.key}"
    told = {"text": "Lower.", "quote": "3 000", "section": "scope", "replacement": "2 000"}
    one = api_as(cast.risk).post(f"{base}/comments/", told).json()
    two = api_as(cast.risk).post(f"{base}/comments/", {**told, "replacement": ""}).json()
    assert one["suggestion"]["state"] == "open"
    taken = {"threads": [one["id"]]}
    assert api_as(cast.risk).post(f"{base}/suggestions/accept/", taken).status_code == 403
    done = api_as(cast.product_manager).post(f"{base}/suggestions/accept/", taken).json()
    assert done == {"taken": [one["id"]], "overtaken": [two["id"]], "moved": []}
    again = api_as(cast.product_manager).post(f"{base}/suggestions/accept/", taken)
    assert again.status_code == 409
    refused = api_as(cast.risk).post(f"{base}/comments/{two['id']}/refuse/", {"reason": "No."})
    assert refused.status_code == 409
