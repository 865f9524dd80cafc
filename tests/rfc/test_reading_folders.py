"""Reading folders of documents that others wrote: whole sentences instead of exceptions."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rfc.importing.dates import read_date
from rfc.importing.documents import Document, Failure, Skipped
from rfc.importing.folder import read_folder
from rfc.importing.links import LinkIndex
from rfc.importing.people import people
from rfc.importing.statuses import GENERAL, KEP, STATES, read_status, settled

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def put(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_folder(root))


def one(tmp_path, content, name="0001-thing.md"):
    (found,) = put(tmp_path, {name: content})
    return found


FRONT = """---
title: "Faster refunds"
status: Accepted
authors: [Ada Lovelace <ada@example.org>, "@grace"]
reviewers:
  - Alan Turing (@alan)
created: 12 March 2024
owning-team: payments
participating_teams: payments, risk
replaces: 0003-old.md
budget: 12
---

## Summary
x
"""


def test_front_matter_fills_the_fields(tmp_path):
    found = one(tmp_path, FRONT)
    assert (found.title, found.number, found.status) == ("Faster refunds", "0001", "accepted")
    assert [(p.name, p.handle, p.email) for p in (*found.authors, *found.reviewers)] == [
        ("Ada Lovelace", "", "ada@example.org"), ("", "grace", ""), ("Alan Turing", "alan", ""),
    ]  # fmt: skip
    assert found.created == date(2024, 3, 12)
    assert (found.owning_team, found.participating_teams) == ("payments", ("risk",))
    assert found.replaces == ("0003-old.md",)
    assert found.body_markdown == "## Summary\nx\n"
    assert found.unmapped == ["“budget” has no field here: 12"]


def test_a_list_at_the_head_fills_the_fields_and_stays_in_the_text(tmp_path):
    text = (
        "- Feature Name: `x`\n- Start Date: 2015-02-04\n- **Status:** rejected\n"
        "- Author: [Ada](https://github.com/ada)\n- RFC PR: (leave this empty)\n\n# Summary\n\nx\n\n# Why\n"
    )
    found = one(tmp_path, text)
    assert (found.status, found.created, found.title) == ("declined", date(2015, 2, 4), "Thing")
    assert [(p.name, p.handle) for p in found.authors] == [("Ada", "ada")]
    assert found.body_markdown == text
    assert found.unmapped == [
        "“Feature Name” has no field here: `x`",
        "“RFC PR” has no field here and is empty.",
        "No title is given; it was made from the file name 0001-thing.",
    ]


@pytest.mark.parametrize(
    "head",
    ["# RFC: A good title\n\n", "## A good title\n\n", "<!-- licence\n-->\n\n# A good title\n", "A good title\n=====\n\n"],
)  # fmt: skip
def test_a_heading_above_the_list_is_the_title(tmp_path, head):
    found = one(
        tmp_path,
        f"{head}- Start Date: 2020-01-02\n- Rust Issues:\n  - [1](a)\n  - [2](b)\n\n## Summary\nx\n",
    )
    assert found.title == "A good title" or head.endswith("=\n\n")
    assert found.created == date(2020, 1, 2)
    assert "“Rust Issues” has no field here: [1](a); [2](b)" in found.unmapped


def test_an_ordinary_list_is_no_metadata(tmp_path):
    found = one(tmp_path, "# Thing we want\n\n- Pro: cheap\n- Con: slow\n")
    assert found.title == "Thing we want"
    assert found.unmapped == [
        "The file has no metadata: no front matter, no list at its head.",
        "No status is given; it is imported as draft.",
    ]


KEP_YAML = """title: Node things
kep-number: 693
authors:
  - "@ada"
  - TBD
owning-sig: sig-node
participating-sigs:
  - sig-node
  - sig-auth
status: implementable
creation-date: 2019-13-01
reviewers: []
approvers:
  - sig-architecture
see-also:
  - /keps/sig-auth/1-other
stage: alpha
"""


def test_kep_yaml_beside_the_text(tmp_path):
    found = put(tmp_path, {"keps/sig-node/693-things/kep.yaml": KEP_YAML, "keps/sig-node/693-things/README.md": "# KEP-693: Node\n", "keps/sig-node/693-things/notes.md": "x"})  # fmt: skip
    document, notes = found
    assert isinstance(notes, Skipped)
    assert notes.alias_of == document.source_path == "keps/sig-node/693-things/README.md"
    assert (document.title, document.number, document.status) == ("Node things", "693", "accepted")
    assert (document.owning_team, document.participating_teams) == ("sig-node", ("sig-auth",))
    assert document.unmapped == [
        "“authors” holds only a placeholder: TBD.",
        "“creation-date” is not a date: 2019-13-01.",
        "“reviewers” is empty.",
        "“approvers” names a team, not a person: sig-architecture.",
        "“stage” has no field here: alpha",
    ]


def test_content_hash_follows_text_and_metadata(tmp_path):
    files = {"1-a/kep.yaml": KEP_YAML, "1-a/README.md": "# A\n"}
    first, again = put(tmp_path, files)[0], put(tmp_path, files)[0]
    assert first.content_hash == again.content_hash
    other = put(tmp_path, {"1-a/kep.yaml": KEP_YAML.replace("alpha", "beta")})[0]
    assert other.content_hash != first.content_hash


BOMB = "a: &a [x]\n" + "\n".join(f"{c}: &{c} [{', '.join(['*' + p] * 9)}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True))  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "0001-thing.md is empty."),
        (b"ok\n\xff\xfe bad", "0001-thing.md is not UTF-8 text: line 2 has a byte that means nothing there. Save it as UTF-8 and import again."),
        (b"a\x00b", "0001-thing.md is not text: it contains null bytes."),
        (b"x" * 2_000_001, "0001-thing.md is larger than 2,000 KB, the most one may have."),
        (b"---\ntitle: [a\nx: y\n---\n", "The front matter of 0001-thing.md is not valid YAML: line 2, expected ',' or ']', but got ':'."),
        (b"---\ntitle: a\n\ntext", "The front matter of 0001-thing.md is not closed with a line of three dashes."),
        (f"---\n{BOMB}\n---\n".encode(), "The front matter of 0001-thing.md is not valid YAML: line 2, aliases (*name) are not read."),
        (b"---\ntitle: " + b"[" * 20_000 + b"\n---\n", "The front matter of 0001-thing.md is not valid YAML that can be read safely."),
        (b"---\na: " + b"x" * 70_000 + b"\n---\n", "The front matter of 0001-thing.md is longer than 64,000 characters."),
        (b"---\na: !!python/object/apply:os.system [x]\n---\n", "0001-thing.md is empty."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_fails_in_a_sentence(tmp_path, content, reason):
    found = one(tmp_path, content)
    assert isinstance(found, Failure)
    assert found.reason == reason


def test_line_ends_and_byte_order_marks_are_forgiven(tmp_path):
    found = one(tmp_path, b"\xef\xbb\xbf" + FRONT.replace("\n", "\r\n").encode())
    assert found.title == "Faster refunds"
    assert found.body_markdown == "## Summary\nx\n"
    assert one(tmp_path, FRONT.encode("utf-16")).title == "Faster refunds"


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n")
    root = tmp_path / "docs"
    root.mkdir()
    (root / "out.md").symlink_to(secret)
    (root / "lost.md").symlink_to(root / "none.md")
    (root / "up").symlink_to(tmp_path)
    (root / "a.md").write_text("# A\n")
    (root / "b.md").symlink_to(root / "a.md")
    found = {item.source_path: item for item in read_folder(root)}
    assert "out of the folder" in found["out.md"].reason
    assert "out of the folder" in found["up"].reason
    assert found["lost.md"].reason == "lost.md is a link that leads nowhere."
    assert found["b.md"].alias_of == "a.md"
    assert isinstance(found["a.md"], Document)


def test_metadata_that_leads_out_is_refused(tmp_path):
    (tmp_path / "passwords").write_text("title: x")
    folder = tmp_path / "docs" / "1-a"
    folder.mkdir(parents=True)
    (folder / "kep.yaml").symlink_to(tmp_path / "passwords")
    (folder / "README.md").write_text("# A\n")
    found = list(read_folder(tmp_path / "docs"))
    assert not [item for item in found if isinstance(item, Document)]


def test_files_about_the_folder_are_skipped_and_said(tmp_path):
    found = put(tmp_path, {"README.md": "# Us", "SOURCES.md": "x", ".git/a.md": "x", "a.txt": "x", "x/kep.yaml": "title: x"})  # fmt: skip
    assert sorted((item.source_path, item.reason) for item in found) == [
        ("README.md", "README.md describes the folder; it is no document."),
        ("SOURCES.md", "SOURCES.md describes the folder; it is no document."),
        ("x/kep.yaml", "x/kep.yaml has no README.md beside it, so there is no document."),
    ]


def test_a_folder_that_is_none(tmp_path):
    (found,) = read_folder(tmp_path / "none")
    assert "is not a folder that can be read" in found.reason


def test_special_files_are_left_alone(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert list(read_folder(tmp_path)) == []


def test_a_text_that_moved_is_replaced(tmp_path):
    found = one(tmp_path, "Moved to [2.md](2.md).\n")
    assert (found.status, found.superseded_by) == ("superseded", ("2.md",))
    assert "It only says that it moved to 2.md; read as replaced." in found.unmapped


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-10-30", date(2014, 10, 30)), ("2014/1/3", date(2014, 1, 3)), ("(2014-10-30)", date(2014, 10, 30)),
        ("31-10-2014", date(2014, 10, 31)), ("10/31/2014", date(2014, 10, 31)), ("03/04/2014", None),
        ("March 4th, 2014", date(2014, 3, 4)), ("4 Mar 2014", date(2014, 3, 4)), ("2014-02-30", None),
        ("2014-10-30T10:00:00Z", date(2014, 10, 30)), ("yesterday", None), ("Marble 4, 2014", None), ("2014", None),
    ],
)  # fmt: skip
def test_dates(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@ada", [("ada", "")]), ("ada", [("ada", "")]), ("Ada Lovelace", [("", "Ada Lovelace")]),
        ("“@ada”", [("ada", "")]), ("@ada, @bob and Carl Oz", [("ada", ""), ("bob", ""), ("", "Carl Oz")]),
        ("Ada (@ada)", [("ada", "Ada")]), ("@kubernetes/wg-x", []), ("sig-node", []),
        ("@ada - for the API", [("ada", "")]), ("with help from nobody at all, 12%", []),
    ],
)  # fmt: skip
def test_people(entry, expected):
    found, notes = people([entry], "authors")
    assert [(person.handle, person.name) for person in found] == expected
    assert bool(notes) == (not expected or " - " in entry)


def test_people_are_named_once():
    found, _ = people(["@Ada", "ada", "Ada <a@b.c>", "Ada <A@b.c>"], "authors")
    assert len(found) == 2


def test_statuses_map_to_states_that_exist():
    assert set(KEP.values()) <= STATES
    assert read_status("Implementable ", KEP, "draft") == ("accepted", [])
    assert read_status("implemented (alpha)", KEP, "draft")[0] == "implemented"
    assert read_status("", GENERAL, "accepted") == (
        "accepted",
        ["No status is given; it is imported as accepted."],
    )
    assert read_status("imlpemented", KEP, "draft") == (
        "draft",
        ["The status “imlpemented” is not known; it is imported as draft."],
    )
    assert settled("superseded", successor_known=True) == ("superseded", "")
    assert settled("superseded", successor_known=False)[0] == "withdrawn"


def indexed(*paths):
    index = LinkIndex()
    for at, (path, number) in enumerate(paths, start=1):
        document = Document(
            source_path=path, title="t", body_markdown="b", content_hash="h", number=number
        )
        index.add(document, f"RFC-{at}")
    return index


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("../2-b/README.md", "RFC-2"), ("../2-b", "RFC-2"), ("/keps/sig/2-b/", "RFC-2"), ("keps/sig/2-b/kep.yaml", "RFC-2"),
        ("../2-b/README.md#part", "RFC-2"), ("https://github.com/o/r/blob/master/keps/sig/2-b/README.md", "RFC-2"),
        ("KEP-2", "RFC-2"), ("2", "RFC-2"), ("/keps/sig/9-z", None), ("https://example.org/2-b", None),
        ("mailto:a@b.c", None), ("http://[", None), ("", None), ("../../../../etc/passwd", None),
    ],
)  # fmt: skip
def test_links_find_their_document(target, key):
    index = indexed(("keps/sig/1-a/README.md", "1"), ("keps/sig/2-b/README.md", "2"))
    assert index.find(target, "keps/sig/1-a/README.md") == key


def test_links_in_a_flat_folder():
    index = indexed(("0001-a.md", "0001"), ("0002-b.md", "0002"))
    assert index.find("0002-b.md", "0001-a.md") == "RFC-2"
    assert index.find("/text/0002-b.md", "0001-a.md") == "RFC-2"
    resolve = index.resolver("0001-a.md", lambda key: f"/rfcs/{key}")
    assert resolve("0002-b.md#why") == "/rfcs/RFC-2#doc-why"
    assert resolve("/rfcs/RFC-9") == "/rfcs/RFC-9"
    assert resolve("picture.png") is None
    assert index.find_all(["0002-b.md", "2", "x"], "0001-a.md") == (["RFC-2"], ["x"])


def test_a_number_that_two_share_means_neither():
    assert indexed(("0001-a.md", "7"), ("0002-b.md", "07")).find("7", "0001-a.md") is None


def test_other_names_lead_to_the_document():
    index = indexed(("a.md", ""))
    index.add_alias(Skipped("old/a.md", "x", alias_of="a.md"))
    assert index.find("/old/a.md", "b.md") == "RFC-1"


def test_all_samples_are_read():
    if not SAMPLES.is_dir():
        pytest.skip(f"{SAMPLES} is not there")
    found = list(read_folder(SAMPLES))
    assert Counter(type(item).__name__ for item in found) == {"Document": 101, "Skipped": 1}
    documents = [item for item in found if isinstance(item, Document)]
    corpora = Counter(document.source_path.split("/")[0] for document in documents)
    assert corpora == {"keps": 73, "rust-rfcs": 28}
    assert all(document.title and document.body_markdown for document in documents)
    assert Counter(document.status for document in documents) == {
        "implemented": 43, "draft": 28, "accepted": 20, "in_review": 6, "superseded": 2, "withdrawn": 2,
    }  # fmt: skip
    assert sum(bool(document.owning_team) for document in documents) == 72
    assert sum(document.created is None for document in documents) == 2
