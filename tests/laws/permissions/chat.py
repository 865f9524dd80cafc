"""Chat rooms: as webhooks, and a team's also its product manager's."""

from types import SimpleNamespace

from tests.laws.permissions import Row
from webhooks.actions import send_test
from webhooks.delivery import sealed_secret
from webhooks.models import Endpoint

URL = "https://chat.example.com/x"
KINDS = ["chat.decisions"]
NEW = {"name": "#pay", "form": "slack", "address": URL, "kinds": KINDS}
KEEPERS = {"business_leader": 200, "tpm": 200, "administrator": 200}
# Otto leads a team of another line, Cora leads that line.
LIST = {"anonymous": 302, "*": 403, "outsider": 200, "cards_leader": 200, "product_manager": 200,
        **KEEPERS}  # fmt: skip
OF_TEAM = {**LIST, "outsider": 404, "cards_leader": 404}
OF_LINE = {**OF_TEAM, "product_manager": 404}


def answers(table, status):
    return {part: status if code == 200 else code for part, code in table.items()}


def of_api(table):
    return {**table, "anonymous": 401}


def room(person, line, team=None, **more):
    """Made past the allow-list of hosts, which is empty here."""
    made = Endpoint(line=line, team=team, keeper=person, name="#pay", form="slack", kinds=KINDS,
                    url="https://chat.example.com/…", **more)  # fmt: skip
    made.secret_sealed = sealed_secret(made, URL)
    made.save()
    return made


def world(cast):
    team = room(cast.administrator, cast.payments, cast.checkout)
    sent = send_test(actor=cast.administrator, endpoint=team)
    line = room(cast.administrator, cast.payments)
    off = room(cast.tpm, cast.payments, cast.checkout, is_on=False, off_at=team.created_at,
               off_because="Away.")  # fmt: skip
    return SimpleNamespace(team=team, line=line, off=off, sent=sent)


def one(w):
    return {"public_id": w.team.public_id}


def off(w):
    return {"public_id": w.off.public_id}


def sent(w):
    return {**one(w), "message_id": w.sent.message_id}


PAGE = {"kwargs": one}
ACT = {"kwargs": one, "method": "post"}
API = of_api(OF_TEAM)
# No host is allowed here, so whoever may register is refused for the address.
MAY = {"anonymous": 302, "*": 403, "outsider": 422, "cards_leader": 422, "product_manager": 409,
       "business_leader": 409, "tpm": 409, "administrator": 409}  # fmt: skip
MADE = {**NEW, "chat": "slack", "line": "payments", "team": "checkout"}
ROWS = [
    Row("room_list", LIST),
    Row("room_new", LIST),
    Row("room_new", MAY, method="post", data={**NEW, "place": "team:checkout"}),
    Row("room", OF_TEAM, **PAGE),
    Row("room", OF_LINE, kwargs=lambda w: {"public_id": w.line.public_id}),
    Row("room_edit", OF_TEAM, **PAGE),
    Row("room_edit", answers(OF_TEAM, 302), data={**NEW, "address": ""}, **ACT),
    Row("room_remove", OF_TEAM, **PAGE),
    Row("room_remove", answers(OF_TEAM, 302), **ACT),
    Row("room_off", answers(OF_TEAM, 302), **ACT),
    Row("room_on", answers(OF_TEAM, 302), kwargs=off, method="post"),
    Row("room_test", answers(OF_TEAM, 302), **ACT),
    Row("room_missed", answers(OF_TEAM, 302), **ACT),
    Row("room_again", answers(OF_TEAM, 302), kwargs=sent, method="post"),
    Row("api_rooms", of_api(LIST)),
    Row("api_rooms", {**of_api(answers(OF_TEAM, 409)), "outsider": 403, "cards_leader": 403},
        method="post", data=MADE),
    Row("api_room", API, **PAGE),
    Row("api_room", API, kwargs=one, method="patch", data={"name": "Another"},
        headers={"If-Match": '"1"'}),
    Row("api_room", answers(API, 204), kwargs=one, method="delete"),
    Row("api_room_on", API, kwargs=off, method="post"),
    Row("api_room_off", API, **ACT),
    Row("api_room_test", answers(API, 202), **ACT),
    Row("api_room_missed", answers(API, 202), **ACT),
    Row("api_room_deliveries", API, **PAGE),
    Row("api_room_again", answers(API, 202), kwargs=sent, method="post"),
]  # fmt: skip
