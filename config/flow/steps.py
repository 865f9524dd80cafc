"""The doorman: shows the steps from here, and takes one. Nothing else moves a state."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from config.flow.asking import asked_once, one_reading
from config.flow.errors import GatesUnmet, NotYours, Refusal, WrongState
from config.flow.fsm import Ask, Edge, edges
from config.flow.gates import Gate, Missing
from config.flow.models import StatefulModel, StepRecord
from config.flow.signals import step_taken

Verdict = Literal["met", "missing", "waived"]
Subject = TypeVar("Subject", bound=StatefulModel)


@dataclass(frozen=True)
class Requirement:
    """One gate as seen for one object. `waiver` is set when it is waived."""

    gate: str
    label: str
    verdict: Verdict
    missing: list[Missing]
    seen: str = ""
    waivable: bool = True
    waiver: Any = None

    def as_json(self) -> dict[str, Any]:
        return {
            "gate": self.gate,
            "label": self.label,
            "verdict": self.verdict,
            "seen": self.seen,
            "missing": [m.as_json() for m in self.missing],
        }


@dataclass(frozen=True)
class StepView:
    """A step from here, for one person: what it lacks and who may take it."""

    name: str
    label: str
    from_state: str
    to_state: str
    direction: str
    permitted: bool
    belongs_to: str
    who: list[str]
    requirements: list[Requirement]
    note: bool
    asks: tuple[Ask, ...]

    @property
    def missing(self) -> list[Requirement]:
        return [r for r in self.requirements if r.verdict == "missing"]

    @property
    def waived(self) -> list[Requirement]:
        return [r for r in self.requirements if r.verdict == "waived"]

    @property
    def met(self) -> list[Requirement]:
        return [r for r in self.requirements if r.verdict == "met"]

    @property
    def open(self) -> bool:
        """Whether this person may take it now."""
        return self.permitted and not self.missing


def steps(subject: StatefulModel, actor: Any, without: Container[str] = ()) -> list[StepView]:
    """Every step from the current state, with what is missing for each; those left out are not judged."""
    judged: dict[str, Requirement] = {}
    wanted = [found for found in _from_here(subject) if found.step not in without]
    with one_reading():
        return [_view(subject, found, actor, judged) for found in wanted]


def explain(subject: StatefulModel, step: str, actor: Any) -> StepView | None:
    """One step from here, or None when it does not start in this state."""
    found = _find(subject, step)
    return _view(subject, found, actor, {}) if found else None


def ahead(subject: StatefulModel) -> tuple[str, list[Requirement]] | None:
    """The step that leads on from here and what its gates see, whoever may take it; None where no
    step leads on.
    """
    found = next((e for e in _from_here(subject) if e.facts.direction == "forward"), None)
    if found is None:
        return None
    with one_reading():
        return found.step, _judge_all(subject, found.facts.gates, {})


def take(subject: Subject, step: str, *, actor: Any, note: str = "", **told: Any) -> Subject:
    """Take a step: lock the row, ask permission and every gate, move, record, tell.

    Returns the moved, freshly read row. Raises NotYours, WrongState or GatesUnmet; the refused
    attempt stays on record. Sends `step_taken` inside the transaction.
    """
    with transaction.atomic():
        locked = _lock(subject)
        found = _find(locked, step)
        # Nothing is written while the gates are judged, so they may share what they read.
        with one_reading(afresh=True):
            requirements = _judge_all(locked, found.facts.gates, {}) if found else []
        refusal = _refusal(locked, found, step, actor, note, told, requirements)
        record = _open_record(locked, step, actor, note, told, requirements)
        record.actor_roles = _capacity(record.actor_roles, locked, found, actor)
        if refusal is None and found is not None:
            _move(locked, found, requirements, told)
            record.to_state = locked.state
        _close_record(record, refusal)
        if refusal is None:
            step_taken.send(sender=type(locked), subject=locked, record=record, actor=actor)
    if refusal is not None:
        raise refusal
    return locked


def _lock(subject: Subject) -> Subject:
    locked = type(subject)._base_manager.select_for_update(no_key=True).get(pk=subject.pk)
    for neighbours in locked.neighbours():
        list(neighbours.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return locked


def _from_here(subject: StatefulModel) -> list[Edge]:
    return [found for found in edges(type(subject)) if found.source == subject.state]


def _find(subject: StatefulModel, step: str) -> Edge | None:
    return next((found for found in _from_here(subject) if found.step == step), None)


def _judge_all(
    subject: StatefulModel, gates: Iterable[Gate], judged: dict[str, Requirement]
) -> list[Requirement]:
    gates = list(gates)
    waivers = _waivers(subject) if gates else {}
    for rule in gates:
        if rule.name not in judged:
            judged[rule.name] = _judge(subject, rule, waivers)
    return [judged[rule.name] for rule in gates]


@asked_once
def _waivers(subject: StatefulModel) -> dict[str, Any]:
    """A page that shows several steps reads them once; whoever takes a step reads them anew."""
    return subject.waivers_in_force()


def _judge(subject: StatefulModel, rule: Gate, waivers: dict[str, Any]) -> Requirement:
    reasons = rule.reasons(subject)
    if not reasons:
        return Requirement(rule.name, rule.label, "met", [], rule.seen(subject), rule.waivable)
    waiver = waivers.get(rule.name) if rule.waivable else None
    verdict: Verdict = "waived" if waiver else "missing"
    return Requirement(rule.name, rule.label, verdict, reasons, "", rule.waivable, waiver)


def _view(
    subject: StatefulModel, found: Edge, actor: Any, judged: dict[str, Requirement]
) -> StepView:
    facts = found.facts
    return StepView(
        name=found.step,
        label=facts.label,
        from_state=found.source,
        to_state=found.target or "",
        direction=facts.direction,
        permitted=facts.permit(actor, subject),
        belongs_to=facts.permit.label,
        who=facts.permit.who(subject),
        requirements=_judge_all(subject, facts.gates, judged),
        note=facts.note,
        asks=facts.asks,
    )


def _refusal(
    subject: StatefulModel,
    found: Edge | None,
    step: str,
    actor: Any,
    note: str,
    told: dict[str, Any],
    requirements: list[Requirement],
) -> Refusal | None:
    if found is None:
        return _wrong_state(subject, step)
    if not found.facts.permit(actor, subject):
        return _not_yours(subject, found)
    unmet = [(r.gate, r.label, r.missing) for r in requirements if r.verdict == "missing"]
    if found.facts.note and not note.strip():
        reason = Missing(f"“{found.facts.label}” needs a reason; write one or two sentences.")
        unmet.append(("reason", "A reason is given", [reason]))
    unmet.extend(_untold(subject, found, told))
    return GatesUnmet(unmet) if unmet else None


def _untold(
    subject: StatefulModel, found: Edge, told: dict[str, Any]
) -> Iterable[tuple[str, str, list[Missing]]]:
    """What the step needs to be told and was not, or was told and does not fit."""
    for ask in found.facts.asks:
        value = told.get(ask.name)
        if value in (None, ""):
            sentence = f"“{found.facts.label}” needs: {ask.label}."
        else:
            sentence = ask.refuse(subject, value) if ask.refuse else ""
        if sentence:
            yield ask.name, ask.label, [Missing(sentence)]


def _wrong_state(subject: StatefulModel, step: str) -> WrongState:
    labels = {e.step: e.facts.label for e in edges(type(subject))}
    state = subject.state.replace("_", " ")
    label = labels.get(step, capfirst(step.replace("-", " ")))
    return WrongState(f"“{label}” does not start from here: {subject} is in “{state}” now.")


def _not_yours(subject: StatefulModel, found: Edge) -> NotYours:
    names = found.facts.permit.who(subject)
    who = f" ({', '.join(names)})" if names else ""
    return NotYours(f"“{found.facts.label}” belongs to {found.facts.permit.label}{who}.")


def _open_record(
    subject: StatefulModel,
    step: str,
    actor: Any,
    note: str,
    told: dict[str, Any],
    requirements: list[Requirement],
) -> StepRecord:
    model: Any = type(subject).record_model
    earlier = model._default_manager.filter(subject=subject, step=step).count()
    record: StepRecord = model(
        subject=subject,
        step=step,
        from_state=subject.state,
        actor=actor,
        actor_name=str(actor) if actor else "Gateline",
        actor_roles=actor.role_snapshot() if actor else "",
        note=note.strip(),
        told={name: _tellable(value) for name, value in told.items()},
        attempt=earlier + 1,
        process_version=subject.process_version,
        from_version=subject.flow_version,
        requirements=[r.as_json() for r in requirements],
        taken=False,
    )
    return record


def _capacity(roles: str, subject: StatefulModel, found: Edge | None, actor: Any) -> str:
    """The roles held at that moment, and in whose place the step was taken if in somebody's."""
    spoken = found.facts.permit.in_place_of(actor, subject) if found else ""
    return "; ".join(part for part in (spoken, roles) if part)[:400]


def _tellable(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _move(
    subject: StatefulModel,
    found: Edge,
    requirements: list[Requirement],
    told: dict[str, Any],
) -> None:
    # The lock asks the same gates again as booleans; under the row lock their answers stand.
    passed = frozenset(r.gate for r in requirements if r.verdict != "missing")
    subject.__dict__["cleared_gates"] = passed
    getattr(subject, found.method)(**told)
    del subject.__dict__["cleared_gates"]
    subject.flow_version += 1
    subject.state_entered_at = timezone.now()
    subject.save()


def _close_record(record: StepRecord, refusal: Refusal | None) -> None:
    record.taken = refusal is None
    if refusal is not None:
        record.refusal = refusal.slug
        record.sentences = refusal.sentences
    record.save()
