"""Work survives whatever dies: real PostgreSQL, real broker, real processes, kill -9."""

import signal
import time

import pytest
from django.db import connection

from config.due.faults import arm
from config.due.jobs import start_job
from config.due.models import DueState, Job
from tests.processes.crew import wait_until

# Emptying only our own tables saves seconds per test.
pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True, available_apps=["config.due"]),
]


def push(items=3, **payload):
    return start_job(
        kind="test.items", owner=None, title="Items", payload={"items": items, **payload}
    )


def ended(*jobs):
    keys = [job.pk for job in jobs]
    return lambda: not Job.objects.filter(pk__in=keys).exclude(state=DueState.DONE).exists()


def lines(job):
    return list(job.lines.values_list("text", flat=True))


ITEMS = ["item 1", "item 2", "item 3"]


@pytest.mark.parametrize("point", ["due.received", "due.started", "due.worked", "due.finished"])
def test_worker_killed_at_any_point_does_the_work_once(crew, point):
    flag = arm(crew.faults, point)
    crew.relay().worker().listening()
    job = push()
    wait_until(lambda: ended(job)() and not flag.exists())
    assert lines(job) == ITEMS


@pytest.mark.parametrize("point", ["due.claimed", "due.published"])
def test_relay_killed_at_any_point_loses_nothing(crew, point):
    flag = arm(crew.faults, point)
    crew.worker().listening()
    crew.relay()
    job = push()
    wait_until(lambda: not crew.alive("relay"))
    assert not flag.exists()
    crew.relay("second")
    wait_until(ended(job))
    assert lines(job) == ITEMS


def test_whole_worker_killed_in_the_middle_another_goes_on(crew):
    crew.relay().worker().listening()
    job = push(items=20, pause=0.2)
    wait_until(lambda: Job.objects.get(pk=job.pk).processed >= 3)
    crew.kill("worker")
    crew.worker("second")
    wait_until(ended(job))
    assert lines(job) == [f"item {number}" for number in range(1, 21)]


def test_worker_stopped_past_its_lease_writes_nothing_afterwards(crew):
    flag = arm(crew.faults, "due.worked", "stop")
    crew.relay().worker().listening()
    job = push()
    wait_until(lambda: not flag.exists())
    crew.worker("second")
    wait_until(ended(job))
    first_end = Job.objects.get(pk=job.pk).finished_at
    crew.signal("worker", signal.SIGCONT)
    assert crew.stop("worker") == 0
    after = Job.objects.get(pk=job.pk)
    assert (after.state, after.done, after.finished_at) == ("done", 1, first_end)
    assert lines(job) == ITEMS


def test_two_relays_and_two_workers_do_each_row_once(crew):
    crew.worker().worker("second").listening()
    crew.relay().relay("other")
    jobs = [push() for _ in range(60)]
    wait_until(ended(*jobs), seconds=60)
    assert [lines(job) for job in jobs] == [ITEMS] * 60
    assert not Job.objects.filter(attempts__gt=0).exists()


def test_broker_flushed_after_publishing_delivers_again(crew):
    crew.relay()
    jobs = [push() for _ in range(5)]
    wait_until(lambda: crew.broker.client.llen("jobs") == 5)
    crew.broker.flush()
    crew.worker()
    wait_until(ended(*jobs))
    assert [lines(job) for job in jobs] == [ITEMS] * 5


def test_broker_down_then_up_delivers_what_was_written_meanwhile(crew):
    crew.relay().worker().listening()
    crew.broker.kill()
    jobs = [push() for _ in range(5)]
    time.sleep(2)
    assert not ended(*jobs)()
    crew.broker.start()
    wait_until(ended(*jobs), seconds=60)
    assert crew.alive("relay")
    assert [lines(job) for job in jobs] == [ITEMS] * 5


def test_broker_replaced_between_two_looks_leaves_no_deaf_worker(crew):
    crew.relay().worker().listening()
    wait_until(ended(push()))
    crew.broker.kill()
    crew.broker.start()
    wait_until(lambda: "starts afresh" in crew.output("worker"))
    job = push()
    wait_until(ended(job), seconds=60)
    assert lines(job) == ITEMS


def test_silent_broker_delays_and_loses_nothing(crew):
    crew.relay().worker().listening()
    crew.broker.silence()
    job = push()
    time.sleep(4)
    crew.broker.speak()
    wait_until(ended(job), seconds=60)
    assert lines(job) == ITEMS


def test_database_connections_cut_relay_and_worker_go_on(crew):
    crew.relay().worker().listening()
    wait_until(ended(push()))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    job = push()
    wait_until(ended(job))
    assert crew.alive("relay")
    assert lines(job) == ITEMS


def test_relay_wakes_at_once_by_the_bell(crew):
    crew.relay().worker().listening()
    wait_until(ended(push()))
    time.sleep(0.5)
    started = time.monotonic()
    wait_until(ended(push(items=1)), step=0.01)
    assert time.monotonic() - started < 0.9  # the timer alone would need a second


def test_sigterm_ends_relay_and_worker_in_order(crew):
    crew.relay().worker().listening()
    wait_until(ended(push()))
    assert crew.stop("relay") == 0
    assert crew.stop("worker") == 0


def test_relay_refuses_a_broker_that_evicts(crew):
    crew.broker.client.config_set("maxmemory", "64mb")
    crew.broker.client.config_set("maxmemory-policy", "allkeys-lru")
    crew.relay()
    wait_until(lambda: not crew.alive("relay"))
    assert "maxmemory-policy noeviction" in crew.output("relay")
