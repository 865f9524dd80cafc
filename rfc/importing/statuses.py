"""Which of our states a foreign status means. The table is the decision; see the ADR."""

import re

KEP = {
    "provisional": "in_review",
    "implementable": "accepted",
    "implemented": "implemented",
    "deferred": "expired",
    "rejected": "declined",
    "withdrawn": "withdrawn",
    "replaced": "superseded",
    "superseded": "superseded",
}

GENERAL = {
    "draft": "draft",
    "wip": "draft",
    "work in progress": "draft",
    "new": "draft",
    "proposed": "in_review",
    "in review": "in_review",
    "review": "in_review",
    "under review": "in_review",
    "open": "in_review",
    "final comment period": "in_review",
    "accepted": "accepted",
    "approved": "accepted",
    "merged": "accepted",
    "active": "accepted",
    "implemented": "implemented",
    "done": "implemented",
    "shipped": "implemented",
    "rejected": "declined",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "abandoned": "withdrawn",
    "cancelled": "withdrawn",
    "superseded": "superseded",
    "replaced": "superseded",
    "obsoleted": "superseded",
    "deferred": "expired",
    "postponed": "expired",
    "expired": "expired",
    "stale": "expired",
}

STATES = frozenset(GENERAL.values())
_REMARK = re.compile(r"^(.*?)\s*\((.*)\)$")


def read_status(raw: str, table: dict[str, str], default: str) -> tuple[str, list[str]]:
    """Our state and the sentences about what had to be decided. Unknown words decide nothing."""
    word = " ".join(raw.lower().replace("_", " ").replace("-", " ").split())
    if not word:
        return default, [f"No status is given; it is imported as {_spoken(default)}."]
    notes: list[str] = []
    if word not in table and (remark := _REMARK.match(word)):
        word = remark[1]
        notes.append(f"The status has a remark that is not kept: {remark[2]}.")
    if word in table:
        return table[word], notes
    return default, [
        f"The status \u201c{raw[:80]}\u201d is not known; it is imported as {_spoken(default)}."
    ]


def settled(status: str, *, successor_known: bool) -> tuple[str, str]:
    """Superseded needs a successor that was imported too; without one it is withdrawn."""
    if status != "superseded" or successor_known:
        return status, ""
    return "withdrawn", (
        "It says that it was replaced, but by nothing that was imported; it is kept as withdrawn."
    )


def _spoken(state: str) -> str:
    return state.replace("_", " ")
