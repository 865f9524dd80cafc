"""The worker dies by -9 at each point of a push; afterwards every issue is there exactly once.

Real relay, worker, broker and sandbox processes on the real database.
"""

import sys
import time
from pathlib import Path

import pytest

from config.due.faults import arm
from config.due.models import Job
from initiatives.models import JiraItem
from tests.cast import build_cast
from tests.processes.broker import Broker
from tests.processes.crew import Crew, wait_until

sys.path.insert(0, str(Path(__file__).parent))
import contract as jira_contract
from pushing import connect, push, ready

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

STORIES = tuple(f"Story {number}" for number in range(1, 11))
ISSUES = 31
# "before claim, after the intent, after the request was sent, after the answer, before done".
POINTS = {
    "before claim": "due.received",
    "after the intent": "jira.intent",
    "after the request was sent": "jira.sent",
    "after the answer": "jira.answered",
    "before done": "due.worked",
}


@pytest.fixture
def crew(transactional_db, tmp_path, settings):
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    settings.KEY_FOLDER = tmp_path / "data" / "keys"
    broker = Broker(tmp_path).start()
    started = Crew(
        broker,
        tmp_path,
        DJANGO_SETTINGS_MODULE="tests.processes.jira_settings",
        GATELINE_OUTBOUND_HOSTS="127.0.0.1",
        GATELINE_DATA=str(tmp_path / "data"),
    )
    yield started
    started.close()
    broker.close()


def shaken(crew, job):
    """Flush and restart the broker as soon as the first kill has struck."""
    state = {"shaken": False}
    armed = len(list(crew.faults.iterdir()))

    def ended():
        left = list(crew.faults.iterdir())
        if not state["shaken"] and len(left) < armed:
            state["shaken"] = True
            crew.broker.flush()
            crew.broker.kill()
            time.sleep(0.5)
            crew.broker.start()
        return not left and Job.objects.filter(pk=job.pk, state="done").exists()

    return ended


def check(sandbox, job):
    issues = sandbox.issues()
    labels = [label for each in issues for label in each["labels"] if label != "gateline"]
    assert (len(issues), len(set(labels))) == (ISSUES, ISSUES)
    linked = set(JiraItem.objects.values_list("issue_id", flat=True))
    assert linked == {each["id"] for each in issues}
    assert set(JiraItem.objects.values_list("sync", "state")) == {("synced", "done")}
    job.refresh_from_db()
    assert (job.counts["created"], job.counts["unknown"], job.processed) == (ISSUES, 0, ISSUES)
    if jira_contract.available():
        jira_contract.check_log(sandbox.requests())


@pytest.mark.parametrize("point", POINTS.values(), ids=list(POINTS))
def test_worker_killed_during_a_push_loses_and_doubles_nothing(crew, sandbox, point):
    cast = build_cast()
    connect(cast, sandbox.url)
    initiative = ready(cast, STORIES)
    # Once for the epic, once in the middle of the sub-tasks.
    arm(crew.faults, point, on_pass=2)
    arm(crew.faults, point, on_pass=25)
    crew.relay().worker().listening()
    job = push(cast, initiative)
    wait_until(shaken(crew, job), seconds=240, step=0.2)
    check(sandbox, job)


def test_worker_killed_at_every_point_of_one_push(crew, sandbox):
    cast = build_cast()
    connect(cast, sandbox.url)
    initiative = ready(cast, STORIES)
    for number, point in enumerate(POINTS.values()):
        arm(crew.faults, point, on_pass=4 + 2 * number)
    crew.relay().worker().listening()
    job = push(cast, initiative)
    wait_until(shaken(crew, job), seconds=240, step=0.2)
    check(sandbox, job)


def test_whole_worker_killed_in_the_middle_another_goes_on(crew, sandbox):
    cast = build_cast()
    connect(cast, sandbox.url)
    initiative = ready(cast, STORIES)
    crew.relay().worker().listening()
    job = push(cast, initiative)
    wait_until(lambda: JiraItem.objects.exclude(issue_id="").count() >= 8, seconds=120)
    crew.kill("worker")
    crew.broker.flush()
    crew.worker("second")
    wait_until(shaken(crew, job), seconds=240, step=0.2)
    check(sandbox, job)
