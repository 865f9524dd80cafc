"""The complete table of compare-and-decide, and what leaves as an edit."""

from decimal import Decimal
from itertools import product

import pytest

from initiatives.jira import compare, mapping
from initiatives.jira.catalogue import Catalogue, Field, IssueType, Level
from initiatives.jira.compare import Act, Owner, Rule, Synced
from initiatives.jira.mapping import DesiredIssue, Name, Rules
from initiatives.jira.text import Criterion

# desired changed, Jira changed, both agree -> act, by owner and rule
TABLE = {
    (False, False, False): dict.fromkeys(product(Owner, Rule), Act.NOTHING),
    (True, False, False): dict.fromkeys(product(Owner, Rule), Act.SEND),
    (False, True, False): {
        (Owner.GATELINE, Rule.ASK): Act.DRIFT,
        (Owner.GATELINE, Rule.OURS): Act.SEND,
        (Owner.GATELINE, Rule.THEIRS): Act.TAKE_IN,
        **{(Owner.JIRA, rule): Act.TAKE_IN for rule in Rule},
    },
    (True, True, False): {
        (Owner.GATELINE, Rule.ASK): Act.CONFLICT,
        (Owner.GATELINE, Rule.OURS): Act.SEND,
        (Owner.GATELINE, Rule.THEIRS): Act.TAKE_IN,
        **{(Owner.JIRA, rule): Act.TAKE_IN for rule in Rule},
    },
    (False, True, True): dict.fromkeys(product(Owner, Rule), Act.NOTE),
    (True, True, True): dict.fromkeys(product(Owner, Rule), Act.NOTE),
}
ROWS = [(case, *who, act) for case, acts in TABLE.items() for who, act in acts.items()]


@pytest.mark.parametrize(("case", "owner", "rule", "expected"), ROWS)
def test_decide_follows_the_table(case, owner, rule, expected):
    here, there, agree = case
    act = compare.decide(
        desired="d2" if here else "d1",
        synced=Synced(source="d1", read_back="s1"),
        seen="s2" if there else "s1",
        rendered="s2" if agree else "s3",
        owner=owner,
        rule=rule,
    )
    assert act is expected


def test_the_table_is_complete():
    assert len(ROWS) == 6 * len(Owner) * len(Rule)


def test_a_field_that_was_not_read_counts_as_unchanged():
    synced = Synced("d1", "s1")
    assert compare.decide(desired="d1", synced=synced, seen=None) is Act.NOTHING
    assert compare.decide(desired="d2", synced=synced, seen=None) is Act.SEND


def test_status_is_only_ever_taken_in():
    synced = {Name.STATUS: Synced(read_back="todo")}
    acts = compare.compare(desired={}, synced=synced, seen={Name.STATUS: "done"})
    assert acts == {Name.STATUS: Act.TAKE_IN}
    acts = compare.compare(desired={}, synced=synced, seen={Name.STATUS: "todo"})
    assert acts == {Name.STATUS: Act.NOTHING}


CATALOGUE = Catalogue(
    project_id="1",
    project_key="GATE",
    project_name="Gate",
    types=(
        IssueType(
            "10",
            "Epic",
            1,
            (
                Field("summary", "Summary", required=True),
                Field("description", "D"),
                Field("labels", "L"),
            ),
        ),
        IssueType(
            "11",
            "Story",
            0,
            (
                Field("summary", "Summary", required=True),
                Field("description", "Description"),
                Field("labels", "Labels"),
                Field("parent", "Parent"),
                Field("customfield_1", "Story Points", type="number"),
                Field("customfield_9", "Team", required=True),
            ),
        ),
        IssueType(
            "12", "Sub-task", -1, (Field("summary", "Summary"), Field("parent", "P", required=True))
        ),
    ),
    board=5,
    board_points="customfield_1",
)
RULES = mapping.default_rules(CATALOGUE)


def story(**more):
    said = {"marker": "gateline-m1", "subject": "ticket:1", "level": Level.STANDARD, "summary": "S"}
    return DesiredIssue(**{**said, **more})


def test_default_rules_name_a_type_for_each_level():
    assert RULES.types == {1: "10", 0: "11", -1: "12"}


def test_compose_makes_a_create_and_says_what_stops_it():
    made = mapping.compose(
        story(points=Decimal(3), labels=("big team",)), CATALOGUE, RULES, parent_id="77"
    )
    assert made.fields["labels"] == ["gateline-m1", "big-team"]
    assert made.fields["customfield_1"] == 3.0
    assert made.fields["parent"] == {"id": "77"}
    assert made.fields["issuetype"] == {"id": "11"}
    assert made.properties["gateline"]["local"] == "ticket:1"
    assert made.refusals == ("Jira insists on “Team” for Story, and nothing fills it.",)
    assert made.warnings == ()


def test_what_the_screen_lacks_is_a_warning_and_is_left_out():
    made = mapping.compose(
        story(level=Level.SUBTASK, points=Decimal(1)), CATALOGUE, RULES, parent_id="7"
    )
    assert set(made.fields) == {"project", "issuetype", "summary", "parent"}
    assert "description is not on the screen of Sub-task and is left out." in made.warnings
    assert any("set through the board" in each for each in made.warnings)
    assert mapping.needs_estimate(
        story(level=Level.SUBTASK, points=Decimal(1)), CATALOGUE, CATALOGUE.type("12")
    )


def test_a_level_without_a_type_is_a_refusal():
    made = mapping.compose(story(), CATALOGUE, Rules())
    assert made.refusals == (
        "The connection names no issue type for a story. Choose one on its page.",
    )


def test_only_changed_fields_are_edited_and_foreign_labels_are_not_touched():
    fields, update = mapping.edit_body(
        story(labels=("new",)),
        {Name.SUMMARY, Name.LABELS},
        CATALOGUE,
        RULES,
        synced_labels=("gateline-m1", "old"),
    )
    assert fields == {"summary": "S"}
    assert update == {"labels": [{"add": "new"}, {"remove": "old"}]}


def test_reading_back_ignores_foreign_labels_and_local_ids():
    desired = story(criteria=(Criterion("One"),))
    sent = mapping.compose(desired, CATALOGUE, RULES).fields
    other_ids = mapping.compose(
        story(marker="gateline-m2", criteria=(Criterion("One"),)), CATALOGUE, RULES
    ).fields
    mine = mapping.read_back(sent, desired, CATALOGUE, RULES)
    shown = {**sent, "labels": ["foreign", "gateline-m1"], "description": other_ids["description"]}
    assert mapping.read_back(shown, desired, CATALOGUE, RULES) == mine
    shown["summary"] = "Changed"
    assert mapping.read_back(shown, desired, CATALOGUE, RULES)[Name.SUMMARY] != mine[Name.SUMMARY]


def test_hashes_change_with_their_own_source_only():
    base, changed = mapping.source_hashes(story()), mapping.source_hashes(story(summary="T"))
    assert {name for name in base if base[name] != changed[name]} == {Name.SUMMARY}
    assert mapping.content_hash(story()) == mapping.content_hash(story())
    assert (
        mapping.source_hashes(story(points=Decimal("3.0")))[Name.POINTS]
        == (mapping.source_hashes(story(points=Decimal(3)))[Name.POINTS])
    )


def test_criteria_go_to_their_own_field_when_one_is_chosen():
    rules = Rules(types=RULES.types, criteria_field="customfield_9")
    desired = story(criteria=(Criterion("One"),))
    made = mapping.compose(desired, CATALOGUE, rules)
    assert made.fields["customfield_9"]["content"][1]["type"] == "taskList"
    assert made.fields["description"]["content"] == []
    assert made.refusals == ()
