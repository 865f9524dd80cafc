"""A page's questions are put together once and answered anew for other values."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from config.kept import Kept
from initiatives.models import Initiative
from tests.factories.initiatives import in_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    return [in_phase(cast, "discovery", title=title) for title in ("First", "Second")]


def test_questions_put_together_once_are_answered_for_other_values(cast, two):
    made = []

    def ask(phase_version, day):
        made.append(1)
        rows = Initiative.objects.filter(flow_version__gte=phase_version, created_at__date__lte=day)
        return {"rows": rows.order_by("pk"), "none": rows.none()}

    kept, today = Kept(ask), timezone.localdate()
    assert kept.read(0, today) == {"rows": two, "none": []}
    assert kept.read(10_000, today)["rows"] == []
    assert kept.read(0, today - timedelta(days=2))["rows"] == []
    Initiative.objects.filter(pk=two[0].pk).update(title="Renamed")
    assert [row.title for row in kept.read(0, today)["rows"]] == ["Renamed", "Second"]
    assert len(made) == 1


def test_a_value_that_no_question_names_is_refused(two):
    with pytest.raises(TypeError, match="does not reach"):
        Kept(lambda pk: {"rows": Initiative.objects.all()}).read(two[0].pk)


def test_another_thread_asks_over_its_own_connection(two):
    kept = Kept(lambda pk: {"rows": Initiative.objects.filter(pk=pk)})
    assert kept.read(two[0].pk) == {"rows": [two[0]]}

    def elsewhere():
        try:
            return kept.read(two[0].pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() == {"rows": []}
