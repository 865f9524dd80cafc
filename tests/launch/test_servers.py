"""The embedded servers start, answer, keep what they are told, and end with their parent."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap

import psycopg
import pytest
from redis import Redis

from config.launch import postgres, valkey
from config.launch.children import wait_until
from config.launch.places import LONGEST_SOCKET, ROOT, Place
from config.launch.supervisor import Supervisor

pytestmark = pytest.mark.worker


@pytest.fixture
def supervisor(place, monkeypatch):
    # pytest owns the signals of this process.
    monkeypatch.setattr(signal, "signal", lambda *_: signal.SIG_DFL)
    with Supervisor(place.logs) as supervisor:
        yield supervisor


def connect(url):
    return psycopg.connect(url, autocommit=True)


def broker(url):
    return Redis(unix_socket_path=url.removeprefix("redis+socket://").split("?")[0])


def test_postgres_starts_with_unicode_trigrams_and_a_role_that_is_no_superuser(supervisor, place):
    with connect(postgres.start(supervisor, place)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        asked = "SELECT lower('ÄÖ'), similarity('gate', 'gates') > 0.5, current_user, rolsuper"
        row = connection.execute(f"{asked} FROM pg_roles WHERE rolname = current_user").fetchone()
        listens = connection.execute("SHOW listen_addresses").fetchone()
    assert row == ("äö", True, "gateline", False)
    assert listens == ("",)


def test_postgres_keeps_its_data_over_a_restart(supervisor, place):
    with connect(postgres.start(supervisor, place)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    supervisor.end_all()
    with connect(postgres.start(supervisor, place)) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_an_interrupted_first_start_is_made_good(supervisor, place):
    half_made = place.servers() / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")
    with connect(postgres.start(supervisor, place)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_valkey_writes_to_disk_and_never_evicts(supervisor, place):
    url = valkey.start(supervisor, place)
    settings = broker(url).config_get("*")
    assert (settings["appendonly"], settings["maxmemory-policy"], settings["port"]) == (
        "yes",
        "noeviction",
        "0",
    )
    broker(url).set("kept", "1")
    supervisor.end_all()
    assert broker(valkey.start(supervisor, place)).get("kept") == b"1"


def test_a_long_path_gets_a_short_socket_that_goes_away_again(open_folder, supervisor):
    deep = Place(open_folder / ("long" * 25))
    assert deep.take()
    url = postgres.start(supervisor, deep)
    folder = url.split("host=")[1]
    assert len(f"{folder}/{postgres.SOCKET}") <= LONGEST_SOCKET
    connect(url).close()
    supervisor.end_all()
    deep.leave()
    assert not os.path.exists(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as somebody else")
def test_root_runs_servers_as_nobody_without_opening_a_closed_folder(tmp_path, supervisor):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    place = Place(closed / "data")
    assert place.take()
    try:
        connect(postgres.start(supervisor, place)).close()
        running = supervisor.children[0].process.pid
        assert os.stat(f"/proc/{running}").st_uid == place.account.uid
        assert closed.stat().st_mode & 0o777 == 0o700
        assert not place.servers().is_relative_to(closed)
    finally:
        supervisor.end_all()
        shutil.rmtree(place.servers())
        place.leave()


def test_servers_die_with_a_killed_parent(open_folder):
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from config.launch import postgres, valkey
        from config.launch.places import Place
        from config.launch.supervisor import Supervisor
        place = Place(Path(sys.argv[1]))
        place.take()
        with Supervisor(place.logs) as supervisor:
            postgres.start(supervisor, place, keep=False)
            valkey.start(supervisor, place)
            print(*(c.process.pid for c in supervisor.children), flush=True)
            time.sleep(60)
        """
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, open_folder / "data"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    servers = [int(pid) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.communicate()
    assert len(servers) == 2
    assert wait_until(lambda: not any(alive(pid) for pid in servers), seconds=10)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
