"""A folder as one Job: dry run, import, again, changed, undone; and the real samples."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import Person
from config.due.jobs import run_here
from config.flow.errors import NotAllowed, NotYours
from initiatives.models import Initiative, Referral
from rfc.actions.comments import comment
from rfc.actions.import_run import ask_for_import, ask_to_undo
from rfc.models import RFC, ImportedDocument

pytestmark = pytest.mark.django_db

SAMPLES = Path(settings.BASE_DIR).parent / "shared" / "samples"
FIRST = """---
title: Pay out in the evening
status: implemented
authors: ["@ada.b", "Bo Cee <bo@example.org>"]
owning-team: Ledger
participating-teams: [Shops]
creation-date: 2024-03-01
colour: blue
---

## Summary

Money arrives the same evening. See [the other one](two.md).
"""
SECOND = """---
title: Pay out at once
status: draft
authors: ["@ada.b"]
owning-team: Ledger
participating-teams: [Shops]
replaces: [one.md]
---

## Summary

Faster still.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.md").write_text(FIRST)
    (tmp_path / "two.md").write_text(SECOND)
    return tmp_path


def imported(folder, *, dry_run=False):
    job = ask_for_import(actor=None, folder=str(folder), dry_run=dry_run, here=True)
    run_here(job)
    return job


def test_a_dry_run_says_what_would_happen_and_writes_nothing(folder):
    job = imported(folder, dry_run=True)
    assert job.result["summary"] == "documents 2 created 2 updated 0 unchanged 0 failed 0"
    assert RFC.objects.count() == 0


def test_a_folder_becomes_rfcs_with_people_teams_states_and_links(folder):
    job = imported(folder)
    assert job.result["summary"] == "documents 2 created 2 updated 0 unchanged 0 failed 0"
    one, two = RFC.objects.get(title="Pay out in the evening"), RFC.objects.get(phase="draft")
    assert one.phase == "implemented"
    assert one.author.handle == "ada.b"
    assert not one.author.is_active
    assert [p.name for p in one.co_authors.all()] == ["Bo Cee"]
    assert one.owning_team.name == "Ledger"
    assert [t.name for t in one.participating_teams.all()] == ["Shops"]
    assert str(one.created_date) == "2024-03-01"
    assert list(two.replaces.all()) == [one]
    assert f'href="/rfcs/{two.key}"' in one.revisions.get().html
    said = {row["path"]: row["said"] for row in job.result["files"]}
    assert any("colour" in sentence for sentence in said["one.md"])


def test_a_live_cross_line_document_brings_a_request_and_a_done_one_does_not(folder):
    imported(folder)
    initiative = Initiative.objects.get()
    assert initiative.phase == "intake"
    assert initiative.rfcs.get().title == "Pay out at once"
    assert {s.line.name for s in initiative.lines.all()} == {"Ledger", "Shops"}
    assert Referral.objects.get(initiative=initiative).phase == "asked"


def test_a_second_run_changes_nothing_and_a_changed_document_makes_one_revision(folder):
    imported(folder)
    assert imported(folder).result["summary"].endswith("updated 0 unchanged 2 failed 0")
    (folder / "two.md").write_text(SECOND + "\nAnd cheaper.\n")
    assert imported(folder).result["summary"].endswith("updated 1 unchanged 1 failed 0")
    two = RFC.objects.get(title="Pay out at once")
    assert two.revision_count == 2
    assert "And cheaper." in two.revisions.first().body


def test_unpublished_edits_here_are_not_overwritten(folder):
    imported(folder)
    two = RFC.objects.get(title="Pay out at once")
    RFC.objects.filter(pk=two.pk).update(draft_hash="edited")
    (folder / "two.md").write_text(SECOND + "\nAnd cheaper.\n")
    job = imported(folder)
    assert job.result["summary"].endswith("updated 0 unchanged 1 conflict 1 failed 0")
    both = next(row for row in job.result["files"] if row["action"] == "conflict")
    assert both["said"] == [
        f"{two.key} changed in its source and here; both texts are kept until you choose."
    ]


def test_undo_takes_back_what_nobody_touched(folder, cast):
    job = imported(folder)
    one = RFC.objects.get(title="Pay out in the evening")
    comment(rfc=one, actor=cast.product_manager, text="Still true?")
    undo = ask_to_undo(actor=None, job=job, here=True)
    run_here(undo)
    said = sorted(row["said"] for row in undo.result["files"])
    assert any(s == f"{one.key} stays: people have worked on it since." for s in said)
    assert list(RFC.objects.values_list("pk", flat=True)) == [one.pk]
    assert Initiative.objects.count() == 0
    assert ImportedDocument.objects.count() == 1


def test_only_administrators_import_and_only_below_a_root(folder, cast, settings):
    with pytest.raises(NotYours):
        ask_for_import(actor=cast.product_manager, folder=str(folder), dry_run=True)
    with pytest.raises(NotAllowed, match="is not below a folder"):
        ask_for_import(actor=cast.administrator, folder=str(folder), dry_run=True)
    settings.IMPORT_ROOTS = [str(folder)]
    job = ask_for_import(actor=cast.administrator, folder=str(folder), dry_run=True)
    assert job.payload["folder"] == str(folder)


def test_the_pages_start_show_and_undo_an_import(folder, cast, as_, settings):
    settings.IMPORT_ROOTS = [str(folder)]
    browser = as_(cast.administrator)
    started = browser.post("/rfcs/import", {"folder": str(folder), "run": "import"})
    job = imported(folder)
    assert started.status_code == 302
    page = browser.get(f"/rfcs/import/{job.public_id}")
    assert "one.md" in page.content.decode()
    assert browser.get("/rfcs/import").status_code == 200
    assert browser.post(f"/rfcs/import/{job.public_id}", {"run": "undo"}).status_code == 302


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the real samples are not at {SAMPLES}")
def test_the_real_samples_come_in_whole_open_and_are_found(cast, as_, capsys):
    call_command("import_rfcs", str(SAMPLES))
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last == "documents 101 created 101 updated 0 unchanged 0 failed 0"
    browser = as_(cast.reader)
    for rfc in RFC.objects.all():
        assert browser.get(rfc.get_absolute_url(), follow=True).status_code == 200, rfc
    found = browser.get("/rfcs", {"q": "conventions around build commands"})
    assert "0403" in found.content.decode() or "cargo" in found.content.decode().lower()
    assert not Person.objects.filter(is_active=True, handle__isnull=False).exists()
    call_command("import_rfcs", str(SAMPLES))
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last == "documents 101 created 0 updated 0 unchanged 101 failed 0"
