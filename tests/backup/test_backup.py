"""A backup restored is the same, sends nothing until it is released, and a bad one is named."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.audit.heads import write_head
from config.audit.sealing import seal
from config.backup.making import make_backup
from config.backup.programs import BackupError, run
from config.backup.restoring import _other_database, compare, drill, manifest_of
from config.due import hold
from config.due.jobs import start_job
from config.due.models import Installation
from config.due.relay import Relay
from tests.cast import build_cast
from tests.factories.initiatives import in_phase


@pytest.fixture
def company(transactional_db, settings, tmp_path):
    """People, an initiative on its way, a file, mail and a job that wait; all sealed."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    hold.settle()
    cast = build_cast()
    walked = in_phase(cast, "discovery")
    (settings.MEDIA_ROOT / "mockups").mkdir(parents=True)
    (settings.MEDIA_ROOT / "mockups" / "one.png").write_bytes(b"a picture")
    start_job(kind="probe", owner=cast.cpo, title="Waits")
    seal()
    write_head()
    return walked


class Recording:
    """A broker that notes what it would have carried."""

    def __init__(self):
        self.carried = []

    def ready(self):
        return True

    def send(self, claim):
        self.carried.append(claim)
        return True

    def close(self):
        pass


def carried():
    broker = Recording()
    Relay(broker, None).round()
    return broker.carried


@pytest.mark.django_db(transaction=True)
def test_a_restored_copy_is_the_same_and_is_held(company, tmp_path, settings, capsys):
    """And the original goes on as before; what differs from a backup is named."""
    call_command("backup", "make", str(tmp_path / "backups"))
    folder = Path(capsys.readouterr().out.strip())
    found = drill(folder)
    assert found.passed
    assert found.differences == []
    assert found.rows > 100
    assert found.files == 1
    assert found.trail.entries > 20
    assert not hold.is_held()
    with pytest.raises(CommandError, match="not empty"):
        call_command("backup", "restore", str(folder))
    assert company.steps_taken.exists()
    call_command("backup", "drill", str(folder))
    assert "0 differences" in capsys.readouterr().out

    (settings.MEDIA_ROOT / "mockups" / "one.png").unlink()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE initiatives_initiative SET affected = 'somebody else'")
    unlike = compare(folder, settings.MEDIA_ROOT)
    said = " ".join(unlike.differences)
    assert "Table initiatives_initiative differs" in said
    assert "File mockups/one.png is missing" in said
    assert not unlike.passed

    told = json.loads((folder / "manifest.json").read_text())
    # A backup of an earlier release summed rows up otherwise: their numbers are left to compare.
    del told["digest"]
    told["tables"]["accounts_person"][1] = "another kind of sum"
    told["tables"]["accounts_team"][0] += 1
    (folder / "manifest.json").write_text(json.dumps(told))
    said = " ".join(compare(folder, settings.MEDIA_ROOT).differences)
    assert "Table accounts_team differs" in said
    assert "accounts_person" not in said
    assert "Table initiatives_initiative differs" not in said

    del told["files"]
    (folder / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(CommandError, match="no complete backup"):
        call_command("backup", "drill", str(folder))


@pytest.mark.django_db(transaction=True)
def test_a_copy_sends_nothing_until_it_is_released(company, tmp_path):
    folder = make_backup(tmp_path / "backups")
    with _other_database():
        run(
            "pg_restore",
            "--no-owner",
            "--no-comments",
            "--dbname=gateline_drill",
            str(folder / "database.dump"),
        )
        assert hold.is_held()
        assert carried() == []
        with pytest.raises(CommandError, match="--yes"):
            call_command("release")
        assert hold.is_held()
        call_command("release", "--yes")
        assert not hold.is_held()
        assert {c.label for c in carried()} >= {"due.Job"}


@pytest.mark.django_db
class TestHold:
    """Where due work is done."""

    def test_what_is_released_stays_the_home(self, client):
        hold.hold()
        assert hold.is_held()
        assert any("copy" in w for w in client.get("/health/ready").json()["warnings"])
        hold.settle()
        assert hold.is_held(), "a migration must not release a copy"
        hold.release()
        assert not hold.is_held()

    def test_a_database_without_a_home_is_at_home(self, db):
        Installation.objects.all().delete()
        assert not hold.is_held()
        hold.settle()
        assert not hold.is_held()


def test_a_folder_that_is_no_backup_is_refused(tmp_path):
    with pytest.raises(BackupError, match="no complete backup"):
        manifest_of(tmp_path)


@pytest.mark.django_db
def test_a_failed_backup_leaves_no_half_one(tmp_path, monkeypatch):
    def fail(*_arguments):
        message = "pg_dump failed: the disk is full"
        raise BackupError(message)

    monkeypatch.setattr("config.backup.making._dump", fail)
    with pytest.raises(CommandError, match="disk is full"):
        call_command("backup", "make", str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []
