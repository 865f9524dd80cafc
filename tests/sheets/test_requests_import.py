"""Requests from a spreadsheet: dry run, import, import again, undo."""

import csv
import io

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.due.jobs import ask_to_stop, run_here
from config.flow.errors import NotAllowed, WrongState
from config.sheets import running
from config.sheets.actions import ask_to_run, ask_to_undo
from config.sheets.annotated import annotated
from config.sheets.models import SheetKey, SheetMapping
from config.sheets.reading import read
from initiatives.actions.gate_summary import settle_doubts
from initiatives.actions.request import edit_initiative
from initiatives.actions.sources import ship_sources
from initiatives.actions.talk import comment
from initiatives.models import Initiative
from tests.factories.initiatives import proposed, triaged
from tests.factories.sheets import (
    HEADERS,
    MAPPING,
    again,
    as_csv,
    checked,
    handed_in,
    imported,
    line,
    undone,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sources(db):
    ship_sources()


def test_the_dry_run_calls_each_row_by_the_title_it_will_have(cast):
    said = "Shops wait. They close."
    rows = [line(1, Title="", Problem=said), line(2, Title="", Problem="", **{"Who has it": "All"})]
    sheet = checked(cast.product_manager, rows)
    assert outcomes(sheet, "label") == ["Shops wait", "All"]


def outcomes(sheet, name="outcome"):
    return list(sheet.rows.order_by("line").values_list(name, flat=True))


def problems(sheet):
    return [
        (row.line, p["column"], p["value"], p["code"])
        for row in sheet.rows.order_by("line")
        for p in row.problems
    ]


def counts():
    """Rows of every table but the imports' own, the jobs' and the histories."""
    found = {"sheets.SheetKey": SheetKey.objects.count()}
    for model in apps.get_models():
        own = model._meta.app_label in {"sheets", "due", "sessions", "pghistory"}
        if not own and not model.__name__.endswith("Event"):
            found[model._meta.label] = model._base_manager.count()
    return found


WRONG = [
    ({"Problem": ""}, ("Problem", "", "missing")),
    ({"Who has it": ""}, ("Who has it", "", "missing")),
    ({"Source": "Astrology"}, ("Source", "Astrology", "unknown")),
    ({"Business line": "Wholesale"}, ("Business line", "Wholesale", "unknown")),
    ({"Deadline": "31.02.2027"}, ("Deadline", "31.02.2027", "no_date")),
    ({"Deadline": "soon"}, ("Deadline", "soon", "no_date")),
    ({"Title": "x" * 201}, ("Title", "x" * 200, "too_long")),
    ({"Number": "R-1"}, ("Number", "R-1", "doubled_key")),
]


def table_with_40_wrong_rows():
    table = [line(n) for n in range(1, 5001)]
    expected = []
    for k in range(40):
        at = 100 + k * 120
        facts, told = WRONG[k % len(WRONG)]
        table[at] = line(at + 1, **facts)
        expected.append((at + 2, *told))
    return table, expected


@pytest.mark.slow
def test_5000_rows_name_every_wrong_one_and_undo_leaves_nothing(cast):
    proposed(cast)
    table, expected = table_with_40_wrong_rows()
    settle_doubts()
    before = counts()
    sheet = checked(cast.product_manager, table)
    assert problems(sheet) == expected
    assert sheet.check_job.counts == {"create": 4960, "change": 0, "same": 0, "skip": 40}
    assert counts() == before
    job = ask_to_run(sheet=sheet, actor=sheet.owner).run_job
    run_here(job)
    assert job.counts == {"created": 4960, "changed": 0, "same": 0, "skipped": 40}
    assert Initiative.objects.count() == before["initiatives.Initiative"] + 4960
    undone(again(sheet))
    settle_doubts()
    assert counts() == before


def test_a_dry_run_writes_nothing_and_says_what_would_happen(cast):
    before = counts()
    sheet = checked(cast.requester, [line(1), line(2), line(3, Source="Astrology")])
    assert outcomes(sheet) == ["create", "create", "skip"]
    assert counts() == before
    assert sheet.stage == "checked"


def test_rows_go_through_the_same_door_as_requests_by_hand(cast):
    imported(cast.requester, [line(1, Deadline="01.03.2027", Source="customer-service")])
    made = Initiative.objects.get()
    assert (made.requester, made.phase, made.source.slug) == (
        cast.requester,
        "intake",
        "customer-service",
    )
    assert made.deadline_date.isoformat() == "2027-03-01"
    assert [row.line for row in made.lines.all()] == [cast.payments]


def test_a_key_column_makes_importing_again_an_update_without_doubles(cast):
    imported(cast.requester, [line(1), line(2)])
    later = [line(1), line(2, Title="A better title", Deadline=""), line(3)]
    sheet = imported(cast.requester, later)
    assert outcomes(sheet, "done") == ["same", "changed", "created"]
    assert sorted(Initiative.objects.values_list("title", flat=True)) == [
        "A better title",
        "Instant settlement for group 1",
        "Instant settlement for group 3",
    ]


def test_corrected_and_handed_in_again_only_the_corrected_row_is_new(cast):
    imported(cast.requester, [line(1), line(2, Source="Astrology")])
    sheet = imported(cast.requester, [line(1), line(2)])
    assert outcomes(sheet, "done") == ["same", "created"]


def test_without_a_key_the_same_words_make_no_second_request(cast):
    mapping = {h: f for h, f in MAPPING.items() if h != "Number"}
    imported(cast.requester, [line(1)])
    sheet = checked(cast.requester, [line(1), line(2), line(2)], mapping=mapping)
    assert outcomes(sheet) == ["same", "create", "skip"]
    assert problems(sheet)[0][3] == "doubled_row"


def test_keys_of_two_lists_do_not_meet(cast):
    imported(cast.requester, [line(1)])
    other = [line(1, Problem="Something else.", Title="Other")]
    sheet = imported(cast.requester, other, key_space="helpdesk")
    assert outcomes(sheet, "done") == ["created"]


def test_a_key_of_ours_changes_that_request_and_only_where_one_may(cast):
    made, theirs = proposed(cast), proposed(cast, requester=cast.reader, title="Other")
    told = as_csv(
        [[made.key, "New words."], [theirs.key, "Not mine."], ["INI-999", "?"]],
        headers=["Key", "Problem"],
    )
    sheet = imported(cast.requester, told, mapping={"Key": "key", "Problem": "problem"})
    made.refresh_from_db()
    assert outcomes(sheet, "done") == ["changed", "skipped", "skipped"]
    assert [p[3] for p in problems(sheet)] == ["not_yours", "unknown_key"]
    assert made.problem == "New words."


def test_questions_of_a_source_are_filled_and_wrong_ones_named(cast):
    told = as_csv(
        [
            ["Slow", "All", "Compliance", "2027-05-01", "§ 4"],
            ["Late", "All", "Growth", "", "§ 5"],
            ["Odd", "All", "Compliance", "May", "§ 6"],
        ],
        headers=["Problem", "Who", "Source", "Legal deadline", "Rule"],
    )
    mapping = {
        "Problem": "problem",
        "Who": "affected",
        "Source": "source",
        "Legal deadline": "answer_legal_deadline",
        "Rule": "answer_rule_text",
    }
    sheet = imported(cast.requester, told, mapping=mapping)
    assert [(p[0], p[1], p[3]) for p in problems(sheet)] == [
        (3, "Rule", "not_asked"),
        (4, "Legal deadline", "no_date"),
    ]
    made = Initiative.objects.get()
    assert made.source_fields == {"legal_deadline": "2027-05-01", "rule_text": "§ 4"}
    assert made.deadline_date.isoformat() == "2027-05-01"


def test_one_value_may_stand_for_all_rows(cast):
    mapping = {h: f for h, f in MAPPING.items() if h not in ("Source", "Business line")}
    rows = [line(1, Source="", **{"Business line": ""})]
    imported(cast.requester, rows, mapping=mapping, fixed={"source": "qa", "line": "cards"})
    made = Initiative.objects.get()
    assert (made.source.slug, made.line) == ("qa", cast.cards)


def test_only_those_who_triage_hand_in_for_others(cast):
    headers = ["Problem", "Who", "Source", "E-mail"]
    mapping = {"Problem": "problem", "Who": "affected", "Source": "source", "E-mail": "requester"}
    told = as_csv([["Slow", "All", "Growth", cast.reader.email]], headers=headers)
    with pytest.raises(NotAllowed, match="no field “requester”"):
        checked(cast.requester, told, mapping=mapping)
    imported(cast.product_manager, told, mapping=mapping)
    assert Initiative.objects.get().requester == cast.reader


def test_what_a_mapping_lacks_is_said_at_once(cast):
    with pytest.raises(NotAllowed) as refused:
        checked(cast.requester, [line(1)], mapping={"Title": "title", "Number": "title"})
    assert len(refused.value.sentences) == 4


def test_undo_keeps_what_was_worked_on_and_says_so(cast):
    old = proposed(cast)
    sheet = imported(cast.requester, [line(n) for n in range(1, 5)])
    first, second, *_ = Initiative.objects.exclude(pk=old.pk).order_by("pk")
    comment(initiative=first, actor=cast.reader, text="Numbers on Friday.")
    edit_initiative(initiative=second, actor=cast.requester, seen_version=None, title="Mine")
    sheet = undone(sheet)
    assert outcomes(sheet, "undone") == ["kept", "kept", "removed", "removed"]
    assert set(Initiative.objects.all()) == {old, first, second}
    said = list(sheet.rows.order_by("line").values_list("undo_said", flat=True))
    assert said[0] == f"{first.key} stays: something was added to it since."
    assert said[1] == f"{second.key} stays: somebody worked on it since."
    assert sheet.stage == "undone"


def test_undo_gives_changed_requests_their_former_values(cast):
    imported(cast.requester, [line(1), line(2)])
    before = list(Initiative.objects.order_by("pk").values("title", "deadline_date", "source"))
    rows = [line(1, Title="New", Deadline="2027-01-01", Source="QA"), line(2, Title="Newer")]
    rows[0][3] = "Quality assurance"
    sheet = imported(cast.requester, rows)
    later = Initiative.objects.get(title="Newer")
    edit_initiative(initiative=later, actor=cast.requester, seen_version=None, affected="Many")
    sheet = undone(sheet)
    assert outcomes(sheet, "undone") == ["restored", "kept"]
    now = list(Initiative.objects.order_by("pk").values("title", "deadline_date", "source"))
    assert now[0] == before[0]
    assert now[1]["title"] == "Newer"


def test_a_request_taken_out_of_intake_stays(cast):
    sheet = imported(cast.product_manager, [line(1)])
    made = Initiative.objects.get()
    Initiative.objects.filter(pk=made.pk).update(row_version=made.row_version + 1)
    assert outcomes(undone(sheet), "undone") == ["kept"]


def test_after_undo_the_file_may_come_again(cast):
    undone(imported(cast.requester, [line(1)]))
    assert outcomes(imported(cast.requester, [line(1)]), "done") == ["created"]


def test_stopped_half_way_it_goes_on_and_makes_no_doubles(cast, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    sheet = checked(cast.requester, [line(n) for n in range(1, 7)])
    job = ask_to_run(sheet=sheet, actor=sheet.owner).run_job
    told = running._tell

    def stop_after_first(*args):
        told(*args)
        ask_to_stop(job, actor=cast.requester)

    monkeypatch.setattr(running, "_tell", stop_after_first)
    run_here(job)
    sheet = again(sheet)
    assert sheet.stage == "stopped"
    assert Initiative.objects.count() == 2
    monkeypatch.setattr(running, "_tell", told)
    run_here(ask_to_run(sheet=sheet, actor=sheet.owner).run_job)
    assert again(sheet).stage == "done"
    assert Initiative.objects.count() == 6


def test_the_job_may_run_twice(cast):
    sheet = imported(cast.requester, [line(1), line(2)])
    running.Chunk(sheet, running.kind_of("requests")).write()
    assert Initiative.objects.count() == 2


def test_what_another_import_brought_meanwhile_is_the_same(cast):
    one, two = (checked(cast.requester, [line(1)]) for _ in range(2))
    for sheet in (one, two):
        run_here(ask_to_run(sheet=sheet, actor=sheet.owner).run_job)
    assert outcomes(two, "done") == ["same"]
    assert Initiative.objects.count() == 1


def test_what_is_not_due_yet_is_refused_with_a_sentence(cast):
    sheet = checked(cast.requester, [line(1)])
    with pytest.raises(WrongState):
        ask_to_undo(sheet=sheet, actor=sheet.owner)
    sheet = imported(cast.requester, [line(2)])
    with pytest.raises(WrongState, match="imported already"):
        ask_to_run(sheet=sheet, actor=sheet.owner)
    sheet = checked(cast.requester, [line(2)])
    with pytest.raises(NotAllowed, match="nothing to import"):
        ask_to_run(sheet=sheet, actor=sheet.owner)


def test_the_choice_is_remembered_per_person_and_header_set(cast):
    mapping = {**MAPPING, "Title": "affected", "Who has it": "title"}
    checked(cast.requester, [line(1)], mapping=mapping)
    assert handed_in(cast.requester, as_csv([line(1)])).mapping == mapping
    assert handed_in(cast.reader, as_csv([line(1)])).mapping["Title"] == "title"
    assert SheetMapping.objects.count() == 1


def test_the_annotated_file_is_the_file_with_what_became_of_each_row(cast):
    rows = [line(1), line(2, Source="=Astrology()"), line(3, Title="-2+3")]
    sheet = imported(cast.requester, as_csv(rows, separator=";"))
    data, _, name = annotated(sheet)
    assert name == "wishes annotated.csv"
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    made = Initiative.objects.order_by("pk").first()
    assert [r["Gateline: outcome"] for r in found] == ["Created", "Left out", "Created"]
    assert found[0]["Gateline: key"] == made.key
    wrong = found[1]
    assert (wrong["Gateline: column"], wrong["Gateline: code"]) == ("Source", "unknown")
    assert wrong["Gateline: value"] == "'=Astrology()"
    assert wrong["Gateline: sentence"].startswith("“=Astrology()” is not known. Known are: Growth")
    assert found[2]["Title"] == "'-2+3"
    back = read(name, data)
    assert back.rows[2][HEADERS.index("Title")] == "-2+3"
    only, _, _ = annotated(sheet, only_left_out=True)
    assert only.decode("utf-8-sig").count("\r\n") == 2


def test_export_and_import_make_no_difference(cast):
    sheet = imported(cast.requester, [line(1), line(2, Title="-2+3")])
    data, _, _ = annotated(sheet)
    sheet = handed_in(cast.requester, data)
    assert set(sheet.mapping) == set(HEADERS)
    sheet = checked(cast.requester, data)
    assert outcomes(sheet) == ["same", "same"]


def test_a_triaged_request_is_changed_by_its_manager_alone(cast):
    made = triaged(cast)
    told = as_csv([[made.key, "New title"]], headers=["Key", "Title"])
    mapping = {"Key": "key", "Title": "title"}
    sheet = imported(cast.product_manager, told, mapping=mapping)
    assert outcomes(sheet, "done") == ["changed"]
    event = Initiative._meta.apps.get_model("initiatives", "InitiativeEvent")
    newest = event.objects.filter(pgh_obj=made.pk).order_by("-pgh_id").first()
    assert newest.pgh_context.metadata["user"] == cast.product_manager.pk


def test_a_chunk_costs_the_same_for_few_and_for_many(cast):
    """The rows of a chunk are written together: numbers, requests, lead lines, keys."""
    few, many = (
        checked(cast.product_manager, [line(n) for n in rows]) for rows in (range(2), range(10, 40))
    )
    cost = []
    for sheet in (few, many):
        with CaptureQueriesContext(connection) as seen:
            assert running.Chunk(sheet, running.kind_of("requests")).write()
        cost.append(len(seen.captured_queries))
        assert set(outcomes(sheet, "done")) == {"created"}
    assert cost[0] == cost[1]
    numbers = list(Initiative.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == sorted(set(numbers))
    assert Initiative.objects.filter(lines__line=cast.payments).count() == 32
