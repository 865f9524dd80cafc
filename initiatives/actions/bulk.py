"""The same act on many initiatives, one by one through the same doors, and its undo as one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.due.jobs import start_job
from config.due.models import Job
from config.flow.errors import NotAllowed, NotYours, Refusal
from config.flow.steps import explain
from config.flow.telling import take_told
from initiatives.actions.fields import COLUMNS, plain, revert_edit, set_field
from initiatives.models import BulkEdit, Initiative

BULK = "initiatives.bulk"
CHANGE, SAME, REFUSED = "change", "same", "refused"


@dataclass(frozen=True)
class Outcome:
    """What an act would do, or did, to one initiative: change, same, or refused with sentences."""

    initiative: Initiative
    kind: str
    sentences: list[str] = field(default_factory=list)
    event: int | None = None

    @property
    def done(self) -> bool:
        return self.kind == CHANGE


@dataclass(frozen=True)
class Act:
    """A step to take or a field to set. `given` is what a form told besides."""

    kind: str
    name: str
    given: dict[str, str] = field(default_factory=dict)
    value: Any = None


def foresee(initiative: Initiative, act: Act, actor: Any) -> Outcome:
    """What would happen, without trying."""
    if act.kind == "set":
        return _foresee_field(initiative, act, actor)
    view = explain(initiative, act.name, actor)
    if view is None:
        return Outcome(initiative, REFUSED, [_("It does not start from where this one is.")])
    if not view.permitted:
        return Outcome(initiative, REFUSED, [_("It belongs to %s.") % view.belongs_to])
    lacking = [m.sentence for r in view.missing for m in r.missing]
    return Outcome(initiative, REFUSED if lacking else CHANGE, lacking)


def _foresee_field(initiative: Initiative, act: Act, actor: Any) -> Outcome:
    """Tried for real inside a transaction that is taken back: the same rules, the same sentences."""
    if plain(initiative, COLUMNS[act.name]) == getattr(act.value, "pk", act.value):
        return Outcome(initiative, SAME, [_("It says so already.")])
    outcome = Outcome(initiative, CHANGE)
    with transaction.atomic():
        try:
            with transaction.atomic():
                set_field(
                    initiative=initiative,
                    actor=actor,
                    field=act.name,
                    value=act.value,
                    seen_version=None,
                )
        except Refusal as refusal:
            outcome = Outcome(initiative, REFUSED, refusal.sentences)
        transaction.set_rollback(True)
    return outcome


def perform(initiative: Initiative, act: Act, actor: Any) -> Outcome:
    """The same doors as everywhere."""
    try:
        if act.kind == "step":
            moved = take_told(initiative, act.name, actor=actor, given=act.given)
            return Outcome(moved, CHANGE)
        done = set_field(
            initiative=initiative, actor=actor, field=act.name, value=act.value, seen_version=None
        )
    except Refusal as refusal:
        return Outcome(initiative, REFUSED, refusal.sentences)
    if done.event is None:
        return Outcome(done.initiative, SAME, [_("It says so already.")])
    return Outcome(done.initiative, CHANGE, event=done.event)


def act_on(
    initiatives: Iterable[Initiative],
    act: Act,
    actor: Any,
    *,
    words: str,
    told: Callable[[int, Outcome], None] | None = None,
    edit: BulkEdit | None = None,
) -> tuple[list[Outcome], BulkEdit | None]:
    """Do it to each; what was changed is kept for the undo. `told` hears of each as it is done."""
    outcomes = []
    if act.kind == "set" and edit is None:
        value = str(getattr(act.value, "pk", act.value) or "")
        edit = BulkEdit.objects.create(actor=actor, field=act.name, value=value, words=words[:300])
    for n, initiative in enumerate(initiatives, 1):
        with transaction.atomic():
            outcome = perform(initiative, act, actor)
            if edit is not None and outcome.event:
                edit.items = [*edit.items, {"number": initiative.number, "event": outcome.event}]
                edit.save(update_fields=["items"])
        outcomes.append(outcome)
        if told:
            told(n, outcome)
    return outcomes, edit


def ask_for_bulk(*, actor: Any, act: Act, numbers: list[int], words: str) -> Job:
    """The same as a job, for more than a request can do."""
    payload = {
        "kind": act.kind,
        "name": act.name,
        "given": act.given if act.kind == "step" else {},
        "value": str(getattr(act.value, "pk", act.value) or ""),
        "numbers": numbers,
        "words": words,
    }
    title = _("%(act)s for %(n)d initiatives") % {"act": words, "n": len(numbers)}
    return start_job(kind=BULK, owner=actor, title=title, payload=payload, total=len(numbers))


def undo_bulk(*, edit: BulkEdit, actor: Any) -> list[Outcome]:
    """Take all of it back; what somebody changed again since stays, and says so.

    Raises NotYours for another person's act, NotAllowed when it was undone already.
    """
    if edit.actor_id != actor.pk:
        raise NotYours(_("It is undone by %s, who did it.") % edit.actor)
    with transaction.atomic():
        locked = BulkEdit.objects.select_for_update().get(pk=edit.pk)
        if locked.undone_at:
            raise NotAllowed(_("This was undone already."))
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
        rows = Initiative.objects.filter(number__in=[i["number"] for i in locked.items])
        found = {i.number: i for i in rows}
        return [_undo_one(found[i["number"]], i["event"], actor) for i in locked.items]


def _undo_one(initiative: Initiative, event: int, actor: Any) -> Outcome:
    try:
        with transaction.atomic():
            done = revert_edit(initiative=initiative, actor=actor, event=event)
    except Refusal as refusal:
        return Outcome(initiative, REFUSED, refusal.sentences)
    return Outcome(done.initiative, CHANGE)
