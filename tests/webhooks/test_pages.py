"""Pages and API of webhooks."""

import pytest
from django.apps import apps
from django.urls import reverse

from webhooks.actions import send_test
from webhooks.models import Delivery, Endpoint

NEW = {"name": "Calendar", "url": "https://hooks.example.com/x", "kinds": ["rfc.accepted"]}


@pytest.fixture(autouse=True)
def hosts(settings, tmp_path):
    settings.OUTBOUND_HOSTS = ["hooks.example.com"]
    settings.KEY_FOLDER = tmp_path / "keys"


def test_the_secret_is_on_one_page_and_on_no_other(cast, as_):
    browser = as_(cast.administrator)
    page = browser.post("/webhooks/new", NEW)
    endpoint = Endpoint.objects.get()
    secret = page.context["secret"]
    assert page.headers["Cache-Control"] == "no-store"
    assert secret in page.content.decode()
    for address in (
        "/webhooks",
        endpoint.get_absolute_url(),
        f"/webhooks/{endpoint.public_id}/edit",
    ):
        assert secret not in browser.get(address).content.decode()
    shown = browser.get(reverse("admin:webhooks_endpoint_change", args=[endpoint.pk])).content
    assert endpoint.secret_sealed not in shown.decode()


def test_what_was_typed_stays_when_it_is_refused(cast, as_):
    page = as_(cast.administrator).post("/webhooks/new", {**NEW, "url": "https://not.example.com"})
    assert page.status_code == 409
    assert "https://not.example.com" in page.content.decode()
    assert "GATELINE_OUTBOUND_HOSTS" in page.content.decode()


def test_registered_tested_filtered_and_replayed_by_the_api(cast, api_with):
    caller = api_with(cast.tpm)
    made = caller.post("/api/v1/webhooks/", {**NEW, "line": "payments"}, format="json")
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    address = made.headers["Location"]
    assert "secret" not in caller.get(address).json()
    assert caller.post(f"{address}test/").status_code == 202
    (sent,) = caller.get(f"{address}deliveries/?outcome=waiting").json()["results"]
    assert caller.get(f"{address}deliveries/?outcome=gave_up").json()["results"] == []
    again = caller.post(f"{address}deliveries/{sent['id']}/again/")
    assert (again.status_code, again.json()["id"]) == (202, sent["id"])
    assert caller.patch(address, {"name": "x"}, format="json").status_code == 428
    assert caller.post(f"{address}off/").json()["state"] == "off"
    assert caller.post(f"{address}test/").status_code == 409
    assert caller.delete(address).status_code == 204
    assert not Delivery.objects.exists()


def test_a_token_of_one_line_reaches_no_other(cast, api_with):
    caller = api_with(cast.administrator, "write", [cast.cards])
    told = {**NEW, "line": "payments"}
    assert caller.post("/api/v1/webhooks/", told, format="json").status_code in {400, 403}
    assert caller.post("/api/v1/webhooks/", NEW, format="json").status_code == 403


def test_the_removed_one_stays_in_the_history(cast, as_):
    browser = as_(cast.administrator)
    browser.post("/webhooks/new", NEW)
    endpoint = Endpoint.objects.get()
    send_test(actor=cast.administrator, endpoint=endpoint)
    browser.post(f"{endpoint.get_absolute_url()}/remove")
    kept = apps.get_model("webhooks.EndpointEvent").objects.get(pgh_label="delete")
    assert (kept.name, Endpoint.objects.exists()) == ("Calendar", False)
    assert not hasattr(kept, "secret_sealed")
