"""Estimates as people type them: "5", "3–8", "5 (3–8)" or "5 ±20%". Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"(-?\d{1,11}(?:[.,]\d{1,2})?)"
DASH = r"\s*(?:-|–|—|\.\.|…|to)\s*"
_ONE = re.compile(rf"^{NUMBER}$")
_SPAN = re.compile(rf"^{NUMBER}{DASH}{NUMBER}$")
_BOTH = re.compile(rf"^{NUMBER}\s*[(\[]\s*{NUMBER}{DASH}{NUMBER}\s*[)\]]$")
_ABOUT = re.compile(rf"^{NUMBER}\s*(?:±|\+/?-)\s*(\d{{1,3}})\s*%$")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Estimate:
    """A value inside its range."""

    value: Decimal
    low: Decimal
    high: Decimal

    @property
    def typed(self) -> str:
        """The estimate as somebody would type it."""
        plain = _plain(self.value)
        if self.low == self.value == self.high:
            return plain
        return f"{plain} ({_plain(self.low)}–{_plain(self.high)})"


def read_estimate(text: str) -> Estimate | None:
    """The estimate, or None for an empty field or "?". Raises ValueError with a sentence."""
    told = text.replace("\u202f", "").replace("\u00a0", " ").strip()
    if told in ("", "?"):
        return None
    if found := _ONE.match(told):
        value = _decimal(found[1])
        return Estimate(value, value, value)
    if found := _BOTH.match(told):
        value, low, high = (_decimal(found[n]) for n in (1, 2, 3))
    elif found := _SPAN.match(told):
        low, high = _decimal(found[1]), _decimal(found[2])
        value = ((low + high) / 2).quantize(CENT)
    elif found := _ABOUT.match(told):
        return around(_decimal(found[1]), 100 - int(found[2]))
    else:
        msg = f"“{text.strip()[:40]}” is no estimate; write 5, 3–8, 5 (3–8) or 5 ±20 %."
        raise ValueError(msg)
    if not low <= value <= high:
        msg = f"“{text.strip()[:40]}”: the value must lie inside its range, lower end first."
        raise ValueError(msg)
    return Estimate(value, low, high)


def around(value: Decimal, percent_sure: int) -> Estimate:
    """The range of a value one is so sure of: 80 percent sure is ±20 percent."""
    doubt = abs(value) * Decimal(max(0, 100 - percent_sure)) / 100
    return Estimate(value, (value - doubt).quantize(CENT), (value + doubt).quantize(CENT))


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
