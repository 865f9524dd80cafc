"""Design and delivery, pages and API."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from initiatives.models import Initiative, MockupFile, Ticket
from tests.factories.walks import in_deep_dive, in_discovery
from tests.laws.permissions import Row

PM, BL, TPM, DESIGNER = "product_manager", "business_leader", "tpm", "designer"


@dataclass
class World:
    empty: Initiative
    deep: Initiative
    ticket: Ticket
    picture: MockupFile


def world(cast) -> World:
    """One initiative with nothing, one in its deep-dive with a plan nobody signed."""
    walk = in_deep_dive(cast).break_down(("See it",), unsigned=tuple(cast.people()))
    deep = walk.initiative
    picture = MockupFile.objects.filter(version__mockup_set__initiative=deep).first()
    empty = in_discovery(cast, title="Empty one").initiative
    return World(empty, deep, deep.tickets.get(), picture)


def empty(w):
    return {"number": w.empty.number}


def deep(w):
    return {"number": w.deep.number}


def ticket(w):
    return {**deep(w), "pk": w.ticket.pk}


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


SPRINT = {"name": "S 1", "goal": "Pay at once", "start_date": in_days(1), "end_date": in_days(14)}
STUDY = {
    "version": 2,
    "goal": "Find it",
    "segment": "Shops",
    "participants": 5,
    "held_date": in_days(-1),
    "tasks": [{"text": "Pay", "tried": 5, "succeeded": 4}],
}
SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
WRITES = {"anonymous": 302, "*": 403, PM: 403, TPM: 302, "engineer": 302}
API_WRITES = {"anonymous": 401, "*": 403, PM: 403, TPM: 201, "engineer": 201}
DESIGNS = {"anonymous": 302, "*": 403, PM: 302, DESIGNER: 302, TPM: 403}
API_DESIGNS = {"anonymous": 401, "*": 403, PM: 201, DESIGNER: 201, TPM: 403}

ROWS = [
    Row("initiative_design", SEEN, kwargs=empty),
    Row("initiative_design", SEEN, kwargs=deep),
    Row(
        "initiative_design",
        DESIGNS,
        kwargs=empty,
        method="post",
        data={"form": "screen", "screen-name": "Start"},
    ),
    Row("mockup_picture", SEEN, kwargs=lambda w: {**deep(w), "pk": w.picture.pk}),
    Row("initiative_delivery", SEEN, kwargs=empty),
    Row("initiative_delivery", SEEN, kwargs=deep),
    Row(
        "initiative_delivery",
        WRITES,
        kwargs=deep,
        method="post",
        data={"form": "ticket", "ticket-title": "Undo it", "ticket-kind": "story"},
    ),
    Row(
        "initiative_delivery",
        {"anonymous": 302, "*": 403, PM: 403, BL: 302, TPM: 302},
        kwargs=deep,
        method="post",
        data={"form": "sprint", **{f"sprint-{k}": v for k, v in SPRINT.items()}},
    ),
    Row(
        "initiative_delivery",
        {"anonymous": 302, "*": 403, PM: 302, TPM: 403},
        kwargs=deep,
        method="post",
        data={"form": "sign_off", "sign_off-function": "product_manager"},
    ),
    Row("ticket", SEEN, kwargs=ticket),
    Row(
        "ticket",
        WRITES,
        kwargs=ticket,
        method="post",
        data={"form": "case", "case-title": "By hand"},
    ),
    Row("api_mockups", API, kwargs=deep),
    Row("api_mockups", API_DESIGNS, kwargs=deep, method="post", data={"fidelity": "high"}),
    Row("api_studies", API, kwargs=deep),
    Row("api_studies", API_DESIGNS, kwargs=deep, method="post", data=STUDY),
    Row("api_tickets", API, kwargs=deep),
    Row("api_tickets", API_WRITES, kwargs=deep, method="post", data={"title": "Undo it"}),
    Row("api_ticket", API, kwargs=ticket),
    Row(
        "api_ticket",
        {**API_WRITES, TPM: 200, "engineer": 200},
        kwargs=ticket,
        method="patch",
        data={"points": 8},
        headers={"If-Match": '"1"'},
    ),
    Row("api_test_cases", API_WRITES, kwargs=ticket, method="post", data={"title": "By hand"}),
    Row("api_deep_dive", {"anonymous": 401, "*": 404}, kwargs=empty),
    Row("api_deep_dive", API, kwargs=deep),
    Row(
        "api_deep_dive",
        {**API_WRITES, TPM: 200, "engineer": 200},
        kwargs=deep,
        method="put",
        data={"architecture": "One service.", "non_functional": "Fast."},
        headers={"If-Match": '"2"'},
    ),
    Row("api_sign_offs", API, kwargs=deep),
    Row(
        "api_sign_offs",
        {"anonymous": 401, "*": 403, PM: 201, TPM: 403},
        kwargs=deep,
        method="post",
        data={"function": "product_manager"},
    ),
    Row("api_sprints", API),
    Row(
        "api_sprints",
        {"anonymous": 401, "*": 403, PM: 403, BL: 201, TPM: 201},
        method="post",
        data={"line": "payments", **SPRINT},
    ),
]
