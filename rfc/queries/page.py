"""What the page of one RFC reads beside the RFC: all of it in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Person, Role
from accounts.permissions import held_by, held_rows
from config.flow.asking import answered
from config.kept import Kept
from rfc.models import RFC, Look, Position, Revision, RevisionSection
from rfc.permissions import co_writes, handed_to, hold_functions
from rfc.queries.decisions import about
from rfc.queries.positions import position_rows, positions_of
from rfc.queries.threads import asked_about, outline_of
from rfc.standing import required, required_rows, taken, taken_rows

MOST_STEPS, MOST_DECISIONS = 30, 6
# Whose names stand beside the steps of an RFC.
NAMED = {"managers": Role.PRODUCT_MANAGER, "leaders": Role.BUSINESS_LEADER}
_LONG = ("toc", "words")
_OF_REVISION = tuple(f.name for f in Revision._meta.concrete_fields if f.name not in _LONG)


@dataclass(frozen=True)
class OnPage:
    """What one person sees of one revision; `revision` is None where there is none."""

    revision: Revision | None
    versions: list[tuple[Any, ...]]
    looks: list[Look]
    positions: list[Position]
    records: list[Any]
    decisions: list[Any]
    threads: dict[str, list[Any]]


def on_page(rfc: RFC, number: int, person: Any) -> OnPage:
    """Everything a page about this revision shows. One statement, inside a reading.

    What the rules ask while the page is made (functions, positions, co-authors, who holds a role)
    is read here as well and answered from here.
    """
    found = _page.read(rfc.pk, number, person.pk, timezone.localdate())
    revision = next(iter(found["revision"]), None)
    answered(required, rfc, answer=found["required"])
    answered(taken, rfc, answer=found["taken"])
    answered(co_writes, rfc, person.pk, answer=bool(found["co_writes"]))
    for name, role in NAMED.items():
        answered(held_by, str(role), answer=found[name])
    hold_functions(person, found["handed"])
    if revision is not None:
        # The same row, and its RFC with all that is known of it.
        revision.rfc = rfc
        answered(outline_of, revision, answer=found["outline"])
    return OnPage(
        revision=revision,
        versions=found["versions"],
        looks=found["looks"],
        positions=positions_of(found["positions"], rfc, person),
        records=found["records"],
        decisions=found["recorded"],
        threads=found,
    )


def _asked(rfc_id: int, number: int, person_id: int, day: date) -> dict[str, QuerySet[Any]]:
    rfc, person = RFC(pk=rfc_id), Person(pk=person_id)
    revisions = rfc.revisions.filter(number=number).select_related("author")
    sections = RevisionSection.objects.filter(revision__rfc=rfc_id, revision__number=number)
    return {
        "revision": revisions.only(*_OF_REVISION, "author__name"),
        "outline": sections.values_list("slug", "heading"),
        "versions": rfc.revisions.values_list(
            "number", "author__name", "created_at", "name", "note"
        ),
        "required": required_rows(rfc),
        "taken": taken_rows(rfc),
        "co_writes": rfc.co_authors.filter(pk=person_id).values_list("pk"),
        "handed": handed_to(person, day),
        "looks": rfc.looks.filter(person=person_id, looked_at=None)
        .select_related("asked_by")
        .only("note", "asked_by__name"),
        "positions": position_rows(rfc),
        "records": rfc.steps_taken.defer("requirements", "told")[:MOST_STEPS],
        "recorded": about(rfc=rfc_id)[:MOST_DECISIONS],
        **{name: held_rows(str(role)) for name, role in NAMED.items()},
        **asked_about(rfc_id, number, person_id),
    }


_page = Kept(_asked)
