"""What the two lines of reporting mean for a review: who else is asked, and who answers if nobody holds a function.

The table of accounts holds titles, which a company words as it likes; `role_of` reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import REVIEW_FUNCTIONS, Level, ReportingLine, Role

# A reviewing function, as the reporting table calls it.
FUNCTIONS = {
    "compliance": Role.COMPLIANCE,
    "finance": Role.FINANCE,
    "operations": Role.OPERATIONS,
    "product growth management": Role.GROWTH,
    "product design": Role.DESIGNER,
    "quality assurance": Role.QA,
    "engineering": Role.ARCHITECT,
    "risk": Role.RISK,
    "technical support": Role.SUPPORT,
    "support": Role.SUPPORT,
    "security": Role.SECURITY,
}
# Titles that do not begin with the name of a role.
TITLES = {
    "cpo": Role.CPO,
    "compliance business partner": Role.COMPLIANCE,
    "finance product controller": Role.FINANCE,
    "financial controller": Role.FINANCE,
    "head of operations": Role.OPERATIONS,
    "director of operations": Role.OPERATIONS,
    "head of ux/ui design": Role.DESIGNER,
    "technical product management": Role.TPM,
    "vp of engineering": Role.VP_ENGINEERING,
}
_ORDER = (Level.LINE, Level.TEAM, Level.SUB_TEAM)


@dataclass(frozen=True)
class Reports:
    """One row of the table: a function at a level and its three titles."""

    function: str
    level: str
    responsible: str
    divisional: str
    functional: str

    def titles(self) -> tuple[tuple[str, str], ...]:
        """(how, title) of each that is filled."""
        named = (
            ("is answered for by", self.responsible),
            ("reports in the business to", self.divisional),
            ("reports in its discipline to", self.functional),
        )
        return tuple((how, title) for how, title in named if title)


Table = Mapping[str, Mapping[str, Reports]]


def role_of(title: str) -> str | None:
    """The role a title of the table means, or None for a title nobody holds here."""
    words = " ".join(title.casefold().split())
    if words in TITLES:
        return str(TITLES[words])
    labels = {str(role.label).casefold(): str(role) for role in Role}
    return labels.get(words)


def reporting_table() -> dict[str, dict[str, Reports]]:
    """The table by reviewing function and level. One query."""
    found: dict[str, dict[str, Reports]] = {}
    for row in ReportingLine.objects.all():
        function = FUNCTIONS.get(row.function.casefold())
        if function is not None:
            told = Reports(
                str(function), row.level, row.responsible, row.divisional, row.functional
            )
            found.setdefault(str(function), {})[row.level] = told
    return found


def level_of(rfc: Any) -> str:
    """Where the RFC stands in the organisation: with a team that has engineers, a team, a line."""
    if rfc.owning_team_id is None:
        return str(Level.LINE)
    return str(Level.SUB_TEAM if rfc.owning_team.sub_teams.exists() else Level.TEAM)


def row_for(table: Table, function: str, level: str) -> Reports | None:
    """The row of a function at a level, or at the next wider one that is filled."""
    known = table.get(function, {})
    for each in reversed(_ORDER[: _ORDER.index(Level(level)) + 1]):
        row = known.get(str(each))
        if row is not None and row.titles():
            return row
    return None


def demanded_by_reporting(
    functions: Iterable[str], table: Table, level: str
) -> list[tuple[str, str]]:
    """(function, reason) of reviewing functions that required ones report to."""
    reviewing = {str(role) for role in REVIEW_FUNCTIONS}
    found: list[tuple[str, str]] = []
    for function in functions:
        row = row_for(table, function, level)
        for how, title in row.titles() if row else ():
            role = role_of(title)
            if role in reviewing and role != function:
                label = Role(function).label
                found.append((str(role), f"{label} {how} the {title} (reporting table)."))
    return found


def stand_ins(function: str, table: Table, level: str) -> list[tuple[str, str]]:
    """(role, sentence) of those who answer where nobody holds the function, nearest first."""
    row = row_for(table, function, level)
    label = Role(function).label
    found = []
    for how, title in row.titles() if row else ():
        role = role_of(title)
        if role is not None and role != function:
            found.append((role, f"Nobody holds {label} here; it {how} the {title}."))
    return found
