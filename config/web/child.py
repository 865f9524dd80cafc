"""A process with limits of time and memory, for work on content that may be made to be costly.

Both ends are here: `answer_of` starts a module of ours in it, `limited` is the first thing that
module does. It gets bytes on standard input and answers with bytes on standard output; it sees no
environment, and may write no file. Imports no Django, as the child must start fast.
"""

import resource
import subprocess  # the child has our own code, a fixed command and no shell
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
# A child that waits for a busy machine is not ended for it, one that hangs is.
PATIENCE = 5


def answer_of(
    module: str,
    order: bytes,
    *arguments: object,
    seconds: int,
    megabytes: int,
    patience: int = PATIENCE,
) -> bytes:
    """What the module writes; nothing when it failed, went past its limits or did not end.

    `seconds` are processor time; `patience` times that may pass on the clock.
    """
    command = [sys.executable, "-m", module, *map(str, (seconds, megabytes, *arguments))]
    try:
        done = subprocess.run(  # noqa: S603 a fixed command of ours
            command,
            input=order,
            capture_output=True,
            cwd=_ROOT,
            env={"PYTHONUTF8": "1"},
            timeout=seconds * patience,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return b""
    return done.stdout if done.returncode == 0 else b""


def limited() -> list[str]:
    """Lowers this process' own limits as it was told; the kernel ends it past them.

    Answers the other arguments.
    """
    seconds, megabytes = (int(each) for each in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return sys.argv[3:]
