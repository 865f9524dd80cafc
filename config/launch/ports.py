"""Finding a port on the loopback address and keeping it until the server itself has it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from config.launch.errors import CannotRun

HOST = "127.0.0.1"
TRIES = 100


@contextmanager
def held(port: int) -> Iterator[bool]:
    """Whether the port is free; if so nobody else who asks like this gets it meanwhile.

    A plain bind fails beside any other socket; only then may the server we start share it.
    """
    with socket.socket() as line:
        try:
            line.bind((HOST, port))
        except OSError:
            yield False
            return
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        yield True


def free(port: int) -> bool:
    with held(port) as ours:
        return ours


def first_free(wanted: int) -> int:
    """The wanted port or the next free one."""
    last = min(wanted + TRIES, 65536)
    for port in range(wanted, last):
        if free(port):
            return port
    raise CannotRun(f"No port from {wanted} to {last - 1} is free; name another with --port.")


def any_free() -> int:
    with socket.socket() as line:
        line.bind((HOST, 0))
        return int(line.getsockname()[1])
