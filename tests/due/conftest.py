"""A broker of one's own, and a crew of processes on it."""

import pytest

import tests.processes.tasks  # noqa: F401 - makes the test kinds known here too
from tests.processes.broker import Broker
from tests.processes.crew import Crew


@pytest.fixture
def broker(tmp_path):
    started = Broker(tmp_path).start()
    yield started
    started.close()


@pytest.fixture
def crew(transactional_db, broker, tmp_path):
    """Processes end before the database is emptied, or the two would wait for each other."""
    started = Crew(broker, tmp_path)
    yield started
    started.close()
