"""Who did what: steps, comments, edits and waivers as one stream, each in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from config.batch import Asker, alone
from config.flow.fsm import edges
from config.flow.visibility import limit_of
from initiatives.models import Initiative, InitiativeStep
from initiatives.phases import words

MOST = 200
# Fields whose change is told; the others change with a step or by computation.
TOLD = {
    "title": gettext_lazy("the title"),
    "problem": gettext_lazy("the problem"),
    "affected": gettext_lazy("who has it"),
    "source_id": gettext_lazy("the source"),
    "source_fields": gettext_lazy("the source's answers"),
    "line_id": gettext_lazy("the lead line"),
    "team_id": gettext_lazy("the team"),
    "owner_id": gettext_lazy("the owner"),
    "designer_id": gettext_lazy("the designer"),
    "tpm_id": gettext_lazy("the TPM"),
    "hoped_kpi_id": gettext_lazy("the KPI it should move"),
    "deadline_date": gettext_lazy("the deadline"),
    "no_design_reason": gettext_lazy("why users see no change"),
}
# Fields whose change is an act of its own.
DONE = {
    "duplicates_checked_at": gettext_lazy("looked at its likely duplicates"),
    "no_design_agreed_by_id": gettext_lazy("agreed that users will see no change"),
}
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
    """The whole stream, newest first, five queries whatever its length; `kind` narrows it."""
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
    events = initiative._meta.apps.get_model("initiatives", "InitiativeEvent")
    newest = (
        events.objects.filter(pgh_obj=initiative.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: MOST + 1]
    )
    rows = list(newest)[::-1]
    told = [(event, said) for before, event in pairwise(rows) if (said := _said(before, event))]
    people = _people(event for event, _said in told)
    return [
        Act(
            "edit",
            people.get(_actor_id(event), _("Gateline")),
            said,
            event.pgh_created_at,
            event=event.pgh_id,
        )
        for event, said in told
    ]


def _said(before: Any, after: Any) -> str:
    """What an edit did, in words; nothing when it is a step's or a computation's doing."""
    changed = [str(words) for name, words in TOLD.items() if _differs(before, after, name)]
    done = [str(words) for name, words in DONE.items() if _differs(before, after, name)]
    parts = [_("changed %s") % _listing(changed)] if changed else []
    return _listing([*parts, *done]) if parts or done else ""


def _differs(before: Any, after: Any, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _listing(labels: list[str]) -> str:
    return ", ".join(labels[:-1]) + (_(" and ") if labels[1:] else "") + labels[-1]


def _actor_id(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None


def _people(events: Iterable[Any]) -> dict[Any, Person]:
    ids = {_actor_id(e) for e in events} - {None}
    return Person.objects.get_queryset().in_bulk(ids) if ids else {}
