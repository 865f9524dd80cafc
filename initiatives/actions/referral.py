"""Cross-line work: asking the CPO, delegating, and each line's own answer."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import News, tell
from accounts.models import Person, Reason, Role, Tab
from accounts.permissions import has_role
from config.flow.errors import Conflict, NotAllowed, NotYours, WrongState
from config.flow.steps import take
from config.flow.telling import way
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.asked import ask_delegate, coordination_answered, line_answered
from initiatives.models import Initiative, InitiativeLine, LineCondition, Referral
from initiatives.models.coordination import answer_mark
from kpis.models import KPI
from rfc.models import Delegation

LONGEST = timedelta(days=366)


@way(Referral)
@acting
def take_referral_step(
    subject: Referral, step: str, *, actor: Any, note: str = "", **told: Any
) -> Referral:
    """Take a step of the referral; every face comes here. Names become rows first.

    Whoever takes coordination becomes the coordinator; `line` may be a line's short name.
    Raises NotAllowed when a name is unknown, and what `take` raises.
    """
    if step == "take-coordination":
        told.setdefault("coordinator", actor)
    if isinstance(told.get("line"), str) and told["line"]:
        told["line"] = _own_line(subject.initiative, told["line"])
    taken: Referral = take(subject, step, actor=actor, note=note, **told)
    if taken.phase != "asked":
        coordination_answered(taken)
    return taken


def _own_line(initiative: Initiative, slug: str) -> Any:
    share = initiative.lines.select_related("line").filter(line__slug=slug.strip()).first()
    if share is None:
        names = ", ".join(initiative.lines.values_list("line__slug", flat=True))
        raise NotAllowed(f"“{slug}” is none of its lines; choose one of {names}.")
    return share.line


@acting
@transaction.atomic
def delegate_referral(
    *, referral: Referral, actor: Any, delegate: Person | None, until: date | None = None
) -> Referral:
    """Name who may answer this referral in the CPO's place until a day; nobody takes it back.

    Raises NotYours, or NotAllowed without a day that has not passed.
    """
    if not may.answers_referrals(actor):
        raise NotYours("A referral is handed on by the chief product officer.")
    if delegate is not None:
        _must_fit(actor, delegate, until)
    locked = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
    locked.delegate = delegate
    locked.delegate_until = until if delegate else None
    locked.save(update_fields=["delegate", "delegate_until"])
    ask_delegate(locked, actor)
    return locked


@acting
@transaction.atomic
def delegate_referrals(*, actor: Any, delegate: Person, until: date) -> Delegation:
    """Let somebody answer all referrals for the CPO from today until a day, that day included.

    Raises NotYours, or NotAllowed when a delegation runs already or the day has passed.
    """
    if not has_role(actor, Role.CPO):
        raise NotYours("Referrals are delegated by the chief product officer.")
    _must_fit(actor, delegate, until)
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    running = _running(actor).first()
    if running is not None:
        raise NotAllowed(
            f"{running.delegate} answers until {running.ends_on:%-d %b %Y}; end that first."
        )
    made = Delegation.objects.create(
        person=actor, delegate=delegate, function=Role.CPO, ends_on=until
    )
    news = News(
        None,
        "delegation",
        f"You answer referrals in place of {actor}",
        text=f"{actor} asks you to answer referrals until {until:%-d %B %Y}.",
        path="/portfolio/referrals",
        key=f"delegation:{made.pk}",
    )
    tell({delegate: Reason.STAND_IN}, news, tab=Tab.DECIDE, actor=actor)
    return made


@acting
@transaction.atomic
def end_referral_delegation(*, actor: Any) -> Delegation:
    """Take all referrals back, or give them back, before the day. What was answered stays."""
    mine = _running(actor).first()
    given = Delegation.objects.filter(delegate=actor, function=Role.CPO, ended_at=None)
    found = mine or given.filter(ends_on__gte=timezone.localdate()).first()
    if found is None:
        raise NotAllowed("No delegation of referrals is running.")
    locked: Delegation = Delegation.objects.select_for_update(no_key=True).get(pk=found.pk)
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    return locked


def _running(person: Any) -> Any:
    rows = Delegation.objects.filter(person=person, function=Role.CPO, ended_at=None)
    return rows.filter(ends_on__gte=timezone.localdate()).select_related("delegate")


def _must_fit(actor: Any, delegate: Person, until: date | None) -> None:
    if delegate.pk == actor.pk:
        raise NotAllowed("Choose somebody else; you answer for yourself anyway.")
    if not delegate.is_active:
        raise NotAllowed(f"{delegate} cannot sign in; choose somebody who can.")
    if until is None or until < timezone.localdate():
        raise NotAllowed("A delegation needs its last day; choose today or a later day.")
    if until > timezone.localdate() + LONGEST:
        raise NotAllowed("A delegation lasts a year at most; for longer, change the role itself.")


@acting
@transaction.atomic
def answer_for_line(  # noqa: PLR0913 - one form, one call
    *,
    share: InitiativeLine,
    actor: Any,
    answer: str,
    note: str = "",
    kpi: KPI | None = None,
    person: Person | None = None,
    capacity_points: int | None = None,
    conditions: list[str] | None = None,
    seen: str | None = None,
) -> InitiativeLine:
    """Answer for one line: accepted, conditional or declined. Conditions and refusals say why.

    Without `conditions` the note of a conditional answer is its one condition. `seen` is the
    moment of the answer the writer looked at; another answer since then is a Conflict.
    Raises NotYours, NotAllowed or Conflict.
    """
    if not may.answers_for_line(actor, share.line):
        raise NotYours(
            f"{share.line} is answered for by its business leader or a product manager of it."
        )
    wanted = _conditions(answer, note, conditions)
    said = note.strip() or "; ".join(wanted)
    if answer in {"conditional", "declined"} and not said:
        raise NotAllowed("Conditions and a refusal need a reason; write one or two sentences.")
    Initiative.objects.select_for_update(no_key=True).get(pk=share.initiative_id)
    locked = InitiativeLine.objects.select_for_update(no_key=True).filter(pk=share.pk).first()
    if locked is None:
        raise WrongState(f"{share.line} is not among its lines any more.")
    _must_be_unanswered_since(locked, seen, {"answer": answer, "note": said})
    _must_belong(share, person, kpi)
    locked.answer = answer
    locked.note = said
    locked.kpi = kpi
    locked.person = person
    locked.capacity_points = capacity_points
    locked.answered_by = actor
    locked.answered_at = timezone.now()
    locked.save()
    settle_conditions(share=locked, wanted=wanted, actor=actor)
    line_answered(locked)
    return locked


def _conditions(answer: str, note: str, conditions: list[str] | None) -> list[str]:
    if answer != "conditional":
        return []
    told = [each.strip() for each in conditions or [] if each.strip()]
    return told or [note.strip()[:500]] * bool(note.strip())


def _must_be_unanswered_since(
    share: InitiativeLine, seen: str | None, mine: dict[str, Any]
) -> None:
    if seen is None or seen == answer_mark(share):
        return
    raise Conflict(
        f"{share.answered_by} answered for {share.line} while you were writing: "
        f"“{share.get_answer_display()}”. Your text is kept below; send it to replace that answer.",
        theirs=share,
        mine=mine,
    )


def _must_belong(share: InitiativeLine, person: Person | None, kpi: KPI | None) -> None:
    if kpi is not None and kpi.line_id not in (None, share.line_id):
        raise NotAllowed(f"“{kpi.name}” is not a KPI of {share.line}; choose one of its own.")
    if person is None:
        return
    held = person.current_memberships()
    if not any(each.in_line_id in (None, share.line_id) for each in held):
        raise NotAllowed(f"{person} has no role in {share.line}; name somebody who works there.")


def settle_conditions(*, share: InitiativeLine, wanted: list[str], actor: Any) -> None:
    """The open conditions become those wanted; what is not asked any more is closed, not erased."""
    opened = {row.text: row for row in share.conditions.filter(closed_at=None)}
    for text in dict.fromkeys(wanted):
        if text not in opened:
            LineCondition.objects.create(share=share, text=text[:500])
    for text, row in opened.items():
        if text not in wanted:
            _close(row, actor, f"No longer asked: {share.get_answer_display().lower()}.")


@acting
@transaction.atomic
def close_condition(*, condition: LineCondition, actor: Any, note: str) -> LineCondition:
    """The line says that its condition is met. Raises NotYours, NotAllowed or WrongState."""
    line = condition.share.line
    if not may.answers_for_line(actor, line):
        raise NotYours(
            f"Conditions of {line} are closed by its business leader or a product manager of it."
        )
    if not note.strip():
        raise NotAllowed("Say how the condition was met; one sentence is enough.")
    locked = LineCondition.objects.select_for_update(no_key=True).get(pk=condition.pk)
    if locked.closed_at is not None:
        raise WrongState(f"{locked.closed_by} closed this condition already.")
    return _close(locked, actor, note.strip())


def _close(condition: LineCondition, actor: Any, note: str) -> LineCondition:
    condition.closed_at = timezone.now()
    condition.closed_by = actor
    condition.closing_note = note[:500]
    condition.save(update_fields=["closed_at", "closed_by", "closing_note"])
    return condition
