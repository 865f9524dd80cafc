"""Names of people and teams as documents write them."""

import re
from collections.abc import Iterable

from rfc.importing.documents import PersonNamed

_HANDLE = re.compile(r"(?<![\w@/])@([A-Za-z0-9](?:[\w.-]*\w)?)(?!/)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROFILE = re.compile(r"\[([^\[\]]+)\]\(https?://(?:www\.)?(?:github|gitlab)\.com/([\w.-]+)/?\)")
_MAILTO = re.compile(r"\[([^\[\]]+)\]\(mailto:([^()\s]+)\)")
_TEAM = re.compile(r"^@?(?:[\w-]+/)?(?:sig|wg|committee|team)-[\w-]+$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,;]|\band\b|&)\s*", re.IGNORECASE)
_NAME = re.compile(r"^[^\W\d_][\w.'\u2019 -]{0,79}$")
_QUOTES = "\"'`\u201c\u201d\u2018\u2019"


def people(entries: Iterable[str], label: str) -> tuple[tuple[PersonNamed, ...], list[str]]:
    """The people these entries name, each once, and a sentence for what names nobody."""
    found: dict[tuple[str, str, str], PersonNamed] = {}
    notes: list[str] = []
    for entry in entries:
        pieces, note = _read(entry.strip().strip(_QUOTES).strip(), label)
        notes += [note] if note else []
        for person in pieces:
            key = person.handle.lower(), person.email.lower(), person.name.lower()
            found.setdefault(key if not person.handle else (person.handle.lower(), "", ""), person)
    return tuple(found.values()), notes


def _read(entry: str, label: str) -> tuple[list[PersonNamed], str]:
    if _TEAM.match(entry):
        return [], f"\u201c{label}\u201d names a team, not a person: {entry}."
    if single := _person(entry):
        return [single], ""
    several = [_person(piece) for piece in _SEPARATOR.split(entry) if piece]
    if several and all(several):
        return [person for person in several if person], ""
    handles = _HANDLE.findall(entry)
    if len(handles) == 1 and entry.startswith("@"):
        rest = entry.split(handles[0], 1)[1].strip(" -\u2013:")
        person = PersonNamed(raw=entry, handle=handles[0])
        return [person], f"\u201c{label}\u201d says more about @{handles[0]}: {rest}."
    return [], f"\u201c{label}\u201d cannot be read as a person: {entry[:200]}."


def _person(text: str) -> PersonNamed | None:
    """One person, when the text is nothing but one person."""
    text = text.strip().strip(_QUOTES).strip()
    for pattern, kind in ((_PROFILE, "handle"), (_MAILTO, "email")):
        if match := pattern.fullmatch(text):
            return PersonNamed(raw=text, name=match[1].lstrip("@"), **{kind: match[2]})
    email = _EMAIL.search(text)
    rest = _EMAIL.sub("", text) if email else text
    handle = _HANDLE.search(rest)
    rest = _HANDLE.sub("", rest, count=1) if handle else rest
    name = rest.strip(" ()<>[],").strip()
    if name and not _NAME.match(name):
        return None
    if handle or email:
        return PersonNamed(text, handle[1] if handle else "", name, email[0] if email else "")
    if not name or name.count(" ") > 4:
        return None
    return PersonNamed(text, name=name) if " " in name else PersonNamed(text, handle=name)
