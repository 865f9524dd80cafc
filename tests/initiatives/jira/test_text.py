"""Markdown to documents: valid against the full schema, equal at each run, no hostile links."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from initiatives.jira import adf, text
from initiatives.jira.sandbox.document import is_document
from initiatives.jira.text import Criterion

SHARED = Path(__file__).resolve().parents[4] / "shared"
SCHEMA = SHARED / "contracts" / "jira" / "adf-schema-full.json"
SAMPLES = sorted((SHARED / "samples").rglob("*.md")) if (SHARED / "samples").exists() else []
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason=f"no schema at {SCHEMA}")


@pytest.fixture(scope="module")
def validate():
    validator = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))

    def check(document):
        assert list(adf.problems(document)) == []
        assert is_document(document)
        error = next(validator.iter_errors(document), None)
        assert error is None, f"{list(error.absolute_path)}: {error.message[:300]}"

    return check


HOSTILE = """# [x](javascript:alert(1)) *a
>
> # quoted heading
> > deeper
> - item
>   1. one

-
- [ ] task
  - [x] done `code **not bold**`

    second paragraph
- plain

| a | b |
|---|---|
| `x` | [m](mailto:a@b.c) <b>html</b> |

![image](data:text/html,x) ![ok](https://e.org/i.png "t") [~accountid:123]
[d](data:text/html;base64,xx) [f](file:///etc/passwd) [v](vbscript:x) <javascript:alert(1)>
[tab](java\tscript:x) [rel](/here) [proto](//evil.org) https://plain.org

```js" onload=x
let a = 1;
```
***~~**deep**~~***
\x00\x07 \ud800 &#0; end\x20\x20
break
---
"""


def links(node):
    for mark in node.get("marks", []):
        if mark["type"] == "link":
            yield mark["attrs"]["href"]
    for child in node.get("content", []):
        yield from links(child)


def kinds(node):
    yield node["type"]
    for child in node.get("content", []):
        yield from kinds(child)


@needs_schema
def test_a_hostile_document_is_valid_and_its_links_are_harmless(validate):
    document = text.from_markdown(HOSTILE, local_id="INI-1")
    validate(document)
    found = set(links(document))
    assert found <= {
        "https://e.org/i.png",
        "mailto:a@b.c",
        "https://plain.org",
    }
    assert "https://e.org/i.png" in found
    assert not {"media", "mediaSingle", "mention"} & set(kinds(document))
    assert {"table", "taskList", "codeBlock", "blockquote", "heading"} <= set(kinds(document))


def test_equal_input_gives_equal_output_and_ids_follow_the_subject():
    source = "- [ ] one\n- [x] two\n"
    first, again = (text.from_markdown(source, local_id="a") for _ in range(2))
    other = text.from_markdown(source, local_id="b")
    assert first == again
    assert first != other
    assert adf.fingerprint(first) == adf.fingerprint(other)


PIECES = st.sampled_from(
    [
        "# ",
        "- ",
        "- [ ] ",
        "- [x] ",
        "1. ",
        "> ",
        "```",
        "`",
        "**",
        "*",
        "~~",
        "|",
        "|---|",
        "\n",
        "\n\n",
        "    ",
        "  ",
        "[a](",
        ")",
        "http://x.y",
        "javascript:",
        "![",
        "](",
        "<b>",
        "\\",
        "---",
        "\t",
        "word",
        "[~accountid:",
        "]",
        "é",
        "\x00",
        "&amp;",
        "  \n",
        "***",
        "+ ",
        "2) ",
    ]
)
MARKDOWN = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map("".join)


@needs_schema
@settings(max_examples=150, deadline=None)
@given(source=MARKDOWN)
def test_any_markdown_is_valid_and_repeatable(validate, source):
    document = text.from_markdown(source, local_id="x")
    validate(document)
    assert document == text.from_markdown(source, local_id="x")
    assert all(adf.safe_link(each) for each in links(document))


@needs_schema
@settings(max_examples=40, deadline=None)
@given(source=MARKDOWN, criteria=st.lists(st.text(max_size=40), max_size=5))
def test_any_description_is_valid_and_fits(validate, source, criteria):
    document = text.describe(
        source * 5,
        local_id="x",
        link="https://g.example/i/1",
        criteria=[Criterion(each) for each in criteria],
        limit=600,
    )
    validate(document)
    assert adf.size(document) <= 600


def paths(node):
    """Every way from a node down to a leaf, as a node with one child at each step.

    The schema's rules are about parent and child, so the distinct ways stand for the document.
    """
    node = json.loads(json.dumps(node)) if node["type"] == "doc" else node
    said = {key: each for key, each in node.items() if key != "content"}
    if node["type"] == "text":
        said["text"] = "x"
    if "localId" in said.get("attrs", {}):
        said["attrs"] = {**said["attrs"], "localId": "x"}
    for mark in said.get("marks", ()):
        if mark["type"] == "link":
            mark["attrs"] = {"href": "https://x"}
    if not node.get("content"):
        yield node if node["type"] != "text" else said
    for child in node.get("content", ()):
        for way in paths(child):
            yield {**said, "content": [way]}


@needs_schema
@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES, reason="the sample documents are not here")
def test_every_sample_document_is_valid(validate, caplog):
    """Each way from root to leaf in each document against the full schema; each distinct one once."""
    seen = set()
    for path in SAMPLES:
        source = path.read_text("utf-8", "replace")
        described = text.describe(source, local_id=path.name, link="https://g.example/rfc/1")
        assert adf.size(described) <= text.LIMIT
        for document in (described, text.from_markdown(source, local_id=path.name)):
            assert list(adf.problems(document)) == []
            assert is_document(document)
            for way in paths(document):
                if (packed := json.dumps(way)) not in seen:
                    seen.add(packed)
                    validate(way)
    assert len(SAMPLES) >= 101
    assert "plain paragraphs" not in caplog.text


def test_criteria_become_a_task_list_under_a_heading():
    document = text.describe(
        "Text", local_id="t", criteria=[Criterion("First"), Criterion("Second", met=True)]
    )
    assert [node["type"] for node in document["content"]] == ["paragraph", "heading", "taskList"]
    items = document["content"][2]["content"]
    assert [each["attrs"]["state"] for each in items] == ["TODO", "DONE"]
    assert adf.words(items) == "First\nSecond"


def test_a_long_text_is_cut_with_a_note_and_keeps_link_and_criteria():
    source = "\n\n".join(f"Paragraph {n} " + "word " * 100 for n in range(200))
    document = text.describe(
        source, local_id="t", link="https://g.example/1", criteria=[Criterion("Kept")]
    )
    said = adf.words(document["content"])
    assert adf.size(document) <= text.LIMIT
    assert "This text was cut" in said
    assert said.startswith("Open in Gateline")
    assert said.endswith("Kept")
    assert list(links(document)).count("https://g.example/1") == 2


def test_a_short_text_is_not_cut():
    document = text.describe("Short", local_id="t")
    assert document == adf.doc([adf.paragraph(adf.text("Short"))])


def test_a_converter_that_fails_falls_back_to_plain_paragraphs(monkeypatch):
    monkeypatch.setattr(text, "markdown_to_adf", lambda _source: 1 / 0)
    assert text.from_markdown("# A\n\nb", local_id="t") == adf.plain("# A\n\nb")


def test_deep_nesting_does_not_break():
    document = text.from_markdown("> " * 500 + "deep", local_id="t")
    assert "deep" in adf.words(document["content"])


@pytest.mark.parametrize(
    ("source", "expected"),
    [("a\nb", "a b"), ("  x  ", "x"), ("y" * 300, "y" * 254 + "…"), ("\x00z", "z")],
)
def test_summaries_are_one_line_and_fit(source, expected):
    assert text.one_line(source, 255) == expected
