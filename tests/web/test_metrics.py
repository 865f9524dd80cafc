"""Figures for Prometheus: only for the token, by route, and what waits in the database."""

import os
import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.django_db


@pytest.fixture
def scrape(client, settings):
    settings.METRICS_TOKEN = "a token for the scraper"

    def read():
        answer = client.get("/metrics", headers={"authorization": "Bearer a token for the scraper"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        return {
            (s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples
        }

    return read


def seen(figures, **labels):
    wanted = ("gateline_request_seconds_count", tuple(sorted(labels.items())))
    return figures.get(wanted, 0)


@pytest.mark.parametrize(
    ("token", "shown"),
    [("", ""), ("", "Bearer "), ("secret", ""), ("secret", "Bearer wrong"), ("secret", "secret2")],
)
def test_without_the_token_there_is_no_such_address(client, settings, token, shown):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


def test_requests_are_counted_under_their_route_and_kind_of_answer(client, scrape):
    before = scrape()
    client.get("/health/live")
    client.get("/nobody/has/this/address?with=words")
    client.get("/another/one")
    after = scrape()
    live = {"method": "GET", "route": "health_live", "status": "2xx"}
    assert seen(after, **live) - seen(before, **live) == 1
    missing = {"method": "GET", "route": "missing", "status": "4xx"}
    assert seen(after, **missing) - seen(before, **missing) == 2


def test_an_invented_method_makes_no_new_label(client, scrape):
    client.generic("INVENTED", "/health/live")
    methods = {dict(labels).get("method") for _, labels in scrape()}
    assert "OTHER" in methods
    assert "INVENTED" not in methods


def test_every_table_of_due_work_has_its_gauges(scrape):
    figures = scrape()
    for name in ("oldest_due_seconds", "due", "dead", "expired"):
        assert (f"gateline_work_{name}", (("table", "due.job"),)) in figures
    assert ("gateline_held", ()) in figures


def test_processes_of_one_machine_add_up(tmp_path):
    count = (
        "import django; django.setup()\n"
        "from config.web.metrics import REQUESTS\n"
        "REQUESTS.labels('GET', 'home', '2xx').observe(0.01)\n"
    )
    env = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=env, check=True)
    read = (
        "import django; django.setup()\n"
        "from config.web.metrics import _registry, WaitingWork\n"
        "WaitingWork.collect = lambda self: []\n"
        "from prometheus_client import generate_latest\n"
        "print(generate_latest(_registry()).decode())\n"
    )
    told = subprocess.run([sys.executable, "-c", read], env=env, check=True, capture_output=True)
    line = 'gateline_request_seconds_count{method="GET",route="home",status="2xx"} 2.0'
    assert line in told.stdout.decode()
