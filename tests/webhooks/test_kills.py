"""A worker killed right after a send sends again, with the same id. Real processes throughout."""

import pytest

from config.due.faults import arm
from tests.cast import build_cast
from tests.processes.broker import Broker
from tests.processes.crew import Crew, wait_until
from webhooks.actions import send_test
from webhooks.models import Delivery, Outcome

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crew(transactional_db, receiver, tmp_path):
    broker = Broker(tmp_path).start()
    started = Crew(
        broker,
        tmp_path,
        GATELINE_OUTBOUND_HOSTS="127.0.0.1",
        GATELINE_DATA=str(tmp_path / "data"),
    )
    yield started
    started.close()
    broker.close()


def test_a_worker_killed_after_the_send_sends_again_with_the_same_id(crew, hooked, receiver):
    cast = build_cast()
    endpoint, _secret = hooked(cast.administrator)
    flag = arm(crew.faults, "webhooks.sent")
    crew.relay().worker()
    row = send_test(actor=cast.administrator, endpoint=endpoint)
    done = Delivery.objects.filter(pk=row.pk, outcome=Outcome.DELIVERED, state="done")
    wait_until(lambda: not flag.exists() and done.exists(), 150)
    ids = [message["headers"]["webhook-id"] for message in receiver.received()]
    assert ids == [str(row.message_id)] * 2
