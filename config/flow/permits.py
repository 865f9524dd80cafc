"""Permits: who may, as predicates of (person, object). What must hold is the gates' business."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Holds = Callable[[Any, Any], bool]
Who = Callable[[Any], list[str]]
Capacity = Callable[[Any, Any], str]


@dataclass(frozen=True)
class Permit:
    """A predicate with words. `label` completes the sentence "This step belongs to …"."""

    name: str
    label: str
    holds: Holds
    names: Who | None = None
    system: bool = False
    capacity: Capacity | None = None

    def __call__(self, actor: Any, subject: Any) -> bool:
        """True when the actor may; the system itself (no actor) only where declared."""
        if actor is None:
            return self.system
        return bool(actor.is_active) and self.holds(actor, subject)

    def who(self, subject: Any) -> list[str]:
        """Display names of the people who may, as far as they are known."""
        return self.names(subject) if self.names else []

    def in_place_of(self, actor: Any, subject: Any) -> str:
        """“for Ada Quill” when the actor may only in somebody's place, as the record keeps it."""
        return self.capacity(actor, subject) if self.capacity and actor is not None else ""


def permit(
    label: str,
    *,
    names: Who | None = None,
    system: bool = False,
    capacity: Capacity | None = None,
) -> Callable[[Holds], Permit]:
    """Make a permit of a predicate `(actor, subject) -> bool`; its name is the permit's name."""

    def make(holds: Holds) -> Permit:
        return Permit(holds.__name__, label, holds, names, system, capacity)

    return make
