"""Keeps a set of children: starts them, watches them, ends all in reverse order.

One dead child ends all, with its last lines. SIGINT and SIGTERM end all and count as success.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Self

from config.launch.children import Child, Program, die_with_parent
from config.launch.errors import CannotRun, Stopped

PAUSE = 0.1


class Supervisor:
    """Use as a context; leaving it ends every child."""

    # PostgreSQL reads SIGINT as “end now, in order”; SIGTERM would wait for every client.
    FAST = signal.SIGINT

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        return self

    def __exit__(self, *_: object) -> None:
        self.end_all()

    def start(self, program: Program) -> Child:
        """Start a program that stays."""
        child = Child(program, self.logs / f"{program.name}.log")
        self.children.append(child)
        return child

    def run(self, program: Program) -> None:
        """Run a program to its end while the others live. Raises CannotRun when it fails."""
        child = Child(program, self.logs / f"{program.name}.log")
        try:
            while child.alive:
                self.check()
                time.sleep(PAUSE / 2)
        finally:
            child.end()
        if child.process.returncode:
            raise CannotRun(f"“{program.name}” failed. Its last lines:\n{child.last_lines()}")

    def attend(
        self, command: Sequence[str | Path], env: Mapping[str, str], folder: Path | None = None
    ) -> int:
        """Run a program on our terminal, in our own folder unless named; returns its code.

        Ctrl-C reaches it by itself and is its own affair; a SIGTERM is handed on.
        """
        held = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(env),
            cwd=folder,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread only
        )
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        finally:
            for number, handler in held.items():
                signal.signal(number, handler)

    def check(self) -> None:
        """Raises CannotRun when a child died."""
        for child in self.children:
            if not child.alive:
                raise CannotRun(
                    f"“{child.name}” ended with {child.process.returncode}, so everything ends. "
                    f"Its last lines (all of them: {child.log}):\n{child.last_lines()}"
                )

    def wait_for(self, ready: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Wait for something while every child lives."""
        end = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > end:
                raise CannotRun(f"{what} did not happen within {seconds:g} seconds.")
            time.sleep(PAUSE / 2)

    def watch(self) -> None:
        """Stay until a child dies or somebody stops us."""
        while True:
            self.check()
            time.sleep(PAUSE)

    def end_all(self) -> None:
        """Last started, first ended, servers after all others. Signals meanwhile change nothing."""
        with _undisturbed():
            for child in self.children:
                if not child.program.serves_others:
                    child.ask_to_end()
            while self.children:
                self.children.pop().end()


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


@contextmanager
def _undisturbed() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
