"""The chain of the audit trail finds whatever was done to it by the owner of the database (T52)."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from config.audit import sealing
from config.audit.models import Entry, Run, Shape
from config.audit.sealing import last_seal, seal
from config.audit.tables import sealed_tables
from config.audit.verifying import verify
from initiatives.models import Initiative
from rfc.models import Position
from tests.factories.initiatives import in_phase, proposed

EVENTS = Initiative.pgh_event_model._meta.db_table


def kinds():
    return {finding.kind for finding in verify().findings}


def first(n=1, table=EVENTS):
    """The n-th sealed row of a table, oldest first."""
    return Entry.objects.filter(shape__table=table).order_by("position")[n - 1]


def test_a_trail_nobody_touched_is_whole(trail):
    report = verify()
    assert report.sound
    assert report.entries == Entry.objects.count() > 20
    assert report.waiting == 0


def test_every_change_of_history_is_sealed_once(trail):
    for sealed in sealed_tables().values():
        rows = sealed.model._base_manager.count()
        assert Entry.objects.filter(shape__table=sealed.table).count() == rows, sealed.table


def test_sealing_again_seals_nothing_again(trail):
    before = last_seal()
    assert seal() == 0
    assert last_seal() == before


def test_an_edited_row_is_found(trail, as_owner):
    as_owner(f"UPDATE {EVENTS} SET title = 'Never said' WHERE pgh_id = %s", first().row_id)
    assert kinds() == {"edited"}


def test_an_edited_context_is_found(trail, as_owner, cast):
    """Who did it is part of what was sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gen_random_uuid()")
        other = cursor.fetchone()[0]
    as_owner(
        "INSERT INTO pghistory_context (id, created_at, updated_at, metadata)"
        """ VALUES (%s, now(), now(), '{"user": 1}')""",
        other,
    )
    as_owner(f"UPDATE {EVENTS} SET pgh_context_id = %s WHERE pgh_id = %s", other, first().row_id)
    assert kinds() == {"edited"}


def test_a_deleted_row_is_found(trail, as_owner):
    as_owner(f"DELETE FROM {EVENTS} WHERE pgh_id = %s", first().row_id)
    assert kinds() == {"deleted"}


def test_an_inserted_row_is_found(trail, as_owner):
    columns = ", ".join(
        f'"{c}"' for c in sealed_tables()[EVENTS].columns if c not in {"pgh_id", "pgh_created_at"}
    )
    as_owner(
        f"INSERT INTO {EVENTS} (pgh_created_at, {columns}) SELECT now() - interval '3 hours',"
        f" {columns} FROM {EVENTS} WHERE pgh_id = %s",
        first().row_id,
    )
    assert kinds() == {"inserted"}


def test_a_row_inserted_with_an_old_date_is_found_after_it_was_sealed_too(trail, as_owner):
    test_an_inserted_row_is_found(trail, as_owner)
    assert seal() == 1
    assert kinds() == {"inserted"}


def test_two_swapped_rows_are_found(trail, as_owner):
    one, two = first(1), first(2)
    as_owner(
        f"UPDATE {EVENTS} t SET pgh_label = o.pgh_label, title = o.title, phase = o.phase,"
        " pgh_created_at = o.pgh_created_at, flow_version = o.flow_version,"
        f" row_version = o.row_version, owner_id = o.owner_id FROM {EVENTS} o"
        " WHERE (t.pgh_id, o.pgh_id) IN ((%s, %s), (%s, %s))",
        *(one.row_id, two.row_id, two.row_id, one.row_id),
    )
    assert [f.kind for f in verify().findings] == ["edited", "edited"]


def test_swapped_entries_are_found(trail, as_owner):
    as_owner("UPDATE audit_entry SET position = position + 1000 WHERE position = 3")
    as_owner("UPDATE audit_entry SET position = 3 WHERE position = 4")
    as_owner("UPDATE audit_entry SET position = 4 WHERE position = 1003")
    assert "chain" in kinds()


def test_a_cut_end_is_found_by_the_head_on_file(trail, as_owner):
    """Rows and entries of the end removed together: the chain itself looks whole."""
    newest = Entry.objects.order_by("-position").first()
    as_owner("DELETE FROM audit_entry WHERE position = %s", newest.position)
    as_owner(
        f"DELETE FROM {newest.shape.table} WHERE {sealed_tables()[newest.shape.table].key} = %s",
        newest.row_id,
    )
    assert kinds() == {"cut"}


def test_a_chain_sealed_anew_over_an_edit_is_found_by_the_head_on_file(trail, as_owner):
    as_owner(f"UPDATE {EVENTS} SET title = 'Never said' WHERE pgh_id = %s", first().row_id)
    as_owner("DELETE FROM audit_entry")
    as_owner("UPDATE audit_shape SET newest_key = 0")
    seal()
    assert kinds() == {"cut"}


def test_a_missing_entry_is_found(trail, as_owner):
    as_owner("DELETE FROM audit_entry WHERE position = 5")
    assert "chain" in kinds()


def test_a_head_that_is_none_is_found(trail, heads_file):
    heads_file.write_text(heads_file.read_text() + "nonsense\n")
    assert kinds() == {"cut"}


def test_a_column_added_by_an_upgrade_leaves_old_seals_valid(cast, heads_file, monkeypatch):
    """Sealed before the column was there; the shape of that time is used to check."""
    now = sealed_tables()[EVENTS]
    before = replace(now, columns=tuple(c for c in now.columns if c != "affected"))
    monkeypatch.setitem(sealed_tables(), EVENTS, before)
    proposed(cast)
    seal()
    monkeypatch.setitem(sealed_tables(), EVENTS, now)
    proposed(cast, title="After the upgrade")
    seal()
    assert Shape.objects.filter(table=EVENTS).count() == 2
    assert verify().sound


def test_which_columns_were_sealed_is_part_of_the_seal(trail):
    fewer = [c for c in sealed_tables()[EVENTS].columns if c != "affected"]
    Shape.objects.filter(table=EVENTS).update(columns=fewer)
    assert "chain" in kinds()


def test_a_run_cut_off_is_gone_on_with_as_the_same_run(cast, heads_file, monkeypatch):
    """What a first run of many parts had not reached yet was not inserted later."""
    in_phase(cast, "discovery")
    monkeypatch.setattr(sealing, "BATCH", 5)
    assert sealing._seal_batch() == 5
    seal()
    assert set(Entry.objects.values_list("sealed_at", flat=True).distinct()) == set(
        Run.objects.filter(complete=True).values_list("began_at", flat=True)
    )
    assert Run.objects.count() == 1


def test_what_a_read_only_trigger_leaves_free_is_not_sealed(cast):
    columns = sealed_tables()[Position._meta.db_table].columns
    assert "stance" in columns
    assert "closed_at" not in columns


def test_changes_are_told_as_waiting_before_they_are_sealed(trail, cast):
    proposed(cast, title="A third")
    report = verify()
    assert report.sound
    assert report.waiting > 0


def test_the_database_refuses_to_alter_the_chain(trail):
    for act in (Entry.objects.filter(position=1).update, Entry.objects.filter(position=1).delete):
        with pytest.raises(Error), transaction.atomic():
            act(**({"kind": "x"} if act.__name__ == "update" else {}))


def test_the_command_says_what_it_found(trail, as_owner, capsys):
    call_command("audit", "verify")
    assert "The trail is whole" in capsys.readouterr().out
    as_owner(f"DELETE FROM {EVENTS} WHERE pgh_id = %s", first().row_id)
    with pytest.raises(CommandError, match="altered"):
        call_command("audit", "verify")
    assert "was deleted" in capsys.readouterr().out


def test_the_session_zone_changes_no_digest(trail):
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'Asia/Tokyo'")
    assert verify().sound
