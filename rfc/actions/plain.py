"""Pushing and bringing in one text as plain Markdown."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from config.flow.errors import NotAllowed
from rfc.actions.writing import save_draft
from rfc.importing.documents import Document, Failure
from rfc.importing.folder import read_folder
from rfc.importing.text import MOST_BYTES, Unreadable, decoded
from rfc.models import RFC, Draft
from rfc.text.head import Parted, parted

# Names in our head, and the draft's texts they stand for.
TEXT_OF = {"title": "title", "problem": "summary_problem", "decision_asked": "decision_asked"}
GIVEN = ("rfc", *TEXT_OF)
LONGEST = {"title": 255, "summary_problem": 400, "decision_asked": 400}


@dataclass(frozen=True)
class Read:
    """What a Markdown file holds: texts of a draft, and sentences about what found no place."""

    texts: dict[str, str]
    said: list[str] = field(default_factory=list)


def push_markdown(*, rfc: RFC, actor: Any, data: bytes, seen_version: int) -> tuple[Draft, Read]:
    """Save Markdown into the draft. A head of ours sets title, problem and decision asked.

    Conflict when somebody saved since `seen_version`; Unreadable with a sentence for bytes that
    are no text, or a head of another RFC.
    """
    read = read_markdown(data, rfc.key)
    draft = save_draft(rfc=rfc, actor=actor, seen_version=seen_version, **read.texts)
    return draft, read


def read_markdown(data: bytes, key: str) -> Read:
    """The texts of a Markdown file meant for the RFC of this key. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"The text is larger than {MOST_BYTES // 1000:,} KB, the most one may have."
        )
    if not data.strip():
        raise Unreadable(
            "The text is empty; an empty push would blank the draft, so it is not taken."
        )
    found = parted(decoded(data, "The text"))
    other = found.facts.get("rfc", key)
    if other.upper() != key:
        raise Unreadable(
            f"The head says that this is {other}; send it to {other}, or mend the line “rfc:”."
        )
    return Read(_texts(found), _not_taken(found))


def read_upload(name: str, data: bytes) -> Read:
    """The texts of any Markdown file for a new RFC: ours, front matter, or a list at its head.

    Raises NotAllowed with a sentence when the file cannot be read.
    """
    try:
        found = parted(decoded(data, name))
    except Unreadable as reason:
        raise NotAllowed(str(reason)) from reason
    if found.facts:
        return Read(_texts(found), _not_taken(found))
    document = _document(name, data)
    said = list(document.unmapped)
    people = [p.name or p.handle or p.email for p in document.authors]
    if people:
        said.append(f"The file names {', '.join(people)} as authors; add them under details.")
    if document.status_raw:
        said.append(f"The file says “{document.status_raw}”; here it begins as a draft.")
    return Read({"title": document.title, "body": document.body_markdown}, said)


def _document(name: str, data: bytes) -> Document:
    """Read by what reads folders, so that one file and a thousand are understood alike."""
    stem = Path(name).stem or "text"
    for tried in (f"{stem}.md", f"text-{stem}.md".lower()):
        with TemporaryDirectory() as folder:
            Path(folder, tried).write_bytes(data)
            found = next(iter(read_folder(folder)), None)
        if isinstance(found, Document):
            return found
        if isinstance(found, Failure):
            raise NotAllowed(found.reason)
    raise NotAllowed(f"{name} could not be read as a document.")


def _texts(found: Parted) -> dict[str, str]:
    texts = {text: found.facts[name] for name, text in TEXT_OF.items() if name in found.facts}
    for name, most in LONGEST.items():
        if len(texts.get(name, "")) > most:
            raise Unreadable(f"“{name}” has more than {most} characters; shorten it.")
    return {**texts, "body": found.body}


def _not_taken(found: Parted) -> list[str]:
    names = [name for name in found.facts if name not in GIVEN]
    return (
        [f"“{', '.join(names)}” in the head are facts, not text; they stay as they are."]
        if names
        else []
    )
