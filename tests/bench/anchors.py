"""How well anchors follow real documents through real rewrites. Outside the suite; reads a git dir.

    python tests/bench/anchors.py GIT_DIR PATH [PATH …]  [--comments 30] [--rewrites 5] [--inside]

For each document: the version before its largest rewrites, `--comments` quotes as a reader would
select them on the page, then the `--rewrites` largest later changes in their order (everything
between them included). After each, every anchor is carried from the version before.

The truth is made without any code of ours: the source is cut into blocks (paragraphs, list items,
table rows, lines of code), and a block is followed from version to version by comparing it, and
its neighbours, with every block of the next version, character by character (difflib, no
shortcuts). A best block with a likeness of 0.6 or more and clearly ahead of the next is where the
passage is; below 0.45 it is gone; between, or with two alike, nobody can say and it is not
counted. A quote is on the right passage when at least half of what the anchor covers lies in
that block; where the quote stands there word for word, it must be exactly it. A passage that is
gone is right when the anchor says so.
"""

import argparse
import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

BLOCK = re.compile(r"\n(?:[ \t]*\n)+|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])|\n(?=[ \t]*\|)|\n(?=#)")
GOOD, POOR, AHEAD = 0.6, 0.45, 0.05
LONGEST = 1200


@dataclass(frozen=True)
class Unit:
    start: int
    end: int
    text: str


def units(body):
    """Blocks of the source with their offsets."""
    found, at = [], 0
    for cut in [*(m.span() for m in BLOCK.finditer(body)), (len(body), len(body))]:
        piece = body[at : cut[0]]
        bare = piece.strip()
        if sum(c.isalnum() for c in bare) > 2:
            start = at + len(piece) - len(piece.lstrip())
            found.append(Unit(start, start + len(bare), " ".join(bare.split())[:LONGEST]))
        at = cut[1]
    return found


def likeness(matcher, text, least):
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def followed(old, new, index):
    """The index of a block in the next version; None when gone, -1 when nobody can say."""
    wanted = old[index].text
    same = [i for i, unit in enumerate(new) if unit.text == wanted]
    if len(same) == 1:
        return same[0]
    matcher = SequenceMatcher(None, b=wanted, autojunk=False)
    scores = [(likeness(matcher, unit.text, POOR), i) for i, unit in enumerate(new)]
    near = [(score, i) for score, i in scores if score >= POOR]
    if not near:
        return None
    ranked = sorted(((s + 0.5 * beside(old, new, index, i), i) for s, i in near), reverse=True)
    best = ranked[0][1]
    likely = {i: s for s, i in near}[best]
    if likely < GOOD or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD):
        return -1
    return best


def beside(old, new, a, b):
    """How alike the four neighbours of two blocks are."""
    total = 0.0
    for step in (-2, -1, 1, 2):
        if 0 <= a + step < len(old) and 0 <= b + step < len(new):
            one, two = old[a + step].text[:300], new[b + step].text[:300]
            total += SequenceMatcher(None, one, two, autojunk=False).ratio() / 4
    return total


def git(folder, *words):
    done = subprocess.run(["git", f"--git-dir={folder}", *words], capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def versions(folder, path, rewrites, inside):
    """The version to comment on and the largest later changes, in order."""
    order = ["--topo-order", "--no-merges"] if inside else ["--first-parent"]
    log = git(folder, "log", *order, "--reverse", "--format=@%H", "--numstat", "--", path)
    changes = []
    for part in log.split("@")[1:]:
        commit, *rows = part.split()
        if len(rows) >= 3 and rows[0].isdigit():
            changes.append((commit, int(rows[0]), int(rows[1])))
    texts = {c: git(folder, "show", f"{c}:{path}") for c, _, _ in changes}
    largest = max(len(t) for t in texts.values())
    first = next(i for i, (c, _, _) in enumerate(changes) if len(texts[c]) >= 0.6 * largest)
    first = max(min(first, len(changes) - rewrites - 1), 0)
    later = sorted(range(first + 1, len(changes)), key=lambda i: -min(changes[i][1:]) - 1)
    chosen = sorted(later[:rewrites])
    start = chosen[0] - 1
    said = [f"+{sum(changes[j][1] for j in range(a + 1, b + 1))}"
            f" -{sum(changes[j][2] for j in range(a + 1, b + 1))}"
            for a, b in pairwise([start, *chosen])]  # fmt: skip
    return [texts[changes[i][0]] for i in [start, *chosen]], said


def as_selected(source, render):
    """What a reader sees of a block."""
    html = render(source).html
    html = re.sub(r'<sup id="[^"]*fnref.*?</sup>', "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def around(body, blocks, index):
    """The source of a block, or nothing outside the text."""
    return body[blocks[index].start : blocks[index].end] if 0 <= index < len(blocks) else ""


def picked(body, blocks, count, seed, render):
    """Quotes: sentences, phrases of some words, whole blocks; (quote, block index)."""
    chance = random.Random(seed)
    order = [i for i, u in enumerate(blocks) if 25 < len(u.text) < 900]
    chance.shuffle(order)
    found = []
    for index in order:
        unit = blocks[index]
        source = body[unit.start : unit.end]
        if source.startswith(("<!--", "```", "~~~", "|--", "---")) or "<!--" in source:
            continue
        seen = as_selected(source, render)
        words = seen.split()
        if len(words) < 5:
            continue
        kind = chance.choice(["phrase", "phrase", "sentence", "sentence", "block"])
        quote = seen
        if kind == "phrase":
            size = chance.randint(3, 7)
            at = chance.randint(0, max(len(words) - size, 0))
            quote = " ".join(words[at : at + size])
        elif kind == "sentence":
            quote = chance.choice([s for s in re.split(r"(?<=[.!?]) ", " ".join(words)) if s])
        if sum(c.isalnum() for c in quote) < 8:
            continue
        before, _, after = seen.partition(quote)
        if kind == "sentence":
            before, _, after = " ".join(words).partition(quote)
        before = as_selected(around(body, blocks, index - 1), render) + " " + before
        after = after + " " + as_selected(around(body, blocks, index + 1), render)
        found.append((quote, index, before[-80:], after[:80]))
        if len(found) == count:
            break
    return found


def judged(place, truth, quote, blocks, body):
    """right, wrong, unclaimed, unsure."""
    claims = place.start is not None
    if truth == -1:
        return "unsure"
    if truth is None:
        return "wrong" if claims else "right"
    if not claims:
        return "unclaimed"
    unit = blocks[truth]
    overlap = min(place.end, unit.end) - max(place.start, unit.start)
    if overlap * 2 < place.end - place.start:
        return "wrong"
    flat = re.sub(r"\W|_", "", quote)
    there = re.sub(r"\W|_", "", body[unit.start : unit.end])
    if there.count(flat) == 1:
        return "right" if flat in re.sub(r"\W|_", "", body[place.start : place.end]) else "wrong"
    return "right"


def run(folder, path, options):
    from rfc.text.anchors import Carrier, Text, tie
    from rfc.text.rendering import render
    from rfc.text.sections import sections

    texts, said = versions(folder, path, options.rewrites, options.inside)
    now = Text(texts[0])
    blocks = units(texts[0])
    quotes = picked(texts[0], blocks, options.comments, options.seed, render)
    places, truths = [], []
    tied = 0
    for quote, index, before, after in quotes:
        place = tie(now, quote, now.section_at(blocks[index].start), before, after)
        tied += judged(place, index, quote, blocks, texts[0]) == "right"
        places.append(place)
        truths.append(index)
    print(f"\n{path}\n  {len(texts[0]) // 1000} KB, {len(sections(texts[0]))} sections,"
          f" {len(quotes)} quotes, {tied} tied to the passage selected")  # fmt: skip
    slowest = 0.0
    for step, body in enumerate(texts[1:], start=1):
        began = process_time()
        old, now = now, Text(body)
        carrier = Carrier(old, now)
        places = [carrier.carry(place) for place in places]
        spent = process_time() - began
        slowest = max(slowest, spent)
        newer = units(body)
        truths = [followed(blocks, newer, t) if t is not None and t >= 0 else t for t in truths]
        blocks = newer
        answers = [judged(p, t, q, blocks, body)
                   for p, t, (q, *_) in zip(places, truths, quotes, strict=True)]  # fmt: skip
        kinds = {k: sum(p.found == k for p in places) for k in ("exact", "near", "section", "lost")}
        gone = sum(t is None for t in truths)
        print(f"  rewrite {step}: {said[step - 1]:>12} lines, {len(body) // 1000} KB;"
              f" {len(places)} threads; {kinds}; right {answers.count('right')},"
              f" wrong {answers.count('wrong')}, not claimed {answers.count('unclaimed')},"
              f" unsure {answers.count('unsure')}, gone {gone}; {spent * 1000:.0f} ms")  # fmt: skip
        if options.show:
            for p, a, (q, *_) in zip(places, answers, quotes, strict=True):
                if a != "right":
                    print(
                        f"      {a} [{p.found}] “{q[:100]}” → “{body[p.start or 0 : p.end or 0][:100]}”"
                    )
    counted = len(answers) - answers.count("unsure")
    print(f"  after all: {answers.count('right')} of {counted} right,"
          f" {answers.count('wrong')} wrong, slowest carry {slowest * 1000:.0f} ms")  # fmt: skip
    return answers


def main():
    import django

    django.setup()
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("git_dir")
    reader.add_argument("paths", nargs="+")
    reader.add_argument("--comments", type=int, default=30)
    reader.add_argument("--rewrites", type=int, default=5)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--inside", action="store_true", help="commits of merged branches as well")
    reader.add_argument("--show", action="store_true", help="print what went wrong")
    options = reader.parse_args()
    began = perf_counter()
    answers = [a for path in options.paths for a in run(options.git_dir, path, options)]
    counted = len(answers) - answers.count("unsure")
    right = answers.count("right")
    print(f"\n{len(options.paths)} documents, {len(answers)} threads, all visible;"
          f" {right} of {counted} ({right / max(counted, 1):.1%}) right,"
          f" {answers.count('wrong')} wrong, {answers.count('unclaimed')} not claimed,"
          f" {answers.count('unsure')} not counted; {perf_counter() - began:.0f} s")  # fmt: skip
    sys.exit(0 if right >= 0.9 * counted else 1)


if __name__ == "__main__":
    main()
