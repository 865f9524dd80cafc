"""Who did what: steps, comments, edits and waivers as one stream, each in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.batch import Asker, alone
from config.flow.fsm import edges
from config.flow.visibility import limit_of
from initiatives.models import Initiative, InitiativeStep
from initiatives.phases import words
from initiatives.queries.edits import edits

MOST = 200
STEPS = {edge.step: str(edge.facts.label) for edge in edges(Initiative)}
GATES = {gate.name: gate.label for edge in edges(Initiative) for gate in edge.facts.gates}


@dataclass(frozen=True)
class Act:
    """One thing somebody did. `kind` is step, refused, comment, edit, waiver or created."""

    kind: str
    who: Any
    text: str
    when: datetime
    note: str = ""
    href: str = ""
    anchor: str = ""
    sentences: list[str] = field(default_factory=list)
    event: int | None = None
    new: bool = False


def activity(initiative: Initiative, kind: str = "") -> list[Act]:
    """The whole stream, newest first, at most ten queries whatever its length; `kind` narrows it."""
    acts = [
        *_steps(initiative.steps_taken.select_related("actor")[:MOST]),
        *_comments(initiative),
        *_edits(initiative),
        *_waivers(initiative),
        Act("created", initiative.requester, _("handed it in"), initiative.created_at),
    ]
    kinds = {"step", "refused"} if kind == "step" else {kind}
    acts = [a for a in acts if not kind or a.kind in kinds]
    return sorted(acts, key=lambda a: a.when, reverse=True)


def recent(initiative: Initiative, most: int) -> list[Act]:
    """The last few things that moved it: steps taken, comments, the request itself."""
    return alone(ask_recent(initiative, most))


def ask_recent(initiative: Initiative, most: int) -> Asker:
    """The same, asked together with others."""
    taken = initiative.steps_taken.filter(taken=True).select_related("actor")
    steps, comments = yield taken[:most], _said_last(initiative, most)
    acts = [
        *_steps(steps),
        *_commented(comments),
        Act("created", initiative.requester, _("handed it in"), initiative.created_at),
    ]
    yield from sorted(acts, key=lambda a: a.when, reverse=True)[:most]


def moves(person: Any, most: int, since: datetime | None = None) -> list[Act]:
    """What moved lately among the initiatives a person may see; marked when newer than `since`."""
    return alone(ask_moves(person, most, since))


def ask_moves(person: Any, most: int, since: datetime | None = None) -> Asker:
    """The same, asked together with others."""
    taken = steps_seen(person).select_related("subject", "actor").order_by("-at", "-id")
    for act in _steps((yield taken[:most]), named=True):
        yield replace(act, new=since is not None and act.when > since)


def steps_seen(person: Any) -> Any:
    """Steps taken on initiatives a person may see."""
    taken = InitiativeStep.objects.filter(taken=True)
    if limit_of(person) is None and person.is_active:
        return taken
    return taken.filter(subject__in=Initiative.objects.visible_to(person).order_by())


def _steps(records: Iterable[Any], *, named: bool = False) -> list[Act]:
    return [_step(record, named=named) for record in records]


def _step(record: Any, *, named: bool) -> Act:
    subject = record.subject if named else None
    return Act(
        kind="step" if record.taken else "refused",
        who=record.actor or record.actor_name,
        text=step_words(record, subject.key if subject else ""),
        when=record.at,
        note=record.note,
        href=subject.get_absolute_url() if subject else "",
        anchor=f"step-{record.pk}",
        sentences=record.sentences,
    )


def step_words(record: Any, key: str = "") -> str:
    """A step as a sentence without its actor: “moved INI-12 from Discovery to RFC”."""
    told = {
        "it": key or _("it"),
        "step": STEPS.get(record.step, capfirst(record.step.replace("-", " "))),
        "source": words(record.from_state),
        "goal": words(record.to_state),
    }
    if not record.taken:
        refused = _("was refused “%(step)s” of %(it)s") if key else _("was refused “%(step)s”")
        return refused % told
    if record.from_state == record.to_state:
        return _("let %(it)s sleep until %(day)s") % {
            **told,
            "day": record.told.get("until", ""),
        }
    return _("moved %(it)s from %(source)s to %(goal)s") % told


def _comments(initiative: Initiative) -> list[Act]:
    return _commented(_said_last(initiative, MOST))


def _said_last(initiative: Initiative, most: int) -> QuerySet[Any]:
    found: QuerySet[Any] = initiative.comments.select_related("author").order_by("-at", "-id")
    return found[:most]


def _commented(rows: Iterable[Any]) -> list[Act]:
    return [
        Act("comment", c.author, _("commented"), c.at, note=c.text, anchor=f"comment-{c.pk}")
        for c in rows
    ]


def _waivers(initiative: Initiative) -> list[Act]:
    rows = initiative.waivers.select_related("granted_by")
    return [
        Act(
            "waiver",
            w.granted_by,
            _("waived “%(gate)s” until %(day)s")
            % {"gate": gate_label(w.gate), "day": w.expires_date.strftime("%-d %b %Y")},
            w.granted_at,
            note=w.reason,
        )
        for w in rows
    ]


def gate_label(name: str) -> str:
    """A gate's name in words."""
    return GATES.get(name) or capfirst(name.replace("_", " "))


def _edits(initiative: Initiative) -> list[Act]:
    return [
        Act("edit", e.who, e.said, e.at, sentences=e.changes, event=e.pk if e.goes_back else None)
        for e in edits(initiative, MOST)
    ]
