"""`./gateline test`: the checks and the whole suite, on throw-away servers."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.launch import postgres, valkey
from config.launch.environment import PYTHON, inherited
from config.launch.errors import CannotRun
from config.launch.places import ROOT, Place
from config.launch.supervisor import Supervisor

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A third worker while two wait for processes and browsers.
EVERYTHING = ("-n", "3", str(ROOT / "tests"))
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def suite(arguments: list[str]) -> int:
    """Run pytest with these arguments; without any, the checks first and then everything."""
    env = _with_browser(inherited())
    with _throw_away() as place, Supervisor(place.logs) as supervisor:
        told = _environment(supervisor, place, env)
        failed = [] if arguments else _checks(supervisor, told)
        pytest: list[str | Path] = [PYTHON, "-m", "pytest", "--rootdir", ROOT]
        pytest += ["-c", ROOT / "pyproject.toml", *(arguments or EVERYTHING)]
        code = supervisor.attend(pytest, told)
    return code or int(bool(failed))


def _environment(supervisor: Supervisor, place: Place, env: Mapping[str, str]) -> dict[str, str]:
    told = {**env, "GATELINE_DATA": str(place.folder)}
    told["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    if not told.get("DATABASE_URL"):
        told["DATABASE_URL"] = postgres.start(supervisor, place, keep=False)
    if not told.get("REDIS_URL"):
        told["REDIS_URL"] = valkey.start(supervisor, place)
    return told


@contextmanager
def _throw_away() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="gateline-test-"))
    # Ours and fresh: the servers' account may cross it.
    folder.chmod(0o755)
    place = Place(folder)
    place.make()
    # WhiteNoise warns with every client about a folder that is not there.
    (folder / "static").mkdir()
    try:
        yield place
    finally:
        place.leave()
        shutil.rmtree(place.servers(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _with_browser(env: dict[str, str]) -> dict[str, str]:
    """Tell the tests which Chromium to drive; say so when there is none."""
    named = env.get("GATELINE_CHROMIUM")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found:
        return {**env, "GATELINE_CHROMIUM": found}
    remedy = "No Chromium was found. On Debian: sudo apt-get install chromium"
    if env.get("GATELINE_REQUIRE_BROWSER") == "1":
        raise CannotRun(f"{remedy}\nGATELINE_REQUIRE_BROWSER=1 makes that an error.")
    print(f"{remedy}\nThe browser tests are skipped.", file=sys.stderr, flush=True)
    return env


def _checks(supervisor: Supervisor, env: Mapping[str, str]) -> list[str]:
    """Names of the checks that failed; their output stands on the terminal."""
    failed = []
    for name, *rest in CHECKS:
        shown = " ".join([name, *rest])
        print(f"— {shown}", flush=True)
        if supervisor.attend([PYTHON.with_name(name), *rest], env, folder=ROOT):
            failed.append(shown)
    # Said before the suite, whose summary stays the last line.
    if failed:
        print(f"— these checks failed, so the whole run will: {', '.join(failed)}", flush=True)
    return failed
