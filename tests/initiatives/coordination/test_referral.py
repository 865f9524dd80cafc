"""Referral: lines by word and by fact, answers with conditions and shares, delegates, split and return."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import BusinessLine
from config.calendar import working_day_after, working_days_until
from config.flow.errors import Conflict, NotAllowed, NotYours
from initiatives.actions.contributions import state_contribution
from initiatives.actions.lines import add_line, disclaim_line
from initiatives.actions.referral import (
    answer_for_line,
    close_condition,
    delegate_referral,
    delegate_referrals,
    end_referral_delegation,
    take_referral_step,
)
from initiatives.models import Contribution, Initiative, Referral
from initiatives.models.coordination import answer_mark
from initiatives.queries.coordination import clock, line_rows, wholes
from initiatives.touched import inferred_lines, mismatches
from tests.factories.walks import believed, in_discovery, measured_kpi

TODAY = timezone.localdate


def cross_line(cast, **facts):
    """An initiative of Payments that touches Cards, with its referral and the share of Cards."""
    made = in_discovery(cast, **facts).initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    return made, Referral.objects.get(initiative=made), share


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def cards_kpi(cast):
    return measured_kpi(cast, line=cast.payments, target=False, name="Cards in use"), cast.cards


def foreign_promise(cast, walk):
    kpi, line = cards_kpi(cast)
    type(kpi).objects.filter(pk=kpi.pk).update(line=line)
    walk.promise(kpi, "51", "53")
    return kpi


def test_facts_name_the_line_and_why(cast):
    walk = in_discovery(cast)
    foreign_promise(cast, walk)
    Initiative.objects.filter(pk=walk.initiative.pk).update(team=cast.issuing)
    found = mismatches(fresh(walk.initiative))
    assert [(row.name, row.reasons) for row in found] == [
        ("Cards", ["the KPI “Cards in use” belongs to it", "its team “Issuing” works there"])
    ]


def test_ruling_a_line_out_holds_until_a_new_fact(cast):
    walk = in_discovery(cast)
    foreign_promise(cast, walk)
    made = walk.initiative
    with pytest.raises(NotAllowed):
        disclaim_line(initiative=made, actor=cast.product_manager, line=cast.cards, reason=" ")
    with pytest.raises(NotYours):
        disclaim_line(initiative=made, actor=cast.reader, line=cast.cards, reason="No.")
    disclaim_line(
        initiative=made, actor=cast.product_manager, line=cast.cards, reason="Only reads it."
    )
    assert mismatches(made) == []
    Initiative.objects.filter(pk=made.pk).update(team=cast.issuing)
    assert [row.name for row in mismatches(fresh(made))] == ["Cards"]


def test_facts_cost_one_query(cast, django_assert_num_queries):
    walk = in_discovery(cast)
    foreign_promise(cast, walk)
    with django_assert_num_queries(1):
        inferred_lines(walk.initiative)


def test_a_condition_is_followed_until_its_line_says_it_is_met(cast):
    _made, _referral, share = cross_line(cast)
    leader = cast.cards_leader
    answer_for_line(
        share=share, actor=leader, answer="conditional", conditions=["After May.", "Two people."]
    )
    first, second = share.conditions.all()
    with pytest.raises(NotYours):
        close_condition(condition=first, actor=cast.product_manager, note="It is June.")
    with pytest.raises(NotAllowed):
        close_condition(condition=first, actor=leader, note="")
    close_condition(condition=first, actor=leader, note="It is June.")
    answer_for_line(share=share, actor=leader, answer="conditional", conditions=["Three people."])
    told = [(c.text, c.closed_at is None) for c in share.conditions.all()]
    assert told == [("After May.", False), ("Two people.", False), ("Three people.", True)]
    second.refresh_from_db()
    assert second.closing_note.startswith("No longer asked")


def test_an_answer_that_came_between_is_not_overwritten(cast):
    _made, _referral, share = cross_line(cast)
    seen = answer_mark(share)
    answer_for_line(share=share, actor=cast.cards_leader, answer="accepted", seen=seen)
    with pytest.raises(Conflict):
        answer_for_line(
            share=share, actor=cast.outsider, answer="declined", note="No people.", seen=seen
        )
    assert fresh(share).answer == "accepted"


def test_person_and_kpi_belong_to_the_line(cast):
    _made, _referral, share = cross_line(cast)
    with pytest.raises(NotAllowed, match="no role in Cards"):
        answer_for_line(
            share=share, actor=cast.cards_leader, answer="accepted", person=cast.engineer
        )
    with pytest.raises(NotAllowed, match="not a KPI of Cards"):
        answer_for_line(
            share=share, actor=cast.cards_leader, answer="accepted", kpi=measured_kpi(cast)
        )


def test_a_further_line_opens_only_its_own_answer(cast):
    made, referral, share = cross_line(cast)
    answer_for_line(share=share, actor=cast.cards_leader, answer="accepted")
    take_referral_step(referral, "take-coordination", actor=cast.cpo)
    savings = BusinessLine.objects.create(slug="savings", name="Savings")
    add_line(initiative=made, actor=cast.product_manager, line=savings)
    assert [(s.line.slug, s.answer) for s in made.lines.order_by("pk")] == [
        ("payments", "none"),
        ("cards", "accepted"),
        ("savings", "none"),
    ]
    assert fresh(referral).phase == "coordinated"


def test_shares_add_up_to_the_whole_and_no_more(cast):
    walk = believed(cast)
    made = walk.initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    lead = made.lines.get(line=cast.payments)
    promise = made.promises.get()

    def state(which, actor, low, high):
        return state_contribution(
            promise=promise, share=which, actor=actor, low_percent=low, high_percent=high
        )

    def whole():
        rows = line_rows(made, cast.cpo)
        return wholes(made, rows, cast.cpo)[0]

    assert whole().sentence == "No line has said what it gives."
    state(lead, cast.product_manager, 40, 55)
    assert whole().sentence == (
        "Together 40–55 %. At least 45 % of the promise is given by nobody. Not said yet: Cards."
    )
    with pytest.raises(NotYours):
        state(share, cast.reader, 10, 20)
    with pytest.raises(NotAllowed, match="At most 60 % are left"):
        state(share, cast.cards_leader, 61, 70)
    state(share, cast.cards_leader, 30, 50)
    assert (whole().low, whole().high, whole().complete) == (70, 105, True)


def test_the_database_refuses_more_than_the_whole(cast):
    _made, _referral, share = cross_line(cast)
    walk = believed(cast, title="Another")
    promise = walk.initiative.promises.get()
    lead = walk.initiative.lines.get()
    told = {"promise": promise, "author": cast.cpo}
    Contribution.objects.create(share=lead, low_percent=60, high_percent=60, **told)
    with pytest.raises(IntegrityError, match="exceed the whole"), transaction.atomic():
        Contribution.objects.create(share=share, low_percent=41, high_percent=50, **told)
    Contribution.objects.create(share=share, low_percent=40, high_percent=50, **told)


def test_a_delegate_acts_until_the_day_and_the_record_says_for_whom(cast):
    _made, referral, _share = cross_line(cast)
    with pytest.raises(NotYours):
        delegate_referrals(actor=cast.reader, delegate=cast.risk, until=TODAY())
    with pytest.raises(NotAllowed):
        delegate_referrals(actor=cast.cpo, delegate=cast.risk, until=TODAY() - timedelta(days=1))
    given = delegate_referrals(actor=cast.cpo, delegate=cast.risk, until=TODAY())
    take_referral_step(referral, "take-coordination", actor=cast.risk)
    record = fresh(referral).steps_taken.first()
    assert record.actor_roles.startswith("for Cleo Officer; ")
    assert fresh(referral).coordinator == cast.risk
    type(given).objects.filter(pk=given.pk).update(
        starts_on=TODAY() - timedelta(days=3), ends_on=TODAY() - timedelta(days=1)
    )
    late = type(cast.risk).objects.get(pk=cast.risk.pk)
    with pytest.raises(NotYours):
        take_referral_step(fresh(referral), "decline", actor=late, note="Too late.")


def test_one_referral_is_handed_on_until_a_day(cast):
    _made, referral, _share = cross_line(cast)
    with pytest.raises(NotAllowed, match="last day"):
        delegate_referral(referral=referral, actor=cast.cpo, delegate=cast.risk)
    delegate_referral(referral=referral, actor=cast.cpo, delegate=cast.risk, until=TODAY())
    Referral.objects.filter(pk=referral.pk).update(delegate_until=TODAY() - timedelta(days=1))
    with pytest.raises(NotYours):
        take_referral_step(fresh(referral), "take-coordination", actor=cast.risk)


def test_a_delegation_ends_early_by_either_side(cast):
    delegate_referrals(actor=cast.cpo, delegate=cast.risk, until=TODAY() + timedelta(days=9))
    with pytest.raises(NotAllowed, match="end that first"):
        delegate_referrals(actor=cast.cpo, delegate=cast.growth, until=TODAY())
    end_referral_delegation(actor=cast.risk)
    with pytest.raises(NotAllowed):
        end_referral_delegation(actor=cast.risk)


def test_a_split_makes_an_initiative_per_line_with_what_it_carries(cast):
    walk = believed(cast)
    made = walk.initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    promise = made.promises.get()
    state_contribution(
        promise=promise, share=share, actor=cast.cards_leader, low_percent=20, high_percent=50
    )
    referral = Referral.objects.get(initiative=made)
    take_referral_step(referral, "split", actor=cast.cpo, note="Each can start alone.")
    part = made.parts.get()
    assert (part.line, part.phase, part.requester) == (cast.cards, "intake", made.requester)
    assert [row.line for row in made.lines.all()] == [cast.payments]
    originals = list(made.evidence.order_by("pk"))
    assert [row.carried_from for row in part.evidence.order_by("pk")] == originals
    carried = part.promises.get()
    # Baseline 51.5, promised 57 to 63: a fifth to a half of the change.
    baseline = promise.kpi.targets.get(phase="committed").baseline_value
    assert carried.low == baseline + (promise.low - baseline) * 20 / 100
    assert carried.high == baseline + (promise.high - baseline) / 2
    assert part.key in made.comments.get().text
    assert made.key in part.comments.get().text


def test_a_refused_split_makes_nothing(cast):
    made, referral, _share = cross_line(cast)
    with pytest.raises(NotYours):
        take_referral_step(referral, "split", actor=cast.product_manager, note="Mine.")
    assert not made.parts.exists()
    assert made.lines.count() == 2


def test_returned_to_one_line_it_goes_on_there_alone(cast):
    made, referral, _share = cross_line(cast)
    take_referral_step(referral, "return-to-line", actor=cast.cpo, note="Yours.", line="cards")
    assert fresh(made).line == cast.cards
    assert [row.line for row in made.lines.all()] == [cast.cards]


def test_the_clock_counts_working_days_and_knows_holidays(settings):
    friday, monday = TODAY(), None
    while friday.weekday() != 4:
        friday += timedelta(days=1)
    monday = friday + timedelta(days=3)
    assert working_day_after(friday, 1) == monday
    assert working_days_until(monday, friday) == 1
    assert working_days_until(friday, monday) == -1
    settings.HOLIDAYS = (monday.isoformat(),)
    assert working_day_after(friday, 1) == monday + timedelta(days=1)


def test_the_clock_says_what_is_left(settings):
    assert clock(TODAY()).words == "due today"
    assert clock(TODAY() - timedelta(days=7)).late
