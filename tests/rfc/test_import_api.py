"""The API of imports: the same actions and Jobs as the page, and one file as a new RFC."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.due.jobs import run_here
from config.due.models import Job
from rfc.models import RFC, ImportedDocument, WatchedFolder
from tests.rfc.test_import_folders import png

pytestmark = pytest.mark.django_db

ONE = b"# One\n\n## Summary\n\nFirst. ![Flow](img/flow.png) See [two](two.md).\n"
TWO = b"# Two\n\n## Summary\n\nSecond.\n"
HERE = "/api/v1/rfc-imports/"


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.IMPORT_ROOTS = [str(tmp_path / "roots")]
    (tmp_path / "roots" / "docs").mkdir(parents=True)
    (tmp_path / "roots" / "docs" / "two.md").write_bytes(TWO)
    return tmp_path / "roots"


def files(*pairs):
    return [SimpleUploadedFile(path.rpartition("/")[2], data) for path, data in pairs]


FOLDER = (("docs/one.md", ONE), ("docs/two.md", TWO), ("docs/img/flow.png", png()))


def hand_in(caller, pairs=FOLDER, **more):
    paths = more.pop("paths", [path for path, _data in pairs])
    told = {"files": files(*pairs), "paths": paths, **more}
    return caller.post(HERE, told, format="multipart")


def job_at(answer):
    assert answer.status_code == 202, answer.content
    return Job.objects.get(public_id=answer.headers["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize("listed", [False, True])
def test_a_folder_handed_in_is_looked_at_then_imported_and_undone(cast, api_as, listed):
    caller = api_as(cast.administrator)
    paths = [path for path, _data in FOLDER]
    looked = hand_in(caller, paths=json.dumps(paths) if listed else paths, name="handbook")
    job = job_at(looked)
    run_here(job)
    seen = caller.get(looked.headers["Location"]).data
    assert (seen["status"], seen["counts"]["created"], RFC.objects.count()) == ("done", 2, 0)
    kept = job_at(caller.post(f"{HERE}{job.public_id}/run/"))
    run_here(kept)
    one = RFC.objects.get(title="One")
    two = RFC.objects.get(title="Two")
    assert one.pictures.count() == 1
    assert f'href="/rfcs/{two.key}"' in one.revisions.get().html
    assert set(ImportedDocument.objects.values_list("corpus", flat=True)) == {"handbook"}
    assert [row["id"] for row in caller.get(HERE).data["results"]] == [
        str(kept.public_id),
        str(job.public_id),
    ]
    undone = job_at(caller.post(f"{HERE}{kept.public_id}/undo/"))
    run_here(undone)
    assert RFC.objects.count() == 0


def test_a_folder_of_the_server_is_imported_when_it_may_be_read(cast, api_as, places):
    caller = api_as(cast.administrator)
    told = {"folder": str(places / "docs"), "dry_run": False}
    run_here(job_at(caller.post(HERE, told, format="json")))
    assert RFC.objects.get().title == "Two"
    refused = caller.post(HERE, {"folder": "/etc"}, format="json")
    assert refused.status_code == 409
    assert "GATELINE_IMPORT_ROOTS" in refused.data["detail"]


@pytest.mark.parametrize(
    ("pairs", "paths", "status", "said"),
    [
        ((("a.png", b"x"),), ["a.png"], 409, "no Markdown file among them"),
        ((("a.md", TWO),), ["../../a.md"], 409, "no path inside a folder"),
        ((("a.md", TWO),), ["a.md", "b.md"], 400, "1 files came with 2 paths"),
        ((("a.md", TWO),), "[1", 400, "Expected a list"),
        ((), [], 400, "required"),
    ],
)
def test_what_is_no_folder_is_refused_in_a_sentence(cast, api_as, pairs, paths, status, said):
    answer = hand_in(api_as(cast.administrator), pairs, paths=paths)
    assert answer.status_code == status
    assert said in answer.data["detail"]
    assert Job.objects.count() == 0


def test_too_much_at_once_is_said_not_kept(cast, as_, settings):
    settings.UPLOAD_MOST_BYTES = 100
    answer = as_(cast.administrator).post(
        HERE, {"files": files(("a.md", b"x" * 300))}, headers={"Accept": "application/json"}
    )
    assert answer.status_code in (400, 413)
    assert Job.objects.count() == 0


def test_only_administrators_import_and_nothing_of_theirs_is_kept(cast, api_as, places):
    assert hand_in(api_as(cast.product_manager)).status_code == 403
    assert not (places.parent / "media" / "imports").exists()


def test_the_same_key_twice_is_one_import(cast):
    browser = Client(headers={"Idempotency-Key": "once"})
    browser.force_login(cast.administrator)
    told = {"files": files(("a.md", TWO)), "dry_run": "false"}
    first = browser.post(HERE, told)
    again = browser.post(HERE, {"files": files(("a.md", TWO)), "dry_run": "false"})
    assert first.headers["Location"] == again.headers["Location"]
    assert Job.objects.count() == 1


def test_a_watched_folder_is_paused_read_and_forgotten(cast, api_as, places):
    caller = api_as(cast.administrator)
    told = {"name": "Docs", "path": str(places / "docs"), "every_minutes": 60}
    run_here(job_at(caller.post("/api/v1/rfc-import-folders/", told, format="json")))
    (row,) = caller.get("/api/v1/rfc-import-folders/").data["results"]
    path = f"/api/v1/rfc-import-folders/{row['id']}/"
    assert caller.patch(path, {"active": False}, format="json").data["active"] is False
    job = job_at(caller.post(f"{path}read/"))
    run_here(job)
    assert job.counts["unchanged"] == 1
    assert caller.delete(path).status_code == 204
    assert WatchedFolder.objects.count() == 0
    assert RFC.objects.count() == 1


def test_a_conflict_is_listed_and_settled_once(cast, api_as):
    caller = api_as(cast.administrator)
    pair = (("two.md", TWO), ("x.md", ONE))
    run_here(job_at(hand_in(caller, pair, name="n", dry_run=False)))
    rfc = RFC.objects.get(title="Two")
    rfc.co_authors.add(cast.tpm)
    draft = rfc.draft
    api_as(cast.tpm).patch(
        f"/api/v1/rfcs/{rfc.key}/draft/",
        {"body": "## Summary\n\nOurs.\n"},
        format="json",
        headers={"If-Match": f'"{draft.row_version}"'},
    )
    changed = (("two.md", TWO + b"More.\n"), ("x.md", ONE))
    run_here(job_at(hand_in(caller, changed, name="n", dry_run=False)))
    (row,) = api_as(cast.reader).get("/api/v1/rfc-import-conflicts/").data["results"]
    assert (row["rfc"], row["may_choose"], "More." in row["theirs"]) == (rfc.key, False, True)
    path = f"/api/v1/rfc-import-conflicts/{row['id']}/"
    assert api_as(cast.reader).post(path, {"take": "ours"}, format="json").status_code == 403
    assert caller.post(path, {"take": "theirs"}, format="json").status_code == 409
    assert caller.post(path, {"take": "ours"}, format="json").status_code == 200
    assert caller.post(path, {"take": "ours"}, format="json").status_code == 409
    assert caller.get("/api/v1/rfc-import-conflicts/").data["results"] == []


def from_markdown(caller, data, kind="text/markdown", **query):
    more = "&".join(f"{name}={value}" for name, value in query.items())
    return caller.post(f"/api/v1/rfcs/from-markdown/?{more}", data, content_type=kind)


def test_a_markdown_file_becomes_the_draft_of_a_new_rfc(cast, as_):
    browser = as_(cast.product_manager)
    text = b"---\ntitle: Pay at once\nauthors: [Bo Cee]\ncolour: blue\n---\n\n## Summary\n\nNow. \n"
    made = from_markdown(browser, text, stands_alone_reason="Small", flags="money")
    assert made.status_code == 201, made.content
    rfc = RFC.objects.get()
    assert made.headers["Location"] == f"/api/v1/rfcs/{rfc.key}/"
    assert (rfc.title, rfc.flags, rfc.author) == ("Pay at once", ["money"], cast.product_manager)
    assert rfc.draft.body == "## Summary\n\nNow. \n"
    assert any("Bo Cee" in said for said in made.json()["said"])
    form = browser.post(
        "/api/v1/rfcs/from-markdown/",
        {"file": SimpleUploadedFile("again.md", b"## A\n\nB\n"), "stands_alone_reason": "Small"},
    )
    assert form.json()["title"] == "Again"


@pytest.mark.parametrize(
    ("data", "kind", "status", "said"),
    [
        (b"", "text/markdown", 400, "holds no text"),
        (b"x" * 2_000_002, "text/markdown", 400, "larger than 2 MB"),
        (b"\xff\xfe\xff", "text/markdown", 409, "text.md"),
        (b"{}", "application/json", 415, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(cast, as_, data, kind, status, said):
    answer = from_markdown(as_(cast.product_manager), data, kind, stands_alone_reason="Small")
    assert (answer.status_code, RFC.objects.count()) == (status, 0)
    assert said in answer.json()["detail"]
    assert from_markdown(as_(cast.reader), b"## A\n\nB").status_code == 403
