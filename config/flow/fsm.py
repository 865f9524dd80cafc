"""The only door to django_fsm: the state field, the edge decorator and the list of edges.

Edges are the lock (they call their gates as booleans); `config.flow.steps` is the doorman.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from config.flow.gates import Gate
from config.flow.permits import Permit

Direction = Literal["forward", "aside", "back"]


class StateField(FSMField):
    """A protected state: assignment raises, only an edge writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, *args: Any, **kwargs: Any) -> None:
        """The models that migrations draw up have no edges; looking for them costs half a minute."""
        if cls.__module__ == "__fake__":
            models.CharField.contribute_to_class(self, cls, name, *args, **kwargs)
        else:
            super().contribute_to_class(cls, name, *args, **kwargs)


@dataclass(frozen=True)
class Ask:
    """Something a step needs to be told. `parse` turns text into a value or raises ValueError.

    `refuse` is given the row and the value, and answers a sentence when they do not fit.
    """

    name: str
    label: str
    kind: Literal["text", "date", "choice"] = "text"
    parse: Callable[[str], Any] = str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refuse: Callable[[Any, Any], str] | None = None


@dataclass(frozen=True)
class EdgeFacts:
    """What an edge declares beside source and target."""

    label: str
    permit: Permit
    gates: tuple[Gate, ...] = ()
    note: bool = False
    asks: tuple[Ask, ...] = ()
    direction: Direction = "forward"


@dataclass(frozen=True)
class Edge:
    """One edge of a lifecycle. `target` is None where the object itself says where it goes."""

    step: str
    method: str
    source: str
    target: str | None
    facts: EdgeFacts


def edge(
    field: Any,
    source: str | list[str],
    target: str | Callable[..., str],
    **facts: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an edge; keyword arguments are those of `EdgeFacts`. May be stacked on one method."""
    declared = EdgeFacts(**facts)
    goal = target if isinstance(target, str) else GET_STATE(target)
    return transition(
        field=field,
        source=source,
        target=goal,
        conditions=list(declared.gates),
        custom={"facts": declared},
    )


def edges(model: type[models.Model]) -> Iterator[Edge]:
    """Every edge of a model, in order of declaration."""
    state = state_field(model)
    for found in state.get_all_transitions(model):
        target = found.target if isinstance(found.target, str) else None
        step = found.name.replace("_", "-")
        yield Edge(step, found.name, found.source, target, found.custom["facts"])


def state_field(model: type[models.Model]) -> Any:
    """The state field of a model that has exactly one."""
    return next(f for f in model._meta.get_fields() if isinstance(f, StateField))
