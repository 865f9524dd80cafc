"""Folders that are read again, folders handed in, pictures and links, and texts changed twice."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from config.due.jobs import run_here
from config.due.models import Job
from config.flow.errors import NotAllowed, NotYours
from rfc.actions import watching
from rfc.actions.catching_up import catch_up
from rfc.actions.import_conflicts import keep_ours, take_theirs
from rfc.actions.import_run import ask_for_import
from rfc.models import RFC, ImportedDocument, Revision, WatchedFolder
from tests.factories import rfc as make

pytestmark = pytest.mark.django_db


def png(colour="red"):
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "docs"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "flow chart.png").write_bytes(png())
    (folder / "one.md").write_text(
        "# One\n\n## Summary\n\nFirst. ![Flow](img/flow%20chart.png) ![Gone](img/gone.png)"
        " ![Drawn](img/x.svg) ![Out](../../etc/passwd.png) See [two](two.md#summary),"
        " [three](three.md) and <img src='img/flow chart.png' alt='Again'>.\n"
    )
    (folder / "two.md").write_text("# Two\n\n## Summary\n\nSecond, see [one](./one.md).\n")
    (folder / "img" / "x.svg").write_text("<svg onload='alert(1)'/>")
    settings.IMPORT_ROOTS = [str(tmp_path)]
    return folder


def read(folder, actor=None, **more):
    job = ask_for_import(actor=actor, folder=str(folder), dry_run=False, here=True, **more)
    run_here(job)
    return job


def html_of(title):
    return RFC.objects.get(title=title).revisions.first().html


def change(folder, words="And cheaper."):
    (folder / "two.md").write_text(f"# Two\n\n## Summary\n\nSecond. {words}\n")


def test_pictures_of_the_folder_are_attached_and_what_cannot_be_is_said(root, as_, cast):
    job = read(root)
    html = html_of("One")
    one = RFC.objects.get(title="One")
    (picture,) = one.pictures.exclude(file__endswith=".svg")
    (drawing,) = one.pictures.filter(file__endswith=".svg")
    assert html.count(f'src="{picture.get_absolute_url()}"') == 2
    assert "passwd" not in [p.original_name for p in one.pictures.all()]
    said = next(row["said"] for row in job.result["files"] if row["path"] == "one.md")
    assert "The picture img/gone.png is not in the folder." in said
    assert "img/x.svg is a drawing (SVG): readers save it, it is not shown." in said
    link = f'href="{drawing.get_absolute_url()}" title="SVG drawing, download" download>Drawn</a>'
    assert link in html
    shown = as_(cast.reader).get(picture.get_absolute_url())
    assert shown["Content-Type"] == "image/png"
    assert read(root).counts["unchanged"] == 2
    assert one.pictures.count() == 2


def test_a_drawing_is_saved_as_it_was_and_never_shown_or_run(root, as_, cast):
    read(root)
    drawing = RFC.objects.get(title="One").pictures.get(file__endswith=".svg")
    saved = as_(cast.reader).get(drawing.get_absolute_url())
    assert b"".join(saved.streaming_content) == (root / "img" / "x.svg").read_bytes()
    assert saved["Content-Disposition"] == 'attachment; filename="x.svg"'
    assert saved["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert saved["X-Content-Type-Options"] == "nosniff"
    taken = as_(cast.reader).get(f"/rfcs/{drawing.rfc.key}.html").content.decode()
    assert "image/svg" not in taken
    assert f"{drawing.get_absolute_url()}" in taken


def test_a_file_that_only_calls_itself_a_drawing_is_not_kept(root):
    (root / "img" / "x.svg").write_bytes(b"\x00not a drawing")
    job = read(root)
    said = next(row["said"] for row in job.result["files"] if row["path"] == "one.md")
    assert "“x.svg” is not an SVG drawing." in said
    assert not RFC.objects.get(title="One").pictures.filter(file__endswith=".svg").exists()


def test_a_picture_that_comes_later_is_attached_without_a_new_revision(root):
    read(root)
    one = RFC.objects.get(title="One")
    (root / "img" / "gone.png").write_bytes(png("blue"))
    assert read(root).counts["unchanged"] == 2
    one.refresh_from_db()
    assert (one.pictures.count(), one.revision_count) == (3, 1)
    assert html_of("One").count("<img") == 3


def test_links_between_documents_resolve_when_the_other_one_comes_later(root):
    read(root)
    two = RFC.objects.get(title="Two")
    assert f'href="/rfcs/{two.key}#doc-summary"' in html_of("One")
    assert 'class="unresolved"' in html_of("One")
    (root / "three.md").write_text("# Three\n\n## Summary\n\nThird.\n")
    read(root)
    three = RFC.objects.get(title="Three")
    assert f'href="/rfcs/{three.key}"' in html_of("One")


def test_a_change_of_the_source_makes_a_revision_where_nobody_wrote_here(root):
    read(root)
    change(root)
    assert read(root).counts["updated"] == 1
    two = RFC.objects.get(title="Two")
    assert two.revision_count == 2
    assert "And cheaper." in two.revisions.first().html


@pytest.mark.parametrize("published", [True, False])
def test_a_text_written_here_is_never_overwritten(root, cast, published):
    read(root)
    two = RFC.objects.get(title="Two")
    two.co_authors.add(cast.tpm)
    if published:
        make.edit(two, cast.tpm, body="## Summary\n\nOurs.\n")
    else:
        make.save_draft(rfc=two, actor=cast.tpm, seen_version=None, body="## Summary\n\nOurs.\n")
    change(root)
    job = read(root)
    assert job.counts["conflict"] == 1
    two.refresh_from_db()
    assert two.draft.body == "## Summary\n\nOurs.\n"
    assert read(root).counts["conflict"] == 1
    known = ImportedDocument.objects.get(rfc=two)
    assert "And cheaper." in known.theirs
    if not published:
        with pytest.raises(NotAllowed, match="holds unpublished edits"):
            take_theirs(known=known, actor=cast.administrator)


def test_taking_theirs_keeps_ours_as_a_revision_and_keeping_ours_ends_the_question(root, cast):
    read(root)
    two = RFC.objects.get(title="Two")
    two.co_authors.add(cast.tpm)
    make.edit(two, cast.tpm, body="## Summary\n\nOurs.\n")
    change(root)
    read(root)
    known = ImportedDocument.objects.get(rfc=two)
    with pytest.raises(NotYours):
        keep_ours(known=known, actor=cast.reader)
    keep_ours(known=known, actor=cast.tpm)
    assert read(root).counts["unchanged"] == 2
    change(root, "And sooner.")
    assert read(root).counts["conflict"] == 1
    take_theirs(known=known, actor=cast.administrator)
    texts = list(two.revisions.order_by("number").values_list("body", flat=True))
    assert "Ours." in texts[1]
    assert "And sooner." in texts[2]
    assert read(root).counts["unchanged"] == 2
    change(root, "Again.")
    assert read(root).counts["updated"] == 1
    with pytest.raises(NotAllowed, match="chosen already"):
        keep_ours(known=known, actor=cast.tpm)


def test_the_page_of_conflicts_shows_the_difference_and_settles_it(root, cast, as_):
    read(root)
    two = RFC.objects.get(title="Two")
    two.co_authors.add(cast.tpm)
    make.edit(two, cast.tpm, body="## Summary\n\nOurs.\n")
    change(root)
    read(root)
    known = ImportedDocument.objects.get(rfc=two)
    html = as_(cast.tpm).get("/rfcs/import/conflicts").content.decode()
    assert "cheaper" in html
    assert "Take the text of the source" in html
    assert "Take the text" not in as_(cast.reader).get("/rfcs/import/conflicts").content.decode()
    assert (
        "changed in its source and here"
        in as_(cast.administrator).get("/rfcs/import").content.decode()
    )
    address = f"/rfcs/import/conflicts/{known.pk}"
    assert as_(cast.reader).post(address, {"take": "theirs"}).status_code == 403
    assert as_(cast.tpm).post(address, {"take": "theirs"}).status_code == 302
    two.refresh_from_db()
    assert two.revision_count == 3


def test_a_watched_folder_is_read_when_its_time_came_and_its_files_changed(root, cast):
    with pytest.raises(NotYours):
        watching.watch_folder(
            actor=cast.product_manager, name="Docs", path=str(root), every_minutes=60
        )
    with pytest.raises(NotAllowed, match="is not below a folder"):
        watching.watch_folder(actor=cast.administrator, name="X", path="/etc", every_minutes=60)
    folder = watching.watch_folder(
        actor=cast.administrator, name="Docs", path=str(root), every_minutes=60
    )
    with pytest.raises(NotAllowed, match="watched already"):
        watching.watch_folder(
            actor=cast.administrator, name="Docs", path=str(root), every_minutes=60
        )
    watching.read_what_is_due()
    watching.read_what_is_due()
    (job,) = Job.objects.all()
    run_here(job)
    assert job.counts["created"] == 2
    assert set(ImportedDocument.objects.values_list("corpus", flat=True)) == {"Docs"}
    later(folder)
    watching.read_what_is_due()
    assert Job.objects.count() == 1, "nothing changed, nothing is read"
    change(root)
    later(folder)
    watching.read_what_is_due()
    assert Job.objects.count() == 2
    run_here(Job.objects.first())
    assert Job.objects.first().counts["updated"] == 1
    watching.set_active(actor=cast.administrator, folder=folder, active=False)
    change(root, "Once more.")
    later(folder)
    watching.read_what_is_due()
    assert Job.objects.count() == 2


def later(folder):
    WatchedFolder.objects.filter(pk=folder.pk).update(read_at=folder.added_at.replace(year=2000))


def test_a_watched_folder_that_is_gone_is_said_and_breaks_nothing(root, cast, as_):
    folder = watching.watch_folder(
        actor=cast.administrator, name="Docs", path=str(root), every_minutes=60
    )
    WatchedFolder.objects.filter(pk=folder.pk).update(path=str(root / "gone"))
    watching.read_what_is_due()
    assert Job.objects.count() == 0
    html = as_(cast.administrator).get("/rfcs/import").content.decode()
    assert "is not on the server any more" in html


def test_the_page_watches_reads_pauses_and_forgets(root, cast, as_):
    browser = as_(cast.administrator)
    told = {"act": "watch", "name": "Docs", "path": str(root), "every_minutes": "60"}
    assert browser.post("/rfcs/import", {**told, "path": "/etc"}).status_code == 422
    assert browser.post("/rfcs/import", told).url.startswith("/rfcs/import/")
    folder = WatchedFolder.objects.get()
    address = f"/rfcs/import/folders/{folder.pk}"
    for act, active in (("pause", False), ("resume", True)):
        browser.post(address, {"act": act})
        assert WatchedFolder.objects.get().active is active
    assert browser.post(address, {"act": "read"}).status_code == 302
    assert Job.objects.count() == 2
    browser.post(address, {"act": "forget"})
    assert not WatchedFolder.objects.exists()


def upload(browser, files, paths=None, **more):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    data = {"act": "upload", "files": sent, "run": "import", "name": "Mine", **more}
    if paths is not None:
        data["paths"] = json.dumps(paths)
    return browser.post("/rfcs/import", data)


def test_a_folder_handed_in_is_imported_with_its_pictures(root, cast, as_):
    files = [
        ("one.md", (root / "one.md").read_bytes()),
        ("two.md", (root / "two.md").read_bytes()),
        ("flow chart.png", png()),
        ("tool.exe", b"MZ"),
    ]
    paths = ["docs/one.md", "docs/two.md", "docs/img/flow chart.png", "docs/tool.exe"]
    answer = upload(as_(cast.administrator), files, paths)
    assert answer.status_code == 302
    job = Job.objects.get()
    run_here(job)
    assert job.counts["created"] == 2
    assert RFC.objects.get(title="One").pictures.count() == 1
    assert set(ImportedDocument.objects.values_list("corpus", "path")) == {
        ("Mine", "one.md"),
        ("Mine", "two.md"),
    }
    assert not list((root.parent / "media" / "imports").rglob("*.exe"))


@pytest.mark.parametrize(
    ("files", "paths", "sentence"),
    [
        ([("a.png", b"x")], None, "There is no Markdown file among them"),
        ([("a.md", b"# A")], ["../a.md"], "is no path inside a folder"),
        ([("a.md", b"# A")], ["/etc/a.md"], "is no path inside a folder"),
        ([("a.md", b"# A")], ["a/" * 20 + "a.md"], "is no path inside a folder"),
        ([("a.zip", b"PK")], None, "There is no Markdown file among them"),
        ([], None, "This field is required"),
    ],
)
def test_an_unfit_folder_is_refused_in_a_sentence(root, cast, as_, files, paths, sentence):
    answer = upload(as_(cast.administrator), files, paths)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Job.objects.exists()


def test_more_bytes_than_allowed_end_the_request(root, cast, as_, settings):
    settings.UPLOAD_MOST_BYTES = 1000
    answer = upload(as_(cast.administrator), [("a.md", b"x" * 5000)])
    assert answer.status_code == 400
    assert not Job.objects.exists()


def test_folders_handed_in_are_forgotten_after_a_day(root, cast, as_, monkeypatch):
    upload(as_(cast.administrator), [("a.md", b"# A\n\nText")])
    kept = root.parent / "media" / "imports"
    watching.sweep_uploads()
    assert len(list(kept.iterdir())) == 1
    monkeypatch.setattr(watching, "KEPT_HOURS", -1)
    watching.sweep_uploads()
    assert list(kept.iterdir()) == []


def test_what_an_earlier_release_stored_is_drawn_and_indexed_anew(root, monkeypatch):
    read(root)
    revision = RFC.objects.get(title="One").revisions.first()
    assert catch_up() == 0
    Revision.objects.filter(pk=revision.pk).update(html="old", renderer_version="0")
    assert catch_up() == 0, "younger than what somebody may be drawing"
    monkeypatch.setattr("rfc.actions.catching_up.YOUNG_MINUTES", -1)
    assert catch_up() == 1
    assert "pictures/" in html_of("One")
    assert catch_up() == 0
