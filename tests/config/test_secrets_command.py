"""`secrets key|rotate|check`: nothing is lost, nothing is shown, and it may stop at any moment."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.entry import totp
from config import sealed
from config.seal import key_ids, key_of, unseal
from initiatives.jira.reach import open_jira, sealed_token
from initiatives.models import JiraConnection
from webhooks.delivery import bound, sealed_secret, secrets_now
from webhooks.models import Endpoint
from webhooks.signing import new_secret

CANARY = "canary-4711-never-shown"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SEAL_KEYS, settings.KEY_FOLDER = [], tmp_path / "keys"
    return settings.KEY_FOLDER


@pytest.fixture
def planted(cast):
    """One secret in each kind of place."""
    connection = JiraConnection.objects.create(
        line=cast.payments,
        base_url="https://jira.example.com",
        email="a@example.com",
        token_sealed=sealed_token(CANARY, line_id=cast.payments.pk),
        project_key="PAY",
    )
    endpoint = Endpoint(name="x", url="https://x.example.com", kinds=["x"], keeper=cast.tpm)
    endpoint.secret_sealed = sealed_secret(endpoint, new_secret())
    endpoint.save()
    app = Authenticator.objects.create(
        user=cast.tpm,
        type="totp",
        data={"secret": totp.seal_seed(cast.tpm.pk, CANARY), "last_step": 7},
    )
    return connection, endpoint, app


def run(*words):
    out = StringIO()
    call_command("secrets", *words, stdout=out)
    return out.getvalue()


def keys_used():
    return {
        key_of(text)
        for place in sealed.all_places()
        for row in place.rows()
        if (text := place.read(row))
    }


def test_every_secret_gets_the_newest_key_and_still_opens(planted, as_, cast, api_with, settings):
    connection, endpoint, app = planted
    caller = api_with(cast.administrator, "admin")
    told = {"name": "Kept", "scope": "read", "days": 3}
    again = {"format": "json", "headers": {"Idempotency-Key": "once"}}
    made = caller.post("/api/v1/tokens/", told, **again).json()["secret"]
    before = secrets_now(endpoint)
    old = key_ids()
    said = run("key") + run("rotate")
    assert keys_used() == {key_ids()[0]}
    assert key_ids()[1:] == old
    # The old key may go now.
    (settings.KEY_FOLDER / "seal").write_text((settings.KEY_FOLDER / "seal").read_text().split()[0])
    for row in planted:
        row.refresh_from_db()
    assert open_jira(connection)
    assert secrets_now(endpoint) == before
    assert unseal(app.data["secret"], bound_to=totp.bound(cast.tpm.pk)) == CANARY
    assert app.data["last_step"] == 7
    assert caller.post("/api/v1/tokens/", told, **again).json()["secret"] == made
    said += run("check")
    assert f"key {key_ids()[0]}: 4 secrets (newest)" in said
    for secret in (CANARY, made, *before):
        assert secret not in said


def test_it_can_be_stopped_and_run_again(planted, monkeypatch):
    run("key")
    write, done = sealed.Place.write, []

    def once(place, row, text):
        if done:
            raise KeyboardInterrupt
        done.append(row.pk)
        write(place, row, text)

    monkeypatch.setattr(sealed, "BATCH", 1)
    monkeypatch.setattr(sealed.Place, "write", once)
    with pytest.raises(KeyboardInterrupt):
        run("rotate")
    assert keys_used() == set(key_ids())
    monkeypatch.undo()
    run("rotate")
    assert keys_used() == {key_ids()[0]}
    assert "sealed anew" not in run("rotate")


def test_a_secret_that_does_not_open_is_named_and_left_alone(planted, cast):
    connection, endpoint, _app = planted
    # The sealed text of another row: the right key, the wrong row.
    Endpoint.objects.update(secret_sealed=connection.token_sealed)
    run("key")
    with pytest.raises(CommandError, match="1 secrets do not open"):
        run("rotate")
    endpoint.refresh_from_db()
    assert endpoint.secret_sealed == connection.token_sealed
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("secrets", "check", stdout=out)
    assert f"row {endpoint.pk} does not open" in out.getvalue()
    assert bound(endpoint) not in out.getvalue()


def test_keys_of_the_environment_are_printed_and_not_kept(db, settings, folder):
    run("key")
    settings.SEAL_KEYS = (folder / "seal").read_text().split()
    before = (folder / "seal").read_text()
    line = run("key").split()[-1]
    assert (folder / "seal").read_text() == before
    settings.SEAL_KEYS = [line, *settings.SEAL_KEYS]
    assert key_ids()[0] == line.split(":")[0]
    assert "in use nowhere" in run("check")
