"""Numbers and pasted rows as people write them, into decimals and days; errors are whole sentences."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'"))
LIMIT = Decimal(10) ** 14
PLACES = 6
MAX_ROWS = 2000
THOUSAND = 3


def parse_number(text: str) -> Decimal:
    """A decimal from `54.1`, `54,1` or `1 234,5`. Raises ValueError with a sentence."""
    bare = text.strip().replace("\u2212", "-").translate(SPACES)
    shown = text.strip()
    if "," in bare and "." in bare:
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(thousands, "")
    elif bare.count(",") == 1 and _could_be_thousands(bare):
        raise ValueError(_("“%s” can be read in two ways; leave the comma out.") % shown)
    bare = bare.replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError(_("“%s” is not a number.") % shown) from None
    if not value.is_finite():
        raise ValueError(_("“%s” is not a number.") % shown)
    exponent = value.normalize().as_tuple().exponent
    if abs(value) >= LIMIT or (isinstance(exponent, int) and -exponent > PLACES):
        raise ValueError(_("“%s” is too large or too finely written.") % shown)
    return value


def _could_be_thousands(bare: str) -> bool:
    whole, part = bare.split(",")
    return len(part) == THOUSAND and whole.lstrip("-+").strip("0") != ""


@dataclass(frozen=True)
class PastedRow:
    """One good line of a paste."""

    line: int
    day: date
    value: Decimal


def parse_rows(text: str) -> tuple[list[PastedRow], list[str]]:
    """Rows of `date;value`, and one sentence per line that is not one. A head line is skipped."""
    rows: list[PastedRow] = []
    errors: list[str] = []
    seen: dict[date, int] = {}
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for place, (number, line) in enumerate(lines):
        if place == 0 and not any(c.isdecimal() for c in line):
            continue
        try:
            row = _parse_row(number, line)
            if row.day in seen:
                raise ValueError(  # noqa: TRY301 - one place turns every fault into a sentence
                    _("the same date stands in line %d already.") % seen[row.day]
                )
        except ValueError as fault:
            errors.append(_("Line %(n)d: %(fault)s") % {"n": number, "fault": fault})
            continue
        seen[row.day] = number
        rows.append(row)
    if len(rows) > MAX_ROWS:
        errors.append(_("That is more than %d rows; paste them in parts.") % MAX_ROWS)
    if not rows and not errors:
        errors.append(_("There is no row yet. Write one per line, for example 2026-01-31;54.1"))
    return rows, errors


def _parse_row(number: int, line: str) -> PastedRow:
    mark = next((m for m in (";", "\t", ",") if m in line), None)
    if mark is None:
        raise ValueError(_("date and value are separated by a semicolon."))
    day, value = (part.strip().strip('"') for part in line.split(mark, 1))
    value = value.rstrip(";").strip()
    if not value:
        raise ValueError(_("no value; leave the line out, a missing value is not zero."))
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise ValueError(_("“%s” is not a date like 2026-01-31.") % day) from None
    return PastedRow(number, when, parse_number(value))
