"""Walks a folder and yields what it holds: documents, failures, and files that are neither.

A document is a Markdown file; README.md counts where a kep.yaml stands beside it. Files about
the folder itself (README, SOURCES, CONTRIBUTING: names in capitals without a number) and files
below a document's own folder are skipped and said so. Nothing outside the folder is read.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rfc.importing.documents import Document, Failure, Found, Metadata, Skipped
from rfc.importing.heads import Head, normal, read_head
from rfc.importing.mapping import mapped
from rfc.importing.plainyaml import Value, read_yaml
from rfc.importing.text import Unreadable, decoded, read_bytes
from rfc.text.headings import find, lines_of

KEP = "kep.yaml"
README = "readme.md"
SUFFIXES = (".md", ".markdown")
MOST_FILES = 50_000

_ABOUT = re.compile(r"^[A-Z][A-Z_. -]+$")
_ABOUT_NAMES = {"readme", "index", "license", "changelog", "contributing", "code_of_conduct"}
_NUMBER = re.compile(r"^(?:[A-Za-z]{2,5}-)?(\d{1,6}|N{4})(?:[-_. ]|$)")
_TITLE_MARK = re.compile(
    r"^\s*(?:(?:RFC|KEP|ADR)[-\s#]*(?:\d+|NNNN)?\s*[:\u2013-]\s*)+", re.IGNORECASE
)
_MOVED = re.compile(
    r"\A\s*(?:this \w+ (?:has )?)?moved to:? \[?[^\]\n]*\]?\(([^()\s]+)\)\.?\s*\Z", re.IGNORECASE
)


@dataclass(slots=True)
class _Source:
    """A file of the folder, with its path as documents are named by."""

    root: Path
    path: Path
    metadata: Path | None = None
    inside: str = ""
    links: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()


def read_folder(
    path: Path | str, *, default_status: str = "draft", corpus: str = ""
) -> Iterator[Found]:
    """Every document, failure and skipped file under `path`, in the order of their paths.

    Never raises for what a file holds. `default_status` is the state of documents that give
    none, which some corpora never do; each says so in `unmapped`. `corpus` is the folder's own
    name where nothing else is given.
    """
    root = Path(path).resolve()
    if not root.is_dir():
        yield Failure(str(path), f"{path} is not a folder that can be read.")
        return
    for count, source in enumerate(_sources(root, root, "")):
        if count >= MOST_FILES:
            yield Failure(
                ".", f"The folder holds more than {MOST_FILES:,} files; the rest is left."
            )
            return
        if isinstance(source, Failure | Skipped):
            yield source
            continue
        found = _read(source, default_status)
        if corpus and isinstance(found, Document):
            found = replace(found, corpus=corpus)
        yield found


def _sources(root: Path, folder: Path, inside: str) -> Iterator[_Source | Failure | Skipped]:
    """The candidates of one folder and those below, sorted. `inside` is the document's folder."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = folder.relative_to(root).as_posix()
        yield Failure(name, f"The folder {name} cannot be opened: {error.strerror}.")
        return
    names = {entry.name.lower(): entry.name for entry in entries}
    own = KEP in names
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name == "node_modules":
            continue
        if entry.is_symlink():
            yield from _linked(root, path)
        elif entry.is_dir():
            beside = names.get(f"{entry.name.lower()}.md", "")
            document = names.get(README, README) if own else beside
            document = (folder / document).relative_to(root).as_posix() if document else inside
            yield from _sources(root, path, document)
        elif entry.is_file() and entry.name.lower().endswith(SUFFIXES):
            document = names.get(README, README) if own else ""
            document = (folder / document).relative_to(root).as_posix() if document else inside
            yield _candidate(root, path, document, own=own)
    if own and README not in names:
        name = (folder / KEP).relative_to(root).as_posix()
        yield Failure(name, f"{name} has no README.md beside it, so there is no document.")


def _candidate(root: Path, path: Path, document: str, *, own: bool) -> _Source | Skipped:
    name = path.relative_to(root).as_posix()
    if own and path.name.lower() == README:
        return _Source(root, path, metadata=path.parent / KEP)
    if document:
        return Skipped(name, f"{name} belongs to the document {document}.", alias_of=document)
    return _Source(root, path)


def _linked(root: Path, path: Path) -> Iterator[Failure | Skipped]:
    name = path.relative_to(root).as_posix()
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        yield Failure(name, f"{name} is a link that leads nowhere.")
        return
    if not target.is_relative_to(root):
        yield Failure(name, f"{name} is a link that leads out of the folder; it is not followed.")
    elif target.suffix.lower() in SUFFIXES or target.is_dir():
        other = target.relative_to(root).as_posix()
        yield Skipped(name, f"{name} is another name of {other}.", alias_of=other)


def _read(source: _Source, default_status: str) -> Document | Failure | Skipped:
    try:
        return _document(source, default_status)
    except Unreadable as reason:
        return Failure(source.name, str(reason))
    except (RecursionError, ValueError, OSError) as error:
        return Failure(source.name, f"{source.name} cannot be read: {type(error).__name__}.")


def _document(source: _Source, default_status: str) -> Document | Skipped:
    data = read_bytes(source.path)
    head = read_head(decoded(data, source.path.name), source.path.name)
    digest = hashlib.sha256(data)
    values = head.values
    if source.metadata:
        extra = read_bytes(_inside(source, source.metadata))
        digest.update(b"\x00" + extra)
        values = _joined(read_yaml(decoded(extra, KEP), KEP), head)
    elif not head.has_metadata and _about_folder(source.path):
        return Skipped(source.name, f"{source.name} describes the folder; it is no document.")
    if not head.body.strip():
        raise Unreadable(f"{source.name} is empty.")
    fields = mapped(values, kep=bool(source.metadata), default_status=default_status)
    fields.unmapped[:0] = head.notes
    if not source.metadata and not head.has_metadata:
        fields.unmapped.insert(0, "The file has no metadata: no front matter, no list at its head.")
    _moved(fields, head)
    _name(fields, head, source)
    return Document(
        source_path=source.name,
        corpus=source.root.name,
        body_markdown=head.body,
        content_hash=digest.hexdigest(),
        **{name: getattr(fields, name) for name in Metadata.__dataclass_fields__},
    )


def _inside(source: _Source, path: Path) -> Path:
    if not path.resolve().is_relative_to(source.root):
        raise Unreadable(f"{path.name} is a link that leads out of the folder.")
    return path


def _joined(metadata: dict[str, Value], head: Head) -> dict[str, Value]:
    """kep.yaml first; what the document's own head adds is kept where it does not repeat."""
    names = {normal(name) for name in metadata}
    own = {name: value for name, value in head.values.items() if normal(name) not in names}
    return {**metadata, **own}


def _about_folder(path: Path) -> bool:
    return bool(_ABOUT.match(path.stem)) or path.stem.lower() in _ABOUT_NAMES


def _moved(fields: Metadata, head: Head) -> None:
    """A file that only says where the text went is read as replaced by that."""
    if (moved := _MOVED.match(head.body)) and not fields.superseded_by:
        fields.superseded_by = (moved[1],)
        if not fields.status_raw:
            fields.status = "superseded"
            fields.unmapped = [note for note in fields.unmapped if not note.startswith("No status")]
            fields.unmapped.append(f"It only says that it moved to {moved[1]}; read as replaced.")


def _name(fields: Metadata, head: Head, source: _Source) -> None:
    """Title and number, from the best place that has them; each fallback is said."""
    stem = source.path.parent.name if source.metadata else source.path.stem
    number = _NUMBER.match(stem)
    if not fields.number and number:
        fields.number = number[1]
    elif number and number[1].isdecimal() and fields.number.lstrip("0") != number[1].lstrip("0"):
        fields.unmapped.append(f"The file name says number {number[1]}, the text {fields.number}.")
    fields.number = fields.number[:60]
    if not fields.title:
        heading = head.heading or _title_heading(head.body)
        fields.title = _TITLE_MARK.sub("", heading).strip() or heading
    if not fields.title:
        words = re.sub(r"[-_.\s]+", " ", stem[number.end() :] if number else stem).strip() or stem
        fields.title = words[:1].upper() + words[1:]
        fields.unmapped.append(f"No title is given; it was made from the file name {stem}.")
    fields.title = " ".join(fields.title.split())
    if len(fields.title) > 255:
        fields.unmapped.append(f"The title was cut; it reads in full: {fields.title}")
        fields.title = fields.title[:254] + "\u2026"


def _title_heading(body: str) -> str:
    """The only level-1 heading, when it is the first heading."""
    found = find(lines_of(body))
    ones = [heading for heading in found if heading.level == 1]
    return ones[0].text if len(ones) == 1 and found[0] is ones[0] else ""
