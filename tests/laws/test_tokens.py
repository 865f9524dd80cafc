"""X40: every contrast ratio and simulated colour distance is recomputed from the token file.

The floors are the design's. The pinned figures make any changed digit show; after a change that
was meant, write them anew with `python -m tests.laws.pin_tokens` and look at both themes.
"""

import json
from pathlib import Path

import pytest

from tests.laws.colour import PAIR, Tokens, contrast, nearest, tokens

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "static/css/tokens.css"
PINNED = Path(__file__).with_name("token_figures.json")
CSS = FILE.read_text()
COLOURS = tokens(CSS)
THEMES = ("light", "dark")
GROUNDS = ("canvas", "surface", "raised", "sunken")
STATUSES = ("neutral", "progress", "ok", "risk", "off", "wait")
MARKS = ("mark-neutral", "mark-ok", "mark-risk", "mark-off")
SERIES = tuple(f"series-{n}" for n in range(1, 6))

ON_EVERY_GROUND = {"text": 13.6, "muted": 6.3, "faint": 4.7, "accent": 6.5, "control": 3.2}
PAIRS = {
    ("on-fill", "accent-fill"): (7.4, 5.0),
    ("accent-soft-text", "accent-soft"): (8.9, 9.8),
    **{(s, f"{s}-fill"): (5.3, 6.4) for s in STATUSES},
    **{(m, "surface"): (3.0, 3.0) for m in (*MARKS, *SERIES)},
    **{("phase-text-low", f"phase-{n}"): (4.5, 4.5) for n in (1, 2, 3)},
    **{("on-fill", f"phase-{n}"): (4.5, 4.5) for n in (4, 5)},
    **{("phase-text-high", f"phase-{n}"): (4.5, 4.5) for n in (6, 7, 8)},
    **{("heat-text-low", f"heat-{n}"): (4.5, 4.5) for n in (0, 1)},
    ("phase-text-low", "heat-2"): (4.5, 4.5),
    **{("heat-text-high", f"heat-{n}"): (4.5, 4.5) for n in (3, 4)},
    ("text", "ok-strong"): (4.5, 4.5),
    ("text", "off-strong"): (4.5, 4.5),
    ("text", "ok-fill"): (4.5, 4.5),
    ("text", "off-fill"): (4.5, 4.5),
    ("on-fill", "accent-fill-hover"): (4.5, 4.5),
}
DISTANCES = {"marks": (MARKS, (10.3, 10.9)), "series": (SERIES, (12.1, 14.9))}


def figures(colours: Tokens) -> dict[str, list[float]]:
    """Each token's contrast against black and against white, per theme: any change shows here."""
    return {
        name: [round(contrast(c, g), 5) for c in pair for g in ("#000000", "#FFFFFF")]
        for name, pair in colours.items()
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ON_EVERY_GROUND)
def test_words_and_outlines_reach_their_ratio_on_every_ground(name, theme):
    at = THEMES.index(theme)
    least = min(contrast(COLOURS[name][at], COLOURS[ground][at]) for ground in GROUNDS)
    assert least >= ON_EVERY_GROUND[name]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_pairs_reach_their_ratio(pair, theme):
    at = THEMES.index(theme)
    front, ground = (COLOURS[name][at] for name in pair)
    assert contrast(front, ground) >= PAIRS[pair][at]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("group", DISTANCES)
def test_marks_and_series_stay_apart_in_every_colour_vision(group, theme):
    names, least = DISTANCES[group]
    at = THEMES.index(theme)
    assert nearest([COLOURS[name][at] for name in names]) >= least[at]


def test_every_figure_is_the_pinned_one():
    assert figures(COLOURS) == json.loads(PINNED.read_text())


def test_changing_one_digit_of_any_colour_changes_a_figure():
    now = figures(COLOURS)
    for name, pair in COLOURS.items():
        for at, colour in enumerate(pair):
            for digit in range(1, 7):
                other = format((int(colour[digit], 16) + 1) % 16, "X")
                changed = colour[:digit] + other + colour[digit + 1 :]
                mutant = (changed, pair[1]) if at == 0 else (pair[0], changed)
                assert figures({name: mutant})[name] != now[name], (name, colour, changed)


def test_no_colour_is_written_that_the_law_cannot_read():
    written = CSS.count("#")
    read = sum(m.group(0).count("#") for m in PAIR.finditer(CSS))
    assert read == written
