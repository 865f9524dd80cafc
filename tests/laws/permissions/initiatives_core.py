"""Requests, triage, lists and the initiative itself, pages and API."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from initiatives.actions.files import attach
from initiatives.actions.lines import add_line
from initiatives.models import Attachment, Initiative, InitiativeWaiver
from tests.factories.initiatives import in_phase, proposed, source, waive
from tests.laws.permissions import Row

PM, BL, CPO = "product_manager", "business_leader", "cpo"


@dataclass
class World:
    new: Initiative
    live: Initiative
    waiver: InitiativeWaiver
    file: Attachment
    cast: object


def world(cast) -> World:
    source()
    live = in_phase(cast, "discovery", title="Live one")
    add_line(initiative=live, actor=cast.product_manager, line=cast.cards)
    upload = SimpleUploadedFile("list.txt", b"one")
    return World(
        new=proposed(cast, title="New one"),
        live=live,
        waiver=waive(cast, live, "ranked"),
        file=attach(initiative=live, actor=cast.requester, upload=upload),
        cast=cast,
    )


def live(w):
    return {"number": w.live.number}


def new(w):
    return {"number": w.new.number}


def step(name):
    return lambda w: {"number": w.new.number, "step": name}


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def waiver_form(w):
    return {
        "gate": "promised_kpi",
        "reason": "The law.",
        "expires_date": in_days(9),
        "follow_up_owner": w.cast.product_manager.pk,
    }


def accept_form(w):
    return {"owner": w.cast.product_manager.pk, "line": "payments"}


def designer(w):
    return {"person": w.cast.designer.pk}


SOURCE = {"name": "Field sales", "rule": "customer", "icon": "truck", "fields": []}
SOURCE_FORM = {
    "name": "Field sales",
    "rule": "customer",
    "icon": "truck",
    "q-TOTAL_FORMS": 0,
    "q-INITIAL_FORMS": 0,
}
SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
FOR_PM = {"anonymous": 302, "*": 403, PM: 302}
API_FOR_PM = {"anonymous": 401, "*": 403, PM: 200}

ROWS = [
    Row("home", SEEN),
    Row("intake", SEEN),
    Row("initiative_list", SEEN),
    Row("initiative_new", SEEN),
    Row(
        "initiative_bulk",
        SEEN,
        method="post",
        data=lambda w: {"step": "accept", "number": w.new.number},
    ),
    Row("initiative_short", {"anonymous": 302, "*": 302}, kwargs=live),
    Row("initiative", {"anonymous": 302, "*": 301}, kwargs=live),
    Row("initiative_receipt", SEEN, kwargs=live),
    Row("initiative_accept", FOR_PM, kwargs=new, method="post", data=accept_form),
    Row("initiative_decide", FOR_PM, kwargs=step("decline"), method="post", data={"note": "No."}),
    Row(
        "intake_undo",
        {"anonymous": 302, "*": 409},
        method="post",
        data=lambda w: {"key": w.new.key},
    ),
    Row("intake_undo", {"anonymous": 302, "*": 404}, method="post", data={"key": "INI-999"}),
    Row("initiative_step", FOR_PM, kwargs=step("decline"), method="post", data={"note": "No."}),
    Row("initiative_edit", {"anonymous": 302, "*": 403, PM: 200}, kwargs=live),
    Row(
        "initiative_seat",
        {**FOR_PM, "designer": 302},
        method="post",
        data=designer,
        kwargs=lambda w: {"number": w.live.number, "seat": "designer"},
    ),
    Row(
        "initiative_lines", {**FOR_PM, CPO: 302}, kwargs=new, method="post", data={"line": "cards"}
    ),
    Row(
        "initiative_line_remove",
        {**FOR_PM, CPO: 302},
        method="post",
        kwargs=lambda w: {"number": w.live.number, "slug": "cards"},
    ),
    Row("initiative_duplicates", SEEN, kwargs=new),
    Row("initiative_duplicates", FOR_PM, kwargs=new, method="post"),
    Row("initiative_file", SEEN, kwargs=lambda w: {"number": w.live.number, "pk": w.file.pk}),
    Row("initiative_rfc", SEEN, kwargs=live),
    Row("initiative_activity", SEEN, kwargs=live),
    Row(
        "initiative_activity",
        {"anonymous": 302, "*": 302},
        kwargs=live,
        method="post",
        data={"text": "Well said."},
    ),
    Row("initiative_waivers", SEEN, kwargs=live),
    Row(
        "initiative_waivers",
        {"anonymous": 302, "*": 403, PM: 403, BL: 302, CPO: 302},
        kwargs=live,
        method="post",
        data=waiver_form,
    ),
    Row("initiative_waive", SEEN, kwargs=lambda w: {"number": w.live.number, "gate": "ranked"}),
    Row(
        "initiative_waiver_withdraw",
        {"anonymous": 302, "*": 403, PM: 403, BL: 302, CPO: 302},
        method="post",
        kwargs=lambda w: {"number": w.live.number, "pk": w.waiver.pk},
    ),
    Row("api_initiatives", API),
    Row(
        "api_initiatives",
        {"anonymous": 401, "*": 201},
        method="post",
        data={"problem": "Slow.", "affected": "All", "source": "growth"},
    ),
    Row("api_initiative", API, kwargs=live),
    Row(
        "api_initiative",
        API_FOR_PM,
        kwargs=live,
        method="patch",
        data={"affected": "Many"},
        headers={"If-Match": '"3"'},
    ),
    Row("api_initiative_steps", API, kwargs=live),
    Row(
        "api_initiative_step",
        API_FOR_PM,
        kwargs=step("decline"),
        method="post",
        data={"note": "No."},
    ),
    Row("api_initiative_comments", API, kwargs=live),
    Row(
        "api_initiative_comments",
        {"anonymous": 401, "*": 201},
        kwargs=live,
        method="post",
        data={"text": "Well said."},
    ),
    Row("api_initiative_waivers", API, kwargs=live),
    Row(
        "api_initiative_waivers",
        {"anonymous": 401, "*": 403, PM: 403, BL: 201, CPO: 201},
        kwargs=live,
        method="post",
        data=waiver_form,
    ),
    Row(
        "api_initiative_waiver_withdraw",
        {"anonymous": 401, "*": 403, PM: 403, BL: 200},
        method="post",
        kwargs=lambda w: {"number": w.live.number, "pk": w.waiver.pk},
    ),
    Row("api_initiative_duplicates", API, kwargs=new),
    Row("api_initiative_duplicates", API_FOR_PM, kwargs=new, method="post"),
    Row(
        "api_initiative_seat",
        {**API_FOR_PM, "designer": 200},
        method="put",
        data=designer,
        kwargs=lambda w: {"number": w.live.number, "seat": "designer"},
    ),
    Row(
        "api_initiative_lines",
        {**API_FOR_PM, CPO: 200},
        kwargs=new,
        method="post",
        data={"line": "cards"},
    ),
    Row(
        "api_initiative_lines",
        {**API_FOR_PM, CPO: 200},
        kwargs=live,
        method="delete",
        data={"line": "cards"},
    ),
    Row("api_sources", API),
    Row(
        "api_sources",
        {"anonymous": 401, "*": 403, PM: 403, "administrator": 201},
        method="post",
        data=SOURCE,
    ),
    Row("api_source", API, kwargs={"slug": "growth"}),
    Row(
        "api_source",
        {"anonymous": 401, "*": 403, PM: 403, "administrator": 200},
        method="put",
        kwargs={"slug": "growth"},
        data=SOURCE,
    ),
    Row("requests", SEEN),
    Row("sources", SEEN),
    Row("source_new", {"anonymous": 302, "*": 403, PM: 403, "administrator": 200}),
    Row(
        "source_new",
        {"anonymous": 302, "*": 403, PM: 403, "administrator": 302},
        method="post",
        data=SOURCE_FORM,
    ),
    Row(
        "source_edit",
        {"anonymous": 302, "*": 403, PM: 403, "administrator": 200},
        kwargs={"slug": "growth"},
    ),
    Row(
        "source_edit",
        {"anonymous": 302, "*": 403, PM: 403, "administrator": 302},
        method="post",
        kwargs={"slug": "growth"},
        data=SOURCE_FORM,
    ),
]
