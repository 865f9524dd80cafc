"""An import survives its worker: killed anywhere, it goes on and makes no row twice."""

import pytest

from config.due.faults import arm
from config.sheets.actions import ask_to_run, ask_to_undo
from initiatives.actions.sources import ship_sources
from initiatives.models import Initiative
from tests.factories.sheets import again, checked, line
from tests.processes.crew import wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

# More than two chunks.
ROWS = 500


@pytest.fixture
def ready(cast):
    ship_sources()
    return checked(cast.product_manager, [line(n) for n in range(1, ROWS + 1)])


def stage(sheet, wanted):
    return lambda: again(sheet).stage == wanted


@pytest.mark.parametrize("point", ["sheets.written", "sheets.chunk"])
def test_a_worker_killed_in_the_middle_of_an_import_leaves_no_row_twice(crew, ready, point):
    flag = arm(crew.faults, point, on_pass=2)
    crew.relay().worker().listening()
    ask_to_run(sheet=ready, actor=ready.owner)
    wait_until(stage(ready, "done"), seconds=60)
    assert not flag.exists()
    titles = list(Initiative.objects.values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == ROWS


def test_the_whole_worker_killed_another_goes_on_and_undo_survives_too(crew, ready):
    flag = arm(crew.faults, "sheets.chunk", "stop")
    crew.relay().worker().listening()
    ask_to_run(sheet=ready, actor=ready.owner)
    wait_until(lambda: not flag.exists())
    crew.kill("worker")
    assert 0 < Initiative.objects.count() < ROWS
    crew.worker("second")
    wait_until(stage(ready, "done"), seconds=60)
    assert Initiative.objects.count() == ROWS
    flag = arm(crew.faults, "sheets.undone")
    ask_to_undo(sheet=again(ready), actor=ready.owner)
    wait_until(stage(ready, "undone"), seconds=60)
    assert not flag.exists()
    assert Initiative.objects.count() == 0
