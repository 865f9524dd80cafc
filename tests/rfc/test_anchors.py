"""Passages followed through texts that change: the same words, nearly the same, the section."""

import random
import time

import pytest

from rfc.text.anchors import EXACT, LOST, NEAR, SECTION, Carrier, Text, carry_all, tie
from rfc.text.letters import of_html, of_markdown
from rfc.text.rendering import render

BODY = """## Scope

Agents in **two countries** take part; see [the list](https://example.com/list "All") of them.

- The limit is 3 000 per agent and day.
- A chargeback above 0.4 % in a week halves the limit.

## Risks

Money leaves before the card scheme settles, so we carry up to 18 hours of exposure.

Exposure is reviewed every morning by the duty risk officer.

## Roll-out

We begin with forty agents. The limit is 3 000 per agent and day.
"""


def found(old, new, quote, section=""):
    text = Text(old)
    return Carrier(text, Text(new)).carry(tie(text, quote, section))


def test_what_is_selected_on_the_page_is_found_in_the_source():
    place = tie(Text(BODY), "two countries take part; see the list of them.", "scope")
    assert place.found == EXACT
    assert place.source.startswith("**two countries** take part")
    assert place.source.endswith("of them.")
    assert place.section == "scope"


def test_of_two_alike_the_section_and_what_stands_around_decide():
    quote = "The limit is 3 000 per agent and day."
    text = Text(BODY)
    assert tie(text, quote, "scope").start < tie(text, quote, "roll-out").start
    before = tie(text, quote, before="We begin with forty agents. ")
    assert before.section == "roll-out"


@pytest.mark.parametrize("quote", ["→", "", "?!"])
def test_a_quote_without_letters_is_found_as_it_is_or_not_at_all(quote):
    body = BODY.replace("forty agents.", "forty agents → all.")
    place = tie(Text(body), quote, "roll-out")
    assert (place.found == EXACT) == (quote == "→")
    assert place.section == "roll-out"


def test_letters_of_source_and_page_are_the_same():
    assert of_html(render(BODY).html).text == of_markdown(BODY).text


def test_tags_and_addresses_in_code_are_words():
    text = "Not `**a <b>bold</b>` but `[x](y)`, <b>really</b>, [said](https://example.com).\n"
    assert of_html(render(text).html).text == of_markdown(text).text


def test_of_the_same_words_under_each_heading_each_thread_keeps_its_own():
    def example(name):
        return f"This is what {name} does.\n\n```\nrun\n```\n\nThe order is of no account:\n\n```\nrun\n```\n\n"

    old = "## Steps\n\n" + "".join(example(name) for name in ("one", "two", "three"))
    new = "## Steps\n\n" + "".join(
        example(name) for name in ("zero", "one", "another", "two", "a new one", "three")
    )
    quote = "The order is of no account:"
    for name in ("one", "two", "three"):
        at = old.index(quote, old.index(f"what {name} does"))
        place = Text(old).place(EXACT, at, at + len(quote))
        now = carry_all(old, new, [place])[0]
        assert now.start == new.index(quote, new.index(f"what {name} does")), name


def test_unchanged_words_stay_exact_whatever_happens_before_them():
    new = "## New\n\nMuch is said here first.\n\n" + BODY.replace(
        "Money leaves", "The money leaves"
    )
    place = found(BODY, new, "so we carry up to 18 hours of exposure.", "risks")
    assert place.found == EXACT
    assert new[place.start : place.end] == "so we carry up to 18 hours of exposure."


def test_edited_words_are_found_where_they_were():
    new = BODY.replace("3 000 per agent and day.\n- A", "2 000 per agent and calendar day.\n- A")
    place = found(BODY, new, "The limit is 3 000 per agent and day.", "scope")
    assert (place.found, place.section) == (NEAR, "scope")
    assert new[place.start : place.end] == "The limit is 2 000 per agent and calendar day."


def test_a_moved_paragraph_takes_its_thread_along():
    line = "Exposure is reviewed every morning by the duty risk officer.\n\n"
    new = BODY.replace(line, "") + "\n## Duties\n\n" + line
    place = found(BODY, new, line.strip(), "risks")
    assert (place.found, place.section) == (EXACT, "duties")


def test_a_paragraph_moved_and_edited_is_found_nearly():
    line = "Exposure is reviewed every morning by the duty risk officer.\n\n"
    other = "Exposure is reviewed twice every morning by the duty risk officer of the line.\n"
    new = BODY.replace(line, "") + "\n## Duties\n\n" + other
    place = found(BODY, new, line.strip(), "risks")
    assert (place.found, place.section) == (NEAR, "duties")


def test_words_that_went_leave_their_section_and_a_section_that_went_leaves_nothing():
    line = "Exposure is reviewed every morning by the duty risk officer."
    new = BODY.replace(line, "Nobody looks.")
    place = found(BODY, new, line, "risks")
    assert (place.found, place.section, place.start) == (SECTION, "risks", None)
    assert place.source == line
    without = BODY[: BODY.index("## Risks")] + BODY[BODY.index("## Roll-out") :]
    assert found(BODY, without, line, "risks").found == LOST


def test_a_renamed_section_is_known_by_its_lines():
    line = "Exposure is reviewed every morning by the duty risk officer."
    new = BODY.replace("## Risks", "## Risks and compliance").replace(line, "")
    place = found(BODY, new, line, "risks")
    assert (place.found, place.section) == (SECTION, "risks-and-compliance")


def test_the_same_few_words_elsewhere_are_no_new_home():
    new = BODY.replace("We begin with forty agents.", "It is begun.").replace(
        "Agents in **two", "All agents in **two"
    )
    assert found(BODY, new, "agents", "roll-out").found in (SECTION, NEAR)
    assert found(BODY, new, "forty agents", "roll-out").found == SECTION


def test_words_that_return_are_found_again():
    line = "Exposure is reviewed every morning by the duty risk officer."
    without = BODY.replace(line, "")
    first, second = Text(BODY), Text(without)
    gone = Carrier(first, second).carry(tie(first, line, "risks"))
    assert gone.found == SECTION
    back = Carrier(second, Text(BODY)).carry(gone)
    assert (back.found, BODY[back.start : back.end]) == (EXACT, line)


WORDS = [f"word{n}" for n in range(600)]


def sentence(chance):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(6, 18))).capitalize() + "."


def document(chance, sections=12):
    parts = []
    for number in range(sections):
        said = [" ".join(sentence(chance) for _ in range(4)) for _ in range(12)]
        parts.append(f"## Section {number}\n\n" + "\n\n".join(said) + "\n")
    return "\n".join(parts)


def rewritten(text, chance):
    """One sentence in five edited, one in ten dropped, new ones put in, two sections swapped."""
    out = []
    for line in text.split("\n"):
        said = []
        for each in line.split(". ") if line and line[0] != "#" else [line]:
            if (luck := chance.random()) < 0.1 and line[:1] != "#":
                continue
            words = each.split(" ")
            if luck < 0.3 and len(words) > 5:
                words[chance.randrange(1, len(words) - 1)] = chance.choice(WORDS)
            said.append(" ".join(words))
            if luck > 0.95:
                said.append(sentence(chance).rstrip("."))
        out.append(". ".join(said))
    parts = "\n".join(out).split("## ")
    parts[2], parts[5] = parts[5], parts[2]
    return "## ".join(parts)


def test_thirty_threads_survive_five_rewrites_of_a_long_text():
    chance = random.Random(7)
    text = document(chance)
    assert len(text) > 40_000
    quotes = chance.sample([s for s in text.replace("\n", " ").split(". ") if s[:4] == "Word"], 30)
    places = [tie(Text(text), quote) for quote in quotes]
    for _ in range(5):
        new = rewritten(text, chance)
        places, text = carry_all(text, new, places), new
    assert len(places) == 30
    for quote, place in zip(quotes, places, strict=True):
        there = text[place.start : place.end] if place.start is not None else ""
        if quote in text:
            assert quote in there, quote
        elif there:
            shared = set(quote.split()) & set(there.split())
            assert len(shared) >= len(quote.split()) / 3, (quote, there)
    assert sum(place.start is not None for place in places) >= 12


def test_a_hostile_text_costs_little():
    bombs = [
        "[" * 60_000,
        "a " * 60_000,
        "<!--" * 20_000,
        "x" * 120_000,
        "*a" * 40_000,
        "](" * 40_000,
    ]
    for bomb in bombs:
        old = f"## A\n\nKept words of a thread are here.\n\n{bomb}\n"
        new = f"## A\n\nOther words of a thread are here.\n\n{bomb[: len(bomb) // 2]} b\n"
        began = time.process_time()
        found(old, new, "Kept words of a thread are here.", "a")
        assert time.process_time() - began < 3, bomb[:4]
