"""Says to the history who acts, wherever an action is called from: page, API, command or import."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pghistory

Said = ParamSpec("Said")
Answer = TypeVar("Answer")


def acting(action: Callable[Said, Answer]) -> Callable[Said, Answer]:
    """History rows of this action carry its `actor`."""

    @wraps(action)
    def known(*args: Said.args, **kwargs: Said.kwargs) -> Answer:
        actor: Any = kwargs.get("actor")
        with pghistory.context(user=getattr(actor, "pk", None)):
            return action(*args, **kwargs)

    return known
