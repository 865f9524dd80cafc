"""The door, settings, lines and teams."""

from accounts.models import Membership
from tests.laws.permissions import Row

OPEN = {"anonymous": 200, "*": 200}
READ = {"anonymous": 302, "*": 200, "product_manager": 200}
ASK = {"anonymous": 401, "*": 200}
LINE = {"line": "payments"}
STAFFING = {"anonymous": 302, "*": 403, "product_manager": 403, "cards_leader": 403}


def world(cast):
    return {"cast": cast, "held": Membership.objects.get(person=cast.engineer)}


def held(made):
    return {"line": "payments", "pk": made["held"].pk}


def a_role(made):
    return {"person": made["cast"].reader.pk, "role": "growth"}


ROWS = [
    Row("sign_in", {"anonymous": 200, "*": 302}),
    Row(
        "sign_in",
        {"anonymous": 422},
        method="post",
        data={"username": "a@b.example", "password": "x"},
    ),
    Row("sign_out", {"anonymous": 302, "*": 302}, method="post"),
    Row("sign_out", {"anonymous": 405, "*": 405}),
    Row("signed_out", OPEN),
    Row("password_reset", OPEN),
    Row("password_reset_done", OPEN),
    Row("password_reset_confirm", OPEN, kwargs={"uidb64": "MQ", "token": "x-y"}),
    Row("password_reset_complete", OPEN),
    Row("settings", READ),
    Row("team_list", READ),
    Row("reporting", READ),
    Row("line_detail", READ, kwargs=LINE),
    Row("team_detail", READ, kwargs={"line": "payments", "team": "checkout"}),
    Row("person_detail", READ, kwargs=lambda made: {"pk": made["cast"].designer.pk}),
    Row(
        "membership_new",
        {**STAFFING, "business_leader": 200, "cpo": 200, "administrator": 200},
        kwargs=LINE,
    ),
    Row(
        "membership_new",
        {**STAFFING, "business_leader": 302, "cpo": 302, "administrator": 302},
        kwargs=LINE,
        method="post",
        data=a_role,
    ),
    Row(
        "membership_end",
        {**STAFFING, "business_leader": 302, "cpo": 302, "administrator": 302},
        kwargs=held,
        method="post",
    ),
    Row("api_me", ASK),
    Row("api_me", {"anonymous": 401, "*": 200}, method="patch", data={"theme": "dark"}),
    Row(
        "portrait",
        {"anonymous": 302, "*": 404},
        kwargs=lambda made: {"pk": made["cast"].designer.pk},
    ),
    Row("portrait_change", {"anonymous": 302, "*": 302}, method="post"),
    Row("api_my_picture", {"anonymous": 401, "*": 415}, method="put"),
    Row("api_my_picture", {"anonymous": 401, "*": 204}, method="delete"),
    Row("api_lines", ASK),
    Row("api_line", ASK, kwargs={"slug": "payments"}),
    Row("api_teams", ASK),
    Row("api_people", ASK),
]
