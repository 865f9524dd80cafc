"""Somebody answers for a function while its holder is away; the record says for whom."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Letter
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.delegating import delegate, end_delegation
from rfc.models import Delegation, Position
from rfc.queries.reviewing import queue
from tests.factories import rfc as make


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def again(person):
    """The same person, loaded anew, as the next request does."""
    return type(person).objects.get(pk=person.pk)


@pytest.fixture
def away(cast):
    return delegate(
        actor=cast.risk, delegate=cast.support, function="risk", ends_on=in_days(7), reason="Leave"
    )


def test_the_delegate_answers_and_the_record_says_for_whom(cast, away):
    rfc = make.rfc_in_review(cast, flags=["money"])
    said = make.answer(rfc, again(cast.support), "risk")
    assert (said.person, said.on_behalf_of, said.on_behalf_name) == (
        cast.support,
        cast.risk,
        "Rika Risk",
    )
    assert Letter.objects.get(key=f"delegation:{away.pk}:{cast.support.pk}").person == cast.support


def test_a_page_says_for_whom_somebody_answered(cast, as_, away):
    rfc = make.rfc_in_review(cast, flags=["money"])
    page = as_(cast.support).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Approve r1 for Rika Risk" in page
    as_(cast.support).post(
        f"/rfcs/{rfc.key}/position", {"function": "risk", "stance": "approve", "revision": 1}
    )
    page = as_(cast.reader).get(f"/rfcs/{rfc.key}").content.decode()
    assert "Sue Support for Rika Risk approved r1" in page


def test_it_ends_by_itself_and_starts_by_itself(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    today = timezone.localdate()
    Delegation.objects.create(
        person=cast.risk,
        delegate=cast.support,
        function="risk",
        starts_on=today - timedelta(9),
        ends_on=today - timedelta(1),
    )
    Delegation.objects.create(
        person=cast.second_risk,
        delegate=cast.support,
        function="risk",
        starts_on=today + timedelta(1),
        ends_on=today + timedelta(3),
    )
    with pytest.raises(NotYours):
        make.answer(rfc, again(cast.support), "risk")


def test_it_counts_only_where_the_person_holds_the_function(cast, away):
    rfc = make.rfc_in_review(cast, flags=["money"], line=cast.cards)
    with pytest.raises(NotYours):
        make.answer(rfc, again(cast.support), "risk")


def test_what_was_handed_over_cannot_be_handed_on(cast, away):
    with pytest.raises(NotAllowed, match="Choose a function of your own"):
        delegate(
            actor=again(cast.support), delegate=cast.growth, function="risk", ends_on=in_days(3)
        )


def test_nobody_approves_in_place_of_an_editor(cast, away):
    rfc = make.rfc_in_review(cast, flags=["money"])
    rfc.co_authors.add(cast.risk)
    make.edit(rfc, cast.risk, body=make.body(solution="As risk wants it."))
    with pytest.raises(NotAllowed, match="nobody can approve it in place of Rika Risk"):
        make.answer(rfc, again(cast.support), "risk")
    with pytest.raises(IntegrityError, match="edited since the last valid approval"):
        with transaction.atomic():
            Position.objects.create(
                rfc=rfc,
                revision=rfc.revisions.first(),
                person=cast.support,
                person_name="S",
                on_behalf_of=cast.risk,
                on_behalf_name="R",
                function="risk",
                stance="approve",
            )


def test_taking_it_back_ends_it_at_once(cast, away):
    rfc = make.rfc_in_review(cast, flags=["money"])
    with pytest.raises(NotYours):
        end_delegation(actor=cast.reader, delegation=away)
    end_delegation(actor=cast.risk, delegation=away)
    with pytest.raises(NotYours):
        make.answer(rfc, again(cast.support), "risk")
    with pytest.raises(WrongState):
        end_delegation(actor=cast.risk, delegation=away)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": in_days(-1)}, "The last day lies before the first; change one of them."),
        ({"ends_on": in_days(900)}, "A delegation lasts a year at most"),
        ({"delegate": "risk"}, "Choose somebody else; you cannot stand in for yourself."),
        ({"function": "finance"}, "Choose a function of your own: Risk."),
    ],
)
def test_what_does_not_fit_is_refused_in_words(cast, change, sentence):
    told = {"delegate": cast.support, "function": "risk", "ends_on": in_days(3), **change}
    if told["delegate"] == "risk":
        told["delegate"] = cast.risk
    with pytest.raises(NotAllowed) as refused:
        delegate(actor=cast.risk, **told)
    assert sentence in refused.value.sentences[0]


def test_two_at_once_are_refused(cast, away):
    with pytest.raises(WrongState, match="Sue Support answers for Risk from"):
        delegate(actor=cast.risk, delegate=cast.growth, function="risk", ends_on=in_days(2))


def test_the_database_refuses_oneself_and_a_turned_span(cast):
    today = timezone.localdate()
    for wrong in (
        {"delegate": cast.risk, "ends_on": today},
        {"delegate": cast.support, "ends_on": today - timedelta(1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.create(person=cast.risk, function="risk", **wrong)


def test_the_queue_of_the_delegate_says_in_whose_place(cast, away):
    make.rfc_in_review(cast, flags=["money"])
    rows = [row for row in queue(again(cast.support)) if row.function == "risk"]
    assert rows
    assert {row.in_place_of for row in rows} == {"Rika Risk"}


def test_the_page_hands_over_and_takes_back(cast, as_):
    browser = as_(cast.risk)
    wrong = browser.post("/rfcs/delegations", {"function": "risk", "ends_on": "yesterday"})
    assert wrong.status_code == 422
    told = {"function": "risk", "delegate": cast.support.pk, "ends_on": in_days(5).isoformat()}
    assert browser.post("/rfcs/delegations", told).status_code == 302
    assert "Sue Support" in browser.get("/rfcs/delegations").content.decode()
    refused = browser.post("/rfcs/delegations", told)
    assert refused.status_code == 422
    assert "end that one first" in refused.content.decode()
    made = Delegation.objects.get()
    assert as_(cast.reader).post(f"/rfcs/delegations/{made.pk}/end").status_code == 404
    assert browser.post(f"/rfcs/delegations/{made.pk}/end").status_code == 302
    made.refresh_from_db()
    assert made.ended_at is not None
