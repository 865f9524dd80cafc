"""Decisions that are asked of somebody stand in their inbox, are mailed, and go when they are given."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Letter, Notice, Tab
from initiatives.actions import ranking as rank
from initiatives.actions import session as table
from initiatives.actions.lines import add_line, remove_line
from initiatives.actions.referral import (
    answer_for_line,
    delegate_referral,
    delegate_referrals,
    take_referral_step,
)
from initiatives.actions.steps import take_step
from initiatives.models import InitiativeLine, Referral
from tests.factories.initiatives import triaged
from tests.factories.walks import believed, in_discovery, measured_kpi
from tests.initiatives.scoring.test_ordering import drafted


def asked(person, words=""):
    """The open questions of a person that hold the words."""
    mine = Notice.objects.open().filter(person=person, tab=Tab.DECIDE, words__contains=words)
    return list(mine.values_list("words", flat=True))


@pytest.fixture
def cross(cast):
    made = in_discovery(cast).initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    return made, Referral.objects.get(initiative=made), share


def test_a_further_line_asks_the_cpo_and_that_lines_leaders(cross, cast):
    made, _referral, share = cross
    assert asked(cast.cpo) == [f"{made.key} touches several lines: it asks for coordination"]
    assert asked(cast.outsider) == [f"{made.key} asks {share.line} for its answer"]
    assert asked(cast.business_leader) == asked(cast.product_manager) == []
    mailed = Letter.objects.filter(person__in=[cast.cpo, cast.outsider])
    assert mailed.count() == 2


def test_an_answer_settles_it_for_everybody_of_the_line(cross, cast):
    _made, _referral, share = cross
    answer_for_line(share=share, actor=cast.outsider, answer="accepted")
    assert asked(cast.outsider) == []
    assert len(asked(cast.cpo)) == 1


def test_a_line_taken_away_is_asked_no_more(cross, cast):
    made, _referral, share = cross
    remove_line(initiative=made, actor=cast.product_manager, line=share.line)
    assert asked(cast.outsider) == []


def test_the_coordinators_answer_settles_the_referral(cross, cast):
    _made, referral, _share = cross
    take_referral_step(referral, "take-coordination", actor=cast.cpo)
    assert asked(cast.cpo) == []


def test_whom_the_cpo_names_is_asked_too(cross, cast):
    made, referral, _share = cross
    until = timezone.localdate() + timedelta(days=3)
    delegate_referral(referral=referral, actor=cast.cpo, delegate=cast.tpm, until=until)
    assert asked(cast.tpm, made.key)
    delegate_referrals(actor=cast.cpo, delegate=cast.qa, until=until)
    other = in_discovery(cast).initiative
    add_line(initiative=other, actor=cast.product_manager, line=cast.cards)
    assert asked(cast.qa, other.key)
    take_referral_step(Referral.objects.get(initiative=other), "take-coordination", actor=cast.qa)
    assert not asked(cast.cpo, other.key)


def test_what_waits_in_intake_asks_its_lines_once_it_is_accepted(cast):
    made = triaged(cast)
    add_line(initiative=made, actor=cast.cpo, line=cast.cards)
    assert InitiativeLine.objects.filter(initiative=made, line=cast.cards).exists()
    assert not asked(cast.outsider)
    made.refresh_from_db()
    take_step(made, "accept", actor=cast.product_manager, note="It fits.")
    assert asked(cast.outsider, made.key)


def test_who_has_not_committed_to_an_order_is_asked_until_they_did(cast):
    draft = drafted(cast)
    rank.sign_ranking(ranking=draft, actor=cast.product_manager)
    assert len(asked(cast.business_leader, "committed to the order")) == 1
    assert not asked(cast.product_manager)
    rank.sign_ranking(ranking=draft, actor=cast.business_leader)
    assert not asked(cast.business_leader)


def test_people_at_a_table_are_asked_until_they_finish_or_it_is_over(cast):
    kpi = measured_kpi(cast)
    chosen = [believed(cast, kpi, title=f"Number {n}").initiative for n in range(5)]
    held = table.start_session(
        line=cast.payments, period="2027-Q1", actor=cast.product_manager, initiatives=chosen,
        people=[cast.tpm, cast.qa],
    )  # fmt: skip
    table.invite_to_session(session=held, actor=cast.product_manager, people=[cast.designer])
    invited = (cast.tpm, cast.qa, cast.designer)
    assert [len(asked(person, "score blind")) for person in invited] == [1, 1, 1]
    assert not asked(cast.product_manager)
    table.give_session_scores(session=held, actor=cast.tpm, scores={}, done=True)
    table.leave_session(session=held, actor=cast.qa)
    assert [len(asked(person)) for person in invited] == [0, 0, 1]
    table.take_session_step(held, "cancel-session", actor=cast.product_manager, note="Not today.")
    assert not asked(cast.designer)
