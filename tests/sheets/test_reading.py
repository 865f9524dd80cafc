"""Files as tables: dialects, encodings, limits, cells that a spreadsheet would run."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from config.sheets.days import day_of
from config.sheets.guessing import guessed, header_set
from config.sheets.kinds import Field
from config.sheets.reading import AskEncoding, AskTab, Unreadable, read

TEXT = "Number;Problem\r\nR-1;Größe “zählt”; sagt sie\r\n"
ROWS = [["R-1", "Größe zählt"], ["R-2", "Müller, Söhne"]]


def text(mark=",", encoding="utf-8", head=b""):
    lines = ["Number" + mark + "Problem"]
    lines += [f'{n}{mark}"{p}"' for n, p in ROWS]
    return head + "\r\n".join(lines).encode(encoding)


def workbook(**tabs):
    book = Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_are_found_out(mark):
    found = read("a.csv", text(mark))
    assert (found.headers, found.rows) == (["Number", "Problem"], ROWS)
    assert found.read_as["separator"] == mark


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (text(), "utf-8"),
        (text(head=b"\xef\xbb\xbf"), "utf-8"),
        (text(encoding="utf-16"), "utf-16"),
        (text(encoding="utf-16-le"), "utf-16-le"),
    ],
)
def test_unicode_is_recognised(data, encoding):
    found = read("a.csv", data)
    assert found.rows == ROWS
    assert found.read_as["encoding"] == encoding


def test_older_encodings_are_asked_with_a_line_to_judge_by():
    with pytest.raises(AskEncoding) as asked:
        read("a.csv", text(encoding="cp1252"))
    assert asked.value.samples["cp1252"] == 'R-1,"Größe zählt"'
    assert asked.value.samples["mac_roman"] != asked.value.samples["cp1252"]
    assert read("a.csv", text(encoding="cp1252"), encoding="cp1252").rows == ROWS


def test_lines_are_those_of_the_file_though_cells_have_breaks_and_rows_are_empty():
    found = read("a.csv", b'Number,Problem\n1,"two\nlines"\n\n,\n2,one\n')
    assert found.rows == [["1", "two\nlines"], ["2", "one"]]
    assert found.lines == [2, 6]


def test_headers_get_names_when_they_lack_one_or_have_one_twice():
    assert read("a.csv", b"A,,A\n1,2,3\n").headers == ["A", "Column 2", "A (2)"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n", "no filled row"),
        (b"A,B\n", "no row below"),
        (b"A,B\n1,2\x00\n", "null characters"),
        (b"A,B\n" + b"1,2\n" * 20_001, "more than 20000 rows"),
        (b",".join([b"A"] * 101) + b"\n1\n", "more than 100 columns"),
        (b'A,B\n"1,2\n' + b"x" * 60_000, "cannot be read"),
        (b"\xd0\xcf\x11\xe0old", "old kind"),
        (b"PK\x03\x04 nonsense", "workbook"),
        (b"A" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_is_said(data, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read("a.csv", data)


def test_a_workbook_gives_text_and_days():
    data = workbook(
        Wishes=[["Number", "Due", "Who"], [7, date(2027, 3, 1), 1.5], ["007", None, True]]
    )
    found = read("a.xlsx", data)
    assert found.rows == [["7", "2027-03-01", "1.5"], ["007", "", "yes"]]
    assert found.read_as == {"kind": "xlsx", "tab": "Wishes"}


def test_several_filled_tabs_are_asked():
    data = workbook(One=[["A"], ["1"]], Two=[["B"], ["2"]], Empty=[])
    with pytest.raises(AskTab) as asked:
        read("a.xlsx", data)
    assert asked.value.tabs == ["One", "Two"]
    assert read("a.xlsx", data, tab="Two").headers == ["B"]


def test_a_zip_bomb_and_an_entity_are_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (130 * 1024 * 1024))
    assert len(bomb.getvalue()) < 1024 * 1024
    with pytest.raises(Unreadable):
        read("a.xlsx", bomb.getvalue())
    entity = io.BytesIO(workbook(A=[["A"], ["1"]]))
    with zipfile.ZipFile(entity, "a") as archive:
        archive.writestr("xl/more.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    with pytest.raises(Unreadable):
        read("a.xlsx", entity.getvalue())


@pytest.mark.parametrize(
    ("said", "day_first", "day"),
    [
        ("2026-12-01", True, date(2026, 12, 1)),
        ("2026-12-01 00:00:00", True, date(2026, 12, 1)),
        ("03/04/2027", True, date(2027, 4, 3)),
        ("03/04/2027", False, date(2027, 3, 4)),
        ("3.4.2027", True, date(2027, 4, 3)),
        ("31.02.2027", True, None),
        ("soon", True, None),
    ],
)
def test_days(said, day_first, day):
    assert day_of(said, day_first=day_first) == day


def test_columns_are_guessed_once_each_by_whole_words():
    fields = [Field("line", "Business line"), Field("title", "Title", also=("name",))]
    headers = ["Online since", "NAME *", "Business line name", "Title", "Gateline: key"]
    assert guessed(headers, fields) == {"Title": "title", "Business line name": "line"}
    assert header_set(["a b", "C"]) == header_set(["c", "A-B", "Gateline: key"])
