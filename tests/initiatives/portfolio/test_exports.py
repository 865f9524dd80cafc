"""A view in other forms: the same rows in the same order, harmless cells, one printable page."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from config.due.jobs import run_here
from config.due.models import Job
from initiatives.models import Initiative
from initiatives.views import exports
from tests.factories.initiatives import in_phase, proposed


@pytest.fixture
def three(cast):
    proposed(cast, title="=HYPERLINK(1)", line=None)
    proposed(
        cast, title="Ärger, mit “Komma”", deadline_date=timezone.localdate() + timedelta(days=9)
    )
    return in_phase(cast, "discovery", title="Third")


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "query", ["", "sort=-title", "phase=intake&sort=title", "group=phase", "group=line&sort=title"]
)
def test_an_export_has_the_rows_and_the_order_of_the_screen(query, three, cast, as_):
    browser = as_(cast.reader)
    shown = [row.key for row in browser.get(f"/initiatives?{query}").context["rows"]]
    assert [row["key"] for row in rows_of(browser.get(f"/initiatives.csv?{query}"))] == shown
    told = json.loads(body(browser.get(f"/initiatives.json?{query}")))
    assert [row["key"] for row in told["results"]] == shown
    book = load_workbook(io.BytesIO(body(browser.get(f"/initiatives.xlsx?{query}"))))
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == shown


def test_csv_opens_in_excel_and_runs_nothing(three, cast, as_):
    answer = as_(cast.reader).get("/initiatives.csv?sort=title")
    raw = body(answer)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer["Content-Disposition"]
    titles = [row["title"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))]
    assert set(titles) == {"'=HYPERLINK(1)", "Ärger, mit “Komma”", "Third"}


def test_the_sheet_is_typed_and_its_text_stays_text(three, cast, as_):
    Initiative.objects.filter(pk=three.pk).update(score=12)
    answer = as_(cast.reader).get("/initiatives.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["=HYPERLINK(1)"][1].data_type == "s"
    assert rows["Ärger, mit “Komma”"][8].is_date
    assert rows["Third"][9].value == 12


def test_a_large_sheet_is_made_by_a_job_for_its_owner_alone(
    three, cast, as_, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    browser = as_(cast.reader)
    answer = browser.get("/initiatives.xlsx?sort=title")
    job = Job.objects.get(kind="initiatives.export")
    assert answer.url == job.get_absolute_url()
    run_here(job)
    found = browser.get(f"/exports/{job.public_id}.xlsx")
    sheet = load_workbook(io.BytesIO(body(found))).active
    assert sheet.max_row == 4
    assert as_(cast.outsider).get(f"/exports/{job.public_id}.xlsx").status_code == 404


def test_deadlines_as_a_calendar(three, cast, as_):
    text = body(as_(cast.reader).get("/initiatives.ics")).decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    day = timezone.localdate() + timedelta(days=9)
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in text
    assert "Ärger\\, mit" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_feed_of_changes_newest_first(three, cast, as_):
    text = as_(cast.reader).get("/initiatives.atom?phase=discovery").content.decode()
    assert text.count("<entry>") == 1
    assert "Third" in text


def test_unknown_forms_do_not_exist(cast, as_):
    assert as_(cast.reader).get("/initiatives.exe").status_code == 404


def test_the_brief_says_what_it_is_and_becomes_a_pdf(three, cast, as_):
    browser = as_(cast.reader)
    page = browser.get("/initiatives/brief?line=payments&phase=discovery").content.decode()
    assert "Line: Payments" in page
    assert "Phase: Discovery" in page
    assert "http://testserver/initiatives?line=payments&amp;phase=discovery" in page
    assert "Third" in page
    pdf = browser.get("/initiatives/brief.pdf?line=payments&phase=discovery")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
