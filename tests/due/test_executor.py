"""One claimed row: taken over by token, worked, finished by token; every way it can end."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from config.due import executor
from config.due.claim import claim, next_due, release, room
from config.due.errors import GiveUp, LeaseLost
from config.due.executor import backoff, execute
from config.due.jobs import ask_to_stop, job, rearm, run_here, start_job
from config.due.models import DueState, Job, ScheduledSlot
from config.due.periodic import every
from config.due.registry import _registered as kinds
from config.due.slots import open_slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind():
    """`kind(run)`: declare a kind for one test and start a job of it."""

    def declare(run, **payload):
        job("test.here")(run)
        return start_job(kind="test.here", owner=None, title="A test", payload=payload)

    yield declare
    kinds.pop("test.here", None)


def due_now(row):
    type(row).objects.filter(pk=row.pk).update(due_at=Now())


def waits(row):
    """Seconds until the row is due, by the database's clock."""
    left = type(row).objects.annotate(left=F("due_at") - Now()).get(pk=row.pk).left
    return left.total_seconds()


def test_success_finishes_and_forgets_earlier_errors(kind):
    row = kind(lambda task: task.report(answer=42))
    Job.objects.filter(pk=row.pk).update(attempts=3, last_error="no")
    assert run_here(row) == "done"
    assert (row.state, row.attempts, row.last_error, row.done) == ("done", 0, "", 1)
    assert row.result == {"answer": 42}
    assert row.finished_at is not None
    assert row.lease_token is None


def test_failure_counts_keeps_the_error_and_waits(kind):
    def run(task):
        message = "The other side said no."
        raise ValueError(message)

    row = kind(run)
    assert run_here(row) == "failed"
    assert (row.state, row.attempts) == ("due", 1)
    assert row.last_error == "The other side said no. (ValueError)"
    assert 3 < waits(row) < 7


def test_dead_after_the_last_attempt_and_rearmed_by_hand(kind):
    def run(task):
        message = "Never."
        raise ValueError(message)

    row = kind(run)
    for _ in range(settings.MAX_ATTEMPTS):
        due_now(row)
        run_here(row)
    assert (row.state, row.attempts) == ("dead", settings.MAX_ATTEMPTS)
    assert run_here(row) == "stale"
    assert rearm(row, actor="Ada Obi")
    assert not rearm(row, actor="Ada Obi")
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == ("due", 0, "Never. (ValueError)")
    assert row.lines.last().text == "Ada Obi asked to try again."


def test_work_that_kills_its_worker_each_time_ends_dead(kind):
    row = kind(lambda task: None)
    Job.objects.filter(pk=row.pk).update(attempts=settings.MAX_ATTEMPTS)
    assert run_here(row) == "dead"
    assert row.last_error == f"The worker died {settings.MAX_ATTEMPTS} times while doing this."


def test_try_later_waits_without_counting():
    row = start_job(kind="test.later", owner=None, title="Later")
    assert run_here(row) == "later"
    assert (row.attempts, row.last_error) == (0, "The index is not ready yet.")
    assert waits(row) < 0.3


def test_give_up_is_dead_at_once(kind):
    def run(task):
        reason = "The project was deleted in Jira."
        raise GiveUp(reason)

    row = kind(run)
    assert run_here(row) == "dead"
    assert row.last_error == "The project was deleted in Jira."


def test_kind_of_another_release_is_dead_with_a_sentence(kind):
    row = kind(lambda task: None)
    Job.objects.filter(pk=row.pk).update(kind="from.tomorrow")
    assert run_here(row) == "dead"
    assert row.last_error == "This release knows no kind of job called “from.tomorrow”."


def test_stale_token_touches_nothing(kind):
    row = kind(lambda task: task.report(touched=True))
    assert execute("due.Job", row.pk, uuid.uuid4()) == "stale"
    row.refresh_from_db()
    assert (row.attempts, row.result) == (0, {})


def test_message_delivered_twice_works_once(kind):
    row = kind(lambda task: task.note("effect"))
    (held,) = claim(Job)
    assert execute(held.label, held.pk, held.token) == "done"
    assert execute(held.label, held.pk, held.token) == "stale"
    assert row.lines.count() == 1


def test_row_taken_over_meanwhile_is_not_written(kind):
    def run(task):
        Job.objects.filter(pk=task.pk).update(lease_token=uuid.uuid4())

    row = kind(run)
    assert run_here(row) == "lost"
    assert (row.state, row.done) == ("due", 0)


def test_work_stops_at_its_next_report_once_the_lease_is_lost(kind):
    def run(task):
        Job.objects.filter(pk=task.pk).update(lease_token=uuid.uuid4())
        try:
            task.progress(1, 2)
        except Exception:  # a loop that swallows errors per item must not swallow this
            pytest.fail("LeaseLost was an ordinary exception")

    row = kind(run)
    assert run_here(row) == "lost"
    assert (row.processed, row.last_error) == (0, "")


def test_renew_without_a_lease_is_refused(kind):
    with pytest.raises(LeaseLost):
        kind(lambda task: None).renew()


def test_level_triggered_row_wanted_again_meanwhile_stays_due(kind):
    def run(task):
        Job.objects.filter(pk=task.pk).want()

    row = kind(run)
    assert run_here(row) == "done"
    assert (row.state, row.wanted, row.done) == ("due", 2, 1)
    kinds.pop("test.here")
    job("test.here")(lambda task: None)
    assert run_here(row) == "done"
    assert (row.state, row.wanted, row.done) == ("done", 2, 2)


def test_want_makes_finished_rows_due_and_leaves_dead_ones(kind):
    finished, dead = kind(lambda task: None), kind(lambda task: None)
    run_here(finished)
    Job.objects.filter(pk=dead.pk).update(state="dead")
    Job.objects.filter(pk__in=[finished.pk, dead.pk]).want()
    states = dict(Job.objects.values_list("pk", "state"))
    assert (states[finished.pk], states[dead.pk]) == ("due", "dead")


def test_asked_to_stop_ends_with_what_is_done(kind):
    def run(task):
        for number in range(5):
            task.check_cancel()
            task.progress(number + 1, 5)
            if number == 1:
                assert ask_to_stop(task, actor="Ada Obi")

    row = kind(run)
    assert run_here(row) == "done"
    assert (row.state, row.processed, row.status) == ("done", 2, "cancelled")
    assert [line.text for line in row.lines.all()] == [
        "Ada Obi asked to stop.",
        "Stopped because a person asked for it. What was done stays.",
    ]
    assert not ask_to_stop(row, actor="Ada Obi")


def test_time_limit_is_a_pause_for_a_job_that_got_further(kind):
    def run(task):
        task.progress(task.processed + 1, 3)
        raise executor.SoftTimeLimitExceeded

    row = kind(run)
    assert run_here(row) == "later"
    assert (row.attempts, row.processed) == (0, 1)


def test_time_limit_without_progress_is_a_failure(kind):
    def run(task):
        raise executor.SoftTimeLimitExceeded

    row = kind(run)
    assert run_here(row) == "failed"
    assert row.last_error == "It took longer than one run may take, without getting further."


def test_backoff_doubles_from_five_seconds_to_an_hour_with_jitter():
    for attempts, wait in ((1, 5), (2, 10), (3, 20), (8, 640), (30, 3600)):
        tries = [backoff(attempts).total_seconds() / wait for _ in range(200)]
        assert 0.7 <= min(tries) < 0.9 < 1.1 < max(tries) <= 1.3


def test_claim_takes_due_rows_oldest_first_and_release_gives_them_back(kind):
    rows = [kind(lambda task: None) for _ in range(3)]
    Job.objects.filter(pk=rows[2].pk).update(due_at=Now() - timedelta(hours=1))
    Job.objects.filter(pk=rows[0].pk).update(due_at=Now() + timedelta(hours=1))
    before = room(Job)
    held = claim(Job)
    assert [each.pk for each in held] == [rows[2].pk, rows[1].pk]
    assert room(Job) == before - 2
    assert claim(Job) == []
    release(held)
    assert {each.pk for each in claim(Job)} == {rows[1].pk, rows[2].pk}


def test_expired_lease_is_claimed_again_with_another_token(kind):
    kind(lambda task: None)
    (first,) = claim(Job)
    Job.objects.filter(pk=first.pk).update(lease_until=Now() - timedelta(seconds=1))
    (second,) = claim(Job)
    assert second.token != first.token
    release([first])
    assert str(Job.objects.get(pk=first.pk).lease_token) == str(second.token)


def test_next_due_is_the_earliest_moment_something_can_be_claimed(kind):
    assert next_due(Job) is None
    row = kind(lambda task: None)
    assert next_due(Job) <= timedelta(0)
    claim(Job)
    assert timedelta(seconds=80) < next_due(Job) <= timedelta(seconds=settings.LEASE_SECONDS)
    assert row.status == "waiting"


def test_database_refuses_unknown_states_and_half_leases(kind):
    row = kind(lambda task: None)
    for wrong in ({"state": "lost"}, {"lease_token": uuid.uuid4()}, {"done": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=row.pk).update(**wrong)


def test_slot_is_opened_once_and_not_while_the_last_one_is_unfinished():
    every(name="test.tick", minutes=5)(lambda: None)
    open_slots()
    open_slots()
    assert ScheduledSlot.objects.filter(name="test.tick").count() == 1
    slot = ScheduledSlot.objects.get(name="test.tick")
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledSlot.objects.create(name=slot.name, slot=slot.slot)
    ScheduledSlot.objects.filter(pk=slot.pk).update(slot=slot.slot - timedelta(minutes=5))
    open_slots()
    assert ScheduledSlot.objects.filter(name="test.tick").count() == 1
    assert run_here(slot) == "done"
    open_slots()
    assert ScheduledSlot.objects.filter(name="test.tick").count() == 2


def test_every_ground_task_may_run_twice():
    probe = start_job(kind="probe", owner=None, title="Probe", payload={"steps": 2})
    open_slots()
    rows = [probe, *ScheduledSlot.objects.filter(name="due.forget_slots")]
    assert len(rows) == 2
    for row in rows:
        assert run_here(row) == "done"
        once = _told(row)
        type(row).objects.filter(pk=row.pk).update(state=DueState.DUE, due_at=Now())
        assert run_here(row) == "done"
        assert _told(row) == once


def _told(row):
    moving = {"finished_at", "due_at", "_state", "processed_before"}
    return {name: value for name, value in vars(row).items() if name not in moving}
