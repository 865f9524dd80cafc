"""The screens × states grid: which cells are drawn, exempt or holes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing

# The states of models.mockup.ScreenState, in the order of the grid (models stand above this file).
STATES = (
    ("filled", "filled"),
    ("first_use", "first use"),
    ("empty", "empty"),
    ("loading", "loading"),
    ("error", "error"),
    ("offline", "offline"),
    ("slow", "slow"),
    ("refused", "refused"),
    ("long_text", "long text"),
    ("small_phone", "small phone"),
)


def holes(initiative: Any) -> Iterator[Missing]:
    """One sentence per state that some screens lack, in one query."""
    screens = type(initiative)._meta.apps.get_model("initiatives", "Screen").objects
    rows = list(
        screens.filter(mockup_set__initiative=initiative.pk).values_list(
            "name", "files__state", "files__version__pinned_at", "exemptions__state"
        )
    )
    link = initiative.tab_url("design") + "#grid"
    if not rows:
        yield Missing("No screen is named yet.", link=link, mender="the UX designer")
    covered: dict[str, set[str]] = defaultdict(set)
    for name, drawn, pinned_at, exempt in rows:
        covered[name] |= {drawn} if drawn and pinned_at else set()
        covered[name] |= {exempt} if exempt else set()
    for state, label in STATES:
        lacking = [name for name, states in covered.items() if state not in states]
        if lacking:
            yield Missing(
                f"{_screens(lacking)} no “{label}” state: {', '.join(lacking)}.",
                link=link,
                mender="the UX designer",
            )


def _screens(names: list[str]) -> str:
    return "One screen has" if len(names) == 1 else f"{len(names)} screens have"
