"""Connections to Jira, the push of an initiative, acts on single items."""

from dataclasses import dataclass

from config.seal import seal
from initiatives.models import Initiative, JiraConnection, JiraItem
from tests.factories.initiatives import in_phase
from tests.laws.permissions import Row

TPM, ADMIN = "tpm", "administrator"


@dataclass
class World:
    initiative: Initiative
    item: JiraItem


def world(cast) -> World:
    """A line with a connection that works and one item that Jira refused."""
    connection = JiraConnection.objects.create(
        line=cast.payments,
        base_url="http://127.0.0.1:9",
        email="a@example.com",
        token_sealed=seal("t", bound_to="x"),
        project_key="PAY",
        state="ready",
    )
    initiative = in_phase(cast, "discovery")
    item = JiraItem.objects.create(
        connection=connection,
        initiative=initiative,
        level="epic",
        sync="refused",
        message="No.",
        drift={"summary": {"act": "drift", "ours": "a", "theirs": "b"}},
    )
    return World(initiative, item)


def one(w):
    return {"number": w.initiative.number}


def item(w):
    return {"pk": w.item.pk}


LINE = {"line": "payments"}
FORM = {
    "base_url": "https://jira.example.com",
    "email": "a@example.com",
    "project_key": "PAY",
    "token": "t",
}
DRIFT = {"field": "summary", "rule": "ours"}
SEEN = {"anonymous": 302, "*": 200}
JOB = {"anonymous": 302, "*": 302}
API = {"anonymous": 401, "*": 200}
API_JOB = {"anonymous": 401, "*": 202}
# The address in FORM is not on the allow-list of the suite, hence 409 for those who may.
CONNECT = {"*": 403, TPM: 409, ADMIN: 409}
FOR_TPM = {"anonymous": 302, "*": 403, "product_manager": 403, TPM: 302}
FOR_CONNECTORS = {**FOR_TPM, ADMIN: 302}
# It is in discovery, so a push is refused to those who may push, too.
PUSH = {"*": 403, "product_manager": 403, TPM: 409}

ROWS = [
    Row("jira", SEEN),
    Row("jira_connection", SEEN, kwargs=LINE),
    Row("jira_connection", {"anonymous": 302, **CONNECT}, kwargs=LINE, method="post", data=FORM),
    Row("jira_switch", FOR_CONNECTORS, kwargs=LINE, method="post", data={"on": "0"}),
    Row("jira_check", FOR_CONNECTORS, kwargs=LINE, method="post"),
    Row("jira_read", JOB, kwargs=LINE, method="post"),
    Row("jira_item_retry", FOR_TPM, kwargs=item, method="post"),
    Row("jira_item_drift", FOR_TPM, kwargs=item, method="post", data=DRIFT),
    Row("initiative_push", SEEN, kwargs=one),
    Row("initiative_push", {"anonymous": 302, **PUSH}, kwargs=one, method="post"),
    Row("initiative_push_read", JOB, kwargs=one, method="post"),
    Row("api_jira_connections", API),
    Row("api_jira_connection", API, kwargs=LINE),
    Row(
        "api_jira_connection",
        {"anonymous": 401, **CONNECT},
        kwargs=LINE,
        method="put",
        data=FORM,
        headers={"If-Match": '"1"'},
    ),
    Row(
        "api_jira_switch",
        {"anonymous": 401, "*": 403, TPM: 200, ADMIN: 200},
        kwargs=LINE,
        method="post",
        data={"on": False},
    ),
    Row("api_push", API, kwargs=one),
    Row("api_push", {"anonymous": 401, **PUSH}, kwargs=one, method="post"),
    Row("api_push_read", API_JOB, kwargs=one, method="post"),
    Row("api_jira_items", API),
    Row("api_jira_item_retry", {"anonymous": 401, "*": 403, TPM: 200}, kwargs=item, method="post"),
    Row(
        "api_jira_item_drift",
        {"anonymous": 401, "*": 403, TPM: 200},
        kwargs=item,
        method="post",
        data=DRIFT,
    ),
]
