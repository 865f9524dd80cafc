"""Reads of the design tab: the grid, versions with their verdicts, studies and comments."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from initiatives.models import (
    DesignComment,
    Initiative,
    MockupFile,
    MockupVersion,
    Screen,
    ScreenExemption,
    ScreenState,
    Study,
)


@dataclass(frozen=True)
class Cell:
    """One state of one screen: a picture, an exemption, or a hole."""

    state: str
    label: str
    picture: MockupFile | None
    exemption: ScreenExemption | None

    @property
    def hole(self) -> bool:
        return self.picture is None and self.exemption is None


@dataclass(frozen=True)
class GridRow:
    """One screen with its cells in the order of the states."""

    screen: Screen
    cells: list[Cell]

    @property
    def holes(self) -> int:
        return sum(cell.hole for cell in self.cells)


@dataclass(frozen=True)
class DesignView:
    """Everything the design tab shows; a constant number of queries."""

    versions: list[MockupVersion]
    shown: MockupVersion | None
    grid: list[GridRow]
    studies: list[Study]
    comments: list[DesignComment]

    @property
    def holes(self) -> int:
        return sum(row.holes for row in self.grid)

    @property
    def open_must_fixes(self) -> int:
        return sum(c.kind == "must_fix" and c.resolved_at is None for c in self.comments)


def design_of(initiative: Initiative, number: int | None = None) -> DesignView:
    """The design of an initiative, its grid filled from version `number`, the pinned or the last."""
    of = {"mockup_set__initiative": initiative}
    versions = list(
        MockupVersion.objects.filter(**of)
        .select_related("author", "pinned_by")
        .prefetch_related(
            Prefetch("files", MockupFile.objects.select_related("screen")),
            Prefetch("studies", Study.objects.order_by("pk")),
        )
    )
    shown = _shown(versions, number)
    screens = Screen.objects.filter(**of).prefetch_related("exemptions")
    return DesignView(
        versions=versions,
        shown=shown,
        grid=[_row(screen, shown) for screen in screens],
        studies=list(
            Study.objects.filter(version__mockup_set__initiative=initiative)
            .select_related("version", "author", "judge")
            .prefetch_related("tasks")
        ),
        comments=list(
            DesignComment.objects.filter(version__mockup_set__initiative=initiative)
            .select_related("version", "author", "resolved_by")
            .order_by("resolved_at", "at")
        ),
    )


def _shown(versions: list[MockupVersion], number: int | None) -> MockupVersion | None:
    by_number = {v.number: v for v in versions}
    pinned = next((v for v in versions if v.pinned_at), None)
    last = versions[0] if versions else None
    return by_number.get(number or 0) or pinned or last


def _row(screen: Screen, shown: MockupVersion | None) -> GridRow:
    files = {f.state: f for f in shown.files.all() if f.screen_id == screen.pk} if shown else {}
    exempt = {e.state: e for e in screen.exemptions.all()}
    cells = [Cell(s, str(label), files.get(s), exempt.get(s)) for s, label in ScreenState.choices]
    return GridRow(screen, cells)


def verdict_badge(version: Any) -> tuple[str, str]:
    """Badge kind and word of a version: validated, not validated, unclear or unjudged."""
    verdicts = [s.verdict for s in version.studies.all() if s.verdict]
    if not verdicts:
        return "waiting", "unjudged"
    kinds = {"validated": "ok", "not_validated": "off", "unclear": "risk"}
    return kinds[verdicts[-1]], verdicts[-1].replace("_", " ")
