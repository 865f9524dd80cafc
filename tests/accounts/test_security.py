"""Second steps, passwords, the record: each rule has a test that fails without it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from django.test import Client

from accounts.actions import change_sign_in_rule
from accounts.entry import recovery, totp
from accounts.models import Letter, RecoveryCode, Session, SignInAttempt, SignInEvent
from accounts.signin import TOGETHER
from config.seal import SealBroken, unseal
from tests.cast import PASSWORD
from tests.factories.entering import MINE, SEED, app_of, enter, kinds, signed_in

Kind = SignInEvent.Kind


def code_now(seed=SEED):
    return format_hotp_value(hotp_value(seed, totp.step_now()))


@pytest.fixture
def still(monkeypatch):
    """The running half minute does not end during a test."""
    step = totp.step_now()
    monkeypatch.setattr(totp, "step_now", lambda: step)
    return step


# The second step


def test_an_app_is_tied_with_its_first_code_and_its_seed_is_sealed(
    cast, django_capture_on_commit_callbacks
):
    browser = signed_in()
    page = browser.get("/settings/security/app/new").content.decode()
    seed = re.search(r'class="spelled">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert browser.post("/settings/security/app/new", {"code": "000001"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/settings/security/app/new", {"code": code_now(seed)})
    assert answer.url == "/settings/security/recovery-codes"
    row = Authenticator.objects.get(user=cast.product_manager)
    assert seed not in str(row.data)
    assert unseal(row.data["secret"], bound_to=totp.bound(cast.product_manager.pk)) == seed
    assert Kind.FACTOR_ADDED in kinds(cast.product_manager)
    assert Letter.objects.filter(person=cast.product_manager).count() == 1


def test_the_offered_seed_rests_sealed_in_the_session(cast):
    browser = signed_in()
    page = browser.get("/settings/security/app/new").content.decode()
    seed = re.search(r'class="spelled">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    kept = [str(dict(row.get_decoded())) for row in Session.objects.all()]
    assert not any(seed in each for each in kept)


def test_a_seed_moved_to_another_person_does_not_open(cast):
    data = {"secret": totp.seal_seed(cast.designer.pk, SEED)}
    row = Authenticator.objects.create(user=cast.product_manager, type="totp", data=data)
    assert not totp.use_code(row, code_now())
    with pytest.raises(SealBroken):
        unseal(data["secret"], bound_to=totp.bound(cast.product_manager.pk))


def test_a_password_alone_opens_nothing_where_there_is_an_app(cast, still):
    app_of(cast.product_manager)
    browser = Client()
    assert enter(browser, next="/kpis").url == "/sign-in/code"
    assert browser.get("/kpis").status_code == 302
    assert "Second step" in browser.get("/sign-in/code").content.decode()
    assert browser.post("/sign-in/code", {"code": "12345x"}).status_code == 422
    assert browser.post("/sign-in/code", {"code": code_now()}).url == "/kpis"
    assert browser.get("/kpis").status_code == 200


def test_a_code_is_good_once(cast, still):
    app_of(cast.product_manager)
    first, second = Client(), Client()
    enter(first)
    enter(second)
    assert first.post("/sign-in/code", {"code": code_now()}).status_code == 302
    assert second.post("/sign-in/code", {"code": code_now()}).status_code == 422


def test_wrong_codes_are_stopped_even_when_the_next_is_right(cast, still):
    app_of(cast.product_manager)
    browser = Client()
    enter(browser)
    for _ in range(TOGETHER):
        assert browser.post("/sign-in/code", {"code": "000000"}).status_code == 422
    blocked = browser.post("/sign-in/code", {"code": code_now()})
    assert blocked.status_code == 429
    assert "Too many attempts." in blocked.content.decode()
    assert Kind.LOCKED in kinds(cast.product_manager)


def test_recovery_codes_are_shown_once_hashed_slowly_and_good_once(cast, still):
    app_of(cast.product_manager)
    browser = Client()
    enter(browser)
    browser.post("/sign-in/code", {"code": code_now()})
    browser.post("/settings/security/confirm", {"password": PASSWORD})
    page = browser.post("/settings/security/recovery-codes").content.decode()
    codes = re.findall(r"<li><code>([a-z0-9-]+)</code>", page)
    assert len(set(codes)) == recovery.COUNT
    assert codes[0] not in browser.get("/settings/security/recovery-codes").content.decode()
    digests = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in d or code in d for code in codes for d in digests)
    other, again = Client(), Client()
    enter(other)
    enter(again)
    assert other.post("/sign-in/code", {"code": codes[3].upper()}).status_code == 302
    assert again.post("/sign-in/code", {"code": codes[3]}).status_code == 422
    assert Kind.CODE_USED in kinds(cast.product_manager)


def test_new_recovery_codes_make_the_old_ones_void(cast):
    old = recovery.make_codes(cast.reader)
    recovery.make_codes(cast.reader)
    assert not recovery.use_code(cast.reader, old[0])


def test_the_hasher_of_passwords_and_codes_is_argon2():
    from config.settings import base

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_removing_the_last_step_asks_again_and_voids_the_codes(cast, still):
    app_of(cast.product_manager)
    recovery.make_codes(cast.product_manager)
    browser = Client()
    enter(browser)
    browser.post("/sign-in/code", {"code": code_now()})
    assert "/settings/security/confirm" in browser.post("/settings/security/app/remove").url
    assert Authenticator.objects.exists()
    browser.post("/settings/security/confirm", {"password": PASSWORD})
    assert browser.get("/settings/security/app/remove").status_code == 200
    assert browser.post("/settings/security/app/remove").url == "/settings/security"
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert Kind.FACTOR_REMOVED in kinds(cast.product_manager)


# What is asked of whom


@pytest.mark.parametrize(
    ("rule", "who", "held"),
    [
        ({"everybody": True}, "reader", True),
        ({"administrators": True}, "administrator", True),
        ({"administrators": True}, "reader", False),
        ({"roles": ["product_manager"]}, "product_manager", True),
        ({"roles": ["product_manager"]}, "reader", False),
    ],
)
def test_who_must_have_a_second_step_gets_no_further_without(
    cast, rule, who, held, django_capture_on_commit_callbacks
):
    told = {"everybody": False, "administrators": False, "roles": [], **rule}
    change_sign_in_rule(actor=cast.administrator, **told)
    person = getattr(cast, who)
    browser = Client()
    enter(browser, person.email)
    answer = browser.get("/kpis")
    assert (answer.status_code == 302) is held
    if held:
        assert answer.url == "/settings/security"
        assert browser.get("/api/v1/me/").status_code == 403
        browser.post("/settings/security/confirm", {"password": PASSWORD})
        page = browser.get("/settings/security/app/new").content.decode()
        seed = re.search(r'class="spelled">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        with django_capture_on_commit_callbacks(execute=True):
            browser.post("/settings/security/app/new", {"code": code_now(seed)})
        assert browser.get("/kpis").status_code == 200


# Passwords


@pytest.mark.parametrize(
    ("password", "with_factor", "fine"),
    [
        ("fourteen chars", False, False),
        ("fifteen letters", False, True),
        ("eight ch", True, True),
        ("seven c", True, False),
        ("x y" * 40, False, True),
        ("ünïcödé ist gut 漢字", False, True),
        ("1q2w3e4r5t6y7u8i9o0p", False, False),
        ("qwertyuiop123456789", False, True),
        ("password", True, False),
        ("product.manager@example", False, False),
    ],
)
def test_password_policy(cast, password, with_factor, fine):
    if with_factor:
        app_of(cast.product_manager)
    try:
        validate_password(password, cast.product_manager)
    except ValidationError:
        assert not fine
    else:
        assert fine


def test_changing_the_password_ends_the_other_sessions_only(cast):
    other, browser = signed_in(), signed_in()
    new = "another long passphrase"
    told = {"new_password1": new, "new_password2": new}
    assert browser.post("/settings/security/password", told).url == "/settings/security"
    assert browser.get("/kpis").status_code == 200
    assert other.get("/kpis").status_code == 302
    assert enter(Client()).status_code == 422
    assert enter(Client(), password=new).status_code == 302
    assert Letter.objects.filter(subject__contains="changed the password").count() == 1


def test_a_password_is_changed_only_after_proving_again_who_one_is(cast):
    browser = Client()
    enter(browser)
    told = {"new_password1": "another long passphrase", "new_password2": "another long passphrase"}
    assert "/confirm" in browser.post("/settings/security/password", told).url
    assert enter(Client()).status_code == 302


def test_a_short_password_without_a_second_step_has_to_grow(cast):
    cast.product_manager.set_password("eight ch")
    cast.product_manager.save()
    browser = Client()
    enter(browser, password="eight ch")
    assert browser.get("/kpis").url == "/settings/security/password"


def test_a_password_chosen_by_mail_opens_a_locked_account_and_ends_its_sessions(cast, mailoutbox):
    from accounts.mail import send_password_reset

    inside = signed_in()
    for _ in range(TOGETHER):
        enter(Client(), password="wrong")
    assert enter(Client()).status_code == 429
    cast.product_manager.refresh_from_db()
    send_password_reset(cast.product_manager)
    path = re.search(r"(/password/new/\S+)", mailoutbox[0].body)[1]
    browser = Client()
    form = browser.get(path, follow=True).redirect_chain[-1][0]
    new = "a quite different passphrase"
    assert browser.post(form, {"new_password1": new, "new_password2": new}).status_code == 302
    assert not SignInAttempt.objects.exists()
    assert enter(Client(), password=new).status_code == 302
    assert inside.get("/kpis").status_code == 302


# The record, and who comes to help


def test_the_trail_tells_who_came_how_and_cannot_be_edited(cast):
    signed_in()
    event = SignInEvent.objects.filter(person=cast.product_manager, kind=Kind.IN).get()
    assert (event.note, event.place) == ("password", "127.0.0.1")
    with pytest.raises(ProgrammingError), transaction.atomic():
        SignInEvent.objects.update(note="x")


@pytest.mark.parametrize(
    ("header", "seen"),
    [(None, "127.0.0.1"), (("HTTP_X_FORWARDED_PROTO", "https"), "203.0.113.9")],
)
def test_an_address_in_a_header_counts_only_behind_our_own_proxy(cast, settings, header, seen):
    settings.SECURE_PROXY_SSL_HEADER = header
    browser = Client(HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    enter(browser, password="wrong")
    assert SignInAttempt.objects.get().address == seen


def test_the_operator_lets_somebody_in_who_lost_every_second_step(cast, capsys):
    app_of(cast.product_manager)
    recovery.make_codes(cast.product_manager)
    inside = Client()
    inside.force_login(cast.product_manager)
    with pytest.raises(CommandError, match="how you made sure"):
        call_command("forget_factors", MINE.upper(), checked=" \n ")
    assert Authenticator.objects.exists()
    call_command("forget_factors", MINE.upper(), checked="seen in the office,\nwith a badge")
    assert "are removed" in capsys.readouterr().out
    assert inside.get("/kpis").status_code == 302
    assert enter(Client()).url == "/"
    assert Kind.FACTOR_REMOVED in kinds(cast.product_manager)
    said = "by the operator; seen in the office, with a badge"
    assert SignInEvent.objects.filter(person=cast.product_manager, note__endswith=said).exists()
    assert Letter.objects.filter(person=cast.product_manager).exists()
    with pytest.raises(CommandError, match="Nobody who can sign in"):
        call_command("forget_factors", "nobody@example.com", checked="seen in the office")
