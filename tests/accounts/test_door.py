import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import PasswordResetMail, Person, SignInAttempt
from accounts.signin import TOGETHER
from tests.cast import PASSWORD

DOOR = "/sign-in"
MINE = "product.manager@example.com"


def enter(browser, email=MINE, password=PASSWORD, **more):
    return browser.post(DOOR, {"username": email, "password": password, **more})


def sentences(response):
    return re.findall(
        r'class="error"[^>]*>.*?</|<li>(.*?)</li>', response.content.decode(), re.DOTALL
    )


def test_a_person_signs_in_by_address_in_any_case(cast):
    answer = enter(Client(), MINE.upper())
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/kpis", "/kpis"),
        ("https://evil.example/x", "/"),
        ("//evil.example", "/"),
        ("javascript:x", "/"),
    ],
)
def test_next_leads_to_our_own_pages_only(cast, wanted, leads):
    assert enter(Client(), next=wanted).url == leads


def test_every_failure_is_answered_alike(cast):
    Person.objects.filter(pk=cast.reader.pk).update(is_active=False)
    answers = [
        enter(Client(), MINE, "wrong"),
        enter(Client(), "nobody@example.com", "wrong"),
        enter(Client(), "reader@example.com", PASSWORD),
    ]
    bodies = {re.sub(r'value="[^"]*"', "", a.content.decode()) for a in answers}
    assert {a.status_code for a in answers} == {422}
    assert len(bodies) == 1
    assert "This address and password do not belong together." in bodies.pop()


def test_too_many_failures_are_stopped_and_a_success_starts_afresh(cast):
    browser = Client()
    for _ in range(TOGETHER - 1):
        enter(browser, password="wrong")
    assert enter(browser).status_code == 302
    assert not SignInAttempt.objects.exists()
    for _ in range(TOGETHER):
        enter(Client(), password="wrong")
    blocked = enter(Client())
    assert blocked.status_code == 429
    assert "Too many attempts." in blocked.content.decode()


def test_a_block_is_for_one_address_and_place(cast):
    for _ in range(TOGETHER):
        enter(Client(), password="wrong")
    assert enter(Client(), "designer@example.com").status_code == 302
    assert (
        Client(REMOTE_ADDR="10.0.0.9")
        .post(DOOR, {"username": MINE, "password": PASSWORD})
        .status_code
        == 302
    )


def test_a_block_ends_after_a_quarter_of_an_hour(cast):
    for _ in range(TOGETHER):
        enter(Client(), password="wrong")
    SignInAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert enter(Client()).status_code == 302


def test_attempts_hold_no_address(cast):
    enter(Client(), password="wrong")
    assert "@" not in SignInAttempt.objects.get().who


def test_signing_out_needs_a_post(as_, cast):
    browser = as_(cast.reader)
    refused = browser.get("/sign-out")
    assert (refused.status_code, "POST" in refused["Allow"]) == (405, True)
    assert "there is nothing to read on it" in refused.content.decode()
    assert browser.post("/sign-out").url == "/signed-out"
    assert browser.get("/kpis").status_code == 302


def test_a_forgotten_password_is_answered_alike_and_mailed_by_a_worker(cast):
    answers = [
        Client().post("/password/forgotten", {"email": e}) for e in (MINE, "nobody@example.com")
    ]
    assert {a.url for a in answers} == {"/password/sent"}
    assert mail.outbox == []
    (row,) = PasswordResetMail.objects.all()
    assert row.person == cast.product_manager


def test_one_reset_mail_waits_at_a_time(cast):
    for _ in range(3):
        Client().post("/password/forgotten", {"email": MINE})
    assert PasswordResetMail.objects.count() == 1


def test_the_link_in_the_mail_sets_a_new_password_once(cast, settings):
    from accounts.mail import send_password_reset

    settings.BASE_URL = "https://gateline.example"
    send_password_reset(cast.product_manager)
    (letter,) = mail.outbox
    assert letter.to == [MINE]
    path = re.search(r"https://gateline\.example(/password/new/\S+)", letter.body)[1]
    browser = Client()
    page = browser.get(path, follow=True)
    form = page.redirect_chain[-1][0]
    chosen = {
        "new_password1": "another long passphrase",
        "new_password2": "another long passphrase",
    }
    assert (
        browser.post(form, {"new_password1": "short", "new_password2": "short"}).status_code == 422
    )
    assert browser.post(form, chosen).url == "/password/saved"
    assert enter(Client(), password="another long passphrase").status_code == 302
    assert "does not work any more" in Client().get(path, follow=True).content.decode()


def test_api_token_prints_only_a_token_that_works(cast, capsys):
    call_command("api_token", MINE.upper())
    token = capsys.readouterr().out.strip()
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
    assert answer.json()["email"] == MINE
    with pytest.raises(CommandError, match="Nobody who can sign in"):
        call_command("api_token", "nobody@example.com")


def test_settings_are_saved_and_bad_ones_refused(as_, cast):
    browser = as_(cast.reader)
    told = {
        "name": "Rea",
        "time_zone": "Africa/Lagos",
        "theme": "dark",
        "density": "dense",
        "letter_keys": "",
    }
    assert browser.post("/settings", told).status_code == 302
    cast.reader.refresh_from_db()
    assert (cast.reader.name, cast.reader.time_zone, cast.reader.letter_keys) == (
        "Rea",
        "Africa/Lagos",
        False,
    )
    assert cast.reader.density == "dense"
    assert "density-dense" in browser.get("/initiatives").content.decode()
    browser.post("/initiatives/density", {"density": ""})
    cast.reader.refresh_from_db()
    assert cast.reader.density == ""
    assert browser.post("/settings", told | {"time_zone": "Moon/Base"}).status_code == 422
    assert 'data-theme="dark"' in browser.get("/settings").content.decode()
