"""`python -m config.launch COMMAND ...`, inside the environment that bootstrap made."""

import sys

from config.launch.command import command
from config.launch.demo import demo
from config.launch.errors import CannotRun, Stopped
from config.launch.serve import serve
from config.launch.suite import suite

USAGE = """\
./gateline demo [--port N]    everything, from nothing, to a running app with demo data
./gateline test [arguments]   the checks and the whole suite, or pytest with your arguments
./gateline serve              production processes with settings from the environment
./gateline COMMAND ...        any management command on the same database; `help` lists them"""

OURS = {"demo": demo, "test": suite, "serve": serve}


def main(arguments: list[str]) -> int:
    """Hand over to the command; turn its end into an exit code and, if needed, a sentence."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(USAGE)
        return 0
    name, *rest = arguments
    try:
        return OURS[name](rest) if name in OURS else command(arguments)
    except CannotRun as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
    except Stopped:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
