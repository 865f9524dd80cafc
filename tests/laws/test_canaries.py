"""No secret leaves by any door: planted ones are looked for in pages, API, admin, exports, errors,
mails, logs, the audit trail, and every column of the database.
"""

import json
import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.db import connection as database
from django.urls import reverse

from accounts.entry import totp
from config.audit.sealing import seal as seal_trail
from config.due.jobs import run_here
from config.sealed import all_places
from initiatives.actions.jira_connection import connect_jira
from initiatives.models import JiraConnection
from webhooks.actions import register_endpoint, register_room, send_test, switch_endpoint
from webhooks.delivery import secrets_now, switch_off
from webhooks.models import Endpoint

CANARY = "canaryTokenThatNobodyMayRead4711"
HOST = "https://nowhere.example.com"


@pytest.fixture
def planted(cast, settings, tmp_path, caplog):
    """Secrets of every kind, given through the doors people use."""
    caplog.set_level(logging.DEBUG)
    settings.SEAL_KEYS, settings.KEY_FOLDER = [], tmp_path / "keys"
    settings.OUTBOUND_HOSTS = ["nowhere.example.com"]
    facts = {"base_url": HOST, "email": "jira@example.com", "project_key": "PAY"}
    line = cast.payments
    connected, job = connect_jira(line=line, actor=cast.tpm, token=CANARY, **facts)
    endpoint, hook_secret = register_endpoint(
        actor=cast.tpm, name="Calendar", url=HOST, kinds=["rfc.accepted"], line=line
    )
    room = register_room(
        actor=cast.tpm, name="#pay", form="slack", kinds=["chat.decisions"], line=line,
        address=f"{HOST}/hooks/{CANARY}",
    )  # fmt: skip
    Authenticator.objects.create(
        user=cast.tpm, type="totp", data={"secret": totp.seal_seed(cast.tpm.pk, f"{CANARY}Q")}
    )
    # The host cannot be reached: each failure is written down wherever failures are.
    run_here(job)
    for each in (endpoint, room):
        run_here(send_test(actor=cast.tpm, endpoint=each))
    switch_off(endpoint, "A test.")
    switch_endpoint(actor=cast.tpm, endpoint=endpoint, on=True)
    seal_trail()
    secrets = {CANARY, f"{CANARY}Q", hook_secret, hook_secret.removeprefix("whsec_")}
    assert secrets_now(endpoint) == [hook_secret]
    assert secrets_now(room) == [f"{HOST}/hooks/{CANARY}"]
    return connected, endpoint, secrets


def doors(connected, endpoint):
    """Every page, list, export and answer that could show one of the rows."""
    yield from ("/jira", "/jira/payments", "/webhooks", endpoint.get_absolute_url())
    for room in Endpoint.objects.rooms():
        address = room.get_absolute_url()
        yield from ("/chat", address, f"{address}/edit", f"/api/v1/chat-rooms/{room.public_id}/")
        yield f"/api/v1/chat-rooms/{room.public_id}/deliveries/"
        yield reverse("admin:webhooks_endpoint_change", args=[room.pk])
    yield from (f"{endpoint.get_absolute_url()}/edit", "/jobs", "/due/dead", "/settings/security")
    yield from ("/audit", "/audit.csv", "/lines/payments", f"/search?q={CANARY}", "/settings")
    hook = f"/api/v1/webhooks/{endpoint.public_id}/"
    yield from ("/api/v1/webhooks/", hook, f"{hook}deliveries/", "/api/v1/jobs/", "/api/v1/audit/")
    yield from ("/api/v1/jira/payments/", "/api/v1/due/dead/", "/api/v1/me/", "/health/ready")
    yield reverse("admin:initiatives_jiraconnection_changelist")
    yield reverse("admin:initiatives_jiraconnection_change", args=[connected.pk])
    yield reverse("admin:webhooks_endpoint_changelist")
    yield reverse("admin:webhooks_endpoint_change", args=[endpoint.pk])
    yield reverse("admin:due_job_changelist")


def whole(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(dict(answer.headers))


def test_no_page_list_export_admin_or_answer_shows_a_secret(planted, cast, as_):
    connected, endpoint, secrets = planted
    seen = 0
    for person in (cast.administrator, cast.tpm):
        browser = as_(person)
        for address in doors(connected, endpoint):
            answer = browser.get(address)
            told = whole(answer)
            seen += answer.status_code == 200
            # What was typed into the search comes back; the sealed text comes back nowhere.
            left = told.replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
            if "search?" not in address:
                assert [s for s in secrets if s in left] == [], address
            assert connected.token_sealed not in told, address
            assert endpoint.secret_sealed not in told, address
    assert seen > 30


def test_no_error_repeats_what_was_typed(planted, cast, as_):
    _connected, _endpoint, secrets = planted
    told = {"base_url": "https://refused.example.com", "email": "a@example.com", "token": CANARY}
    answer = as_(cast.tpm).post("/jira/payments", {**told, "project_key": "PAY"})
    assert answer.status_code in {409, 422}
    assert not [s for s in secrets if s in whole(answer)]


def test_no_mail_and_no_log_line_holds_a_secret(planted, caplog, cast):
    _connected, _endpoint, secrets = planted
    letters = " ".join(f"{m.subject} {m.body}" for m in mail.outbox)
    for secret in secrets:
        assert secret not in letters
        assert secret not in caplog.text
        assert not [r for r in caplog.records if secret in json.dumps(r.__dict__, default=str)]


def columns():
    """Every column of ours that can hold text."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')"
        )
        return cursor.fetchall()


def holding(table, column, text):
    with database.cursor() as cursor:
        quoted = f'"{table}"."{column}"'
        told = f"encode({quoted}, 'escape')" if (table, column) in BINARY else f"{quoted}::text"
        cursor.execute(f'SELECT count(*) FROM "{table}" WHERE strpos({told}, %s) > 0', [text])
        return cursor.fetchone()[0]


BINARY: set[tuple[str, str]] = set()


def test_in_the_database_secrets_rest_sealed_and_only_in_registered_places(planted, cast, api_with):
    _connected, _endpoint, secrets = planted
    made = api_with(cast.administrator, "admin").post(
        "/api/v1/webhooks/",
        {"name": "Kept", "url": HOST, "kinds": ["rfc.accepted"]},
        format="json",
        headers={"Idempotency-Key": "once"},
    )
    assert made.status_code == 201
    secrets = {*secrets, made.json()["secret"].removeprefix("whsec_")}
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'bytea'"
        )
        BINARY.update(cursor.fetchall())
    registered = {place_column(place) for place in all_places()}
    for table, column in columns():
        for secret in secrets:
            assert not holding(table, column, secret), f"{table}.{column}"
        if holding(table, column, "v1:") and sealed_text(table, column):
            assert (table, column) in registered, f"{table}.{column} is in no register"


def sealed_text(table, column):
    """Whether a sealed text rests in the column."""
    with database.cursor() as cursor:
        quoted = f'"{column}"'
        told = f"encode({quoted}, 'escape')" if (table, column) in BINARY else f"{quoted}::text"
        cursor.execute(f'SELECT {told} FROM "{table}"')
        return any(re.search(r"v1:[0-9a-f]{8}:[\w=-]{40}", row[0] or "") for row in cursor)


def place_column(place):
    model = apps.get_model(place.model)
    return model._meta.db_table, model._meta.get_field(place.column).column


def test_the_connection_is_there_so_that_the_search_means_something(planted):
    assert JiraConnection.objects.get().token_sealed.startswith("v1:")
