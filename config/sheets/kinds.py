"""What an app says about rows it takes in. Register a `Kind` from the app's `tasks`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from config.flow.errors import Refusal

KEY = "external_key"


@dataclass(frozen=True)
class Field:
    """A place a column may go to. `also` are other names people give such a column."""

    name: str
    label: Any
    help: Any = ""
    required: bool = False
    also: tuple[str, ...] = ()
    day: bool = False
    # A field that one value may fill for all rows, with its choices as (value, words).
    choices: tuple[tuple[str, str], ...] = ()
    group: Any = ""
    # Said once for the whole file by a tick, never by a column, and never remembered.
    switch: bool = False


@dataclass(frozen=True)
class Problem:
    """Why a row is left out: which field, what stood there, a code, and a sentence."""

    field: str
    value: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Target:
    """A row that exists already: its id, what people call it, and its values by field."""

    pk: int
    label: str
    now: dict[str, Any]
    refusal: str = ""


@dataclass
class Judged:
    """One row as the kind reads it: plain values for JSON, and what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Judge:
    """Reads rows for one person; made once per run, so that lookups are read once."""

    def judged(self, given: dict[str, str]) -> Judged:
        """The values of one row, or what is wrong with them. No query."""
        raise NotImplementedError

    def targets(self, pks: Iterable[int]) -> dict[int, Target]:
        """The rows of ours behind these ids, as this person sees them."""
        raise NotImplementedError

    def own_keys(self, rows: Sequence[Judged]) -> dict[str, int]:
        """Ids behind our own keys named in the rows (INI-12 and the like), by key."""
        return {}

    def settled(self, values: dict[str, Any], target: Target | None) -> list[Problem]:
        """What else is wrong once it is known whom the row concerns; may drop values that say
        nothing new. No query.
        """
        return []

    def shown(self, name: str, value: Any) -> str:
        """A value in words, for the list of changes."""
        return "" if value is None else str(value)


# A new row and its mark.
Made = tuple[Any, dict[str, Any]]
Given = TypeVar("Given")


def refused_or(make: Callable[[dict[str, Any]], Given], values: dict[str, Any]) -> Given | Refusal:
    """What is made of these values, or why not."""
    try:
        return make(values)
    except Refusal as refusal:
        return refusal


class Writer:
    """Writes through the app's own actions. A method that raises Refusal leaves nothing behind."""

    def create(self, values: dict[str, Any]) -> Made:
        """A new row of ours, and the mark by which undo knows that it is untouched."""
        raise NotImplementedError

    def create_all(self, told: Sequence[dict[str, Any]]) -> list[Made | Refusal]:
        """New rows in this order, each made or refused; a kind that can writes them together."""
        return [refused_or(self.create, values) for values in told]

    def change(self, pk: int, values: dict[str, Any]) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        """The changed row, its mark, and the former values."""
        raise NotImplementedError

    def remove(self, marks: dict[int, dict[str, Any]]) -> None:
        """Take back created rows, all or none: one that somebody worked on refuses."""
        raise NotImplementedError

    def restore(self, pk: int, mark: dict[str, Any], before: dict[str, Any]) -> None:
        """Take back a change; one that somebody edited since refuses."""
        raise NotImplementedError


class Kind:
    """What may be imported. Writing goes through the app's own actions, which may refuse."""

    slug: str = ""
    label: Any = ""
    plural: Any = ""
    lead: Any = ""
    own_key: str = ""
    # Whether a row whose own key is not known makes a new one, as an e-mail address does.
    key_may_be_new: bool = False
    # The value by which a row without a counterpart is called.
    label_field: str = "title"
    # Fields that say something about a new row only.
    only_new: tuple[str, ...] = ()
    sample: str = ""
    back_url: str = "/"

    @property
    def new_href(self) -> str:
        """The page that takes a file of this kind."""
        return f"/import/{self.slug}"

    @property
    def sample_href(self) -> str:
        """A small file that imports as it is."""
        return f"/import/{self.slug}/sample.csv"

    def may_import(self, person: Any) -> bool:
        """Whether the person may import at all; a row may still be refused."""
        return bool(person.is_authenticated and person.is_active)

    def fields(self, person: Any) -> list[Field]:
        """The places columns may go to."""
        raise NotImplementedError

    def judge(self, person: Any, *, day_first: bool) -> Judge:
        """Somebody who reads rows for this person."""
        raise NotImplementedError

    def fingerprint(self, values: dict[str, Any]) -> str:
        """What makes two rows without a key the same."""
        raise NotImplementedError

    def writer(self, actor: Any) -> "Writer":
        """Somebody who writes rows for this person; made once per transaction."""
        raise NotImplementedError

    def existing(self, pks: Iterable[int]) -> set[int]:
        """Those of the rows behind known keys that are still there."""
        raise NotImplementedError

    def called(self, values: dict[str, Any]) -> str:
        """What a row without a counterpart is called in the dry run."""
        return str(values.get(self.label_field) or "")

    def href(self, label: str) -> str:
        """Where the row called `label` can be looked at."""
        return ""

    def href_of(self, row: Any) -> str:
        """Where what a line of the file became can be looked at."""
        return self.href(row.label)

    def key_of(self, row: Any) -> str:
        """The key of what a line became, for the file that goes back."""
        return str(row.label.split(" ")[0])

    def named(self, name: str) -> str:
        """What a changed value is called that has no column of its own."""
        return _("Answers")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let people import this kind of row."""
    _kinds[kind.slug] = kind


def kind_of(slug: str) -> Kind:
    """The kind of this name. Raises KeyError."""
    return _kinds[slug]


def kinds() -> list[Kind]:
    """All kinds, in the order of their names."""
    return sorted(_kinds.values(), key=lambda k: k.slug)
