"""Reads of superiors by name: above and below a person, and what changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from accounts.models import Membership, Person, ReportsTo

KINDS = ("divisional", "functional")
MOST_CHANGES = 50


def kind_words(kind: str) -> str:
    """What a line of reporting is called."""
    return _("Divisional") if kind == KINDS[0] else _("Functional")


def superiors_of(person: Person) -> list[tuple[str, Person]]:
    """To whom somebody reports by name: the line of reporting in words, and who. One query."""
    found = ReportsTo.objects.filter(person=person).select_related(*KINDS)
    row = found.first()
    named = ((kind_words(kind), row and getattr(row, kind)) for kind in KINDS)
    return [(words, who) for words, who in named if who]


def reports_of(person: Person) -> list[tuple[Person, str]]:
    """Who reports to somebody by name, and on which lines of reporting. One query."""
    below = ReportsTo.objects.filter(divisional=person) | ReportsTo.objects.filter(
        functional=person
    )
    rows = below.filter(person__is_active=True).select_related("person").order_by("person__name")
    return [
        (
            row.person,
            ", ".join(kind_words(k) for k in KINDS if getattr(row, f"{k}_id") == person.pk),
        )
        for row in rows
    ]


def name_superiors(held: Iterable[Membership], kind: str) -> None:
    """Put the named superior beside each role on the chart, as `above`. One query."""
    held = list(held)
    rows = ReportsTo.objects.filter(person__in={m.person_id for m in held})
    above = {row.person_id: getattr(row, kind) for row in rows.select_related(kind)}
    for membership in held:
        vars(membership)["above"] = above.get(membership.person_id)


@dataclass(frozen=True)
class Change:
    """One change of a superior, in words."""

    who: Any
    when: datetime
    text: str


def changes_of(person: Person) -> list[Change]:
    """Who said when to whom the person reports, newest first. Two queries."""
    events = apps.get_model("accounts", "ReportsToEvent").objects.filter(person_id=person.pk)
    rows = list(events.select_related("pgh_context").order_by("-pgh_id")[:MOST_CHANGES])[::-1]
    ids = {i for row in rows for i in (_actor(row), row.divisional_id, row.functional_id)}
    people = Person.objects.get_queryset().in_bulk(ids - {None})
    return list(_said(rows, people))[::-1]


def _said(rows: list[Any], people: dict[Any, Person]) -> Iterator[Change]:
    former: dict[str, Any] = dict.fromkeys(KINDS)
    for row in rows:
        for kind in KINDS:
            now = getattr(row, f"{kind}_id")
            if now != former[kind]:
                told = {"kind": kind_words(kind), "old": people.get(former[kind], _("nobody")),
                        "new": people.get(now, _("nobody"))}  # fmt: skip
                text = _("%(kind)s: %(old)s → %(new)s") % told
                who = people.get(_actor(row), _("Gateline"))
                yield Change(who, row.pgh_created_at, text)
            former[kind] = now


def _actor(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None
