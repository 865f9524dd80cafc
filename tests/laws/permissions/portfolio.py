"""Lists, saved views, exports, cells and bulk acts of the portfolio, pages and API."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from initiatives.actions.bulk import Act, act_on
from initiatives.actions.fields import set_field
from initiatives.actions.saved_views import save_view
from initiatives.models import BulkEdit, Initiative, SavedView
from tests.factories.initiatives import in_phase, triaged
from tests.laws.permissions import Row

PM, BL, CPO, DESIGNER = "product_manager", "business_leader", "cpo", "designer"
NOBODY_ID = "00000000-0000-4000-8000-000000000000"


@dataclass
class World:
    live: Initiative
    fresh: Initiative
    company: SavedView
    private: SavedView
    edit: BulkEdit
    event: int


def world(cast) -> World:
    live, fresh = in_phase(cast, "discovery", title="Live one"), triaged(cast, title="Fresh one")
    pm = cast.product_manager
    day = timezone.localdate() + timedelta(days=9)
    done = set_field(initiative=live, actor=pm, field="title", value="Renamed", seen_version=None)
    _outcomes, edit = act_on([fresh], Act("set", "deadline", value=day), pm, words="Deadline")
    return World(
        live=live,
        fresh=fresh,
        company=save_view(owner=pm, name="For all", query="phase=rfc", scope="company"),
        private=save_view(owner=pm, name="For me", query="phase=rfc"),
        edit=edit,
        event=done.event,
    )


def live(w):
    return {"number": w.live.number}


def fresh(w):
    return {"number": w.fresh.number}


def cell(w):
    return {"number": w.live.number, "field": "title"}


def company(w):
    return {"pk": w.company.pk}


def private(w):
    return {"pk": w.private.pk}


def edit(w):
    return {"pk": w.edit.pk}


def a_preview(w):
    return {"act": "set:deadline", "value": "2027-05-01", "numbers": [w.live.number]}


def event(w):
    return {"event": w.event}


SEEN = {"anonymous": 302, "*": 200}
DONE = {"anonymous": 302, "*": 302}
API = {"anonymous": 401, "*": 200}
FOR_PM = {"anonymous": 302, "*": 403, PM: 302}
API_FOR_PM = {"anonymous": 401, "*": 403, PM: 200}
MINE = {"anonymous": 302, "*": 404, PM: 200, BL: 404, CPO: 404, DESIGNER: 404}
NEW = {"name": "Another", "scope": "private", "query": "phase=rfc"}

ROWS = [
    Row("initiative_export", SEEN, kwargs={"form": "csv"}),
    Row("initiative_export_file", {"anonymous": 302, "*": 404}, kwargs={"public_id": NOBODY_ID}),
    Row("initiative_brief", SEEN),
    Row("initiative_brief_form", SEEN, kwargs={"form": "html"}),
    Row("initiative_density", DONE, method="post", data={"density": "dense"}),
    Row("initiative_looked", {"anonymous": 302, "*": 204}, method="post"),
    Row("initiative_bulk_edit", {"anonymous": 302, "*": 404, PM: 200}, kwargs=edit),
    Row(
        "initiative_bulk_undo",
        {"anonymous": 302, "*": 404, PM: 302},
        kwargs=edit,
        method="post",
    ),
    Row(
        "initiative_cell",
        {"anonymous": 302, "*": 403, PM: 200, DESIGNER: 403},
        kwargs=cell,
    ),
    Row(
        "initiative_cell",
        {"anonymous": 302, "*": 403, PM: 302, DESIGNER: 403},
        kwargs=cell,
        method="post",
        data={"value": "Named anew"},
    ),
    Row("initiative_revert", FOR_PM, kwargs=live, method="post", data=event),
    Row("initiative_peek", SEEN, kwargs=live),
    Row("initiative_collisions", SEEN, kwargs=live),
    Row("initiative_then", SEEN, kwargs=live),
    Row("initiative_move", SEEN, kwargs=live),
    Row("initiative_move", FOR_PM, kwargs=fresh, method="post", data={"to": "discovery"}),
    Row("view_list", SEEN),
    Row("view_new", SEEN),
    Row("view_new", DONE, method="post", data=NEW),
    Row(
        "view_new",
        {"anonymous": 302, "reader": 422, "requester": 422, "outsider": 302, PM: 302, CPO: 302},
        method="post",
        data={**NEW, "scope": "company"},
    ),
    Row("view", SEEN, kwargs=company),
    Row("view", MINE, kwargs=private),
    Row(
        "view",
        {"anonymous": 302, "*": 403, PM: 302, CPO: 302},
        kwargs=company,
        method="post",
        data={**NEW, "scope": "private"},
    ),
    Row("view_save", {**FOR_PM, CPO: 302}, kwargs=company, method="post", data={"query": "a=b"}),
    Row("view_mark", DONE, kwargs=company, method="post", data={"starred": "yes"}),
    Row("view_mark", {**MINE, PM: 302}, kwargs=private, method="post", data={"starred": "yes"}),
    Row("view_archive", {**FOR_PM, CPO: 302, BL: 403}, kwargs=company, method="post"),
    Row("api_initiative_export", API, kwargs={"form": "csv"}),
    Row("api_initiative_export", {"anonymous": 401, "*": 404}, kwargs={"form": "doc"}),
    Row("api_export_file", {"anonymous": 401, "*": 404}, kwargs={"public_id": NOBODY_ID}),
    Row("api_bulk", API, method="post", data=a_preview),
    Row("api_bulk", {"anonymous": 401, "*": 400}, method="post", data={"act": "step:accept"}),
    Row("api_bulk_edit", {"anonymous": 401, "*": 404, PM: 200, CPO: 404}, kwargs=edit),
    Row(
        "api_bulk_undo",
        {"anonymous": 401, "*": 404, PM: 200, CPO: 404},
        kwargs=edit,
        method="post",
    ),
    Row("api_views", API),
    Row("api_views", {"anonymous": 401, "*": 201}, method="post", data=NEW),
    Row("api_view", API, kwargs=company),
    Row("api_view", {"anonymous": 401, "*": 404, PM: 200}, kwargs=private),
    Row(
        "api_view",
        {**API_FOR_PM, CPO: 200},
        kwargs=company,
        method="patch",
        data={"description": "All"},
        headers={"If-Match": '"1"'},
    ),
    Row("api_view", {**API_FOR_PM, PM: 204, CPO: 204}, kwargs=company, method="delete"),
    Row("api_view_restore", {**API_FOR_PM, CPO: 200}, kwargs=company, method="post"),
    Row("api_view_mark", API, kwargs=company, method="put", data={"followed": True}),
    Row("api_initiative_revert", API_FOR_PM, kwargs=live, method="post", data=event),
]
