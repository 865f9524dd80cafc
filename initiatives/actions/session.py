"""Scoring sessions: start, invite, sit down, score, leave, agree. Revealing is a step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import BusinessLine, Role
from accounts.permissions import has_role
from config.flow.errors import Conflict, NotAllowed, NotYours
from config.flow.steps import take
from config.flow.telling import way
from initiatives import permissions as may
from initiatives.actions.asked import ask_to_score, scored
from initiatives.actions.score import refresh_score, write_input
from initiatives.estimates import Estimate
from initiatives.models import (
    Initiative,
    ScoringSession,
    SessionItem,
    SessionScore,
    SessionSeat,
)
from initiatives.models.session import FEWEST, MOST
from initiatives.phases import CANDIDATE_PHASES
from initiatives.queries.scoring import inputs_of, version_for

MOST_SEATS = 30
Scores = Mapping[tuple[int, str], Estimate | None]


@transaction.atomic
def start_session(
    *,
    line: BusinessLine,
    period: str,
    actor: Any,
    initiatives: Sequence[Initiative],
    people: Sequence[Any] = (),
) -> ScoringSession:
    """Start a session: 5 to 25 initiatives of the line, with the framework the line uses now. The
    facilitator sits at the table with everybody invited.
    """
    if not has_role(actor, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=line):
        raise NotYours(f"A session of {line} is started by its product manager or business leader.")
    chosen = list(dict.fromkeys(initiatives))
    if not FEWEST <= len(chosen) <= MOST:
        raise NotAllowed(f"Pick {FEWEST} to {MOST} initiatives; {len(chosen)} are picked.")
    for initiative in chosen:
        if initiative.line_id != line.pk or initiative.phase not in CANDIDATE_PHASES:
            raise NotAllowed(f"{initiative.key} does not compete in {line}.")
    session = ScoringSession.objects.create(
        line=line, period=period, version=version_for(line.pk), facilitator=actor
    )
    for ordinal, initiative in enumerate(chosen, start=1):
        SessionItem.objects.create(session=session, initiative=initiative, ordinal=ordinal)
    seated = [person for person in dict.fromkeys([actor, *people]) if _seat(session, person)]
    ask_to_score(session, seated, actor)
    return session


@transaction.atomic
def invite_to_session(*, session: ScoringSession, actor: Any, people: Iterable[Any]) -> int:
    """Seat people; who left may come back. Answers how many sit down anew."""
    locked = _locked(session)
    _scoring(locked)
    if not may.facilitates(actor, locked):
        raise NotYours(f"{locked.facilitator} invites people to this session.")
    seated = [person for person in dict.fromkeys(people) if _seat(locked, person)]
    ask_to_score(locked, seated, actor)
    return len(seated)


@transaction.atomic
def join_session(*, session: ScoringSession, actor: Any) -> None:
    """Sit down oneself, also late, until the reveal."""
    locked = _locked(session)
    if locked.phase == "revealed":
        raise NotAllowed(
            "The numbers are on the table, so it is no longer blind: you can discuss, not score."
        )
    _scoring(locked)
    if not may.may_seat(actor, locked):
        raise NotYours(f"People with a role in {locked.line} may join; ask {locked.facilitator}.")
    _seat(locked, actor)


def _seat(session: ScoringSession, person: Any) -> bool:
    seat = session.seats.filter(person=person).first()
    if seat is None:
        if not person.is_active:
            raise NotAllowed(f"{person} cannot sign in, so cannot score.")
        if session.seats.count() >= MOST_SEATS:
            raise NotAllowed(f"A session seats at most {MOST_SEATS} people.")
        SessionSeat.objects.create(session=session, person=person)
        return True
    if seat.left_at is not None:
        seat.left_at = None
        seat.save(update_fields=["left_at"])
        return True
    return False


@transaction.atomic
def leave_session(*, session: ScoringSession, actor: Any) -> SessionSeat:
    """Leave the table; the scores given so far stay and count."""
    locked = _locked(session)
    if locked.phase not in ("scoring", "revealed"):
        raise NotAllowed("This session is over.")
    if locked.facilitator_id == actor.pk:
        raise NotAllowed("You facilitate this session; hand it over before you leave.")
    seat = _own_seat(locked, actor)
    seat.left_at = timezone.now()
    seat.save(update_fields=["left_at"])
    scored(locked, [actor])
    return seat


@transaction.atomic
def hand_over_session(*, session: ScoringSession, actor: Any, person: Any) -> ScoringSession:
    """Make another person at the table the facilitator."""
    locked = _locked(session)
    if not may.facilitates(actor, locked):
        raise NotYours(f"{locked.facilitator} facilitates this session.")
    if not locked.seats.filter(person=person, left_at=None).exists():
        raise NotAllowed(f"{person} does not sit at this table.")
    if not has_role(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=locked.line_id):
        raise NotAllowed(
            f"{person} is neither product manager nor business leader of {locked.line}."
        )
    locked.facilitator = person
    locked.row_version += 1
    locked.save(update_fields=["facilitator", "row_version"])
    return locked


@transaction.atomic
def give_session_scores(
    *, session: ScoringSession, actor: Any, scores: Scores, done: bool = False
) -> SessionSeat:
    """Write one's own numbers, (item id, factor) → estimate; None takes one back. `done` says that
    one has finished; whoever saves without it goes on.
    """
    locked = _locked(session)
    if locked.phase == "revealed":
        raise Conflict(
            "The scores were revealed while you were writing; yours as saved before count, "
            "what you typed since does not."
        )
    _scoring(locked)
    seat = _own_seat(locked, actor)
    items = set(locked.items.values_list("pk", flat=True))
    ready = locked.version.ready
    for (item_id, factor), estimate in scores.items():
        spec = ready.spec(factor)
        if item_id not in items or spec is None:
            raise NotAllowed(f"There is no “{factor}” to score at place {item_id}.")
        refusal = spec.refusal(estimate) if estimate else ""
        if refusal:
            raise NotAllowed(refusal)
    _write(seat, scores)
    seat.done_at = timezone.now() if done else None
    seat.save(update_fields=["done_at"])
    if done:
        scored(locked, [actor])
    return seat


def _write(seat: SessionSeat, scores: Scores) -> None:
    """Two statements, however many numbers."""
    back = models.Q(pk=None)
    for (item_id, factor), estimate in scores.items():
        if estimate is None:
            back |= models.Q(item=item_id, factor=factor)
    SessionScore.objects.filter(back, seat=seat).delete()
    SessionScore.objects.bulk_create(
        [
            SessionScore(
                seat=seat,
                item_id=item_id,
                factor=factor,
                value=estimate.value,
                low=estimate.low,
                high=estimate.high,
            )
            for (item_id, factor), estimate in scores.items()
            if estimate is not None
        ],
        update_conflicts=True,
        unique_fields=["item", "seat", "factor"],
        update_fields=["value", "low", "high", "at"],
    )


@transaction.atomic
def agree_on(
    *, item: SessionItem, actor: Any, values: Mapping[str, Estimate], note: str = ""
) -> SessionItem:
    """Write what the table agreed on as the initiative's score inputs, with the spread as range."""
    locked = _locked(item.session)
    if locked.phase != "revealed":
        raise NotAllowed("Values are agreed after the reveal, while the session is open.")
    if not may.facilitates(actor, locked):
        raise NotYours(f"{locked.facilitator} writes down what was agreed.")
    ready = locked.version.ready
    if not values:
        raise NotAllowed("Agree on at least one input.")
    initiative = Initiative.objects.select_for_update(no_key=True).get(pk=item.initiative_id)
    for factor, estimate in values.items():
        spec = ready.spec(factor)
        if spec is None:
            raise NotAllowed(f"“{factor}” is no input of {locked.version}.")
        refusal = spec.refusal(estimate)
        if refusal:
            raise NotAllowed(refusal)
    # The number is new, what it rests on is not: the evidence of the former input goes along.
    former = inputs_of([initiative.pk])[initiative.pk]
    for factor, estimate in values.items():
        spec, before = ready.spec(factor), former.get(factor)
        given = write_input(
            initiative=initiative,
            version=locked.version,
            factor=factor,
            estimate=spec.inside(estimate) if spec else estimate,
            author=actor,
            session_item=item,
            evidence=before.evidence if before else None,
            note=note.strip()[:300],
        )
        given.more_evidence.set(before.more_evidence.all() if before else [])
    refresh_score(initiative=initiative)
    item.note, item.agreed_at, item.agreed_by = note.strip(), timezone.now(), actor
    item.save(update_fields=["note", "agreed_at", "agreed_by"])
    return item


def must_be_revealed(session: ScoringSession) -> None:
    """Refuse to lay a table whose numbers were not revealed."""
    if session.phase not in ("revealed", "closed"):
        raise NotAllowed(
            "The scores are blind until the facilitator reveals them.",
            link=session.get_absolute_url(),
        )


@way(ScoringSession)
def take_session_step(
    subject: ScoringSession, step: str, *, actor: Any, note: str = "", **told: Any
) -> ScoringSession:
    """Take a step of a session."""
    taken: ScoringSession = take(subject, step, actor=actor, note=note, **told)
    if taken.phase != "scoring":
        scored(taken, [seat.person for seat in taken.seats.select_related("person")])
    return taken


def _locked(session: ScoringSession) -> ScoringSession:
    locked: ScoringSession = (
        ScoringSession.objects.select_for_update(no_key=True, of=("self",))
        .select_related("line", "facilitator", "version__framework")
        .get(pk=session.pk)
    )
    return locked


def _scoring(session: ScoringSession) -> None:
    if session.phase != "scoring":
        raise NotAllowed("Nobody scores in this session any more.", link=session.get_absolute_url())


def _own_seat(session: ScoringSession, actor: Any) -> SessionSeat:
    seat = session.seats.filter(person=actor.pk, left_at=None).first()
    if seat is None:
        raise NotYours(f"You do not sit at this table; join it, or ask {session.facilitator}.")
    found: SessionSeat = seat
    return found
