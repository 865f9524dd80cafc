"""How values of a KPI are written for people: digits as measured, thin thousands, unit. Pure."""

from decimal import Decimal

from config.web.words import SPACE, THIN, UNKNOWN

BEFORE = frozenset("€$£¥₦₹")
ROUND = Decimal("0.01")
LARGE = Decimal(10_000)


def plain(value: Decimal) -> str:
    """A value without trailing zeros and without exponent, for files and forms."""
    short = value.normalize()
    return f"{short:f}" if short != 0 else "0"


def number(value: Decimal | None) -> str:
    """A value for reading: two decimals at most (none when large), thin thousands; unknown a dash."""
    if value is None:
        return UNKNOWN
    rounded = Decimal(value).quantize(Decimal(1) if abs(value) >= LARGE else ROUND)
    whole, _dot, part = plain(abs(rounded)).partition(".")
    sign = "\u2212" if rounded < 0 else ""
    grouped = f"{int(whole):,}".replace(",", THIN)
    return f"{sign}{grouped}.{part}" if part else f"{sign}{grouped}"


def measure(value: Decimal | None, unit: str) -> str:
    """A value with its unit: `54.1 %`, `€ 41 000`; unknown is a dash without a unit."""
    if value is None or not unit:
        return number(value)
    if unit in BEFORE:
        return f"{unit}{SPACE}{number(value)}"
    return f"{number(value)}{SPACE}{unit}"


def span(low: Decimal, high: Decimal, unit: str) -> str:
    """A range with its unit once: `57-63 %`."""
    if low == high:
        return measure(low, unit)
    if unit in BEFORE:
        return f"{unit}{SPACE}{number(low)}–{number(high)}"
    return f"{number(low)}–{measure(high, unit)}"
