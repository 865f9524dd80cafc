"""Webhooks: the company's are an administrator's, a line's its leader's and TPM's too."""

from types import SimpleNamespace

from tests.laws.permissions import Row
from webhooks.actions import send_test
from webhooks.delivery import sealed_secret
from webhooks.models import Endpoint
from webhooks.signing import new_secret

URL = "https://hooks.example.com/x"
NEW = {"name": "Calendar", "url": URL, "kinds": ["rfc.accepted"]}
KEEPERS = {"business_leader": 200, "tpm": 200, "administrator": 200}
LIST = {"anonymous": 302, "*": 403, "outsider": 403, "cards_leader": 200, **KEEPERS}
# A keeper of another line does not learn that it exists.
ONE = {**LIST, "cards_leader": 404}


def answers(table, status):
    return {part: status if code == 200 else code for part, code in table.items()}


def of_api(table):
    return {**table, "anonymous": 401}


def endpoint(person, line):
    """Made past the allow-list of hosts, which is empty here."""
    made = Endpoint(line=line, keeper=person, **NEW)
    made.secret_sealed = sealed_secret(made, new_secret())
    made.save()
    return made


def world(cast):
    hook = endpoint(cast.administrator, cast.payments)
    sent = send_test(actor=cast.administrator, endpoint=hook)
    off = endpoint(cast.tpm, cast.payments)
    off.is_on, off.off_at, off.off_because = False, off.created_at, "Away."
    off.save()
    return SimpleNamespace(hook=hook, sent=sent, off=off)


def one(w):
    return {"public_id": w.hook.public_id}


def off(w):
    return {"public_id": w.off.public_id}


def sent(w):
    return {**one(w), "message_id": w.sent.message_id}


MADE = {**NEW, "line": "payments"}
PAGE = {"kwargs": one}
ACT = {"kwargs": one, "method": "post"}
API = of_api(ONE)
ROWS = [
    Row("webhook_list", LIST),
    Row("webhook_new", LIST),
    # A form that names no line is the administrator's alone; no host is allowed here, so 409.
    Row(
        "webhook_new",
        {"anonymous": 302, "*": 403, "business_leader": 422, "tpm": 422, "administrator": 409},
        method="post",
        data=NEW,
    ),
    Row("webhook", ONE, **PAGE),
    Row("webhook_edit", ONE, **PAGE),
    Row("webhook_edit", answers(ONE, 302), data=NEW, **ACT),
    Row("webhook_remove", ONE, **PAGE),
    Row("webhook_remove", answers(ONE, 302), **ACT),
    Row("webhook_off", answers(ONE, 302), **ACT),
    Row("webhook_on", answers(ONE, 302), kwargs=off, method="post"),
    Row("webhook_test", answers(ONE, 302), **ACT),
    Row("webhook_missed", answers(ONE, 302), **ACT),
    Row("webhook_secret", answers(ONE, 201), **ACT),
    Row("webhook_again", answers(ONE, 302), kwargs=sent, method="post"),
    Row("api_webhooks", of_api(LIST)),
    Row(
        "api_webhooks",
        {**of_api(answers(ONE, 409)), "cards_leader": 403},
        method="post",
        data=MADE,
    ),
    Row("api_webhook", API, **PAGE),
    Row(
        "api_webhook",
        API,
        kwargs=one,
        method="patch",
        data={"name": "Another"},
        headers={"If-Match": '"1"'},
    ),
    Row("api_webhook", answers(API, 204), kwargs=one, method="delete"),
    Row("api_webhook_on", API, kwargs=off, method="post"),
    Row("api_webhook_off", API, **ACT),
    Row("api_webhook_secret", answers(API, 201), **ACT),
    Row("api_webhook_test", answers(API, 202), **ACT),
    Row("api_webhook_missed", answers(API, 202), **ACT),
    Row("api_webhook_deliveries", API, **PAGE),
    Row("api_webhook_again", answers(API, 202), kwargs=sent, method="post"),
    Row("api_webhook_events", {"anonymous": 401, "*": 200}),
]
