"""Gates: named rules that answer with sentences. What enforces is what explains.

A gate never raises, never writes and costs at most one query. Asked as a boolean it answers
whether nothing is missing; asked for its reasons it yields each missing thing as a sentence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Missing:
    """One missing thing: a whole sentence, where it can be mended (a path) and who can do so.

    `mender` is in words; `role` names the one role that can, where it differs from thing to thing.
    """

    sentence: str
    link: str = ""
    mender: str = ""
    role: str = ""

    def as_json(self) -> dict[str, str]:
        return {"sentence": self.sentence, "link": self.link, "mender": self.mender}


Check = Callable[[Any], Iterator[Missing]]
Fact = Callable[[Any], str]


@dataclass(frozen=True)
class Gate:
    """A rule. `label` is the fact in words once it holds; `fact` says what was seen when it did."""

    name: str
    label: str
    check: Check
    waivable: bool = True
    fact: Fact | None = field(default=None, compare=False)

    def reasons(self, subject: Any) -> list[Missing]:
        """Every missing thing, in the order a person would mend it; empty when the gate holds."""
        return list(self.check(subject))

    def seen(self, subject: Any) -> str:
        """What the gate saw when it held, in a few words, or nothing."""
        return self.fact(subject) if self.fact else ""

    def __call__(self, subject: Any) -> bool:
        cleared: frozenset[str] = subject.__dict__.get("cleared_gates", frozenset())
        return self.name in cleared or not self.reasons(subject)


def gate(label: str, *, waivable: bool = True, fact: Fact | None = None) -> Callable[[Check], Gate]:
    """Make a gate of a generator function; the function's name is the gate's name."""

    def make(check: Check) -> Gate:
        return Gate(name=check.__name__, label=label, check=check, waivable=waivable, fact=fact)

    return make
