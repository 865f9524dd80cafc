"""Which tables the gates of initiatives read, and which initiatives a changed row concerns.

The database writes a doubt for each of them, in the transaction of the change and through whatever
door it came. A gate that reads a further table gets a line here and a migration that calls
`install` anew; `tests/initiatives/test_gate_summary.py` finds the ones forgotten.
"""

from typing import Any

FUNCTION = """
CREATE OR REPLACE FUNCTION initiatives_doubt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'INSERT INTO initiatives_gatedoubt (initiative) SELECT DISTINCT its FROM ('
    || TG_ARGV[0] || ') found (its) WHERE its IS NOT NULL';
  RETURN NULL;
END $$
"""
OWN = "SELECT c.initiative_id FROM changed c"
OF_TICKET = "SELECT t.initiative_id FROM changed c JOIN initiatives_ticket t ON t.id = c.ticket_id"
OF_SET = "SELECT s.initiative_id FROM changed c JOIN initiatives_mockupset s ON s.id = {}"
OF_VERSION = (
    "SELECT s.initiative_id FROM changed c JOIN initiatives_mockupversion v ON v.id = c.version_id"
    " JOIN initiatives_mockupset s ON s.id = v.mockup_set_id"
)
OF_RFC = "SELECT r.initiative_id FROM changed c JOIN rfc_rfc r ON r.id = c.rfc_id"
OF_KPI = "SELECT p.initiative_id FROM changed c JOIN initiatives_kpipromise p ON p.kpi_id = {}"
# Table → the initiatives of its changed rows.
READ = {
    "initiatives_initiative": "SELECT c.id FROM changed c",
    "initiatives_acceptancecriterion": OF_TICKET,
    "initiatives_deepdive": OWN,
    "initiatives_designcomment": OF_VERSION,
    "initiatives_evidence": OWN,
    "initiatives_hypothesis": OWN,
    "initiatives_initiativeline": OWN,
    "initiatives_initiativewaiver": OWN,
    "initiatives_jiraitem": OWN,
    "initiatives_kpipromise": OWN,
    "initiatives_linecondition": (
        "SELECT s.initiative_id FROM changed c"
        " JOIN initiatives_initiativeline s ON s.id = c.share_id"
    ),
    "initiatives_linedisclaimer": OWN,
    "initiatives_mockupfile": OF_VERSION,
    "initiatives_mockupset": OWN,
    "initiatives_mockupversion": OF_SET.format("c.mockup_set_id"),
    "initiatives_ranking": (
        "SELECT e.initiative_id FROM changed c"
        " JOIN initiatives_rankingentry e ON e.ranking_id = c.id"
    ),
    "initiatives_rankingentry": OWN,
    "initiatives_referral": OWN,
    "initiatives_screen": OF_SET.format("c.mockup_set_id"),
    "initiatives_screenexemption": (
        "SELECT s.initiative_id FROM changed c JOIN initiatives_screen n ON n.id = c.screen_id"
        " JOIN initiatives_mockupset s ON s.id = n.mockup_set_id"
    ),
    "initiatives_signoff": OWN,
    "initiatives_source": (
        "SELECT i.id FROM changed c JOIN initiatives_initiative i ON i.source_id = c.id"
    ),
    "initiatives_sprint": (
        "SELECT t.initiative_id FROM changed c JOIN initiatives_ticket t ON t.sprint_id = c.id"
    ),
    "initiatives_study": OF_VERSION,
    "initiatives_subtask": OF_TICKET,
    "initiatives_testcase": OF_TICKET,
    "initiatives_ticket": OWN,
    "initiatives_validationverdict": OWN,
    "accounts_team": (
        "SELECT i.id FROM changed c JOIN initiatives_initiative i ON i.team_id = c.id"
        " UNION SELECT t.initiative_id FROM changed c JOIN initiatives_ticket t ON t.team_id = c.id"
    ),
    "kpis_kpi": OF_KPI.format("c.id"),
    "kpis_target": OF_KPI.format("c.kpi_id"),
    "rfc_position": OF_RFC,
    "rfc_requiredfunction": OF_RFC,
    "rfc_revision": OF_RFC,
    "rfc_rfc": OWN,
}
# Rows of these are written often for reasons no gate sees: which of their columns count.
COUNT = {
    "initiatives_initiative": (
        "phase", "state_entered_at", "source_id", "source_fields", "owner_id", "line_id", "team_id",
        "designer_id", "tpm_id", "requester_id",
        "duplicates_checked_at", "no_design_reason", "no_design_agreed_by_id",
    ),
    "initiatives_jiraitem": (
        "ticket_id", "sync", "status_category", "wanted", "done", "key", "connection_id",
    ),
    "initiatives_ranking": ("phase", "line_id"),
    "initiatives_source": ("rule", "fields"),
    "accounts_team": ("line_id", "name"),
    "kpis_kpi": ("line_id", "name"),
}  # fmt: skip
KINDS = {
    "insert": "NEW TABLE AS changed",
    "update": "NEW TABLE AS changed OLD TABLE AS former",
    "delete": "OLD TABLE AS changed",
}


def install(_apps: Any, schema_editor: Any) -> None:
    """Every trigger anew; for `migrations.RunPython`."""
    schema_editor.execute(FUNCTION, params=None)
    for table, found in READ.items():
        for kind, rows in KINDS.items():
            name = f"initiatives_doubt_{kind}"
            told = _differing(table, found) if kind == "update" else found
            for sql in (
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} AFTER {kind} ON {table} REFERENCING {rows}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION initiatives_doubt('{told}')",
            ):
                schema_editor.execute(sql, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    """No trigger is left."""
    schema_editor.execute("DROP FUNCTION IF EXISTS initiatives_doubt() CASCADE", params=None)


def doubt_all(_apps: Any, schema_editor: Any) -> None:
    """Everything is in doubt: an installation that is upgraded has no summaries yet."""
    schema_editor.execute(
        "INSERT INTO initiatives_gatedoubt (initiative) SELECT id FROM initiatives_initiative"
        " WHERE phase NOT IN ('closed', 'declined', 'duplicate', 'parked') ORDER BY id",
        params=None,
    )


def _differing(table: str, found: str) -> str:
    """The same for rows that an update really changed, where they came from included."""
    columns = COUNT.get(table)
    if columns:
        new, old = ("(" + ", ".join(f"{row}.{c}" for c in columns) + ")" for row in "nf")
        differs = f"{new} IS DISTINCT FROM {old}"
    else:
        differs = "n IS DISTINCT FROM f"
    pairs = f"changed n JOIN former f ON f.id = n.id WHERE {differs}"
    here = found.replace("changed c", f"(SELECT n.* FROM {pairs}) c")  # noqa: S608
    before = found.replace("changed c", f"(SELECT f.* FROM {pairs}) c")  # noqa: S608
    return f"{here} UNION {before}"
