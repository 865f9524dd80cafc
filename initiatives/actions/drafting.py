"""What every change of a draft ranking shares: who may, the lock, the log, the fallen signatures."""

from typing import Any

from config.flow.errors import Conflict, NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.models import Ranking, RankingChange
from initiatives.queries.arrangement import Arrangement, arrangement


def opened(ranking: Ranking, actor: Any, *, seen_version: int | None = None) -> Ranking:
    """The draft, locked. Refuses who may not, what is frozen, and a version that is past."""
    if not may.ranks(actor, ranking):
        raise NotYours(
            f"The ranking of {ranking.line} belongs to its product manager and business leader."
        )
    locked = Ranking.objects.select_for_update(no_key=True).get(pk=ranking.pk)
    if locked.phase != "draft":
        raise NotAllowed(
            "A committed ranking is frozen; draft a new one to change the order.",
            link=ranking.get_absolute_url(),
        )
    if seen_version is not None and seen_version != locked.row_version:
        raise Conflict(
            "Somebody changed this ranking since you opened it; nothing was saved. "
            "Look at it again.",
            theirs=locked,
        )
    return locked


def changed(
    ranking: Ranking, actor: Any, text: str, *, before: Arrangement | None = None
) -> Ranking:
    """Log a change in words. It clears both signatures. With the order `before` it can go back."""
    cleared = [
        words
        for at, words in (
            (ranking.pm_signed_at, f"{ranking.pm_signed_by}, product manager"),
            (ranking.bl_signed_at, f"{ranking.bl_signed_by}, business leader"),
        )
        if at is not None
    ]
    RankingChange.objects.create(
        ranking=ranking,
        actor=actor,
        text=text[:400],
        cleared="; ".join(cleared)[:200],
        before=before,
        after=None if before is None else arrangement(ranking),
    )
    fallen: dict[str, Any] = {
        "pm_signed_by": None,
        "pm_signed_at": None,
        "bl_signed_by": None,
        "bl_signed_at": None,
    }
    return save(ranking, **fallen)


def save(ranking: Ranking, **changes: Any) -> Ranking:
    """Write fields of a draft under its lock and count its version."""
    for name, value in changes.items():
        setattr(ranking, name, value)
    ranking.row_version += 1
    ranking.save(update_fields=[*changes, "row_version"])
    return ranking
