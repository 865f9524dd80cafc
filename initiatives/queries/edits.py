"""Edits of an initiative as its history tells them: who changed what, from what, to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from config.web.words import beginning
from initiatives.models import Initiative

# Characters of a text told before and after; the whole stands on the page of that day.
CUT = 120
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
# Changes that no undo puts back: a source's answers merge, and acts are done again instead.
STAYS = {"source_fields", *DONE}

Pair = tuple[Any, Any]


@dataclass(frozen=True)
class EditSaid:
    """One edit. `pk` is its history row; `changes` are sentences: “Title: A → B”."""

    pk: int
    who: Any
    said: str
    at: datetime
    changes: list[str]
    goes_back: bool


def edits(initiative: Initiative, most: int) -> list[EditSaid]:
    """The last so many, oldest first: a query for the rows, one per kind of thing they name."""
    told = [
        (event, done)
        for before, event in _pairs(initiative, most)
        if (done := _done(before, event))
    ]
    names = _names([done for _event, done in told])
    people = _people(event for event, _done in told)
    return [
        EditSaid(
            pk=event.pgh_id,
            who=people.get(_actor_id(event), _("Gateline")),
            said=_said(done),
            at=event.pgh_created_at,
            changes=_sentences(done, names),
            goes_back=bool(set(done) - STAYS),
        )
        for event, done in told
    ]


def _pairs(initiative: Initiative, most: int) -> Iterable[Pair]:
    events = initiative._meta.apps.get_model("initiatives", "InitiativeEvent")
    newest = (
        events.objects.filter(pgh_obj=initiative.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: most + 1]
    )
    return pairwise(list(newest)[::-1])


def _done(before: Any, after: Any) -> dict[str, Pair]:
    """Column → before and after; nothing when it is a step's or a computation's doing."""
    pairs = {n: (getattr(before, n), getattr(after, n)) for n in (*TOLD, *DONE)}
    return {n: pair for n, pair in pairs.items() if pair[0] != pair[1]}


def _said(done: dict[str, Pair]) -> str:
    changed = [str(label) for name, label in TOLD.items() if name in done]
    acts = [str(label) for name, label in DONE.items() if name in done]
    return _listing([*([_("changed %s") % _listing(changed)] if changed else []), *acts])


def _listing(labels: list[str]) -> str:
    return ", ".join(labels[:-1]) + (_(" and ") if labels[1:] else "") + labels[-1]


def _sentences(done: dict[str, Pair], names: dict[str, dict[Any, Any]]) -> list[str]:
    """“The owner: nothing → Ada” for each told column; without its name when it is the only one."""
    told = [name for name in TOLD if name in done and name != "source_fields"]
    both = {
        name: _("%(before)s → %(after)s")
        % {
            "before": _in_words(done[name][0], names.get(name)),
            "after": _in_words(done[name][1], names.get(name)),
        }
        for name in told
    }
    if len(done) == 1:
        return list(both.values())
    return [f"{capfirst(str(TOLD[name]))}: {change}" for name, change in both.items()]


def _in_words(value: Any, names: dict[Any, Any] | None) -> str:
    if value in (None, ""):
        return _("nothing")
    if names is not None:
        return str(names.get(value) or _("no longer here"))
    if isinstance(value, date):
        return value.strftime("%-d %b %Y")
    return _("“%s”") % beginning(str(value), CUT)


def _names(edits_done: list[dict[str, Pair]]) -> dict[str, dict[Any, Any]]:
    """Column → key → the row it names; one query per model that is named at all."""
    wanted: dict[str, Any] = {}
    keys: dict[Any, set[Any]] = {}
    for done in edits_done:
        for name, pair in done.items():
            field: Any = Initiative._meta.get_field(name.removesuffix("_id"))
            if name in TOLD and field.related_model is not None:
                wanted[name] = field.related_model
                keys.setdefault(field.related_model, set()).update(set(pair) - {None})
    rows = {model: model._default_manager.in_bulk(ids) for model, ids in keys.items()}
    return {name: rows[model] for name, model in wanted.items()}


def _actor_id(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None


def _people(events: Iterable[Any]) -> dict[Any, Person]:
    ids = {_actor_id(e) for e in events} - {None}
    return Person.objects.get_queryset().in_bulk(ids) if ids else {}
