"""The organisation: lines, teams, sub-teams, roles, reporting, start-ups; pages and API."""

from dataclasses import dataclass
from typing import Any

from accounts.actions import end_membership, start_line
from accounts.actions.leaving import see_off
from accounts.models import BusinessLine, Membership, ReportingLine, Role
from accounts.reporting import ship_reporting_lines
from tests.laws.permissions import Row

PM, BL, CPO, ADMIN = "product_manager", "business_leader", "cpo", "administrator"
READ = {"anonymous": 302, "*": 200, PM: 200}
API_READ = {"anonymous": 401, "*": 200, PM: 200}
LINE, TEAM = {"line": "payments"}, {"line": "payments", "team": "checkout"}
API_LINE, API_TEAM = {"slug": "payments"}, {"slug": "checkout"}


def founders(code, **more):
    return {"anonymous": 302, "*": 403, PM: 403, BL: 403, CPO: code, ADMIN: code, **more}


def keepers(code, **more):
    return {"anonymous": 302, "*": 403, PM: 403, "cards_leader": 403, BL: code, CPO: code,
            ADMIN: code, **more}  # fmt: skip


def api(expect):
    return {**expect, "anonymous": 401}


@dataclass
class World:
    held: Membership
    ended: Membership
    row: ReportingLine
    start: BusinessLine
    cast: Any
    left: Any


def world(cast) -> World:
    ship_reporting_lines()
    start = start_line(
        actor=cast.cpo, name=f"Loans beside {cast.payments}", purpose="Shops borrow.",
        product_manager=cast.requester, backfill_order=[Role.TPM],
    )  # fmt: skip
    ended = Membership.objects.get(person=cast.qa)
    end_membership(actor=cast.administrator, membership=ended)
    row = ReportingLine.objects.get(function="compliance", level="team")
    left = see_off(actor=cast.administrator, person=cast.second_designer, successors={})
    return World(Membership.objects.get(person=cast.engineer), ended, row, start, cast, left)


def sub_team(w):
    return {**TEAM, "pk": w.cast.engineering.pk}


def api_sub_team(w):
    return {"pk": w.cast.engineering.pk}


def start(w):
    return {"line": w.start.slug}


def api_start(w):
    return {"slug": w.start.slug}


def step(name):
    return lambda w: {"line": w.start.slug, "step": name}


def a_start(w):
    return {"name": "New start", "purpose": "Why", "time_zone": "UTC",
            "product_manager": w.cast.reader.pk}  # fmt: skip


def a_role(w):
    return {"person": w.cast.reader.pk, "role": "growth"}


NAMED = {"name": "Harbour new", "time_zone": "UTC", "purpose": "x"}
SUB = {"name": "Harbour sub", "function": "qa"}
ONLY_CPO = {"anonymous": 302, "*": 403, PM: 403, BL: 403, ADMIN: 403}
ORDERS = {"anonymous": 302, "outsider": 403, "reader": 403, BL: 403}
STOP = {"note": "Customers do not want it."}

SEES_OFF = {"anonymous": 302, "*": 403, PM: 403, BL: 403}


ENDS = {**SEES_OFF, CPO: 403}


def placed(w):
    return {"pk": w.cast.engineer.pk}


def above(w):
    return {"divisional": w.cast.business_leader.pk}


def leaver(w):
    return {"pk": w.cast.second_risk.pk}


ROWS = [
    Row("person_leave", {**SEES_OFF, CPO: 200, ADMIN: 200}, kwargs=leaver),
    Row("person_leave", {**SEES_OFF, CPO: 302, ADMIN: 302}, kwargs=leaver, method="post"),
    Row("person_leave", {**SEES_OFF, CPO: 403}, kwargs=lambda w: {"pk": w.cast.administrator.pk}),
    Row("person_sessions_end", {**ENDS, ADMIN: 302}, kwargs=placed, method="post"),
    Row("api_person_sessions_end", api({**ENDS, ADMIN: 200}), kwargs=placed, method="post"),
    Row("departure", READ, kwargs=lambda w: {"pk": w.left.pk}),
    Row("departure_undo", {**SEES_OFF, CPO: 200, ADMIN: 200}, kwargs=lambda w: {"pk": w.left.pk}),
    Row("departure_undo", {**SEES_OFF, CPO: 302, ADMIN: 302}, kwargs=lambda w: {"pk": w.left.pk},
        method="post"),
    Row("api_departure", API_READ, kwargs=lambda w: {"pk": w.left.pk}),
    Row("api_departure_undo", api({**SEES_OFF, CPO: 200, ADMIN: 200}), method="post",
        kwargs=lambda w: {"pk": w.left.pk}),
    Row("api_person_leave", api({**SEES_OFF, CPO: 200, ADMIN: 200}), kwargs=leaver),
    Row("api_person_leave", api({**SEES_OFF, CPO: 201, ADMIN: 201}), kwargs=leaver, method="post"),
    Row("superiors", keepers(200), kwargs=placed),
    Row("superiors", keepers(302), kwargs=placed, method="post", data=above),
    Row("api_superiors", API_READ, kwargs=placed),
    Row("api_superiors", api(keepers(200)), kwargs=placed, method="patch",
        data=lambda w: {"functional": w.cast.vp_engineering.pk}),
    Row("people", READ),
    Row("org_chart", READ),
    Row("line_new", founders(200)),
    Row("line_new", founders(302), method="post", data=NAMED),
    Row("line_start", {**ONLY_CPO, CPO: 200}),
    Row("line_start", {**ONLY_CPO, CPO: 302}, method="post", data=a_start),
    Row("line_edit", founders(200), kwargs=LINE),
    Row("line_edit", founders(302), kwargs=LINE, method="post", data=NAMED),
    Row("line_close", founders(200), kwargs=LINE),
    Row("line_close", founders(422), kwargs=LINE, method="post"),
    Row("line_reopen", founders(302), kwargs=LINE, method="post"),
    Row("line_history", READ, kwargs=LINE),
    Row("line_history", {**READ, "*": 409, PM: 409, ADMIN: 409}, kwargs=LINE, method="post",
        data={"table": "team", "event": "1"}),
    Row("team_new", keepers(200), kwargs=LINE),
    Row("team_new", keepers(302), kwargs=LINE, method="post", data=NAMED),
    Row("team_edit", keepers(200), kwargs=TEAM),
    Row("team_edit", keepers(302), kwargs=TEAM, method="post", data=NAMED),
    Row("team_close", keepers(200), kwargs=TEAM),
    Row("team_close", keepers(422), kwargs=TEAM, method="post"),
    Row("team_reopen", keepers(302), kwargs=TEAM, method="post"),
    Row("sub_team_new", keepers(200), kwargs=TEAM),
    Row("sub_team_new", keepers(302), kwargs=TEAM, method="post", data=SUB),
    Row("sub_team_edit", keepers(200), kwargs=sub_team),
    Row("sub_team_edit", keepers(302), kwargs=sub_team, method="post", data=SUB),
    Row("sub_team_close", keepers(200), kwargs=sub_team),
    Row("sub_team_close", keepers(302), kwargs=sub_team, method="post"),
    Row("sub_team_reopen", keepers(302), kwargs=sub_team, method="post"),
    Row("reporting_edit", founders(200), kwargs=lambda w: {"pk": w.row.pk}),
    Row("reporting_edit", founders(302), kwargs=lambda w: {"pk": w.row.pk}, method="post",
        data={"responsible": "compliance business partner", "divisional": "business leader"}),
    Row("start_up", READ, kwargs=start),
    Row("start_up", {**READ, "*": 404, PM: 404}, kwargs=LINE),
    Row("start_up_order", {**ORDERS, "requester": 200, CPO: 200, ADMIN: 200}, kwargs=start),
    Row("start_up_order", {**ORDERS, "requester": 302, CPO: 302, ADMIN: 302}, kwargs=start,
        method="post", data={"order": ["tpm", "qa"]}),
    Row("start_up_step", {"anonymous": 302, "*": 302}, kwargs=step("stop")),
    Row("start_up_step", {**ONLY_CPO, CPO: 302}, kwargs=step("stop"), method="post", data=STOP),
    Row("api_lines", api(founders(201)), method="post", data=NAMED),
    Row("api_line", api(founders(200)), kwargs=API_LINE, method="patch", data={"purpose": "y"}),
    Row("api_line_start", api({**ONLY_CPO, CPO: 201}), method="post", data=a_start),
    Row("api_line_close", api(founders(409)), kwargs=API_LINE, method="post"),
    Row("api_line_reopen", api(founders(200)), kwargs=API_LINE, method="post"),
    Row("api_line_teams", api(keepers(201)), kwargs=API_LINE, method="post", data=NAMED),
    Row("api_roles", API_READ, kwargs=API_LINE),
    Row("api_roles", api(keepers(201)), kwargs=API_LINE, method="post", data=a_role),
    Row("api_role_end", api(keepers(200)), method="post",
        kwargs=lambda w: {**API_LINE, "pk": w.held.pk}),
    Row("api_role_resume", api(keepers(200)), method="post",
        kwargs=lambda w: {**API_LINE, "pk": w.ended.pk}),
    Row("api_team", API_READ, kwargs=API_TEAM),
    Row("api_team", api(keepers(200)), kwargs=API_TEAM, method="patch", data={"name": "Pay"}),
    Row("api_team_close", api(keepers(409)), kwargs=API_TEAM, method="post"),
    Row("api_team_reopen", api(keepers(200)), kwargs=API_TEAM, method="post"),
    Row("api_sub_teams", API_READ, kwargs=API_TEAM),
    Row("api_sub_teams", api(keepers(201)), kwargs=API_TEAM, method="post", data=SUB),
    Row("api_sub_team", api(keepers(200)), kwargs=api_sub_team, method="patch", data=SUB),
    Row("api_sub_team_close", api(keepers(200)), kwargs=api_sub_team, method="post"),
    Row("api_sub_team_reopen", api(keepers(200)), kwargs=api_sub_team, method="post"),
    Row("api_reporting", API_READ),
    Row("api_reporting_row", api(founders(200)), kwargs=lambda w: {"pk": w.row.pk},
        method="patch", data={"functional": "CCO"}),
    Row("api_start_up", API_READ, kwargs=api_start),
    Row("api_start_up", {**ORDERS, "anonymous": 401, "requester": 200, CPO: 200},
        kwargs=api_start, method="patch", data={"backfill_order": ["tpm"]}),
    Row("api_start_up_steps", API_READ, kwargs=api_start),
    Row("api_start_up_step", api({**ONLY_CPO, CPO: 200}), method="post", data=STOP,
        kwargs=lambda w: {**api_start(w), "step": "stop"}),
]  # fmt: skip
