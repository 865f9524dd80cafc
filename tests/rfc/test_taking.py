"""Taking an RFC away: Markdown that comes back identical, one HTML file, a PDF one can search."""

import io
import re
from html import unescape

import pytest
from django.utils import timezone
from pypdf import PdfReader

from config.web.documents import Document, for_pages, standalone
from config.web.pdf import PdfFailed, pdf_of
from rfc.importing.folder import read_folder
from rfc.models import RFC
from tests.factories import rfc as make
from tests.rfc.test_rendering import HOSTILE

TEXT = """## Summary

Agents wait[^1] until **morning**. Smart quotes “stay”, tabs\tstay, trailing spaces\x20\x20
stay, and so does a line of `code`.

- [x] asked
- [ ] decided

| limit | per day |
| ----- | ------: |
| agent |   2 000 |

```rust
fn main() { println!("<b>"); }
```

[^1]: Measured in May.
"""


@pytest.fixture
def rfc(cast):
    return make.published_rfc(
        cast, text=TEXT, summary_problem="Agents wait.", decision_asked='Pay "at once".'
    )


def pdf_text(data):
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join("\n".join(pages).split())


def test_markdown_comes_back_as_it_was_written(cast, as_, rfc, tmp_path):
    taken = as_(cast.reader).get(f"/rfcs/{rfc.key}.md").content.decode()
    head, _, body = taken.removeprefix("---\n").partition("\n---\n\n")
    assert body == TEXT
    assert 'decision_asked: "Pay \\"at once\\"."' in head
    (tmp_path / "0007-back.md").write_text(taken)
    (document,) = read_folder(tmp_path)
    assert document.body_markdown.strip() == TEXT.strip()
    assert document.title == rfc.title


def test_an_older_revision_is_taken_by_its_number(cast, as_, rfc):
    make.edit(rfc, cast.product_manager, body="## Summary\n\nOther.\n")
    browser = as_(cast.reader)
    assert TEXT in browser.get(f"/rfcs/{rfc.key}/v1.md").content.decode()
    old = pdf_text(browser.get(f"/rfcs/{rfc.key}/v1.pdf").content)
    assert "not the newest, which is r2" in old
    assert browser.get(f"/rfcs/{rfc.key}/v9.pdf").status_code == 404


def test_the_html_file_needs_nothing_else_and_runs_nothing(cast, as_, rfc):
    answer = as_(cast.reader).get(f"/rfcs/{rfc.key}.html")
    html = unescape(answer.content.decode())
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert not re.search(r'<(?:link|img|iframe)[^>]*(?:href|src)="(?!data:)', html)
    for words in (rfc.title, "Draft", "Agents wait.", f"/rfcs/{rfc.key}/v1", "Measured in May"):
        assert words in html


def test_the_pdf_has_a_head_page_numbers_and_every_word(cast, as_, rfc):
    data = as_(cast.reader).get(f"/rfcs/{rfc.key}.pdf").content
    reader = PdfReader(io.BytesIO(data))
    text = pdf_text(data)
    assert reader.metadata.title == f"{rfc.key} {rfc.title}"
    for words in (
        rfc.title,
        "Problem",
        "Draft",
        f"{rfc.key} r1",
        "1 / 1",
        "2 000",
        "Measured in May",
        "println",
        f"{timezone.localtime():%Y}",
    ):
        assert words in text, words


def test_a_table_row_is_not_cut_by_the_end_of_a_page(cast):
    rows = "".join(f"<tr><td>start{n} {'words ' * 60}end{n}</td></tr>" for n in range(40))
    html = f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>"
    page = for_pages(Document("T", html, "x", [], {}))
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(pdf_of(page))).pages]
    assert len(pages) > 2
    for n in range(40):
        (at,) = [i for i, text in enumerate(pages) if re.search(rf"\bstart{n}\b", text)]
        assert re.search(rf"\bend{n}\b", pages[at])
    assert all("Head" in text for text in pages)


def test_hostile_texts_ask_for_nothing_on_their_way_to_paper(cast, as_, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the disk")
    html = "".join(
        f'<img src="{address}"><object data="{address}"></object><iframe src="{address}"></iframe>'
        f'<link rel="stylesheet" href="{address}"><style>@import "{address}"; '
        f'body {{ background: url({address}) }}</style><script src="{address}"></script>'
        for address in (f"file://{secret}", "http://127.0.0.1:9/x", "/etc/passwd")
    )
    text = pdf_text(pdf_of(f"<p>before</p>{html}<p>after</p>"))
    assert "before" in text
    assert "after" in text
    assert "secret" not in text
    rfc = make.published_rfc(cast, text="## A\n\n" + "\n\n".join(HOSTILE)[:20_000])
    assert as_(cast.reader).get(f"/rfcs/{rfc.key}.pdf").content.startswith(b"%PDF-")


def test_a_picture_is_inside_both_files():
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63"
        "f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    shown = Document(
        "T", '<img src="/rfcs/RFC-7/pictures/a.png" alt="A">', "x", [],
        {"/rfcs/RFC-7/pictures/a.png": ("image/png", pixel)},
    )  # fmt: skip
    assert 'src="data:image/png;base64,' in standalone(shown)
    with_picture = pdf_of(for_pages(shown), images=shown.images)
    assert len(PdfReader(io.BytesIO(with_picture)).pages[0].images) == 1


def test_words_of_a_person_cannot_leave_the_running_foot():
    foot = '"; } body { display: none } @import url(http://x) /*'
    text = pdf_text(pdf_of(for_pages(Document("Title", "<p>Body</p>", foot, [], {}))))
    assert "Body" in text
    assert "display: none" in text


def test_what_takes_too_long_is_refused_with_a_way_out(cast, as_, settings, rfc):
    settings.PDF_MEGABYTES = 1
    answer = as_(cast.reader).get(f"/rfcs/{rfc.key}.pdf")
    assert answer.status_code == 409
    assert "Take the HTML file instead" in answer.content.decode()
    with pytest.raises(PdfFailed):
        pdf_of("<p>x</p>")


@pytest.mark.parametrize("suffix", ["md", "html", "pdf"])
def test_the_same_state_is_not_sent_twice(cast, as_, rfc, suffix):
    browser = as_(cast.reader)
    first = browser.get(f"/rfcs/{rfc.key}.{suffix}")
    again = browser.get(f"/rfcs/{rfc.key}.{suffix}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    RFC.objects.filter(pk=rfc.pk).update(flow_version=rfc.flow_version + 1)
    changed = browser.get(f"/rfcs/{rfc.key}.{suffix}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
