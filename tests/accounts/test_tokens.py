"""API tokens (T45): what is kept, who may, how far they reach, and how they end."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions import (
    make_personal_token,
    make_service_token,
    rename_token,
    revoke_token,
)
from accounts.models import ApiToken, Membership, TokenSignIn
from accounts.models.token import new_secret, well_formed
from config.audit.sealing import seal
from config.flow.errors import NotAllowed, NotYours

ME = "/api/v1/me/"


@pytest.fixture
def made(cast):
    """A token of the product manager and its secret."""
    return make_personal_token(actor=cast.product_manager, name="Report", scope="read", days=30)


def ask(client, secret, address=ME):
    return client.get(address, headers={"Authorization": f"Bearer {secret}"})


def test_a_secret_has_256_bits_a_prefix_and_a_checksum():
    secret = new_secret("personal")
    assert secret.startswith("gtlp_") and len(secret) == 5 + 43 + 6
    assert well_formed(secret)
    other = "A" if secret[10] != "A" else "B"
    assert not well_formed(secret[:10] + other + secret[11:])
    assert new_secret("service").startswith("gtls_")
    assert len({new_secret("personal") for _ in range(50)}) == 50


def test_a_token_acts_as_its_person(client, cast, made):
    assert ask(client, made[1]).json()["email"] == cast.product_manager.email


def test_both_words_of_the_header_are_understood(client, made):
    assert client.get(ME, headers={"Authorization": f"Token {made[1]}"}).status_code == 200


@pytest.mark.parametrize("secret", ["", "x", "gtlp_" + "A" * 49, "é" * 40])
def test_what_is_no_token_is_refused_alike(client, db, secret):
    refused = ask(client, secret)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.json()["type"] == "/api/problems/sign-in"


def test_no_table_holds_the_secret(client, cast, made):
    """A dump holds no usable token."""
    ask(client, made[1])
    service = make_service_token(actor=cast.administrator, name="Bot", scope="write", days=3)[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            text = "\n".join(row[0] for row in cursor.fetchall())
            assert made[1][12:] not in text, table
            assert service[12:] not in text, table


def test_the_secret_is_shown_once(as_, cast):
    browser = as_(cast.reader)
    told = {"name": "Nightly", "scope": "read", "days": 30}
    answer = browser.post("/settings/tokens", told)
    secret = next(w for w in answer.content.decode().split('"') if w.startswith("gtlp_"))
    assert answer.headers["Cache-Control"] == "no-store"
    token = ApiToken.objects.get()
    for page in ("/settings/tokens", f"/tokens/{token.pk}", "/settings"):
        assert secret not in browser.get(page).content.decode()
    for address in ("/api/v1/tokens/", f"/api/v1/tokens/{token.pk}/"):
        answer = browser.get(address).content.decode()
        assert secret not in answer
        assert token.digest not in answer


def test_an_expired_token_opens_nothing(client, made):
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(client, made[1]).status_code == 401


def test_a_revoked_token_opens_nothing_and_says_so_once(client, cast, made):
    revoke_token(actor=cast.product_manager, token=made[0])
    assert [ask(client, made[1]).status_code for _ in range(2)] == [401, 401]
    assert list(TokenSignIn.objects.values_list("outcome", flat=True)) == ["revoked"]


def test_a_token_of_somebody_who_left_opens_nothing(client, cast, made):
    cast.product_manager.is_active = False
    cast.product_manager.save(update_fields=["is_active"])
    assert ask(client, made[1]).status_code == 401


def test_last_use_is_kept_and_signing_in_is_sealed(client, made):
    ask(client, made[1])
    ask(client, made[1])
    token = ApiToken.objects.get()
    assert token.last_used_at is not None
    assert token.last_used_from == "127.0.0.1"
    assert TokenSignIn.objects.filter(token=token, outcome="signed_in").count() == 1
    assert seal() > 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry e JOIN audit_shape s ON s.id = e.shape_id"
            " WHERE s.table = 'accounts_tokensignin'"
        )
        assert cursor.fetchone()[0] == 1


def test_the_trail_names_the_token_behind_a_change(client, cast):
    secret = make_personal_token(actor=cast.reader, name="Dark", scope="write", days=1)[1]
    token = ApiToken.objects.get()
    changed = client.patch(
        ME,
        {"theme": "dark"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert changed.status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.metadata FROM accounts_personevent e JOIN pghistory_context c"
            " ON c.id = e.pgh_context_id WHERE e.theme = 'dark'"
        )
        told = cursor.fetchone()[0]
    told = told if isinstance(told, dict) else json.loads(told)
    assert (told["token"], told["user"]) == (token.pk, cast.reader.pk)


def test_an_administrators_lesser_token_does_not_administer(cast, api_with):
    for scope, status in (("read", 403), ("write", 403), ("admin", 200)):
        caller = api_with(cast.administrator, scope)
        assert caller.get("/api/v1/audit/").status_code == status
        assert caller.get("/api/v1/service-tokens/").status_code == status


def test_a_write_token_makes_no_further_tokens(cast, api_with):
    told = {"name": "Successor", "scope": "read", "days": 9}
    refused = api_with(cast.reader, "write").post("/api/v1/tokens/", told, format="json")
    assert refused.status_code == 403
    assert ApiToken.objects.count() == 1


def test_only_administrators_make_tokens_that_administer(cast):
    with pytest.raises(NotYours):
        make_personal_token(actor=cast.cpo, name="x", scope="admin", days=1)
    with pytest.raises(NotAllowed, match="no line limit"):
        make_personal_token(
            actor=cast.administrator, name="x", scope="admin", days=1, lines=[cast.payments]
        )


@pytest.mark.parametrize("days", [0, 367])
def test_every_token_ends(cast, days):
    with pytest.raises(NotAllowed, match="between one day"):
        make_personal_token(actor=cast.reader, name="x", scope="read", days=days)


def test_nobody_touches_somebody_elses_token(cast, made):
    for act in (
        lambda: revoke_token(actor=cast.business_leader, token=made[0]),
        lambda: rename_token(actor=cast.business_leader, token=made[0], name="x"),
    ):
        with pytest.raises(NotYours):
            act()
    assert revoke_token(actor=cast.administrator, token=made[0]).revoked_by == cast.administrator


def test_a_service_is_a_person_of_its_own_and_ends_with_its_token(client, cast):
    token, secret = make_service_token(
        actor=cast.administrator,
        name="Warehouse",
        scope="write",
        days=30,
        lines=[cast.payments],
        role="product_manager",
    )
    assert ask(client, secret).json()["name"] == "Warehouse"
    service = token.person
    assert (service.email, service.is_staff, service.has_usable_password()) == (None, False, False)
    assert Membership.objects.get(person=service).line == cast.payments
    rename_token(actor=cast.administrator, token=token, name="Data warehouse")
    revoke_token(actor=cast.administrator, token=token)
    service.refresh_from_db()
    assert (service.name, service.is_active) == ("Data warehouse", False)
    assert Membership.objects.get(person=service).ended_at is not None


def test_services_are_no_choice_where_people_are_chosen(cast):
    token, _secret = make_service_token(actor=cast.administrator, name="Bot", scope="read", days=1)
    assert not type(cast.reader).objects.active().filter(pk=token.person_id).exists()
