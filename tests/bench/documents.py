"""Measures the pages of long RFCs: processor time of server and PostgreSQL, statements, the clock.

    createdb gateline_documents_bench
    DATABASE_URL=…/gateline_documents_bench manage.py migrate
    DATABASE_URL=…/gateline_documents_bench python tests/bench/documents.py [50 170]

Each text has 60 scattered edits between two revisions, 30 threads on quotes, functions that
approved the revision before, and is read by a reviewer whose approval is stale. A report, no test.
"""

import os
import random
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import httpx

from tests.bench.build import build as surroundings  # isort: skip - sets Django up
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessLine, Person
from rfc.actions.comments import comment
from rfc.models.drawing import drawn
from tests.bench import run
from tests.factories import rfc as make
from tests.factories.many import WORDBOOK

THREADS, EDITS, ROUNDS = 30, 60, 40
# The frame that every page has around it; what a page costs above this is its own.
FRAME = "/help"
PAGES = {
    "reading": "",
    "an older revision": "/v1",
    "writing": "/edit",
    "comparing, source": "/compare/v1/v2",
    "comparing, rendered": "/compare/v1/v2?view=rendered",
    "taking a position": "/position",
}


def sentence(chance: random.Random) -> str:
    """Ten plain words."""
    words = [chance.choice(WORDBOOK) for _ in range(10)]
    return f"{' '.join(words).capitalize()} {chance.randrange(10_000)}."


def text(size: int, seed: int) -> str:
    """A document of so many characters with sections, lists, tables and code."""
    chance = random.Random(seed)
    wanted = size // len(make.SECTIONS)
    parts = []
    for heading in make.SECTIONS:
        said = [f"## {heading}\n"]
        while sum(map(len, said)) < wanted:
            said.append(f"{' '.join(sentence(chance) for _ in range(4))}\n")
            said.append("".join(f"- {sentence(chance)}\n" for _ in range(3)))
            if chance.random() < 0.3:
                rows = "".join(f"| {chance.choice(WORDBOOK)} | {n} |\n" for n in range(4))
                said.append(
                    f"### About {chance.choice(WORDBOOK)}\n\n| what | count |\n| --- | --- |\n{rows}"
                )
                said.append(f"```python\n{chance.choice(WORDBOOK)} = {chance.randrange(99)}\n```\n")
        parts.append("\n".join(said))
    return "\n".join(parts)


def edited(body: str, seed: int) -> str:
    """The same with scattered edits of a word."""
    chance = random.Random(seed)
    lines = body.split("\n")
    long = [n for n, line in enumerate(lines) if len(line) > 60]
    for at in chance.sample(long, min(EDITS, len(long))):
        words = lines[at].split(" ")
        words[chance.randrange(2, len(words))] = "rewritten"
        lines[at] = " ".join(words)
    return "\n".join(lines)


def build(cast, size: int):
    """An RFC in review with two revisions; risk approved the first."""
    body = text(size, size)
    rfc = make.rfc_in_review(cast, title=f"{size // 1000} KB", text=body, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    make.edit(rfc, cast.product_manager, body=edited(body, size))
    for revision in rfc.revisions.all():
        type(revision).objects.filter(pk=revision.pk).update(**drawn(rfc, revision.body))
    chance = random.Random(size)
    quotes = [line for line in edited(body, size).split("\n") if len(line) > 60 and line[0] != "|"]
    for line in chance.sample(quotes, THREADS):
        words = line.lstrip("- ").split(" ")
        comment(rfc=rfc, actor=cast.architect, text="Is this so?", quote=" ".join(words[2:9]))
    rfc.refresh_from_db()
    return rfc


def measured(person, rfcs) -> list[tuple[str, ...]]:
    """One line a page and document."""
    browser = Client()
    browser.force_login(person)
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(run.PORT),
        "--workers", "1", "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=run.ROOT, env={**os.environ})
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{run.PORT}", timeout=60) as caller:
            caller.cookies.set(
                settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value
            )
            run._wait(caller)
            frame = ("the frame", "–", *one(browser, caller, server, FRAME))
            return [frame] + [
                (name, rfc.title, *one(browser, caller, server, rfc.get_absolute_url() + path))
                for name, path in PAGES.items()
                for rfc in rfcs
            ]
    finally:
        server.terminate()
        server.wait(20)


def one(browser: Client, caller: httpx.Client, server, path: str) -> tuple[str, ...]:
    """Processor ms of the server and of the database, statements, and the median on the clock."""
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200, path
    for _ in range(run.WARM):
        assert caller.get(path).status_code == 200, path
    ours, theirs = run.pids_of(server.pid), run.backends()
    before, clock = (run.ticks(ours), run.ticks(theirs)), []
    for _ in range(ROUNDS):
        began = perf_counter()
        caller.get(path)
        clock.append((perf_counter() - began) * 1000)
    used = run.between(before[0], run.ticks(ours)), run.between(before[1], run.ticks(theirs))
    app, database = (each * run.TICK / ROUNDS for each in used)
    return f"{app:.1f} + {database:.1f}", f"{median(clock):.0f}", str(len(seen.captured_queries))


def main(sizes: list[int]) -> None:
    """Build, measure, and print one table."""
    surroundings(200)
    parts = ("product_manager", "risk", "architect")
    people = {p: Person.objects.get(email=f"{p.replace('_', '.')}@example.com") for p in parts}
    cast = SimpleNamespace(payments=BusinessLine.objects.get(slug="payments"), **people)
    rfcs = [build(cast, size * 1000) for size in sizes]
    print("page | text | ms (app + db) | on the clock | statements")
    for row in measured(cast.risk, rfcs):
        print(" | ".join(row))


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [50, 170])
