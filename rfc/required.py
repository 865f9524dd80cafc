"""Which functions must review an RFC, and why: a table of rules over source, lines and flags.

Authors may add functions, never remove one that a rule demands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role

FLAGS: dict[str, str | Promise] = {
    "money": _("Moves or holds money"),
    "personal_data": _("Uses personal data"),
    "regulated": _("Touches a regulated activity"),
    "outside_interface": _("Opens an interface to the outside"),
    "new_supplier": _("Needs a new supplier"),
    "prices": _("Changes prices, fees or costs"),
    "user_facing": _("Changes what users see"),
    "operations": _("Changes how operations work"),
}


@dataclass(frozen=True)
class Rule:
    """A function is required when the condition holds; the reason is shown beside it."""

    function: Role
    when: Callable[[Any], bool]
    reason: str


@dataclass(frozen=True)
class Facts:
    """What rules look at. `source` is a slug with underscores, `lines` how many are touched."""

    source: str
    flags: frozenset[str]
    lines: int


def _always(facts: Facts) -> bool:
    return True


def _source(*slugs: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.source in slugs


def _flag(name: str) -> Callable[[Facts], bool]:
    return lambda facts: name in facts.flags


RULES: tuple[Rule, ...] = (
    Rule(Role.ARCHITECT, _always, "Every change of a product is judged by its architect."),
    Rule(Role.COMPLIANCE, _source("compliance"), "The source is compliance."),
    Rule(Role.RISK, _source("compliance"), "The source is compliance."),
    Rule(Role.FINANCE, _source("finance", "growth", "market"), "The case rests on figures."),
    Rule(Role.QA, _source("qa"), "The source is quality assurance."),
    Rule(Role.SUPPORT, _source("customer_service"), "The source is customer service."),
    Rule(Role.FINANCE, _flag("money"), "It moves or holds money."),
    Rule(Role.RISK, _flag("money"), "It moves or holds money."),
    Rule(Role.COMPLIANCE, _flag("personal_data"), "It uses personal data."),
    Rule(Role.SECURITY, _flag("personal_data"), "It uses personal data."),
    Rule(Role.COMPLIANCE, _flag("regulated"), "It touches a regulated activity."),
    Rule(Role.SECURITY, _flag("outside_interface"), "It opens an interface to the outside."),
    Rule(Role.FINANCE, _flag("new_supplier"), "It needs a new supplier."),
    Rule(Role.RISK, _flag("new_supplier"), "It needs a new supplier."),
    Rule(Role.FINANCE, _flag("prices"), "It changes prices, fees or costs."),
    Rule(Role.DESIGNER, _flag("user_facing"), "It changes what users see."),
    Rule(Role.OPERATIONS, _flag("operations"), "It changes how operations work."),
    Rule(Role.OPERATIONS, lambda facts: facts.lines > 1, "It touches more than one line."),
)


def demanded(facts: Facts) -> dict[str, str]:
    """The required functions with the reasons of every rule that asks for them."""
    found: dict[str, list[str]] = {}
    for rule in RULES:
        if rule.when(facts):
            found.setdefault(str(rule.function), []).append(rule.reason)
    return {function: " ".join(dict.fromkeys(reasons)) for function, reasons in found.items()}
