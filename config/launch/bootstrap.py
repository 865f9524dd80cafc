"""From a bare Python to `.venv` with the locked packages, then on to `config.launch`.

Runs under any Python 3.11+ before anything is installed: standard library only, imports nothing
of Gateline. A finished install is known by a stamp, written last; a lock file keeps two calls
from installing at once.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
UV_LOCK = Path(__file__).with_name("uv.txt")
Command = Sequence[str | Path]
QUIET = ("--disable-pip-version-check", "--no-input", "-q")


def main(arguments: list[str]) -> None:
    """Make the environment complete, then become `config.launch` in it."""
    lock = DEVELOPMENT if arguments[:1] == ["test"] else RUNTIME
    if not _stamped(lock):
        with _alone():
            if not _stamped(lock):
                _say("Installing the locked packages into .venv; this happens once.")
                _make_venv()
                _install(lock)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", "config.launch", *arguments])  # noqa: S606


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(text: str) -> None:
    _say(text)
    sys.exit(1)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of this checkout's environment; a second call waits here."""
    try:
        handle = (ROOT / ".venv.lock").open("w")
    except PermissionError:
        _fail(f"{ROOT} is not writable for this account; clone Gateline into a folder of its own.")
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _stamp(lock: str) -> Path:
    return VENV / f".installed-{lock}"


def _mark(lock: str) -> str:
    """What a finished install of this lock leaves behind: the lock's hash and the Python."""
    return f"{hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()} {_version()}"


def _version() -> str:
    asked = subprocess.run(
        [PYTHON, "-I", "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()


def _stamped(lock: str) -> bool:
    stamp = _stamp(lock)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _mark(lock)


def _make_venv() -> None:
    if PYTHON.exists() and _run([PYTHON, "-I", "-m", "pip", "--version"], loud=False):
        return
    _need_venv_module()
    base = getattr(sys, "_base_executable", sys.executable)
    if not _run([base, "-I", "-m", "venv", "--clear", VENV]):
        _fail(f"Python could not make {VENV}; the lines above say why.")


def _need_venv_module() -> None:
    """Debian ships `venv` without `ensurepip`; as root that is mended here."""
    if _run([sys.executable, "-I", "-c", "import ensurepip, venv"], loud=False):
        return
    package = "python3-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say(f"Installing {package} from Debian.")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], env=quiet)
        asked: Command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if _run(asked, env=quiet):
            return
    _fail(f"Python's venv module is missing. Run: sudo apt-get install {package}")


def _install(lock: str) -> None:
    path = ROOT / lock
    if not (_install_uv() and _run(_uv_command(path), env=_uv_environment())):
        _say("uv is not usable here; installing with pip, which takes longer.")
        if not _run(_pip(path)):
            _fail(f"The packages of {lock} could not be installed; the lines above say why.")
    # The development lock holds everything of the runtime lock, in the same versions.
    for each in {lock, RUNTIME}:
        _stamp(each).write_text(_mark(each))


def _install_uv() -> bool:
    if UV.exists() and _run([UV, "--version"], loud=False):
        return True
    return _run(_pip(UV_LOCK))


def _pip(lock: Path) -> Command:
    return [PYTHON, "-I", "-m", "pip", "install", *QUIET, "--require-hashes", "-r", lock]


def _uv_command(lock: Path) -> Command:
    return [UV, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock]


def _uv_environment() -> dict[str, str]:
    return {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}


def _run(command: Command, *, env: dict[str, str] | None = None, loud: bool = True) -> bool:
    """Run a program to its end; its output goes to standard error, so that ours stays clean."""
    output = sys.stderr if loud else subprocess.DEVNULL
    ended = subprocess.run(command, env=env, stdout=output, stderr=output, check=False)
    return ended.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
