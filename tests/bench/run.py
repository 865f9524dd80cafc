"""Measures the portfolio at two sizes: processor time of server and PostgreSQL, statements, growth.

    createdb gateline_bench
    DATABASE_URL=…/gateline_bench manage.py migrate
    DATABASE_URL=…/gateline_bench python tests/bench/run.py [2000 20000]

Processor time hardly moves when others use the machine; still, it is a report and no test.
"""

import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import httpx
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.build import ROOT, Initiative, build

PORT = int(os.environ.get("BENCH_PORT", "8199"))
ROUNDS, WARM = 15, 4
A_MONTH_AGO = (date.today() - timedelta(days=30)).isoformat()
TICK = 1000 / os.sysconf("SC_CLK_TCK")
# What is asked → its address, the most processor ms and statements speed.md allows (0: none stated).
ASKED = {
    "list": ("/initiatives?layout=list", 14, 8),
    "list, one line, by score": ("/initiatives?line=payments&sort=-score", 14, 8),
    "list, page 30": ("/initiatives?layout=list&page=30", 0, 8),
    "list, grouped by line": ("/initiatives?group=line", 0, 0),
    "board": ("/initiatives?layout=board", 0, 0),
    "matrix": ("/initiatives?layout=matrix", 0, 0),
    "age heat map": ("/initiatives?layout=heat", 0, 0),
    "timeline": ("/initiatives?layout=timeline", 0, 0),
    "funnel": ("/initiatives?layout=funnel", 0, 0),
    "lane balance": ("/initiatives?layout=balance", 0, 0),
    "list, as it was known": ("/initiatives?then={day}", 0, 0),
    "heat map, as it was known": ("/initiatives?layout=heat&then={day}", 0, 0),
    "home": ("/", 30, 15),
    "triage": ("/intake", 0, 0),
    "my requests": ("/requests", 0, 0),
    "research notes": ("/notes", 0, 0),
    "rankings": ("/ranking", 0, 0),
    "scoring sessions": ("/ranking/sessions", 0, 0),
    "portfolio": ("/portfolio", 0, 0),
    "collisions": ("/portfolio/collisions", 0, 0),
    "referrals": ("/portfolio/referrals", 0, 0),
    "search, two words": ("/search?q=settlement+receipt", 0, 5),
    "search, one frequent word": ("/search?q=settlement", 0, 5),
    "search, a key": ("/search?q=INI-120", 0, 5),
    "palette": ("/palette.json?q=settlement", 0, 0),
    "API list": ("/api/v1/initiatives/?line=payments&sort=-score", 0, 6),
    "one initiative": ("{one}", 25, 20),
    "brief": ("/initiatives/brief?phase=coding", 0, 0),
    "CSV, one phase": ("/initiatives.csv?phase=coding", 0, 0),
    "JSON, one phase": ("/initiatives.json?phase=coding", 0, 0),
    "calendar, one phase": ("/initiatives.ics?phase=coding", 0, 0),
    "feed": ("/initiatives.atom", 0, 0),
}


def pids_of(parent: int) -> list[int]:
    """A process and all below it."""
    found = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in found.stdout.splitlines()[1:]]
    tree = {parent}
    while more := {pid for pid, above in pairs if above in tree} - tree:
        tree |= more
    return sorted(tree)


def ticks(pids: list[int]) -> dict[int, int]:
    """Processor ticks used so far, by process."""
    used = {}
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        used[pid] = int(fields[11]) + int(fields[12])
    return used


def between(before: dict[int, int], after: dict[int, int]) -> int:
    """Ticks that the processes used which were there both times."""
    return sum(after[pid] - told for pid, told in before.items() if pid in after)


def backends() -> list[int]:
    """PostgreSQL's processes of this database, our own connection left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
        return [row[0] for row in cursor.fetchall()]


def measured(person) -> dict[str, tuple[float, float, int, float]]:
    """What → (server ms, database ms, statements, ms on the clock), asked by this person."""
    browser = Client()
    browser.force_login(person)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    one = Initiative.objects.get(number=12).get_absolute_url()
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(PORT),
        "--workers", "1", "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ})
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as caller:
            caller.cookies.set(settings.SESSION_COOKIE_NAME, key)
            _wait(caller)
            return {
                name: _one(browser, caller, server, path.format(day=A_MONTH_AGO, one=one))
                for name, (path, *_) in ASKED.items()
            }
    finally:
        server.terminate()
        server.wait(20)


def _wait(caller: httpx.Client) -> None:
    for _ in range(240):
        try:
            caller.get("/kpis")
        except httpx.HTTPError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the server did not start")


def _one(
    browser: Client, caller: httpx.Client, server, path: str
) -> tuple[float, float, int, float]:
    browser.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(path)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    for _ in range(WARM):
        assert caller.get(path).status_code < 400, path
    ours, theirs = pids_of(server.pid), backends()
    before = ticks(ours), ticks(theirs)
    walls = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        caller.get(path)
        walls.append((time.perf_counter() - begun) * 1000)
    used = between(before[0], ticks(ours)), between(before[1], ticks(theirs))
    statements = len(seen.captured_queries)
    return used[0] * TICK / ROUNDS, used[1] * TICK / ROUNDS, statements, median(walls)


def main(sizes: list[int]) -> None:
    """Build, measure, and print one table."""
    told = []
    for size in sizes:
        build(size)
        told.append(measured(get_user_model().objects.get(email="product.manager@example.com")))
    head = [
        "what",
        *(f"{n:,} ms (app + db)" for n in sizes),
        "growth",
        "clock ms",
        "statements",
        "goal",
    ]
    print(" | ".join(head))
    for name, (_path, most, statements) in ASKED.items():
        cells = [f"{t[name][0]:.1f} + {t[name][1]:.1f}" for t in told]
        first, last = (sum(t[name][:2]) for t in (told[0], told[-1]))
        goal = " ".join(
            filter(None, [f"≤ {most} ms" * bool(most), f"≤ {statements}" * bool(statements)])
        )
        growth = f"{last / first:.2f} ×" if first else "–"
        print(
            " | ".join(
                [
                    name,
                    *cells,
                    growth,
                    f"{told[-1][name][3]:.0f}",
                    str(told[-1][name][2]),
                    goal or "–",
                ]
            )
        )


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [2_000, 20_000])
