"""The sources Gateline ships with and what each of them is asked. Data; administrators add more.

The names of the questions are those that `initiatives.evidence_rules` asks for.
"""

from typing import Any


def _ask(name: str, label: str, kind: str = "text", help: str = "") -> dict[str, str]:  # noqa: A002
    return {"name": name, "label": label, "kind": kind, "help": help}


SHIPPED: tuple[dict[str, Any], ...] = (
    {"slug": "growth", "name": "Growth", "icon": "sprout", "rule": "customer", "fields": []},
    {
        "slug": "compliance",
        "name": "Compliance",
        "icon": "scale",
        "rule": "compliance",
        "mandatory_lane": True,
        "fields": [
            _ask("rule_text", "Text of the rule", "long", "The passage that obliges us."),
            _ask("authority", "Authority", help="Who issued it and who checks it."),
            _ask("legal_deadline", "Legal deadline", "date"),
        ],
    },
    {
        "slug": "technical-debt",
        "name": "Technical debt",
        "icon": "wrench",
        "rule": "debt",
        "fields": [
            _ask("cost_of_delay", "Cost of delay", "long", "What each week of waiting costs."),
            _ask("affected_services", "Affected services", help="Names, separated by commas."),
        ],
    },
    {
        "slug": "finance",
        "name": "Finance",
        "icon": "landmark",
        "rule": "finance",
        "fields": [
            _ask("calculation", "Calculation with its inputs", "long"),
            _ask("period", "Period", help="The months or the year it is about."),
        ],
    },
    {
        "slug": "qa",
        "name": "Quality assurance",
        "icon": "bug",
        "rule": "qa",
        "fields": [
            _ask("reproduction", "How to reproduce it", "long", "Step by step, from the start."),
            _ask("affected_users", "Affected users", help="Who, and how many."),
            _ask("severity", "Severity", help="What it stops people from doing."),
        ],
    },
    {
        "slug": "customer-service",
        "name": "Customer service",
        "icon": "headset",
        "rule": "customer",
        "fields": [],
    },
    {
        "slug": "market",
        "name": "Market and competition",
        "icon": "telescope",
        "rule": "customer",
        "fields": [],
    },
    {"slug": "others", "name": "Others", "icon": "circle-dot", "rule": "customer", "fields": []},
)
