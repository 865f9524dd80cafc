"""The permission table: for every address, who gets which status. One file per app beside this.

A table module has `ROWS`, a list of `Row`, and `world(cast)`, which builds what its rows need and
returns it; `kwargs` and `data` of a row may be functions of that world. See docs/testing.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# Stand for "everybody else who is signed in".
OTHERS = ("reader", "requester", "outsider")


@dataclass(frozen=True)
class Row:
    """One address and method. `expect` maps a part of the cast to a status.

    "anonymous" is nobody, "*" stands for `OTHERS` where they are not named themselves.
    """

    name: str
    expect: dict[str, int]
    kwargs: dict[str, Any] | Callable[[Any], dict[str, Any]] = field(default_factory=dict)
    method: str = "get"
    data: dict[str, Any] | Callable[[Any], dict[str, Any]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def parts(self) -> dict[str, int]:
        """Status by part, with "*" written out."""
        everybody = dict.fromkeys(OTHERS, self.expect["*"]) if "*" in self.expect else {}
        named = {part: code for part, code in self.expect.items() if part != "*"}
        return {**everybody, **named}


def of(value: Any, world: Any) -> dict[str, Any]:
    """A row's kwargs or data for this world."""
    return value(world) if callable(value) else value
