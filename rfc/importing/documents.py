"""What a reader found: a document, a file that is none, or a file that could not be read."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """A person as the document names them. At least one of handle, name, email is not empty."""

    raw: str
    handle: str = ""
    name: str = ""
    email: str = ""


@dataclass(slots=True, kw_only=True)
class Metadata:
    """What a document says about itself, in our words.

    `status` is one of draft, in_review, accepted, declined, withdrawn, superseded, implemented,
    expired; `status_raw` what the file says (empty: nothing). `number` is the corpus' own, as
    written ("0940", "693", "NNNN"). `replaces`, `superseded_by` and `see_also` are references as
    written, to be resolved with rfc.importing.links. `unmapped` lists, in sentences, what has
    no field here or had to be decided.
    """

    title: str = ""
    number: str = ""
    status: str = "draft"
    status_raw: str = ""
    authors: tuple[PersonNamed, ...] = ()
    reviewers: tuple[PersonNamed, ...] = ()
    approvers: tuple[PersonNamed, ...] = ()
    owning_team: str = ""
    participating_teams: tuple[str, ...] = ()
    created: date | None = None
    replaces: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    unmapped: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Document(Metadata):
    """One document. Paths are relative to the folder that was read, with forward slashes."""

    source_path: str
    body_markdown: str
    content_hash: str
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that looks like a document and could not be read. `reason` is a whole sentence."""

    source_path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A Markdown file that is no document of its own, with the reason.

    `alias_of` is the path of the document it is another name of, or belongs to.
    """

    source_path: str
    reason: str
    alias_of: str = ""


Found = Document | Failure | Skipped
