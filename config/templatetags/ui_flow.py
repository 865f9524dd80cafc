"""The steps panel and the sortable list: components that post, so they carry the form's token."""

from collections.abc import Iterable
from typing import Any

from django.template import Context, Library
from django.utils.text import capfirst

register = Library()


@register.inclusion_tag("_flow/_panel.html", takes_context=True)
def flow_panel(
    context: Context,
    steps: Iterable[Any],
    base_url: str = "",
    can_waive: bool = False,
    version: int | None = None,
    told: Any = None,
) -> dict[str, Any]:
    """Every step from here: what it asks, who takes it, the form that takes it."""
    steps = list(steps)
    return {
        "steps": [s for s in steps if _forward(s)],
        "others": [s for s in steps if not _forward(s)],
        "base_url": base_url.rstrip("/"),
        "can_waive": can_waive,
        "version": version,
        "told": told,
    }


def _forward(step: Any) -> bool:
    return getattr(step, "direction", "forward") == "forward"


@register.inclusion_tag("_ui/_sortable.html", takes_context=True)
def sortable(
    context: Context,
    rows: Iterable[Any],
    action: str = "",
    action_label: str = "",
    version: int | None = None,
) -> dict[str, Any]:
    """An order people change by dragging, by Alt and arrow keys, or by typing a position."""
    return {"rows": rows, "action": action, "action_label": action_label, "version": version}


@register.filter
def step_words(step: str) -> str:
    """A step's slug as words: `start-deep-dive` reads Start deep dive."""
    return capfirst(str(step).replace("-", " ").replace("_", " "))
