"""The gates of acceptance: satisfied, and one case per reason."""

from initiatives.actions.request import edit_initiative
from initiatives.gates import triage
from tests.factories.initiatives import proposed, triaged


def sentences(gate, initiative):
    return [missing.sentence for missing in gate.reasons(initiative)]


def test_owned_when_somebody_owns_it(cast):
    assert sentences(triage.owned, triaged(cast)) == []


def test_owned_without_owner(cast):
    assert sentences(triage.owned, proposed(cast)) == [
        "Nobody owns this yet; name the product manager who answers for it."
    ]


def test_line_named_when_it_has_a_line(cast):
    assert sentences(triage.line_named, proposed(cast)) == []


def test_line_named_without_line(cast):
    assert sentences(triage.line_named, proposed(cast, line=None)) == [
        "No business line is named; choose the line that leads it."
    ]


def test_source_fields_complete_when_the_source_asks_nothing(cast):
    assert sentences(triage.source_fields_complete, proposed(cast)) == []


def test_source_fields_complete_names_each_open_question(cast):
    made = proposed(cast, source_slug="compliance", source_fields={"authority": "Central bank"})
    assert sentences(triage.source_fields_complete, made) == [
        "“Text of the rule” is not answered; Compliance requests need it.",
        "“Legal deadline” is not answered; Compliance requests need it.",
    ]


def test_source_fields_complete_after_the_edit(cast):
    made = proposed(cast, source_slug="finance")
    answers = {"calculation": "12 × 4 000 €", "period": "2026"}
    made = edit_initiative(
        initiative=made, actor=cast.requester, seen_version=1, source_fields=answers
    )
    assert sentences(triage.source_fields_complete, made) == []


def test_duplicates_checked_when_somebody_looked(cast):
    assert sentences(triage.duplicates_checked, triaged(cast)) == []


def test_duplicates_checked_when_nobody_looked(cast):
    assert sentences(triage.duplicates_checked, proposed(cast)) == [
        "Nobody has looked at the likely duplicates yet; confirm that this is a new one."
    ]


def test_a_legal_deadline_becomes_the_deadline(cast):
    made = proposed(cast, source_slug="compliance", source_fields={"legal_deadline": "2199-05-01"})
    assert made.deadline_date.isoformat() == "2199-05-01"
