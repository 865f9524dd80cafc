"""RFCs as plain Markdown: pulled and pushed byte for byte, read from one file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from rfc.models import RFC
from rfc.text.head import headed, parted
from tests.factories import rfc as make

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@given(TEXT, TEXT)
def test_a_head_comes_off_again_byte_for_byte(title, body):
    title = " ".join(title.split())
    found = parted(headed({"rfc": "RFC-7", "title": title}, body))
    assert found.body == body
    assert found.facts.get("title", "") == title


@pytest.mark.parametrize("text", ["", "---\n", "---\ntitle: x\n---\n\nbody", "---\n\n---\n", "a"])
def test_a_head_that_is_not_ours_belongs_to_the_text(text):
    assert parted(text).body == text


@pytest.fixture
def rfc(cast):
    text = make.body() + "\n---\n\n```\ncode  \n```\n\tTab “quotes” \\ end"
    return make.draft_rfc(
        cast,
        title='It\'s: "quoted" \\ #1',
        text=text,
        summary_problem="A: b",
        decision_asked="Yes?",
    )


def push(caller, rfc, data, tag, **more):
    headers = {"If-Match": tag} if tag else {}
    return caller.put(
        f"/api/v1/rfcs/{rfc.key}.md",
        data,
        content_type=more.get("kind", "text/markdown"),
        headers=headers,
    )


def pull(caller, rfc):
    return caller.get(f"/api/v1/rfcs/{rfc.key}.md", headers={"Accept": "text/markdown"})


def test_a_pull_pushed_back_changes_nothing(cast, as_, rfc):
    browser = as_(cast.product_manager)
    pulled = pull(browser, rfc)
    assert pulled.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert pulled.content.endswith(rfc.draft.body.encode())
    pushed = push(browser, rfc, pulled.content, pulled.headers["ETag"])
    assert (pushed.status_code, pushed.headers["ETag"]) == (200, pulled.headers["ETag"])
    assert pushed.headers["Content-Type"] == "application/json"
    assert pull(browser, rfc).content == pulled.content


def test_a_push_changes_text_and_head_and_says_what_it_did_not_take(cast, as_, rfc):
    browser = as_(cast.product_manager)
    pulled = pull(browser, rfc)
    text = pulled.content.replace(b"What we say about scope.", b"Only Lisbon.")
    text = text.replace(b'problem: "A: b"', b"problem: Agents wait")
    pushed = push(browser, rfc, text, pulled.headers["ETag"])
    draft = type(rfc.draft).objects.get(rfc=rfc)
    assert "Only Lisbon." in draft.body
    assert (draft.summary_problem, draft.title) == ("Agents wait", 'It\'s: "quoted" \\ #1')
    assert pushed.json()["row_version"] == 2
    assert "they stay as they are" in pushed.json()["said"][0]


def test_a_push_without_or_with_an_old_version_is_refused(cast, as_, rfc):
    browser = as_(cast.product_manager)
    tag = pull(browser, rfc).headers["ETag"]
    assert push(browser, rfc, b"## A\n\nx\n", "").status_code == 428
    assert push(browser, rfc, b"## A\n\none\n", tag).status_code == 200
    stale = push(browser, rfc, b"## A\n\ntwo\n", tag)
    assert (stale.status_code, stale.json()["current"]["body"]) == (412, "## A\n\none\n")
    assert push(as_(cast.reader), rfc, b"## A\n\nx\n", '"2"').status_code == 403


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The text is empty"),
        (b"\xff\xfe\x00\xd8", "The text is not UTF-8 text"),
        (b"## A\n\n\xe4\n", "line 3 has a byte that means nothing there"),
        (b'---\nrfc: "RFC-99"\n---\n\nx', "The head says that this is RFC-99"),
        (b"---\nrfc: [\n---\n\nx", "The head is not valid YAML"),
        (b"---\nrfc: RFC-1\ntitle: " + b"x" * 300 + b"\n---\n\nx", "has more than 255 characters"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_changes_nothing(cast, as_, rfc, data, sentence):
    before = rfc.draft.body
    answer = push(as_(cast.product_manager), rfc, data, '"1"')
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert type(rfc.draft).objects.get(rfc=rfc).body == before


def test_json_is_no_text(cast, as_, rfc):
    answer = push(as_(cast.product_manager), rfc, b"{}", '"1"', kind="application/json")
    assert answer.status_code == 415


def test_the_export_read_back_as_a_new_rfc_is_the_same_text(cast, as_):
    rfc = make.published_rfc(cast, title='A "b": c', decision_asked="Do it?")
    browser = as_(cast.product_manager)
    export = browser.get(f"/rfcs/{rfc.key}.md").content
    file = SimpleUploadedFile("export.md", export)
    answer = browser.post("/rfcs/upload", {"file": file, "stands_alone_reason": "A test"})
    made = RFC.objects.exclude(pk=rfc.pk).get()
    assert answer.url == f"/rfcs/{made.key}/edit"
    assert (made.title, made.decision_asked) == (rfc.title, rfc.decision_asked)
    assert made.draft.body == rfc.draft.body


def test_a_foreign_file_becomes_a_draft_and_says_what_found_no_place(cast, as_):
    text = "---\ntitle: Faster payouts\nauthors: [ada@example.com]\nstage: beta\n---\n\n# Faster payouts\n\n## Why\n\nBecause.\n"
    file = SimpleUploadedFile("README.md", text.encode())
    page = as_(cast.product_manager).post("/rfcs/upload", {"file": file}, follow=True)
    made = RFC.objects.get()
    assert (made.title, made.draft.body) == (
        "Faster payouts",
        "# Faster payouts\n\n## Why\n\nBecause.\n",
    )
    assert "“stage” has no field here: beta" in page.content.decode()


def test_a_file_that_is_no_text_is_refused_with_the_form(cast, as_):
    file = SimpleUploadedFile("a.md", b"\x00\x01\xff")
    answer = as_(cast.product_manager).post("/rfcs/upload", {"file": file})
    assert answer.status_code == 422
    assert "is not UTF-8 text" in answer.content.decode()
    assert not RFC.objects.exists()


def test_a_file_goes_into_the_editor_not_into_the_draft(cast, as_, rfc):
    before = rfc.draft.body
    file = SimpleUploadedFile("new.md", b"## Scope\n\nAll new.\n")
    page = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/upload", {"file": file})
    assert page.context["form"].initial["body"] == "## Scope\n\nAll new.\n"
    assert "All new." in page.content.decode()
    assert type(rfc.draft).objects.get(rfc=rfc).body == before
    other = SimpleUploadedFile("o.md", b'---\nrfc: "RFC-99"\n---\n\nx')
    wrong = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/upload", {"file": other})
    assert wrong.status_code == 422
