"""Files on disk and in a bucket: whole or not there, under names of our own; the sweeper."""

import errno
import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils import timezone

from config.flow.errors import NotAllowed
from config.settings.files import storage_settings
from config.web import scanning, storage, sweeping
from config.web.scanning import Verdict, scan
from config.web.storage import DiskStorage, generated
from initiatives.actions.files import attach
from initiatives.models import Attachment
from tests.factories.initiatives import proposed

HOUR = 3600


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def everything(folder):
    return sorted(p.relative_to(folder).as_posix() for p in Path(folder).rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("given", "ending"),
    [
        ("plan.PDF", ".pdf"),
        ("../../etc/passwd", ""),
        ("a.tar.gz", ".gz"),
        ("x.ver…y", ""),
        ("x.farTooLongEnding", ""),
        ("x.p\nng", ""),
        (".htaccess", ""),
    ],
)
def test_names_are_ours_and_keep_a_plain_ending(given, ending):
    name = generated(given)
    assert name.endswith(ending)
    assert len(name) == 32 + len(ending)
    assert generated(given) != name


def test_a_full_disk_leaves_neither_file_nor_part(folder, monkeypatch):
    class Endless:
        def chunks(self):
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        DiskStorage()._save("mockups/one.png", Endless())
    assert everything(folder) == []


def test_bytes_reach_the_disk_before_the_name_does(folder, monkeypatch):
    seen = []
    real_sync, real_link = os.fsync, os.link
    monkeypatch.setattr(storage.os, "fsync", lambda f: (seen.append("sync"), real_sync(f))[1])
    monkeypatch.setattr(storage.os, "link", lambda a, b: (seen.append("name"), real_link(a, b))[1])
    default_storage.save("mockups/one.png", ContentFile(b"pixels"))
    assert seen == ["sync", "name", "sync"]


def test_a_taken_name_is_never_written_over(folder):
    disk = DiskStorage()
    first = disk._save("mockups/one.png", ContentFile(b"first"))
    second = disk._save("mockups/one.png", ContentFile(b"second"))
    assert first != second
    assert disk.open(first).read() == b"first"
    assert disk.open(second).read() == b"second"


def old(folder, name, content=b"left behind"):
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    past = time.time() - 25 * HOUR
    os.utime(path, (past, past))


@pytest.mark.django_db
def test_the_sweeper_removes_what_no_row_names_a_day_later(folder, cast):
    made = proposed(cast)
    kept = attach(initiative=made, actor=cast.requester, upload=upload())
    past = time.time() - 25 * HOUR
    os.utime(kept.file.path, (past, past))
    old(folder, "attachments/2026/01/orphan.pdf")
    old(folder, "mockups/2026/01/.part-abc")
    old(folder, "exports/not-ours-to-judge.xlsx")
    (Path(folder) / "attachments" / "fresh.pdf").write_bytes(b"its row is being written")
    told = sweeping.sweep()
    assert (told["gone"], told["missing"], told["kept"]) == (2, 0, 1)
    assert everything(folder) == sorted(
        [kept.file.name, "attachments/fresh.pdf", "exports/not-ours-to-judge.xlsx"]
    )
    assert sweeping.sweep()["gone"] == 0


@pytest.mark.django_db
def test_the_sweeper_names_a_row_whose_file_is_gone(folder, cast, caplog):
    kept = attach(initiative=proposed(cast), actor=cast.requester, upload=upload())
    Path(kept.file.path).unlink()
    assert sweeping.sweep()["missing"] == 1
    assert [r.file for r in caplog.records if r.name == "gateline.files"] == [kept.file.name]


def upload(content=b"%PDF-1.7 a plan", name="plan.pdf"):
    given = ContentFile(content, name=name)
    given.content_type = "application/pdf"
    return given


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("grep -q virus -v", None),
        (f"{sys.executable} -c 'import sys; sys.exit(1)'", "The virus scanner found something"),
        (f"{sys.executable} -c 'import sys; sys.exit(2)'", "could not be scanned"),
        ("no-such-scanner-anywhere", "could not be scanned"),
    ],
)
def test_only_what_the_scanner_calls_clean_is_kept(folder, cast, settings, command, sentence):
    settings.VIRUS_SCAN = command
    made = proposed(cast)
    if sentence is None:
        kept = attach(initiative=made, actor=cast.requester, upload=upload())
        assert (kept.verdict, kept.file.read()) == (Verdict.CLEAN, b"%PDF-1.7 a plan")
        return
    with pytest.raises(NotAllowed, match=sentence):
        attach(initiative=made, actor=cast.requester, upload=upload())
    assert not Attachment.objects.exists()
    assert not Path(folder).exists() or everything(folder) == []


@pytest.mark.django_db
def test_without_a_scanner_a_file_says_so_beside_its_link(folder, cast, client):
    made = proposed(cast)
    kept = attach(initiative=made, actor=cast.requester, upload=upload())
    assert kept.verdict == Verdict.NOT_SCANNED
    client.force_login(cast.product_manager)
    assert "Not scanned for viruses" in client.get(f"/intake?at={made.key}").text


def test_a_scanner_that_hangs_is_a_failure(settings, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    settings.VIRUS_SCAN = "sleep 30"
    assert scan(upload()) is Verdict.FAILED


@pytest.mark.parametrize("address", ["s3:///no-bucket", "ftp://host/path", "bucket"])
def test_an_address_that_is_none_is_refused_at_the_start(address):
    with pytest.raises(ImproperlyConfigured, match="GATELINE_FILES_URL"):
        storage_settings(address)


@pytest.fixture(scope="module")
def bucket():
    """A server that speaks S3, on this machine, with one empty bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                asked = urllib.request.Request(f"{address}/plans", method="PUT")
                urllib.request.urlopen(asked, timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        yield f"s3://a-key:a%2Fsecret@plans/gateline?endpoint={address}&region=us-east-1"
    finally:
        server.kill()
        server.wait()


@pytest.mark.django_db
def test_a_bucket_serves_as_well(bucket, cast, client, settings):
    storages = {**settings.STORAGES, "default": storage_settings(bucket)}
    with override_settings(STORAGES=storages):
        made = proposed(cast)
        kept = attach(initiative=made, actor=cast.requester, upload=upload())
        client.force_login(cast.requester)
        answer = client.get(f"/initiatives/{made.key}/files/{kept.pk}")
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 a plan"
        assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
        default_storage.save("attachments/orphan.pdf", ContentFile(b"left behind"))
        assert sweeping.sweep() == {"kept": 1, "gone": 0, "missing": 0}
        late = timezone.now() + timedelta(hours=25)
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(sweeping.timezone, "now", lambda: late)
            assert sweeping.sweep() == {"kept": 1, "gone": 1, "missing": 0}
