"""The committed ranking: draft, entries, order, reasons, signatures. Committing is a step."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import BusinessLine, Role
from accounts.permissions import has_role
from config.flow.errors import Conflict, NotAllowed, NotYours
from config.flow.steps import explain, take
from config.flow.telling import way
from initiatives import permissions as may
from initiatives.models import Initiative, Lane, Ranking, RankingEntry
from initiatives.phases import CANDIDATE_PHASES

DEFAULT_LANES = (
    ("Mandatory", 25),
    ("Growth", 50),
    ("Technical debt", 15),
    ("Bugs", 10),
)


@transaction.atomic
def draft_ranking(
    *, line: BusinessLine, period: str, actor: Any, capacity_points: int = 0
) -> Ranking:
    """Open the draft of a line's ranking; it starts from the committed order where there is one."""
    if not has_role(actor, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=line):
        raise NotYours(f"A ranking of {line} is drafted by its product manager or business leader.")
    if Ranking.objects.filter(line=line, phase="draft").exists():
        raise NotAllowed(f"{line} already has a draft; go on with that one.", link="/ranking")
    newest = Ranking.objects.filter(line=line, period=period).aggregate(m=Max("revision"))["m"]
    ranking = Ranking.objects.create(
        line=line,
        period=period,
        revision=(newest or 0) + 1,
        capacity_points=capacity_points,
    )
    before = Ranking.objects.filter(line=line, phase="committed").first()
    lanes = (
        [(lane.name, lane.share_percent) for lane in before.lanes.all()]
        if before
        else list(DEFAULT_LANES)
    )
    for ordinal, (name, share) in enumerate(lanes):
        Lane.objects.create(ranking=ranking, name=name, share_percent=share, ordinal=ordinal)
    if before:
        _copy_entries(before, ranking)
    return ranking


def _copy_entries(before: Ranking, ranking: Ranking) -> None:
    lanes = {lane.name: lane for lane in ranking.lanes.all()}
    live = before.entries.filter(initiative__phase__in=CANDIDATE_PHASES)
    for entry in live.select_related("lane", "initiative"):
        RankingEntry.objects.create(
            ranking=ranking,
            lane=lanes[entry.lane.name],
            initiative=entry.initiative,
            position=entry.position,
            points=entry.points,
            score=entry.initiative.score,
            departure_reason=entry.departure_reason,
        )


@transaction.atomic
def add_to_ranking(
    *,
    ranking: Ranking,
    initiative: Initiative,
    actor: Any,
    lane: Lane | None = None,
    points: int | None = None,
) -> RankingEntry:
    """Put an initiative at the end of a lane; a compliance source goes to the mandatory one."""
    locked = _open(ranking, actor)
    if initiative.line_id != locked.line_id:
        raise NotAllowed(f"{initiative.key} is led by {initiative.line}, not by {locked.line}.")
    if initiative.phase not in CANDIDATE_PHASES:
        raise NotAllowed(f"{initiative.key} is not in a phase that is ranked.")
    if locked.entries.filter(initiative=initiative).exists():
        raise NotAllowed(f"{initiative.key} already has a place in this ranking.")
    chosen = lane or _lane_for(locked, initiative)
    last = chosen.entries.aggregate(m=Max("position"))["m"] or 0
    entry = RankingEntry.objects.create(
        ranking=locked,
        lane=chosen,
        initiative=initiative,
        position=last + 1,
        points=points,
        score=initiative.score,
    )
    _unsign(locked)
    return entry


def _lane_for(ranking: Ranking, initiative: Initiative) -> Lane:
    lanes = list(ranking.lanes.all())
    wanted = "Mandatory" if initiative.source.mandatory_lane else "Growth"
    wanted = "Technical debt" if initiative.source.rule == "debt" else wanted
    wanted = "Bugs" if initiative.source.rule == "qa" else wanted
    return next((lane for lane in lanes if lane.name == wanted), lanes[0])


@transaction.atomic
def remove_from_ranking(*, entry: RankingEntry, actor: Any) -> None:
    """Take an entry out of a draft and close the gap."""
    locked = _open(entry.ranking, actor)
    lane = entry.lane
    entry.delete()
    _renumber(list(lane.entries.order_by("position")))
    _unsign(locked)


@transaction.atomic
def place_entry(
    *, entry: RankingEntry, actor: Any, position: int, lane: Lane | None = None
) -> RankingEntry:
    """Move an entry to a position (1 is first) of its own or another lane."""
    locked = _open(entry.ranking, actor)
    source, target = entry.lane, lane or entry.lane
    if target.ranking_id != locked.pk:
        raise NotAllowed("That lane belongs to another ranking.")
    others = list(target.entries.exclude(pk=entry.pk).order_by("position"))
    entry.lane = target
    others.insert(max(0, min(position - 1, len(others))), entry)
    _renumber(others)
    if target.pk != source.pk:
        _renumber(list(source.entries.order_by("position")))
    _unsign(locked)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def order_lane(
    *, lane: Lane, actor: Any, entry_ids: Sequence[int], seen_version: int | None
) -> None:
    """Set the whole order of a lane at once, as dragging does."""
    locked = _open(lane.ranking, actor)
    entries = {e.pk: e for e in lane.entries.all()}
    if set(entries) != set(entry_ids) or seen_version not in (None, locked.row_version):
        raise Conflict(
            "Somebody changed this lane meanwhile; the order was not saved. Look at it again."
        )
    _renumber([entries[pk] for pk in entry_ids])
    _unsign(locked)


def _renumber(entries: list[RankingEntry]) -> None:
    for position, entry in enumerate(entries, start=1):
        entry.position = position
        entry.save(update_fields=["position", "lane"])


@transaction.atomic
def explain_departure(*, entry: RankingEntry, actor: Any, reason: str) -> RankingEntry:
    """Say why an entry stands above a higher score."""
    _open(entry.ranking, actor)
    entry.departure_reason = reason.strip()
    entry.save(update_fields=["departure_reason"])
    return entry


@transaction.atomic
def declare_complete(
    *, ranking: Ranking, actor: Any, asked: Sequence[str], silent: Sequence[str]
) -> Ranking:
    """Declare the set complete: which sources (slugs) were asked and which said nothing."""
    locked = _open(ranking, actor)
    if not asked:
        raise NotAllowed("Name at least one source that was asked.")
    if set(silent) - set(asked):
        raise NotAllowed("A silent source is one that was asked; tick it there too.")
    return _save(
        locked,
        complete_declared_date=timezone.localdate(),
        complete_declared_by=actor,
        sources_asked=sorted(asked),
        sources_silent=sorted(silent),
    )


@transaction.atomic
def set_capacity(
    *, ranking: Ranking, actor: Any, capacity_points: int, shares: dict[int, int]
) -> Ranking:
    """Set the capacity in points and the lanes' shares (lane id → percent), which sum to 100."""
    locked = _open(ranking, actor)
    if sum(shares.values()) != 100:
        raise NotAllowed(f"The shares sum to {sum(shares.values())} %, not to 100 %.")
    for lane in locked.lanes.all():
        lane.share_percent = shares.get(lane.pk, lane.share_percent)
        lane.save(update_fields=["share_percent"])
    return _save(locked, capacity_points=capacity_points)


@transaction.atomic
def sign_ranking(*, ranking: Ranking, actor: Any) -> Ranking:
    """Sign the order as product manager, as business leader, or as both where one holds both."""
    locked = _open(ranking, actor)
    changes: dict[str, Any] = {}
    if has_role(actor, Role.PRODUCT_MANAGER, line=locked.line_id):
        changes |= {"pm_signed_by": actor, "pm_signed_at": timezone.now()}
    if has_role(actor, Role.BUSINESS_LEADER, line=locked.line_id):
        changes |= {"bl_signed_by": actor, "bl_signed_at": timezone.now()}
    return _save(locked, **changes)


@way(Ranking)
def take_ranking_step(
    subject: Ranking, step: str, *, actor: Any, note: str = "", **told: Any
) -> Ranking:
    """Take a step of a ranking. Committing replaces the line's former ranking along with it.

    A refused commitment leaves the former ranking as it was.
    """
    if step != "commit":
        return take(subject, step, actor=actor, note=note, **told)
    before = Ranking.objects.filter(line=subject.line_id, phase="committed").first()
    ahead = explain(subject, step, actor)
    if before is None or ahead is None or not ahead.open:
        return take(subject, step, actor=actor, note=note)
    with transaction.atomic():
        take(before, "replace", actor=actor, note=f"Replaced by {subject.period}.")
        return take(subject, step, actor=actor, note=note)


def _open(ranking: Ranking, actor: Any) -> Ranking:
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
    return locked


def _unsign(ranking: Ranking) -> None:
    """A changed order needs both signatures anew."""
    _save(
        ranking,
        pm_signed_by=None,
        pm_signed_at=None,
        bl_signed_by=None,
        bl_signed_at=None,
    )


def _save(ranking: Ranking, **changes: Any) -> Ranking:
    for name, value in changes.items():
        setattr(ranking, name, value)
    ranking.row_version += 1
    ranking.save(update_fields=[*changes, "row_version"])
    return ranking
