"""Child processes: started in their own group, ended in order, dead when their parent dies."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

PR_SET_PDEATHSIG = 1
LAST_LINES = 15
KEEP_LOG = 5 * 1024 * 1024


@dataclass(frozen=True)
class Account:
    """Who a child runs as; None of the two means: as we do."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, object]:
        """Arguments of `subprocess` that change to this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


OURSELVES = Account()


@dataclass(frozen=True)
class Program:
    """What to start and how to end it. `grace` is in seconds, then the group is killed."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str] | None = None
    account: Account = OURSELVES
    folder: Path = Path("/")
    ends_on: signal.Signals = signal.SIGTERM
    grace: float = 20
    # Others need it until they ended, so it is asked to end only after them.
    serves_others: bool = False


class Child:
    """A started program and its log file."""

    def __init__(self, program: Program, log: Path) -> None:
        self.name = program.name
        self.program = program
        self.log = log
        self.asked = False
        with _open_log(log) as output:
            self.process = subprocess.Popen(
                [str(part) for part in program.command],
                env=dict(program.env) if program.env is not None else None,
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Its own group: Ctrl-C reaches the supervisor alone, which then ends all in order.
                start_new_session=True,
                preexec_fn=die_with_parent(program.ends_on),  # noqa: PLW1509 - one thread only
                **program.account.options(),  # type: ignore[call-overload]
            )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask_to_end(self) -> None:
        """Once; a second signal would cut the orderly end short."""
        if self.alive and not self.asked:
            self.asked = True
            self.process.send_signal(self.program.ends_on)

    def end(self) -> None:
        """Ask it to end, wait for its grace, then kill what is left of its group."""
        self.ask_to_end()
        if self.alive:
            try:
                self.process.wait(self.program.grace)
            except subprocess.TimeoutExpired:
                self.process.kill()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-LAST_LINES:])


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A function for the new process: ask the kernel for this signal when the parent dies.

    It must come after a change of account, which clears the request; `subprocess` does it so.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:
                os._exit(1)

    return ask


def wait_until(ready: Callable[[], bool], *, seconds: float, pause: float = 0.03) -> bool:
    """Ask until it is so or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(pause)
    return ready()


def _open_log(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > KEEP_LOG:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")
