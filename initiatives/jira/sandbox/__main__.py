"""`python -m initiatives.jira.sandbox --port P [--state DIR] [--seed] [--project KEY:Name]`."""

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from initiatives.jira.sandbox import agile, control, extras, issues, pages, search, seed, site
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.server import Server

# Importing these registers their routes.
PARTS = (agile, control, extras, issues, pages, search, site)


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m initiatives.jira.sandbox")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and prints it")
    parser.add_argument("--state", type=Path, help="folder that keeps the issues over a restart")
    parser.add_argument("--seed", action="store_true", help="start with a few issues of others")
    parser.add_argument("--email", default="gateline@example.com")
    parser.add_argument("--token", default="sandbox-token")
    parser.add_argument("--project", action="append", default=[], help="KEY:Name, repeatable")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    chosen = options(arguments)
    logging.basicConfig(level=logging.INFO, format="jira sandbox: %(message)s")
    named = [each.partition(":") for each in chosen.project or ["GATE:Gateline"]]
    box = Sandbox(
        email=chosen.email,
        token=chosen.token,
        projects=[(key, name or key) for key, _, name in named],
        folder=chosen.state,
    )
    if chosen.seed:
        seed.fill(box)
    server = Server((chosen.host, chosen.port), box)
    for number in (signal.SIGTERM, signal.SIGINT):
        # shutdown() waits for the serving thread, which is this one; so it is asked from another.
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    port = server.server_address[1]
    print(f"Jira sandbox is ready at http://{chosen.host}:{port}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
