"""The frameworks Gateline ships with, as data: formula, inputs with unit, bounds and help."""

from typing import Any

EFFORT = {
    "name": "effort",
    "label": "Effort",
    "unit": "person-weeks",
    "help": "Everybody's work until it is released, added up.",
    "low": "0.1",
    "high": None,
}
FIBONACCI = ["1", "2", "3", "5", "8", "13", "20"]


def _relative(name: str, label: str, said: str) -> dict[str, Any]:
    return {"name": name, "label": label, "unit": "", "help": said, "steps": FIBONACCI}


def _ten(name: str, label: str, said: str) -> dict[str, Any]:
    return {"name": name, "label": label, "unit": "of 10", "help": said, "low": "1", "high": "10"}


SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "slug": "rice",
        "name": "RICE",
        "description": "How many people it reaches, how much it does for each, how sure the evidence "
        "makes us, for how much work.",
        "formula": "reach * impact * confidence / effort",
        "across": "effort",
        "up": "impact",
        "inputs": [
            {
                "name": "reach",
                "label": "Reach",
                "unit": "people per quarter",
                "help": "Counted, not hoped: how many will meet it within a quarter.",
                "low": "0",
                "high": None,
            },
            {
                "name": "impact",
                "label": "Impact",
                "unit": "each",
                "help": "3 massive, 2 high, 1 medium, 0.5 low, 0.25 hardly any.",
                "low": "0",
                "high": "3",
            },
            EFFORT,
        ],
    },
    {
        "slug": "ice",
        "name": "ICE",
        "description": "Impact and ease on a scale of ten, times what the evidence earned.",
        "formula": "impact * confidence * 10 * ease",
        "across": "ease",
        "up": "impact",
        "inputs": [
            _ten("impact", "Impact", "10 changes the company, 1 hardly shows."),
            _ten("ease", "Ease", "10 is done in days, 1 takes most of a year."),
        ],
    },
    {
        "slug": "wsjf",
        "name": "WSJF",
        "description": "Cost of delay ÷ size, each relative to the smallest of the set.",
        "formula": "(value + urgency + risk) / size",
        "across": "size",
        "up": "value",
        "inputs": [
            _relative("value", "Value", "For customers and for the business, relative to the set."),
            _relative("urgency", "Urgency", "What is lost by waiting a quarter."),
            _relative("risk", "Risk or chance", "Risk it removes, or doors it opens."),
            _relative("size", "Size", "How much work, relative to the smallest of the set."),
        ],
    },
    {
        "slug": "kpi-weighted",
        "name": "KPI-weighted",
        "description": "The share of the KPI's gap it is expected to close, times what the evidence "
        "earned, for the work.",
        "formula": "gap_share * confidence / effort",
        "across": "effort",
        "up": "gap_share",
        "inputs": [
            {
                "name": "gap_share",
                "label": "Share of the KPI gap closed",
                "unit": "%",
                "help": "Of the way from the baseline to the committed target, how much this does.",
                "low": "0",
                "high": "200",
            },
            EFFORT,
        ],
    },
)
