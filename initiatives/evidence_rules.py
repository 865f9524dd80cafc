"""What evidence each source owes, and how strong one item is. Pure: no query, no write."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

Strength = Literal["measured", "reported", "assumed"]

# Rule → questions of the source that it wants answered.
ASKS: dict[str, tuple[str, ...]] = {
    "compliance": ("rule_text", "authority", "legal_deadline"),
    "debt": ("cost_of_delay", "affected_services"),
    "qa": ("reproduction", "affected_users", "severity"),
    "finance": ("calculation", "period"),
}
_DATA_METHODS = {"data", "experiment", "survey", "incident"}


def strength(item: Any) -> Strength:
    """Measured: counted, with a sample and an origin. Reported: said by someone. Else assumed."""
    if item.kind == "quantitative" and item.sample and item.method in _DATA_METHODS:
        return "measured"
    if item.sample or item.quote or item.method == "regulation":
        return "reported"
    return "assumed"


def unmet_evidence(initiative: Any, live: Iterable[Any], shelf: date) -> Iterator[str]:
    """Sentences about evidence still owed. `live` are items not archived, `shelf` the oldest day."""
    rule = _RULES[initiative.source.rule]
    yield from rule(initiative, list(live), shelf)


def validation_lapsed(live: Iterable[Any], shelf: date) -> bool:
    """Whether there was evidence and all of it is past its shelf life."""
    items = list(live)
    return bool(items) and all(item.collected_date < shelf for item in items)


def _customer(_: Any, live: list[Any], shelf: date) -> Iterator[str]:
    for kind, example in (
        ("quantitative", "a survey or data"),
        ("qualitative", "an interview"),
    ):
        items = [e for e in live if e.kind == kind and e.from_customers]
        if not items:
            yield f"There is no {kind} evidence from real customers yet, such as {example}."
        elif all(e.collected_date < shelf for e in items):
            yield (
                f"Validation lapsed: the newest {kind} evidence from customers is from "
                f"{max(e.collected_date for e in items):%-d %B %Y}; collect some again."
            )


def _compliance(initiative: Any, _: list[Any], __: date) -> Iterator[str]:
    yield from _answered(initiative, ASKS["compliance"])


def _debt(initiative: Any, live: list[Any], _: date) -> Iterator[str]:
    yield from _answered(initiative, ASKS["debt"])
    if not any(e.method in {"data", "incident"} for e in live):
        yield "There is no evidence from production or delivery metrics yet."


def _qa(initiative: Any, _: list[Any], __: date) -> Iterator[str]:
    yield from _answered(initiative, ASKS["qa"])


def _finance(initiative: Any, live: list[Any], _: date) -> Iterator[str]:
    yield from _answered(initiative, ASKS["finance"])
    if not any(e.kind == "quantitative" for e in live):
        yield "There is no calculation with its inputs among the evidence yet."


def _answered(initiative: Any, names: tuple[str, ...]) -> Iterator[str]:
    labels = {f["name"]: f["label"] for f in initiative.source.fields}
    for name in names:
        if not str(initiative.source_fields.get(name, "")).strip():
            label = labels.get(name, name.replace("_", " ").capitalize())
            yield f"“{label}” is not answered; the rule of its source asks for it."


_RULES = {
    "customer": _customer,
    "compliance": _compliance,
    "debt": _debt,
    "qa": _qa,
    "finance": _finance,
}
