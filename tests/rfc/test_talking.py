"""Threads: tied to a passage, answered, settled with reasons; nobody's words get lost."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Letter, Person
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.comments import comment, edit_comment, reopen_comment, resolve_comment
from rfc.models import Anchor, Anchoring, Comment, Mention
from rfc.queries.called import calls
from tests.factories import rfc as make

QUOTE = "What we say about scope."


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast, flags=["money"])


@pytest.fixture
def thread(cast, rfc):
    return comment(
        rfc=rfc, actor=cast.risk, text="Which countries?", quote=QUOTE, section_slug="scope"
    )


def page(as_, person, rfc, more=""):
    return as_(person).get(f"/rfcs/{rfc.key}{more}").content.decode()


def test_a_thread_is_tied_to_its_words_and_marked_on_the_page(cast, as_, rfc, thread):
    anchor = Anchor.objects.get()
    assert (anchor.found, anchor.section_slug, anchor.source) == ("exact", "scope", QUOTE)
    html = page(as_, cast.reader, rfc)
    assert f'<mark class="passage remark" data-threads="{thread.pk}">{QUOTE}</mark>' in html
    assert f'id="quote-{thread.pk}" href="#comment-{thread.pk}"' in html


def test_each_revision_stores_where_its_threads_are(cast, rfc, thread):
    make.edit(rfc, cast.product_manager, body=make.body(scope=f"First. {QUOTE}"))
    make.edit(rfc, cast.product_manager, body=make.body(scope="What we now say about scope."))
    make.edit(rfc, cast.product_manager, body=make.body(scope="Nothing of that."))
    found = Anchor.objects.order_by("revision__number").values_list("found", "section_slug")
    assert list(found) == [
        ("exact", "scope"),
        ("exact", "scope"),
        ("near", "scope"),
        ("section", "scope"),
    ]


def test_a_lost_thread_stays_open_and_says_since_when(cast, as_, rfc, thread):
    make.edit(rfc, cast.product_manager, body=make.body(scope="Portugal only."))
    html = page(as_, cast.risk, rfc)
    assert f"The text has changed since r1: “{QUOTE}”. The thread stays here." in html
    assert f'id="comment-{thread.pk}"' in html
    assert f"/rfcs/{rfc.key}/v1#quote-{thread.pk}" in html
    assert f'id="quote-{thread.pk}"' in page(as_, cast.risk, rfc, "/v1")


def test_a_thread_about_an_older_revision_is_carried_to_the_newest(cast, rfc):
    make.edit(rfc, cast.product_manager, body=make.body(scope=f"Before it. {QUOTE}"))
    made = comment(rfc=rfc, actor=cast.risk, text="Hm?", quote=QUOTE, revision_number=1)
    found = made.anchors.order_by("revision__number").values_list("revision__number", "found")
    assert list(found) == [(1, "exact"), (2, "exact")]


def test_a_long_revision_is_searched_outside_the_request(cast, as_, rfc, thread):
    long = "A long line of words. " * 3000
    made = make.edit(rfc, cast.product_manager, body=make.body(scope=f"{QUOTE} {long}"))
    assert not Anchor.objects.filter(revision=made).exists()
    assert f'id="comment-{thread.pk}"' in page(as_, cast.risk, rfc)
    row = Anchoring.objects.get(revision=made)
    row.renew = lambda: None
    row.work()
    row.work()
    assert Anchor.objects.get(revision=made).found == "exact"


def test_kinds_are_shown_and_an_unknown_one_is_refused(cast, as_, rfc):
    comment(rfc=rfc, actor=cast.risk, text="It loops.", kind="must_fix")
    assert "Must-fix" in page(as_, cast.reader, rfc)
    with pytest.raises(NotAllowed, match="a remark, a question, a must-fix"):
        comment(rfc=rfc, actor=cast.risk, text="It loops.", kind="loud")


def test_resolving_and_reopening_need_a_reason_and_stay_on_record(cast, rfc, thread):
    with pytest.raises(NotYours, match="whoever started it"):
        resolve_comment(thread=thread, actor=cast.designer, reason="Done.")
    with pytest.raises(NotAllowed):
        resolve_comment(thread=thread, actor=cast.risk, reason=" ")
    resolve_comment(thread=thread, actor=cast.product_manager, reason="Named in r2.")
    with pytest.raises(WrongState, match="reopen it to answer"):
        comment(rfc=rfc, actor=cast.designer, text="And Spain?", parent=thread)
    reopen_comment(thread=thread, actor=cast.risk, reason="Spain is missing.")
    acts = list(thread.acts.values_list("act", "note"))
    assert acts == [("resolved", "Named in r2."), ("reopened", "Spain is missing.")]
    assert comment(rfc=rfc, actor=cast.designer, text="And Spain?", parent=thread).pk


def test_the_database_keeps_threads_and_what_was_done_to_them(cast, rfc, thread):
    resolve_comment(thread=thread, actor=cast.risk, reason="Done.")
    for act in (
        lambda: Comment.objects.filter(pk=thread.pk).delete(),
        lambda: Comment.objects.filter(pk=thread.pk).update(quote="Other"),
        lambda: Comment.objects.filter(pk=thread.pk).update(resolution=""),
        lambda: thread.acts.update(note="Other"),
        lambda: thread.acts.all().delete(),
        lambda: Anchor.objects.update(start=9_999),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_own_words_can_be_changed_and_the_earlier_ones_stay_readable(cast, as_, rfc, thread):
    with pytest.raises(NotYours, match="Only Rita|Only "):
        edit_comment(comment=thread, actor=cast.product_manager, text="Mine now.")
    answer = as_(cast.risk).post(
        f"/rfcs/{rfc.key}/comments/{thread.pk}/edit", {"text": "Which regions?"}
    )
    assert answer.status_code == 302
    assert "edited" in page(as_, cast.reader, rfc)
    history = page(as_, cast.reader, rfc, f"/comments/{thread.pk}/history")
    assert history.index("Which regions?") < history.index("Which countries?")


def test_a_person_named_is_told_once_never_about_oneself(cast, as_, rfc):
    who, me = (p.email.partition("@")[0] for p in (cast.designer, cast.risk))
    text = f"@{who} please look, and @{me} too, and @nobody.here."
    answer = as_(cast.risk).post(f"/rfcs/{rfc.key}/comment", {"text": text}, follow=True)
    assert "@nobody.here is nobody who can sign in here." in answer.content.decode()
    made = Comment.objects.get()
    assert list(Mention.objects.values_list("person", flat=True)) == [cast.designer.pk]
    comment(rfc=rfc, actor=cast.risk, text=f"Again @{who}.", parent=made)
    assert (
        Letter.objects.filter(person=cast.designer, subject__contains="mentions you").count() == 1
    )
    assert mail.outbox == []
    call = calls(cast.designer)[0]
    assert "mentions you" in call.why
    assert call.href == f"/rfcs/{rfc.key}/comments/{made.pk}"
    assert as_(cast.designer).get(call.href).url == f"/rfcs/{rfc.key}#comment-{made.pk}"
    assert "Names you" in page(as_, cast.designer, rfc)
    as_(cast.designer).post(f"/rfcs/{rfc.key}/comments/{made.pk}/seen")
    assert calls(cast.designer) == []
    assert "Names you" not in page(as_, cast.designer, rfc)


def test_a_comment_names_fifteen_people_at_most(cast, rfc):
    people = [
        Person.objects.create_user(f"many.{n}@x.example", name=f"Many {n}") for n in range(16)
    ]
    text = " ".join(f"@{person.email.partition('@')[0]}" for person in people)
    with pytest.raises(NotAllowed, match="15 is the most"):
        comment(rfc=rfc, actor=cast.risk, text=text)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("open", (True, False)), ("resolved", (False, True)), ("mine", (True, False)),
     ("all", (True, True)), ("loud", (True, True))],
)  # fmt: skip
def test_threads_are_filtered_by_the_address(cast, as_, rfc, thread, shown, expected):
    other = comment(rfc=rfc, actor=cast.designer, text="Nice.")
    resolve_comment(thread=other, actor=cast.designer, reason="Said.")
    html = page(as_, cast.risk, rfc, f"?threads={shown}")
    assert tuple(f'id="comment-{pk}"' in html for pk in (thread.pk, other.pk)) == expected


def test_what_is_typed_is_never_lost(cast, as_, rfc):
    data = {"text": "", "quote": QUOTE, "suggest": "1", "replacement": "Other words."}
    answer = as_(cast.risk).post(f"/rfcs/{rfc.key}/comment", data)
    assert answer.status_code == 422
    assert "Other words." in answer.content.decode()
    answer = as_(cast.risk).post(f"/rfcs/{rfc.key}/comment", {"text": "x" * 20_001})
    assert answer.status_code == 422


def test_words_of_people_are_escaped_and_keys_lead_somewhere(cast, as_, rfc):
    comment(rfc=rfc, actor=cast.risk, text="<b>RFC-1</b> https://x.example/RFC-2?a=1&b=2")
    html = page(as_, cast.reader, rfc)
    assert "&lt;b&gt;" in html
    assert '<a class="link" href="/rfcs/RFC-1">RFC-1</a>' in html
    assert 'href="https://x.example/RFC-2?a=1&amp;b=2"' in html


def test_marks_never_break_the_html_they_stand_in(cast, as_):
    text = make.body(
        scope="One **bold and [linked](https://example.com) words** here.\n\n"
        "| a | b |\n|---|---|\n| cell one | cell two |\n\n```python\nvalue = 3\nother = 4\n```"
    )
    rfc = make.rfc_in_review(cast, text=text)
    quotes = ("bold and linked words here", "linked", "cell one cell two", "value = 3 other = 4")
    for quote in (*quotes, "and linked words"):
        comment(rfc=rfc, actor=cast.risk, text="Hm.", quote=quote, section_slug="scope")
    assert set(Anchor.objects.values_list("found", flat=True)) == {"exact"}
    html = page(as_, cast.reader, rfc)
    body = html[html.index('id="text"') : html.index("</article>")]
    assert body.count("<mark") == body.count("</mark>")
    stack = []
    for closing, name in re.findall(r"<(/?)(mark|a|strong|td|tr|code|pre|p|sup|span)\b", body):
        if not closing:
            stack.append(name)
        else:
            assert stack.pop() == name
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", body, re.DOTALL), "a link inside a link"


def test_the_page_costs_the_same_for_one_and_many_threads(cast, as_, rfc, thread):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert as_(cast.risk).get(f"/rfcs/{rfc.key}").status_code == 200
        return len(seen)

    comment(rfc=rfc, actor=cast.designer, text="A.", parent=thread)
    comment(rfc=rfc, actor=cast.risk, text="B", quote=QUOTE, replacement="C")
    few = cost()
    for number in range(4):
        made = comment(
            rfc=rfc, actor=cast.risk, text=f"{number}?", quote=QUOTE, replacement=f"{number}"
        )
        comment(rfc=rfc, actor=cast.designer, text="Yes.", parent=made)
        resolve_comment(thread=made, actor=cast.risk, reason="Said.")
        reopen_comment(thread=made, actor=cast.risk, reason="Not.")
        make.edit(rfc, cast.product_manager, body=make.body(solution=f"Version {number}"))
    assert cost() == few


def test_the_api_does_all_of_it_with_the_same_refusals(cast, api_as, rfc):
    base = f"/api/v1/rfcs/{rfc.key}/comments/"
    told = {"text": "Which?", "quote": QUOTE, "kind": "question", "section": "scope"}
    made = api_as(cast.risk).post(base, told)
    assert made.status_code == 201
    thread = made.json()
    assert thread["anchor"]["found"] == "exact"
    assert made["Location"] == f"{base}{thread['id']}/"
    one = f"{base}{thread['id']}/"
    assert api_as(cast.designer).post(f"{one}answers/", {"text": "All."}).status_code == 201
    assert api_as(cast.designer).patch(one, {"text": "Mine"}).status_code == 403
    assert api_as(cast.risk).patch(one, {"text": "Which ones?"}).json()["edited_at"]
    refused = api_as(cast.designer).post(f"{one}resolve/", {"reason": "Done."})
    assert refused.status_code == 403
    assert "whoever started it" in refused.json()["detail"]
    assert api_as(cast.risk).post(f"{one}resolve/", {"reason": "Done."}).json()["resolved_at"]
    assert api_as(cast.risk).get(f"{base}?threads=open").json()["results"] == []
    assert len(api_as(cast.risk).get(f"{base}?threads=mine").json()["results"]) == 1
    assert api_as(cast.risk).post(f"{one}answers/", {"text": "Late"}).status_code == 409
    assert not api_as(cast.risk).post(f"{one}reopen/", {"reason": "No."}).json()["resolved_at"]
    assert api_as(cast.risk).post(base, {"text": " "}).status_code == 400
