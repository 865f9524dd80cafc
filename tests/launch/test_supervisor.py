"""The supervisor ends all when one dies, shows its last lines, and ends in reverse order."""

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
import time

import pytest

from config.launch import ports
from config.launch.children import Program
from config.launch.errors import CannotRun
from config.launch.holding import hold, open_to_others
from config.launch.places import ROOT, Place
from config.launch.supervisor import Supervisor


@pytest.fixture
def supervisor(place, monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_: signal.SIG_DFL)
    with Supervisor(place.logs) as supervisor:
        yield supervisor


def script(name, text, **options):
    return Program(name, [sys.executable, "-u", "-c", textwrap.dedent(text)], **options)


def test_a_dead_child_ends_all_with_its_last_lines(supervisor):
    supervisor.start(script("steady", "import time; time.sleep(60)"))
    supervisor.start(script("frail", "print('the disk is full'); raise SystemExit(3)"))
    with pytest.raises(CannotRun) as raised:
        supervisor.watch()
    assert "“frail” ended with 3" in str(raised.value)
    assert "  the disk is full" in str(raised.value)


def test_a_failed_step_shows_its_last_lines(supervisor):
    with pytest.raises(CannotRun, match="no such table"):
        supervisor.run(script("migrate", "raise SystemExit('no such table')"))


def test_the_last_started_ends_first_and_servers_after_all_others(supervisor, place):
    ended = place.folder / "ended"
    for name in ("database", "broker", "web"):
        supervisor.start(
            script(
                name,
                f"""
                import signal, sys, time
                def end(*_):
                    open({str(ended)!r}, "a").write("{name} ")
                    sys.exit()
                signal.signal(signal.SIGTERM, end)
                print("up")
                time.sleep(60)
                """,
                serves_others=name != "web",
            )
        )
    supervisor.wait_for(
        lambda: all("up" in child.last_lines() for child in supervisor.children),
        seconds=20,
        what="a start",
    )
    supervisor.end_all()
    assert ended.read_text() == "web broker database "


def test_what_a_child_left_behind_is_killed_with_it(supervisor):
    supervisor.start(
        script(
            "parent",
            """
            import subprocess, sys, time
            left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
            print("pid", left.pid)
            time.sleep(60)
            """,
        )
    )
    child = supervisor.children[0]
    supervisor.wait_for(lambda: "pid" in child.last_lines(), seconds=20, what="a start")
    left = int(child.last_lines().split()[-1])
    supervisor.end_all()
    time.sleep(0.1)
    state = f"/proc/{left}/stat"
    assert not os.path.exists(state) or " Z " in open(state).read()


def test_a_second_demo_on_the_same_folder_is_refused_with_the_way_out(place):
    place.publish(kind="demo", address="http://127.0.0.1:8000")
    with pytest.raises(CannotRun, match="already runs here"), hold(Place(place.folder), "demo"):
        pass


def test_a_demo_that_ends_is_no_longer_offered_to_others(place):
    with open_to_others(place, "demo", address="http://127.0.0.1:8000", env={"DATABASE_URL": "x"}):
        assert place.published()["env"] == {"DATABASE_URL": "x"}
    assert "env" not in place.published()


def test_what_a_killed_demo_published_is_not_believed(place):
    place.publish(kind="demo", address="http://127.0.0.1:8000")
    place._lock.close()
    with hold(Place(place.folder), "demo"):
        assert json.loads(place.running.read_text())["kind"] == "starting demo"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(place):
    key = place.secret_key()
    assert place.secret_key() == key
    assert len(key) >= 64
    assert stat.S_IMODE((place.folder / "secret_key").stat().st_mode) == 0o600


def test_a_taken_port_leads_to_the_next_free_one():
    taken = ports.any_free()
    with ports.held(taken) as ours:
        assert ours
        assert not ports.free(taken)
        assert ports.first_free(taken) > taken


def test_serve_refuses_without_key_and_hosts_and_names_the_cure(open_folder):
    env = {k: v for k, v in os.environ.items() if not k.startswith("GATELINE_")}
    env |= {"GATELINE_DATA": str(open_folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "config.launch", "serve"]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "Set GATELINE_SECRET_KEY to a long random text, and keep it the same between starts.",
        "Set GATELINE_ALLOWED_HOSTS to the host names people use, separated by commas.",
    ]
