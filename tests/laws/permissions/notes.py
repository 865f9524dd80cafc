"""Research notes: everybody reads and writes them; quoting needs a role in the line."""

from dataclasses import dataclass

from django.utils import timezone

from initiatives.actions.belief import record_evidence
from initiatives.actions.notes import write_note
from initiatives.models import Evidence, Initiative, ResearchNote
from tests.factories.initiatives import in_phase
from tests.laws.permissions import Row

PM, GROWTH, ADMIN = "product_manager", "growth", "administrator"
TODAY = timezone.localdate().isoformat()
FACTS = {
    "text": "We met eight stall owners.",
    "method": "interview",
    "kind": "qualitative",
    "origin": "Two markets",
    "collected_date": TODAY,
}
NOTE = {**FACTS, "title": "Stalls"}


@dataclass
class World:
    note: ResearchNote
    live: Initiative
    item: Evidence


def world(cast) -> World:
    live = in_phase(cast, "discovery")
    note = write_note(actor=cast.growth, link="https://example.com/n", **NOTE)
    facts = {k: v for k, v in FACTS.items() if k != "text"}
    item = record_evidence(
        initiative=live, actor=cast.growth, finding="Eight.", points="for", **facts
    )
    return World(note, live, item)


def one(w):
    return {"pk": w.note.pk}


def quote(w):
    return {"quote": "eight", "initiative": w.live.key, "points": "for"}


def api_quote(w):
    return {"quote": "eight", "initiative": w.live.number, "points": "for"}


def item(w):
    return {"number": w.live.number, "pk": w.item.pk}


SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
OWN = {"anonymous": 302, "*": 403, GROWTH: 200, ADMIN: 200}

ROWS = [
    Row("notes", SEEN),
    Row("note_new", SEEN),
    Row("note_new", {"anonymous": 302, "*": 302}, method="post", data=NOTE),
    Row("note", SEEN, kwargs=one),
    Row("note", {"anonymous": 302, "*": 403, "requester": 302, PM: 302, GROWTH: 302}, kwargs=one, method="post",
        data=quote),
    Row("note_edit", OWN, kwargs=one),
    Row("note_edit", {"anonymous": 302, "*": 403, GROWTH: 302, ADMIN: 302}, kwargs=one,
        method="post", data={**NOTE, "title": "New", "row_version": 1}),
    Row("note_link", {"anonymous": 302, "*": 302}, kwargs=one, method="post"),
    Row("api_notes", API),
    Row("api_notes", {"anonymous": 401, "*": 201}, method="post", data=NOTE),
    Row("api_note", API, kwargs=one),
    Row("api_note", {"anonymous": 401, "*": 403, GROWTH: 200}, kwargs=one, method="patch",
        data={"title": "New"}, headers={"If-Match": '"1"'}),
    Row("api_quotes", {"anonymous": 401, "*": 403, "requester": 201, PM: 201}, kwargs=one, method="post",
        data=api_quote),
    Row("api_evidence_item", {"anonymous": 401, "*": 403, PM: 200, GROWTH: 200}, kwargs=item,
        method="patch", data={"archived": True}),
]  # fmt: skip
