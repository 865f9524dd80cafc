"""The committed ranking: draft, entries, lanes, signatures. The order itself is in `ordering`."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import BusinessLine, Role
from accounts.permissions import has_role
from config.flow.errors import GatesUnmet, NotAllowed, NotYours
from config.flow.steps import explain, take
from config.flow.telling import way
from initiatives.actions.asked import ask_other_hand, ranking_settled
from initiatives.actions.drafting import changed, opened, save
from initiatives.models import Initiative, Lane, Ranking, RankingEntry
from initiatives.phases import CANDIDATE_PHASES
from initiatives.queries.ranking import entries_of, frozen_basis, standings
from initiatives.queries.scoring import bases

DEFAULT_LANES = (
    ("Mandatory", 25),
    ("Growth", 50),
    ("Technical debt", 15),
    ("Bugs", 10),
)
MOST_LANES = 8


@transaction.atomic
def draft_ranking(
    *, line: BusinessLine, period: str, actor: Any, capacity_points: int | None = None
) -> Ranking:
    """Open the draft of a line's ranking; it starts from the committed order where there is one,
    with its capacity in points unless another is named.
    """
    if not has_role(actor, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=line):
        raise NotYours(f"A ranking of {line} is drafted by its product manager or business leader.")
    BusinessLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    if Ranking.objects.filter(line=line, phase="draft").exists():
        raise NotAllowed(f"{line} already has a draft; go on with that one.", link="/ranking")
    newest = Ranking.objects.filter(line=line, period=period).aggregate(m=Max("revision"))["m"]
    before = Ranking.objects.filter(line=line, phase="committed").first()
    if capacity_points is None:
        capacity_points = before.capacity_points if before else 0
    ranking = Ranking.objects.create(
        line=line,
        period=period,
        revision=(newest or 0) + 1,
        capacity_points=capacity_points,
    )
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
    """Put an initiative at the end of a lane; a compliance source goes to the mandatory one.

    What comes after the set was declared complete shows that it was not: the declaration falls.
    """
    locked = opened(ranking, actor)
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
    changed(locked, actor, f"{initiative.key} joined {chosen}, position {last + 1}.")
    if locked.complete_declared_date:
        save(locked, complete_declared_date=None, complete_declared_by=None)
    return entry


def _lane_for(ranking: Ranking, initiative: Initiative) -> Lane:
    lanes = list(ranking.lanes.all())
    wanted = "Mandatory" if initiative.source.mandatory_lane else "Growth"
    wanted = "Technical debt" if initiative.source.rule == "debt" else wanted
    wanted = "Bugs" if initiative.source.rule == "qa" else wanted
    return next((lane for lane in lanes if lane.name == wanted), lanes[0])


@transaction.atomic
def set_points(*, entry: RankingEntry, actor: Any, points: int | None) -> RankingEntry:
    """Set what an entry takes of the capacity; None is not estimated yet."""
    locked = opened(entry.ranking, actor)
    if entry.points != points:
        shown = "none" if points is None else str(points)
        entry.points = points
        entry.save(update_fields=["points"])
        changed(locked, actor, f"{entry.initiative.key}: points are {shown} now.")
    return entry


@transaction.atomic
def explain_departure(*, entry: RankingEntry, actor: Any, reason: str) -> RankingEntry:
    """Say why an entry stands above a higher score."""
    locked = opened(entry.ranking, actor)
    if entry.departure_reason != reason.strip():
        entry.departure_reason = reason.strip()
        entry.save(update_fields=["departure_reason"])
        changed(locked, actor, f"{entry.initiative.key}: the reason of its place was rewritten.")
    return entry


@transaction.atomic
def declare_complete(
    *, ranking: Ranking, actor: Any, asked: Sequence[str], silent: Sequence[str]
) -> Ranking:
    """Declare the set complete: which sources (slugs) were asked and which said nothing."""
    locked = opened(ranking, actor)
    if not asked:
        raise NotAllowed("Name at least one source that was asked.")
    if set(silent) - set(asked):
        raise NotAllowed("A silent source is one that was asked; tick it there too.")
    return save(
        locked,
        complete_declared_date=timezone.localdate(),
        complete_declared_by=actor,
        sources_asked=sorted(asked),
        sources_silent=sorted(silent),
    )


@transaction.atomic
def set_capacity(
    *,
    ranking: Ranking,
    actor: Any,
    capacity_points: int,
    shares: dict[int, int],
    names: dict[int, str] | None = None,
    new_lane: tuple[str, int] | None = None,
) -> Ranking:
    """Set the capacity in points and the lanes: shares (lane id → percent, together 100), names,
    perhaps one lane more. A lane with an empty name goes, when nothing stands in it.
    """
    locked = opened(ranking, actor)
    names = names or {}
    lanes = list(locked.lanes.all())
    gone = [lane for lane in lanes if not names.get(lane.pk, lane.name).strip()]
    told = [names.get(lane.pk, lane.name).strip() for lane in lanes if lane not in gone]
    told += [new_lane[0].strip()] if new_lane else []
    _check_lanes(gone, told)
    total = sum(shares.get(lane.pk, lane.share_percent) for lane in lanes if lane not in gone)
    total += new_lane[1] if new_lane else 0
    if total != 100:
        raise NotAllowed(f"The shares sum to {total} %, not to 100 %.")
    for lane in gone:
        lane.delete()
    for lane in [each for each in lanes if each not in gone]:
        lane.share_percent = shares.get(lane.pk, lane.share_percent)
        lane.name = names.get(lane.pk, lane.name).strip()
        lane.save(update_fields=["share_percent", "name"])
    if new_lane:
        Lane.objects.create(
            ranking=locked,
            name=new_lane[0].strip(),
            share_percent=new_lane[1],
            ordinal=max((lane.ordinal for lane in lanes), default=-1) + 1,
        )
    locked.capacity_points = capacity_points
    locked.save(update_fields=["capacity_points"])
    changed(locked, actor, f"Lanes and capacity were set: {capacity_points} points.")
    return locked


def _check_lanes(gone: Sequence[Lane], names: Sequence[str]) -> None:
    for lane in gone:
        if lane.entries.exists():
            raise NotAllowed(f"“{lane}” still holds initiatives; move them to another lane first.")
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise NotAllowed(f"Two lanes are called “{twice}”.")
    if not names:
        raise NotAllowed("A ranking has at least one lane.")
    if len(names) > MOST_LANES:
        raise NotAllowed(f"A ranking has at most {MOST_LANES} lanes.")


@transaction.atomic
def sign_ranking(*, ranking: Ranking, actor: Any, seen_version: int | None = None) -> Ranking:
    """Commit to the order as product manager, as business leader, or as both where one holds both.

    Whoever comes second commits the ranking. Refused while anything but a signature is missing, and
    when the order changed after the person read it.
    """
    locked = opened(ranking, actor, seen_version=seen_version)
    _nothing_else_missing(locked, actor)
    changes: dict[str, Any] = {}
    if has_role(actor, Role.PRODUCT_MANAGER, line=locked.line_id):
        changes |= {"pm_signed_by": actor, "pm_signed_at": timezone.now()}
    if has_role(actor, Role.BUSINESS_LEADER, line=locked.line_id):
        changes |= {"bl_signed_by": actor, "bl_signed_at": timezone.now()}
    signed = save(locked, **changes)
    if signed.pm_signed_at and signed.bl_signed_at:
        ranking_settled(signed)
        committed: Ranking = take_ranking_step(signed, "commit", actor=actor)
        return committed
    ask_other_hand(signed, actor)
    return signed


def _nothing_else_missing(ranking: Ranking, actor: Any) -> None:
    ahead = explain(ranking, "commit", actor)
    unmet = [r for r in ahead.missing if r.gate != "both_signed"] if ahead else []
    if unmet:
        raise GatesUnmet([(r.gate, r.label, r.missing) for r in unmet])


@way(Ranking)
def take_ranking_step(
    subject: Ranking, step: str, *, actor: Any, note: str = "", **told: Any
) -> Ranking:
    """Take a step of a ranking. Committing freezes the scores and replaces the former ranking.

    A refused commitment leaves the former ranking as it was.
    """
    if step != "commit":
        return take(subject, step, actor=actor, note=note, **told)
    ahead = explain(subject, step, actor)
    if ahead is None or not ahead.open:
        return take(subject, step, actor=actor, note=note)
    with transaction.atomic():
        BusinessLine.objects.select_for_update(no_key=True).get(pk=subject.line_id)
        before = Ranking.objects.filter(line=subject.line_id, phase="committed").first()
        locked = Ranking.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if locked.phase == "draft":
            _freeze(locked)
            if before is not None:
                take(before, "replace", actor=actor, note=f"Replaced by {subject.period}.")
        return take(locked, step, actor=actor, note=note)


def _freeze(ranking: Ranking) -> None:
    """Keep score, range, version and what it rested on, as they are at this moment."""
    entries = entries_of(ranking)
    today = bases(entry.initiative for entry in entries)
    known = standings(ranking, entries)
    for entry in entries:
        standing = known[entry.pk]
        entry.score, entry.score_low = standing.value, standing.low
        entry.score_high = standing.high
        entry.version = today[entry.initiative_id].version
        entry.basis = frozen_basis(standing)
        entry.save(update_fields=["score", "score_low", "score_high", "version", "basis"])
