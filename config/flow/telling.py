"""What a face was told for a step, as text, turned into the values the doorman expects.

Pages, API, admin and command all come through `take_told`, so that they answer alike.
"""

from collections.abc import Callable, Mapping
from typing import Any

from config.flow.errors import GatesUnmet, WrongState
from config.flow.fsm import Edge, edges
from config.flow.gates import Missing
from config.flow.models import StatefulModel
from config.flow.steps import take

Take = Callable[..., Any]
_ways: dict[type[StatefulModel], Take] = {}


def told_for(subject: StatefulModel, step: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The step's asks, parsed. Raises GatesUnmet with one sentence per text that cannot be read."""
    found = _edge(subject, step)
    told: dict[str, Any] = {}
    wrong: list[tuple[str, str, list[Missing]]] = []
    for ask in found.facts.asks if found else ():
        text = str(given.get(ask.name) or "").strip()
        if text:
            try:
                told[ask.name] = ask.parse(text)
            except ValueError as error:
                wrong.append((ask.name, ask.label, [Missing(str(error))]))
    if wrong:
        raise GatesUnmet(wrong)
    return told


def way(model: type[StatefulModel]) -> Callable[[Take], Take]:
    """Register the app's own action for a model whose steps do more than move.

    The action is called as `action(subject, step, actor=, note=, **told)` by every door.
    """

    def register(action: Take) -> Take:
        _ways[model] = action
        return action

    return register


def take_told(subject: Any, step: str, *, actor: Any, given: Mapping[str, Any]) -> Any:
    """Take a step with what a face was given as text: `note`, the asks, perhaps `flow_version`.

    Goes through the app's own action where one is registered by `way`. Returns the moved row.
    """
    seen = str(given.get("flow_version") or "").strip()
    if seen and seen != str(subject.flow_version):
        raise WrongState(
            f"{subject} moved on while this page was open; look at it as it is now.",
            link=subject.get_absolute_url(),
        )
    told = told_for(subject, step, given)
    note = str(given.get("note") or "")
    action: Take = _ways.get(type(subject), take)
    return action(subject, step, actor=actor, note=note, **told)


def _edge(subject: StatefulModel, step: str) -> Edge | None:
    return next(
        (e for e in edges(type(subject)) if e.step == step and e.source == subject.state), None
    )
