"""Finds the imported document that a link or reference in another one means."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

from rfc.importing.documents import Document, Skipped

_OWN_PAGES = ("/rfcs/", "/initiatives/", "/kpis/")
_NUMBERED = re.compile(r"^(?:KEP|RFC)?[-\s#]*(\d{1,6})$", re.IGNORECASE)
_HOSTED = re.compile(r"^/?[\w.-]+/[\w.-]+/(?:blob|tree|raw)/[^/]+/(.+)$")
_FILES = ("README.md", "kep.yaml")
_TEXTS = (".md", ".markdown", ".yaml")


class LinkIndex:
    """Paths and numbers of the documents of one corpus, with the key each has here."""

    def __init__(self) -> None:
        self._by_path: dict[str, str] = {}
        self._by_number: dict[str, set[str]] = defaultdict(set)

    def add(self, document: Document, key: str) -> None:
        """Makes the document findable by its path, its folder where it is a README, its number."""
        self.place(document.source_path, document.number, key)

    def place(self, path: str, number: str, key: str) -> None:
        """The same for a document that was imported earlier."""
        self._by_path[path] = key
        folder, _, name = path.rpartition("/")
        if name.lower() == "readme.md" and folder:
            self._by_path[folder] = key
            self._by_path[f"{folder}/kep.yaml"] = key
        if number.isdecimal():
            self._by_number[number.lstrip("0")].add(key)

    def add_alias(self, skipped: Skipped) -> None:
        """Another name of a document that was added before."""
        if key := self._by_path.get(skipped.alias_of):
            self._by_path.setdefault(skipped.source_path, key)

    def find(self, target: str, from_path: str) -> str | None:
        """The key of the document that `target`, written in the document at `from_path`, means."""
        if number := _NUMBERED.match(target.strip()):
            keys = self._by_number.get(number[1].lstrip("0"), set())
            return next(iter(keys)) if len(keys) == 1 else None
        paths = list(_paths(target, from_path))
        for path in paths:
            if key := self._by_path.get(path):
                return key
        return next((key for path in paths if (key := self._owner(path))), None)

    def _owner(self, path: str) -> str | None:
        """The document in whose folder a file without a page of its own lies."""
        if not path.lower().endswith(_TEXTS):
            return None
        folder = posixpath.dirname(path)
        while folder:
            key = self._by_path.get(folder) or self._by_path.get(f"{folder}.md")
            if key and not folder.lower().endswith(_TEXTS):
                return key
            folder = posixpath.dirname(folder)
        return None

    def find_all(self, targets: Iterable[str], from_path: str) -> tuple[list[str], list[str]]:
        """(keys found, references that lead to nothing imported), each once."""
        found: dict[str, None] = {}
        lost: list[str] = []
        for target in targets:
            if key := self.find(target, from_path):
                found[key] = None
            else:
                lost.append(target)
        return list(found), lost

    def resolver(
        self, from_path: str, address_of: Callable[[str], str], *, prefix: str = "doc-"
    ) -> Callable[[str], str | None]:
        """A link resolver for rfc.text.rendering.render; `address_of` gives a key's page."""

        def resolve(target: str) -> str | None:
            if target.startswith(_OWN_PAGES):
                return target
            key = self.find(target, from_path)
            if key is None:
                return None
            fragment = urlsplit(target).fragment
            return address_of(key) + (f"#{prefix}{fragment}" if fragment else "")

        return resolve


def _paths(target: str, from_path: str) -> Iterable[str]:
    """The paths `target` may mean, likeliest first."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return
    path = unquote(parts.path)
    if parts.scheme in {"http", "https"}:
        hosted = _HOSTED.match(path)
        candidates = [hosted[1]] if hosted else []
    elif parts.scheme or not path:
        candidates = []
    elif path.startswith("/"):
        candidates = [path.lstrip("/")]
    else:
        candidates = [posixpath.join(posixpath.dirname(from_path), path), path]
    for candidate in candidates:
        yield from _spellings(posixpath.normpath(candidate), from_path)


def _spellings(path: str, from_path: str) -> Iterable[str]:
    """The path as it may be stored: below the folder imported, as file or folder."""
    top = from_path.split("/", 1)[0]
    for stem in (path, f"{top}/{path}", path.split("/", 1)[-1]):
        yield from (stem, f"{stem}.md", *(f"{stem}/{file}" for file in _FILES))
        if stem.endswith("/kep.yaml"):
            yield stem.removesuffix("/kep.yaml")
