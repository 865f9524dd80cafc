"""Scores from a framework's formula. Pure: incomplete is not zero, confidence is earned."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from initiatives.estimates import Estimate
from initiatives.formula import Uncomputable, check, compute, names, read

CONFIDENCE = "confidence"  # the one input nobody types; a share of 1 inside formulas
MOST_INPUTS = 8
CENT = Decimal("0.01")


@dataclass(frozen=True)
class InputSpec:
    """One input of a framework: what it is called, its unit, its bounds or its steps."""

    name: str
    label: str
    unit: str = ""
    help: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[Decimal, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "InputSpec":
        """From the JSON a framework keeps."""
        return cls(
            name=told["name"],
            label=told["label"],
            unit=told.get("unit", ""),
            help=told.get("help", ""),
            low=_decimal(told.get("low")),
            high=_decimal(told.get("high")),
            steps=tuple(Decimal(str(s)) for s in told.get("steps") or ()),
        )

    @property
    def bounds_in_words(self) -> str:
        """As in “0.25, 0.5 or 1”, “1 to 10”, “0 or more”."""
        if self.steps:
            words = [plain(step) for step in self.steps]
            return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
        if self.low is not None and self.high is not None:
            return f"{plain(self.low)} to {plain(self.high)}"
        if self.low is not None:
            return f"{plain(self.low)} or more"
        return f"up to {plain(self.high)}" if self.high is not None else "any number"

    def refusal(self, given: Estimate) -> str:
        """Why this estimate does not fit, in a sentence; empty when it does."""
        if self.steps and given.value not in self.steps:
            return f"“{self.label}” is one of {self.bounds_in_words}; {plain(given.value)} is none."
        under = self.low is not None and given.low < self.low
        over = self.high is not None and given.high > self.high
        if under or over:
            shown = plain(given.low if under else given.high)
            return f"“{self.label}” goes from {self.bounds_in_words}; {shown} lies outside."
        return ""

    def inside(self, given: Estimate) -> Estimate:
        """The estimate with the ends of its range drawn into the bounds."""
        low = given.low if self.low is None else max(given.low, min(self.low, given.value))
        high = given.high if self.high is None else min(given.high, max(self.high, given.value))
        return Estimate(given.value, low, high)


@dataclass(frozen=True)
class Score:
    """A score, or what it lacks. `low` and `high` are its range from the ranges of the inputs.

    `missing` names inputs; `reason` says why there is no result although nothing is missing.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    confidence: Decimal | None
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def complete(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class Framework:
    """A published version of a framework, ready to compute with."""

    name: str
    number: int
    formula: str
    inputs: tuple[InputSpec, ...]

    @property
    def names(self) -> list[str]:
        return [spec.name for spec in self.inputs]

    @property
    def uses_confidence(self) -> bool:
        """Whether the formula asks for what evidence earned."""
        return any(found.name == CONFIDENCE for found in names(read(self.formula)))

    @property
    def _used(self) -> list[str]:
        return [*self.names, CONFIDENCE] if self.uses_confidence else self.names

    def spec(self, name: str) -> InputSpec | None:
        """One input by its name."""
        return next((spec for spec in self.inputs if spec.name == name), None)

    def label(self, name: str) -> str:
        """The label of an input, the confidence included."""
        found = self.spec(name)
        return found.label if found else name.replace("_", " ")

    def check(self) -> None:
        """Refuse a formula that cannot be read or does not fit its inputs (FormulaError)."""
        check(self.formula, self._used)

    def score(self, given: Mapping[str, Any], confidence: Decimal | None = None) -> Score:
        """The score of one estimate per input (objects with value, low, high)."""
        missing = tuple(name for name in self.names if name not in given)
        if self.uses_confidence and confidence is None:
            missing = (*missing, CONFIDENCE)
        if missing:
            return Score(None, None, None, confidence, missing)
        tree = check(self.formula, self._used)
        share = {CONFIDENCE: confidence / 100} if confidence is not None else {}
        middle = {name: given[name].value for name in self.names} | share
        try:
            value = compute(tree, middle)
        except Uncomputable as fault:
            return Score(None, None, None, confidence, (), str(fault))
        try:
            ends = [compute(tree, corner | share) for corner in self._corners(given)]
        except Uncomputable:
            ends = []
        return Score(
            value.quantize(CENT),
            min([*ends, value]).quantize(CENT),
            max([*ends, value]).quantize(CENT),
            confidence,
        )

    def _corners(self, given: Mapping[str, Any]) -> list[dict[str, Decimal]]:
        """Every combination of the ends of the ranges; the extremes of such a formula lie there."""
        ends = [sorted({given[n].low, given[n].value, given[n].high}) for n in self.names]
        outer = [(e[0], e[-1]) if len(e) > 1 else (e[0],) for e in ends]
        return [dict(zip(self.names, corner, strict=True)) for corner in product(*outer)]


def plain(value: Decimal | None) -> str:
    """A number without trailing zeros."""
    return "–" if value is None else f"{value.normalize():f}"


def _decimal(told: Any) -> Decimal | None:
    return None if told in (None, "") else Decimal(str(told))
