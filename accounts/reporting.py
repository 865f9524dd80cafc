"""The reporting lines Gateline ships with. Data, not rules; an administrator changes them.

Each entry: function, then responsible / divisional / functional per level. An empty text is open.
"""

from accounts.models import Level, ReportingLine

LINE, TEAM, SUB_TEAM = Level.LINE, Level.TEAM, Level.SUB_TEAM
BL, PM = "business leader", "product manager"
Row = tuple[str, str, str]

SHIPPED: tuple[tuple[str, dict[Level, Row]], ...] = (
    ("overall leadership", {LINE: (BL, "CPO", "CPO"), TEAM: (PM, BL, BL)}),
    ("product management", {LINE: (BL, BL, "CPO"), TEAM: (PM, BL, BL)}),
    (
        "technical product management",
        {
            LINE: ("program manager", BL, "SVP TPM"),
            TEAM: ("director of TPM", PM, "program manager"),
            SUB_TEAM: ("technical product manager", "director of TPM", "director of TPM"),
        },
    ),
    (
        "quality assurance",
        {
            LINE: ("program manager", BL, "SVP TPM"),
            TEAM: ("director of TPM", PM, "program manager"),
            SUB_TEAM: (
                "engineering architect",
                "technical product management",
                "director of TPM",
            ),
        },
    ),
    (
        "engineering",
        {
            LINE: ("VP of engineering", BL, "CTO"),
            TEAM: ("director of engineering", PM, "VP of engineering"),
            SUB_TEAM: (
                "engineering architect",
                "technical product management",
                "director of engineering",
            ),
        },
    ),
    ("product design", {LINE: (BL, BL, "head of UX/UI design"), TEAM: (PM, PM, "")}),
    ("product growth management", {LINE: ("CCO", BL, "CCO"), TEAM: ("", BL, "")}),
    (
        "operations",
        {
            LINE: ("head of operations", BL, BL),
            TEAM: ("director of operations", PM, "head of operations"),
        },
    ),
    (
        "compliance",
        {
            LINE: ("compliance business partner", BL, "CCO"),
            TEAM: ("compliance business partner", BL, ""),
        },
    ),
    (
        "finance",
        {LINE: ("finance product controller", BL, "financial controller"), TEAM: ("", "", "")},
    ),
)


def ship_reporting_lines() -> int:
    """Write the rows that are missing; answers how many. What is there stays as it is."""
    rows = [
        ReportingLine(
            function=function,
            level=level,
            responsible=responsible,
            divisional=divisional,
            functional=functional,
            ordinal=ordinal,
        )
        for ordinal, (function, levels) in enumerate(SHIPPED, start=1)
        for level, (responsible, divisional, functional) in levels.items()
    ]
    before = ReportingLine.objects.count()
    ReportingLine.objects.bulk_create(rows, ignore_conflicts=True)
    return ReportingLine.objects.count() - before
