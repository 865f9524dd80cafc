"""Who is told of what: the kinds asked for, what the keeper may see, in the change's transaction."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Letter, Membership
from config.flow.errors import NotAllowed, NotYours
from initiatives.models import JiraConnection, JiraItem
from tests.factories.initiatives import in_phase, proposed
from tests.factories.rfc import accepted_rfc, rfc_in_review
from webhooks.actions import register_endpoint
from webhooks.delivery import sealed_secret
from webhooks.events import all_kinds
from webhooks.models import Delivery, Endpoint
from webhooks.signing import new_secret

EVERY = [kind.name for kind in all_kinds()]


def hook(person, kinds=EVERY, line=None):
    made = Endpoint(name="x", url="https://x.example.com", kinds=kinds, keeper=person, line=line)
    made.secret_sealed = sealed_secret(made, new_secret())
    made.save()
    return made


def told(endpoint):
    rows = endpoint.deliveries.order_by("pk")
    return [(row.kind, json.loads(row.body)["data"]) for row in rows]


def kinds(endpoint):
    return [kind for kind, _data in told(endpoint)]


def test_a_proposal_and_its_steps_are_told_without_any_text(cast):
    endpoint = hook(cast.administrator)
    initiative = in_phase(cast, "discovery", title="Quiet plan", problem="Nobody may read this.")
    heard = told(endpoint)
    assert heard[0][0] == "initiative.created"
    assert ("initiative.phase_changed", "discovery") in [(k, d.get("to")) for k, d in heard]
    assert heard[0][1]["initiative"] == initiative.key
    assert heard[0][1]["url"].endswith(f"/initiatives/{initiative.key}")
    text = "".join(endpoint.deliveries.values_list("body", flat=True)).lower()
    for word in ("quiet", "nobody may", cast.requester.name.lower(), "example.com"):
        assert word not in text


def test_an_rfc_from_draft_to_accepted(cast):
    endpoint = hook(cast.administrator)
    rfc = accepted_rfc(cast)
    heard = kinds(endpoint)
    assert {"rfc.created", "rfc.published", "position.given", "rfc.accepted"} <= set(heard)
    assert heard.count("position.given") == rfc.positions.count()
    assert heard.count("rfc.accepted") == 1
    text = "".join(endpoint.deliveries.values_list("body", flat=True))
    assert rfc.title not in text
    assert cast.architect.name not in text


def test_only_what_was_asked_for(cast):
    endpoint = hook(cast.administrator, ["rfc.published"])
    rfc_in_review(cast)
    assert kinds(endpoint) == ["rfc.published"]


def test_a_line_hears_of_itself_alone(cast):
    own, other = hook(cast.tpm, line=cast.payments), hook(cast.cards_leader, line=cast.cards)
    company = hook(cast.administrator)
    proposed(cast, line=cast.payments)
    assert [len(told(each)) for each in (own, other, company)] == [1, 0, 1]


def test_nothing_is_told_of_a_change_that_was_not_made(cast):
    endpoint = hook(cast.administrator)
    with transaction.atomic():
        proposed(cast)
        assert kinds(endpoint) == ["initiative.created"]
        transaction.set_rollback(True)
    assert kinds(endpoint) == []


def test_whoever_lost_the_role_is_no_keeper_any_more(cast):
    endpoint = hook(cast.tpm, line=cast.payments)
    Membership.objects.filter(person=cast.tpm).update(ended_at=timezone.now())
    proposed(cast, line=cast.payments)
    endpoint.refresh_from_db()
    assert (endpoint.is_on, kinds(endpoint)) == (False, [])
    assert Letter.objects.get().person == cast.tpm


def test_jira_tells_its_outcome_once(cast):
    connection = JiraConnection.objects.create(
        line=cast.payments,
        base_url="https://jira.example.com",
        email="a@example.com",
        token_sealed="x",
        project_key="PAY",
    )
    item = JiraItem.objects.create(
        connection=connection, initiative=proposed(cast), level="epic", key="PAY-1"
    )
    endpoint = hook(cast.administrator, ["jira.issue_pushed", "jira.issue_refused"])
    token = "6f1c8f4e-0000-4000-8000-000000000000"
    end = item.created_at.replace(year=2099)
    JiraItem.objects.update(lease_token=token, lease_until=end)
    item.refresh_from_db()
    for sync in ("sending", "synced", "synced", "refused"):
        item.renew(sync=sync)
    assert kinds(endpoint) == ["jira.issue_pushed", "jira.issue_refused"]


def test_what_may_be_registered(cast, settings):
    settings.OUTBOUND_HOSTS = ["hooks.example.com"]
    told = {"name": "Calendar", "url": "https://hooks.example.com/x", "kinds": ["rfc.accepted"]}
    made, secret = register_endpoint(actor=cast.tpm, line=cast.payments, **told)
    assert secret.startswith("whsec_")
    assert secret not in made.secret_sealed
    for person, line in ((cast.tpm, None), (cast.tpm, cast.cards), (cast.engineer, cast.payments)):
        with pytest.raises(NotYours):
            register_endpoint(actor=person, line=line, **told)
    wrong = [
        {"url": "https://elsewhere.example.com"},
        {"url": "http://hooks.example.com"},
        {"url": "https://a:b@hooks.example.com"},
        {"kinds": []},
        {"kinds": ["no.such"]},
        {"name": "  "},
    ]
    for change in wrong:
        with pytest.raises(NotAllowed):
            register_endpoint(actor=cast.administrator, line=None, **{**told, **change})
    assert Delivery.objects.count() == 0
