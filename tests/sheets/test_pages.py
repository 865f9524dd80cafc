"""The pages and the API of imports: the whole way, bad input, counts of queries."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.due.jobs import run_here
from config.due.models import Job
from config.sheets.models import Sheet
from initiatives.actions.sources import ship_sources
from initiatives.models import Initiative
from tests.factories.sheets import HEADERS, MAPPING, as_csv, checked, imported, line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sources(db):
    ship_sources()


def upload(browser, data, name="wishes.csv"):
    return browser.post("/import/requests", {"file": SimpleUploadedFile(name, data)})


def mapping_form(**more):
    told = {f"col_{n}": MAPPING[h] for n, h in enumerate(HEADERS)}
    return {**told, "key_space": "wishes", "day_first": "yes", **more}


def text(answer):
    return answer.content.decode()


def test_the_whole_way_by_plain_forms(cast, as_):
    browser = as_(cast.requester)
    answer = upload(browser, as_csv([line(1), line(2, Source="Astrology")]))
    here = answer.url
    assert browser.get(here).url == f"{here}/map"
    page = text(browser.get(f"{here}/map"))
    assert "2 rows" in page
    assert 'value="external_key"' in page
    assert browser.post(f"{here}/map", mapping_form()).url == here
    page = text(browser.get(here))
    assert "Import 1 row" in page
    assert "“Astrology” is not known. Known are: Growth" in page
    assert browser.post(f"{here}/run").url == here
    assert "A worker takes it as soon as one is free." in text(browser.get(here))
    run_here(Job.objects.get(kind="sheets.run"))
    page = text(browser.get(here))
    made = Initiative.objects.get()
    assert f'href="/initiatives/{made.key}"' in page
    assert "Take the 1 row left out away as a file" in page
    answer = browser.get(f"{here}/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wishes annotated.csv"'
    assert "goes, and what it changed" in text(browser.get(f"{here}/undo"))
    assert browser.post(f"{here}/undo").url == here
    run_here(Job.objects.get(kind="sheets.undo"))
    assert "Taken back" in text(browser.get(here))
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "The file is empty"), (b"A,B\n", "no row below it"), (b"PK\x03\x04", "workbook")],
)
def test_a_file_that_cannot_be_read_is_said_and_nothing_is_kept(data, sentence, cast, as_):
    answer = upload(as_(cast.requester), data)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Sheet.objects.exists()


def test_no_file_at_all_is_said(cast, as_):
    answer = as_(cast.requester).post("/import/requests", {})
    assert answer.status_code == 422


def test_an_older_encoding_is_asked(cast, as_):
    browser = as_(cast.requester)
    data = as_csv([line(1, Problem="Größe zählt.")], encoding="cp1252")
    here = upload(browser, data).url
    assert browser.get(here).url == f"{here}/read"
    assert "Größe zählt." in text(browser.get(f"{here}/read"))
    assert browser.post(f"{here}/read", {"encoding": ""}).status_code == 422
    assert browser.post(f"{here}/read", {"encoding": "cp1252"}).url == f"{here}/map"
    assert Sheet.objects.get().rows.get().cells[1] == "Größe zählt."


def test_a_mapping_that_lacks_something_keeps_the_choice(cast, as_):
    browser = as_(cast.requester)
    here = upload(browser, as_csv([line(1)])).url
    answer = browser.post(f"{here}/map", mapping_form(col_1="", col_3="title"))
    assert answer.status_code == 422
    assert "No column goes to “What is the problem”, which every row needs." in text(answer)
    assert "“Title” is chosen for Source + Title; choose it once." in text(answer)


def test_bad_values_in_the_mapping_are_refused_not_stored(cast, as_):
    browser = as_(cast.requester)
    here = upload(browser, as_csv([line(1)])).url
    assert browser.post(f"{here}/map", mapping_form(col_1="phase")).status_code == 422


def test_rows_are_shown_by_outcome_with_both_values_of_a_change(cast, as_):
    imported(cast.requester, [line(1), line(2)])
    sheet = checked(cast.requester, [line(1, Title="A better title"), line(2)])
    browser = as_(cast.requester)
    page = text(browser.get(f"{sheet.get_absolute_url()}?show=change"))
    assert "<del>Instant settlement for group 1</del> <ins>A better title</ins>" in page
    assert "group 2" not in page
    assert browser.get(f"{sheet.get_absolute_url()}?show=nonsense&page=x").status_code == 200


def test_pages_ask_the_database_the_same_for_any_number_of_rows(cast, as_):
    browser = as_(cast.requester)

    def queries(path):
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            browser.get(path)
        return len(seen)

    one = imported(cast.requester, [line(1)])
    few = queries(one.get_absolute_url()), queries("/import"), queries("/import/requests")
    many = imported(cast.requester, [line(n) for n in range(2, 40)])
    imported(cast.requester, [line(50)])
    more = queries(many.get_absolute_url()), queries("/import"), queries("/import/requests")
    assert more == few


def test_a_sample_file_imports_as_it_is(cast, as_):
    browser = as_(cast.requester)
    data = browser.get("/import/requests/sample.csv").content
    here = upload(browser, data).url
    form = mapping_form()
    sheet = Sheet.objects.get()
    told = {f"col_{n}": sheet.mapping.get(h, "") for n, h in enumerate(sheet.headers)}
    browser.post(f"{here}/map", {**told, "day_first": form["day_first"], "key_space": "s"})
    assert list(sheet.rows.values_list("outcome", flat=True)) == ["create", "create"]


def test_the_api_does_the_same(cast, api_as):
    caller = api_as(cast.requester)
    file = SimpleUploadedFile("wishes.csv", as_csv([line(1), line(2, Deadline="soon")]))
    answer = caller.post("/api/v1/imports/", {"kind": "requests", "file": file}, format="multipart")
    assert answer.status_code == 201
    here = answer.headers["Location"]
    assert answer.json()["stage"] == "mapping"
    answer = caller.put(here, {"mapping": {"Problem": "phase"}}, format="json")
    assert answer.status_code == 409
    answer = caller.put(here, {"mapping": MAPPING, "key_space": "wishes"}, format="json")
    assert (answer.status_code, answer.json()["stage"]) == (202, "checked")
    rows = caller.get(f"{here}rows/?outcome=skip").json()["results"]
    assert [(r["line"], r["problems"][0]["code"]) for r in rows] == [(3, "no_date")]
    answer = caller.post(f"{here}run/")
    assert answer.status_code == 202
    run_here(Job.objects.get(kind="sheets.run"))
    assert caller.get(here).json()["jobs"]["run"]["counts"]["created"] == 1
    assert caller.post(f"{here}run/").status_code == 409
    assert caller.post(f"{here}undo/").status_code == 202
    assert api_as(cast.reader).get(here).status_code == 404


def test_the_api_names_what_is_wrong_with_a_file(cast, api_as):
    caller = api_as(cast.requester)
    file = SimpleUploadedFile("wishes.csv", b"A,B\n")
    answer = caller.post("/api/v1/imports/", {"kind": "requests", "file": file}, format="multipart")
    assert answer.status_code in (400, 422)
    assert "no row below it" in json.dumps(answer.json())
    file = SimpleUploadedFile("wishes.csv", b"A,B\n1,2\n")
    answer = caller.post("/api/v1/imports/", {"kind": "ghosts", "file": file}, format="multipart")
    assert answer.status_code in (400, 422)
