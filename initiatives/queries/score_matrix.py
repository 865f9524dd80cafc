"""What stands where on the matrix: the two inputs that a framework names for its axes."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from initiatives.charts import Matrix, matrix
from initiatives.matrix import Axis, Dot
from initiatives.models import FrameworkVersion
from initiatives.queries.scoring import STRENGTHS, Basis, bases

Ends = tuple[float, float, float]


def axes_of(basis: Basis) -> dict[str, list[float]]:
    """Low, value and high of both axes; empty while one of them lacks an input."""
    found = {}
    for side, name in (("across", basis.version.across), ("up", basis.version.up)):
        given = basis.inputs.get(name)
        if given is None:
            return {}
        found[side] = [float(given.low), float(given.value), float(given.high)]
    return found


def weakest(parts: dict[str, float]) -> str:
    """What most of a score rests on; a tie is called by its weaker name."""
    return max(reversed(STRENGTHS), key=lambda name: parts.get(name, 0)) if parts else "assumed"


def axis(version: FrameworkVersion, name: str) -> Axis:
    """One axis of a version's matrix."""
    spec = version.ready.spec(name)
    return Axis(spec.label, spec.unit) if spec else Axis(name)


def dot(
    initiative: Any, axes: dict[str, list[float]], parts: dict[str, float], score: Any
) -> Dot | None:
    """One initiative on the matrix; None while it has no place there."""
    if not axes:
        return None
    ends = {side: (e[0], e[1], e[2]) for side, e in axes.items()}
    return Dot(
        key=initiative.key,
        title=initiative.title,
        href=initiative.get_absolute_url(),
        across=ends["across"],
        up=ends["up"],
        strength=weakest(parts),
        score=None if score is None else float(score),
    )


def drawn(
    placed: Iterable[tuple[Any, Dot | None]], version: FrameworkVersion | None
) -> Matrix | None:
    """The matrix of (initiative, dot) pairs; who has no dot is named beside it."""
    if version is None:
        return None
    rows = list(placed)
    return matrix(
        [found for _, found in rows if found],
        axis(version, version.across),
        axis(version, version.up),
        left_out=[one.key for one, found in rows if found is None],
    )


def matrix_of(initiatives: Iterable[Any]) -> Matrix | None:
    """The matrix of any initiatives as they stand today; the framework most of them use gives its
    axes, the others are named beside it. Six queries whatever their number.
    """
    rows = list(initiatives)
    known = bases(rows)
    used = [known[row.pk].version for row in rows]
    if not used:
        return None
    users = Counter(version.framework_id for version in used)
    main = max(used, key=lambda v: (users[v.framework_id], v.number))
    placed = []
    for row in rows:
        basis = known[row.pk]
        same = basis.version.framework_id == main.framework_id
        axes = axes_of(basis) if same else {}
        placed.append((row, dot(row, axes, basis.parts, basis.score.value)))
    return drawn(placed, main)
