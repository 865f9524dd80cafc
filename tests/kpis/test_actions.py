from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from config.flow.errors import Conflict, GatesUnmet, NotAllowed, NotYours, WrongState
from kpis.actions.kpi import change_kpi, link_metrics, unlink_metrics
from kpis.actions.observation import Measured, record_observation, record_observations
from kpis.actions.target import set_baseline, take_target_step
from kpis.models import KPI, MetricLink, Observation, Target


def test_kpis_get_keys_in_order(make_kpi):
    assert [make_kpi().key, make_kpi("Another").key] == ["KPI-1", "KPI-2"]


def test_a_team_s_kpi_belongs_to_the_team_s_line(make_kpi, cast):
    kpi = make_kpi(scope="team", team=cast.checkout, line=None)
    assert (kpi.line, kpi.team) == (cast.payments, cast.checkout)
    sub = make_kpi("Sub", scope="sub_team", sub_team=cast.engineering, line=None)
    assert (sub.line, sub.team) == (cast.payments, cast.checkout)


def test_a_company_kpi_belongs_to_no_line(make_kpi, cast):
    assert make_kpi(scope="company").line is None


def test_introducing_is_refused_to_others(make_kpi, cast):
    with pytest.raises(NotYours) as refusal:
        make_kpi(actor=cast.designer)
    assert refusal.value.sentences == [
        "KPIs are introduced by product managers, business leaders and the chief product officer."
    ]


def test_a_stale_edit_is_a_conflict_and_loses_nothing(kpi, cast):
    seen = kpi.row_version
    change_kpi(kpi=kpi, actor=cast.product_manager, seen_version=seen, name="Theirs")
    with pytest.raises(Conflict) as refusal:
        change_kpi(kpi=kpi, actor=cast.business_leader, seen_version=seen, name="Mine")
    assert refusal.value.theirs.name == "Theirs"
    assert refusal.value.mine == {"name": "Mine"}
    assert KPI.objects.get().name == "Theirs"


def test_guardrails_alone_raise_the_version(kpi, make_kpi, cast):
    guard = make_kpi("Guard")
    changed = change_kpi(
        kpi=kpi, actor=cast.product_manager, seen_version=kpi.row_version, guardrails=[guard]
    )
    assert changed.row_version == kpi.row_version + 1
    with pytest.raises(Conflict):
        change_kpi(kpi=kpi, actor=cast.product_manager, seen_version=kpi.row_version, guardrails=[])
    assert list(kpi.guardrails.all()) == [guard]


def test_only_its_keepers_change_a_kpi(kpi, cast):
    with pytest.raises(NotYours) as refusal:
        change_kpi(kpi=kpi, actor=cast.outsider, seen_version=None, name="Taken")
    assert refusal.value.sentences == [
        (
            "“Active agents per week” is kept by its owner and the leaders of its line "
            "(Bo Leader, Petra Manager)."
        )
    ]


def test_the_same_value_again_changes_nothing(kpi, record):
    record(kpi, [52, 53])
    record(kpi, [52, 53])
    assert kpi.observations.count() == 2


def test_another_value_for_a_period_supersedes(kpi, record, today, cast):
    (old,) = record(kpi, [52])
    new = record_observation(
        kpi=kpi,
        actor=cast.product_manager,
        period_end=today,
        value=Decimal("52.5"),
        provenance="recount",
    )
    old.refresh_from_db()
    assert (new.supersedes, old.superseded_by) == (old, new)
    assert old.superseded_at is not None
    assert old.value == 52
    assert list(kpi.observations.current()) == [new]


def test_a_batch_is_all_or_nothing(kpi, cast, today):
    values = [Measured(today, Decimal(1)), Measured(today + timedelta(days=1), Decimal(2))]
    with pytest.raises(NotAllowed) as refusal:
        record_observations(kpi=kpi, actor=cast.product_manager, values=values, provenance="x")
    assert "which has not come yet" in refusal.value.sentences[0]
    assert kpi.observations.count() == 0


def test_the_database_lets_nobody_overwrite_or_delete_a_value(kpi, record):
    (row,) = record(kpi, [52])
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(value=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_the_database_keeps_one_current_value_per_period(kpi, record):
    (row,) = record(kpi, [52])
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(
            kpi=kpi,
            period_start=row.period_start,
            period_end=row.period_end,
            value=1,
            provenance="x",
        )


def test_a_baseline_is_the_mean_of_named_observations(kpi, record, propose):
    rows = record(kpi, [51, 52, 53])
    target = propose(kpi, baseline_from=rows)
    assert target.baseline_value == 52
    assert target.baseline_observations == 3
    assert target.baseline_period_start == rows[0].period_start
    assert target.baseline_period_end == rows[-1].period_end


def test_a_baseline_of_another_kpi_is_refused(kpi, make_kpi, record, propose):
    rows = record(make_kpi("Other"), [51])
    with pytest.raises(NotAllowed):
        propose(kpi, baseline_from=rows)


def test_a_target_without_baseline_is_proposed_but_not_committed(kpi, propose, cast):
    target = propose(kpi)
    with pytest.raises(GatesUnmet) as refusal:
        take_target_step(target=target, step="commit", actor=cast.product_manager)
    assert refusal.value.sentences == [
        (
            "The target of Active agents per week has no baseline; a promise without a starting point "
            "cannot be checked. Record one observation and take it as the baseline."
        ),
        "Without a baseline nobody can tell whether the target is better than today.",
    ]
    assert refusal.value.missing()[0]["link"] == f"/kpis/KPI-1/targets/{target.pk}/baseline"
    assert Target.objects.get().state == "proposed"


def test_the_database_refuses_a_committed_target_without_baseline(kpi, propose):
    target = propose(kpi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(phase="committed")


def test_a_target_no_better_than_its_baseline_is_not_committed(kpi, record, propose, cast):
    target = propose(kpi, value=50, baseline_from=record(kpi, [52]))
    with pytest.raises(GatesUnmet) as refusal:
        take_target_step(target=target, step="commit", actor=cast.product_manager)
    assert refusal.value.sentences == [
        (
            "The target 50\u00a0% is no better than the baseline 52\u00a0%, while for Active agents per "
            "week higher is better. Propose another value."
        )
    ]


def test_one_target_is_committed_at_a_time(kpi, record, propose, cast):
    rows = record(kpi, [52])
    first, second = propose(kpi, baseline_from=rows), propose(kpi, 70, baseline_from=rows)
    take_target_step(target=first, step="commit", actor=cast.product_manager)
    with pytest.raises(GatesUnmet) as refusal:
        take_target_step(target=second, step="commit", actor=cast.product_manager)
    assert refusal.value.sentences == [
        "Active agents per week already has a committed target; retire it first."
    ]
    take_target_step(target=first, step="retire", actor=cast.business_leader, note="Reached early.")
    moved = take_target_step(target=second, step="commit", actor=cast.business_leader)
    assert moved.state == "committed"
    assert moved.steps_taken.count() == 2


def test_committing_belongs_to_the_owner_or_the_leader(kpi, record, propose, cast):
    target = propose(kpi, baseline_from=record(kpi, [52]))
    with pytest.raises(NotYours) as refusal:
        take_target_step(target=target, step="commit", actor=cast.cards_leader)
    assert refusal.value.sentences == [
        (
            "“Commit target” belongs to the KPI's owner or the business leader of its line "
            "(Bo Leader, Petra Manager)."
        )
    ]


def test_a_baseline_is_fixed_once_committed(kpi, record, propose, cast):
    rows = record(kpi, [52, 53])
    target = propose(kpi, baseline_from=rows[:1])
    take_target_step(target=target, step="commit", actor=cast.product_manager)
    with pytest.raises(WrongState):
        set_baseline(target=target, actor=cast.product_manager, baseline_from=rows)


def test_a_band_kept_is_a_target_too(make_kpi, record, propose, cast):
    kpi = make_kpi(direction="band", band_low=Decimal(180), band_high=Decimal(240), unit="k")
    target = propose(kpi, value=200, baseline_from=record(kpi, [210]))
    assert (
        take_target_step(target=target, step="commit", actor=cast.product_manager).state
        == "committed"
    )


def test_a_loop_of_drivers_is_refused(make_kpi, cast):
    one, two, three = (make_kpi(n) for n in ("One", "Two", "Three"))
    link_metrics(driver=one, driven=two, actor=cast.product_manager)
    link_metrics(driver=two, driven=three, actor=cast.product_manager)
    with pytest.raises(NotAllowed) as refusal:
        link_metrics(driver=three, driven=one, actor=cast.product_manager)
    assert refusal.value.sentences == [
        "“One” already drives “Three”; a link back would close a loop."
    ]
    with pytest.raises(NotAllowed):
        link_metrics(driver=one, driven=two, actor=cast.product_manager)


def test_a_link_is_taken_away(make_kpi, cast):
    link = link_metrics(driver=make_kpi("One"), driven=make_kpi("Two"), actor=cast.product_manager)
    unlink_metrics(link=link, actor=cast.product_manager)
    assert not MetricLink.objects.exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_people_recording_one_period_leave_one_current_value():
    from kpis.actions.kpi import introduce_kpi
    from tests.cast import build_cast

    cast = build_cast()
    kpi = introduce_kpi(
        actor=cast.product_manager, name="Raced", definition="x", scope="line", line=cast.payments
    )
    day = timezone.localdate()
    for round_ in range(20):
        start = Barrier(2)

        def write(value, start=start, day=day - timedelta(days=round_ * 7)):
            start.wait()
            record_observation(
                kpi=kpi, actor=cast.product_manager, period_end=day, value=value, provenance="race"
            )
            connection.close()

        both = [Thread(target=write, args=(Decimal(n + 1),)) for n in range(2)]
        [t.start() for t in both]
        [t.join() for t in both]
    assert kpi.observations.count() == 40
    assert kpi.observations.current().count() == 20
