"""`./gateline demo`: everything from nothing to a running app, until Ctrl-C."""

import argparse
import json
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from config.launch import ports
from config.launch.children import Program
from config.launch.environment import PYTHON, for_people, inherited, manage, with_servers
from config.launch.errors import CannotRun
from config.launch.holding import hold, open_to_others
from config.launch.places import ROOT, Place
from config.launch.prepare import prepare
from config.launch.supervisor import Supervisor

PORT = 8000
PATIENCE = 90
SANDBOX_EMAIL, SANDBOX_TOKEN = "gateline@harbourlight.example", "sandbox-token"
# The lines of the demo company and the project each has in the sandbox.
PROJECTS = {"payments": "PAY", "savings": "SAV", "lending": "LEND"}


def demo(arguments: list[str]) -> int:
    """Start, say where, stay. Returns only by an exception."""
    wanted = _options(arguments).port
    place = Place.named(inherited())
    with hold(place, "demo"), Supervisor(place.logs) as supervisor:
        port = _port(wanted)
        env = for_people(place, with_servers(supervisor, place, inherited()))
        env["GATELINE_BASE_URL"] = address = f"http://{ports.HOST}:{port}"
        jira = start_sandbox(supervisor, place, env)
        logins = place.folder / "logins.json"
        prepare(supervisor, place, env, "--demo", str(logins), *_jira_options(jira))
        start_processes(supervisor, env, port)
        _wait_for_round(supervisor, env, address)
        with open_to_others(place, "demo", address=address, jira=jira, env=_shared(env)):
            _announce(address, logins)
            supervisor.watch()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gateline demo")
    parser.add_argument("--port", type=int, help=f"default {PORT}, or the next that is free")
    return parser.parse_args(arguments)


def _port(wanted: int | None) -> int:
    """The named port or a refusal; without a name the first free one, said when unusual."""
    if wanted is not None:
        if not ports.free(wanted):
            raise CannotRun(f"Port {wanted} is taken; name another with --port, or none.")
        return wanted
    port = ports.first_free(PORT)
    if port != PORT:
        say(f"Port {PORT} is taken, so this one uses {port}.")
    return port


def start_sandbox(supervisor: Supervisor, place: Place, env: Mapping[str, str]) -> str:
    """Start the stand-in of Jira on the port it had before, if that is free; returns its URL."""
    remembered = place.folder / "sandbox_port"
    port = int(remembered.read_text()) if remembered.exists() else 0
    if not port or not ports.free(port):
        port = ports.any_free()
        remembered.write_text(str(port))
    folder = place.folder / "sandbox"
    folder.mkdir(exist_ok=True)
    options: list[str | Path] = [PYTHON, "-u", "-m", "initiatives.jira.sandbox"]
    options += ["--port", str(port), "--state", str(folder)]
    options += ["--email", SANDBOX_EMAIL, "--token", SANDBOX_TOKEN]
    for line, key in PROJECTS.items():
        options += ["--project", f"{key}:{line.capitalize()}"]
    supervisor.start(Program("jira-sandbox", options, env=env, folder=ROOT))
    return f"http://{ports.HOST}:{port}"


def _jira_options(url: str) -> list[str]:
    """The connection of each demo line, as arguments of `manage.py prepare`."""
    options = ["--jira", url, "--jira-email", SANDBOX_EMAIL, "--jira-token", SANDBOX_TOKEN]
    for line, key in PROJECTS.items():
        options += ["--jira-project", f"{line}={key}"]
    return options


def start_processes(
    supervisor: Supervisor, env: Mapping[str, str], port: int, host: str = ports.HOST
) -> None:
    """Web server, relay and worker. Periodic work is rung by the relay."""
    # WhiteNoise looks for the folder of collected files even where it serves from the sources.
    (Path(env["GATELINE_DATA"]) / "static").mkdir(exist_ok=True)
    env = {**env, "PROMETHEUS_MULTIPROC_DIR": str(_empty_metrics(Path(env["GATELINE_DATA"])))}
    supervisor.start(manage("relay", env=env))
    supervisor.start(manage("worker", env=env))
    command: list[str | Path] = [PYTHON.with_name("granian"), "--interface", "wsgi", "--no-ws"]
    # A web process that dies comes back by itself; only the server itself ends everything.
    command += ["--respawn-failed-workers", "--respawn-interval", "1"]
    command += ["--host", host, "--port", str(port), "--workers", "2", "config.wsgi:application"]
    supervisor.start(Program("web", command, env=env, folder=ROOT))


def _empty_metrics(folder: Path) -> Path:
    """Where the processes of one start add up their figures; those of an earlier one would lie."""
    metrics = folder / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir()
    return metrics


def _wait_for_round(supervisor: Supervisor, env: Mapping[str, str], address: str) -> None:
    """Until the web server answers and a probe went through relay, broker and worker."""
    supervisor.run(manage("probe", "--timeout", str(PATIENCE), env=env))
    supervisor.wait_for(
        lambda: _alive(address), seconds=PATIENCE, what=f"An answer of the web server at {address}"
    )


def _alive(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _shared(env: Mapping[str, str]) -> dict[str, str]:
    """What another command needs to work on the same database; the key stays in its file."""
    names = ("DATABASE_URL", "REDIS_URL", "GATELINE_BASE_URL")
    return {name: env[name] for name in names}


def _announce(address: str, logins: Path) -> None:
    print(f"Gateline is ready at {address}", flush=True)
    for row in json.loads(logins.read_text()):
        print(f"login {row['role']} {row['email']} {row['password']}", flush=True)


def say(text: str) -> None:
    """Progress goes to standard error; standard output is for scripts."""
    print(text, file=sys.stderr, flush=True)
