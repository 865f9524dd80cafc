"""Saving a draft that somebody else saved meanwhile: apart it merges, on one spot it asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from config.flow.errors import Conflict
from rfc.actions.unsaved import drop_unsaved
from rfc.actions.writing import TEXTS, lock_for_writing, save_draft
from rfc.models import RFC, Draft
from rfc.text.merging import BOTH, MINE, THEIRS, Merge, merge

FIELDS = ("title", "summary_problem", "decision_asked")


@dataclass(frozen=True)
class FieldPiece:
    """One of the short texts; `kind` as in a section's piece."""

    name: str
    kind: str
    mine: str
    theirs: str

    def text(self, choice: str = "") -> str:
        """What it says in the end; a clash is settled by `choice`."""
        side = choice if self.kind == "clash" else self.kind
        if side == BOTH:
            return f"{self.theirs} {self.mine}".strip()
        return self.mine if side in (MINE, "same") else self.theirs


@dataclass(frozen=True)
class Merging:
    """My text beside the shared draft as it is now."""

    theirs: Draft
    base_version: int
    mine: dict[str, str]
    fields: list[FieldPiece]
    body: Merge

    @property
    def clashing(self) -> list[str]:
        """Names of fields and slugs of sections that somebody has to settle."""
        fields = [each.name for each in self.fields if each.kind == "clash"]
        return [*fields, *(piece.slug for piece in self.body.clashes)]

    @property
    def taken(self) -> list[str]:
        """Headings of what only the other side changed."""
        return [piece.heading or "the beginning" for piece in self.body.taken]

    def texts(self, choices: Mapping[str, str]) -> dict[str, str]:
        """The four texts with every clash settled as chosen."""
        short = {each.name: each.text(choices.get(each.name, THEIRS)) for each in self.fields}
        return {**short, "body": self.body.text(choices)}


class TextsClash(Conflict):
    """Both sides changed the same section. Carries everything the page needs to ask."""

    def __init__(self, merging: Merging) -> None:
        super().__init__(
            "Somebody saved this while you were writing. Both texts are below; nothing was lost.",
            theirs=merging.theirs,
            mine=merging.mine,
        )
        self.merging = merging


@dataclass(frozen=True)
class Saved:
    """The draft after saving; `merged` holds headings that came from somebody else."""

    draft: Draft
    merged: list[str]


def merging_of(draft: Draft, base_version: int, mine: Mapping[str, str]) -> Merging:
    """What saving `mine`, made from `base_version`, means for the draft as it is now."""
    base = draft.events.filter(row_version=base_version).order_by("-pgh_id").first()  # type: ignore[attr-defined]
    texts = {name: mine.get(name, getattr(draft, name)) for name in TEXTS}
    fields = [
        _field(name, getattr(base, name) if base else None, texts[name], getattr(draft, name))
        for name in FIELDS
    ]
    body = merge(base.body if base else None, texts["body"], draft.body)
    return Merging(draft, base_version, texts, fields, body)


@transaction.atomic
def save_merging(
    *,
    rfc: RFC,
    actor: Any,
    base_version: int,
    choices: Mapping[str, str] | None = None,
    seen_version: int | None = None,
    windows: Iterable[Any] = (),
    **mine: str,
) -> Saved:
    """Save texts made from `base_version`; sections changed apart by others are merged.

    TextsClash where both sides changed the same section. `choices` (mine, theirs, both by slug or
    field) settles clashes seen at `seen_version`; when the draft moved on since, it asks again.
    What these windows kept unsaved is removed.
    """
    locked = lock_for_writing(rfc, actor)
    draft = Draft.objects.select_for_update(no_key=True).get(rfc=locked)
    mine = {name: _cleaned(name, text) for name, text in mine.items() if name in TEXTS}
    merged: list[str] = []
    if draft.row_version != base_version:
        merging = merging_of(draft, base_version, mine)
        settled = choices is not None and seen_version == draft.row_version
        if any(not settled or name not in (choices or {}) for name in merging.clashing):
            raise TextsClash(merging)
        mine, merged = merging.texts(choices or {}), merging.taken
    saved = save_draft(rfc=locked, actor=actor, seen_version=draft.row_version, **mine)
    drop_unsaved(rfc=locked, actor=actor, windows=windows)
    return Saved(saved, merged)


def _cleaned(name: str, text: str) -> str:
    """Line ends as the draft keeps them, so that they are no difference."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if name == "body" else " ".join(text.split())


def _field(name: str, base: str | None, mine: str, theirs: str) -> FieldPiece:
    if mine == theirs:
        kind = "same"
    elif mine == base:
        kind = THEIRS
    else:
        kind = MINE if theirs == base else "clash"
    return FieldPiece(name, kind, mine, theirs)
