"""Ways round the door: every way in asks for what the others ask, and leaves nothing behind."""

import base64
import math
import re
import zlib
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as configured
from django.contrib.auth.password_validation import validate_password
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.actions import change_sign_in_rule
from accounts.entry import recovery, totp
from accounts.entry.policy import company_words
from accounts.mail import send_password_reset
from accounts.models import Person, Session, SignInEvent
from tests.accounts.directory import ENTITY, SSO, oidc_settings
from tests.accounts.test_security import code_now
from tests.accounts.wicked import wicked_provider
from tests.cast import PASSWORD
from tests.factories.entering import app_of, enter, kinds, signed_in
from tests.laws.sources import ROOT

Kind = SignInEvent.Kind


def test_production_begins_without_anybody(db):
    assert not Person.objects.exists()


def test_a_password_counts_exactly_as_it_was_typed(cast):
    cast.product_manager.set_password(" fifteen letters  ")
    cast.product_manager.save()
    assert enter(Client(), password="fifteen letters").status_code == 422
    assert enter(Client(), password=" Fifteen letters  ").status_code == 422
    assert enter(Client(), password=" fifteen letters  ").status_code == 302


@pytest.mark.parametrize("path", ["/sign-in", "/settings/security/password"])
def test_fields_hide_what_is_typed_and_help_password_managers(cast, path):
    browser = Client() if path == "/sign-in" else signed_in()
    page = browser.get(path).content.decode()
    fields = re.findall(r'<input[^>]*name="[^"]*password[^>]*>', page)
    assert fields
    assert all('type="password"' in field for field in fields)
    assert all(re.search(r'autocomplete="(current|new)-password"', field) for field in fields)
    assert "onpaste" not in page
    if path == "/sign-in":
        assert 'autocomplete="username' in page


def test_a_wrong_password_is_on_record(cast):
    enter(Client(), password="not my password at all")
    assert list(kinds(cast.product_manager)) == [Kind.FAILED]


@pytest.mark.parametrize("word", ["gatelinegateline", "Harbour Light 1", "payments-payments"])
def test_a_password_of_the_companys_words_is_refused(cast, settings, word):
    settings.COMPANY_NAME = "Harbour Light"
    with pytest.raises(ValidationError, match="name of the company"):
        validate_password(word, cast.product_manager)
    assert {"gateline", "harbour", "light", "payments"} <= company_words()


def test_a_password_that_only_holds_such_a_word_is_fine(cast):
    validate_password("two payments for one cup of tea", cast.product_manager)


def reset_path(person, settings):
    settings.BASE_URL = "https://gateline.example"
    send_password_reset(person)
    return re.search(r"https://gateline\.example(/password/new/\S+)", mail.outbox[-1].body)[1]


def test_a_password_by_mail_does_not_skip_the_second_step(cast, settings):
    app_of(cast.product_manager)
    browser, new = Client(), "another long passphrase"
    page = browser.get(reset_path(cast.product_manager, settings), follow=True)
    told = {"new_password1": new, "new_password2": new}
    browser.post(page.redirect_chain[-1][0], told)
    assert browser.get("/kpis").url.startswith("/sign-in")
    assert enter(browser, password=new).url.startswith("/sign-in/code")
    assert browser.get("/kpis").status_code == 302


def test_a_link_to_a_new_password_lives_for_a_day_as_the_mail_says(cast, settings):
    path = reset_path(cast.product_manager, settings)
    assert "within a day" in mail.outbox[-1].body
    for hours, opens in ((23, True), (25, False)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
            page = Client().get(path, follow=True).content.decode()
        assert ("does not work any more" not in page) is opens


def test_a_signed_link_serves_its_own_purpose_only(cast, settings):
    invited = signing.dumps([1, 1], salt="gateline.elsewhere")
    assert Client().get(f"/invitations/join/{invited}").status_code == 404
    token = reset_path(cast.product_manager, settings).rsplit("/", 1)[1]
    assert Client().get(f"/invitations/join/{token}").status_code == 404


def test_the_code_before_opens_nothing_any_more(cast, monkeypatch):
    app_of(cast.product_manager)
    browser, step = Client(), totp.step_now()
    enter(browser)
    before = code_now()
    monkeypatch.setattr(totp, "step_now", lambda: step + 1)
    assert browser.post("/sign-in/code", {"code": before}).status_code == 422


def test_recovery_codes_are_far_from_guessed(cast):
    codes = recovery.make_codes(cast.product_manager)
    drawn = len(codes[0].replace("-", "")) * math.log2(len(set(recovery.LETTERS)))
    assert drawn > 64
    assert len(set(codes)) == recovery.COUNT


def test_a_session_has_a_key_of_128_bits_and_any_number_may_live(cast):
    browsers = [signed_in() for _ in range(3)]
    keys = {browser.cookies["sessionid"].value for browser in browsers}
    assert len(keys) == 3
    # 32 signs drawn from letters and digits.
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)
    assert 32 * math.log2(36) > 128
    assert all(browser.get("/kpis").status_code == 200 for browser in browsers)


@pytest.mark.parametrize("kept", ["app", "rule gone"])
def test_who_must_have_a_second_step_owes_one_as_soon_as_the_last_goes(cast, kept):
    """Otherwise one would add it, remove it, and go on for the seven days of the session."""
    change_sign_in_rule(
        actor=cast.administrator, everybody=kept == "app", administrators=False, roles=[]
    )
    app_of(cast.product_manager)
    browser = Client()
    enter(browser)
    browser.post("/sign-in/code", {"code": code_now()})
    browser.post("/settings/security/confirm", {"password": PASSWORD})
    assert browser.get("/kpis").status_code == 200
    browser.post("/settings/security/app/remove")
    assert not Authenticator.objects.exists()
    assert (browser.get("/kpis").status_code == 302) is (kept == "app")


# Company accounts


@pytest.fixture
def two(cast, settings):
    """Two providers of one deployment."""
    with wicked_provider() as one, wicked_provider() as other:
        told = oidc_settings(one.address)
        apps = told["openid_connect"]["APPS"]
        apps += oidc_settings(other.address)["openid_connect"]["APPS"]
        apps[1] |= {"provider_id": "partner", "name": "Partner"}
        settings.SOCIALACCOUNT_PROVIDERS = told
        settings.OUTBOUND_HOSTS = [each.address.removeprefix("http://") for each in (one, other)]
        yield one, other


def test_one_provider_cannot_speak_for_people_of_another(two):
    one, other = two
    browser = Client()
    assert browser.get(one.ask(browser.get("/sign-in/with/company").url)).status_code == 302
    assert SocialAccount.objects.get().provider == "company"
    other.userinfo = {"sub": "known", "email_verified": False}
    stranger = Client()
    answer = stranger.get(other.ask(stranger.get("/sign-in/with/partner").url))
    assert answer.status_code == 403
    assert stranger.get("/kpis").status_code == 302


def test_an_answer_to_one_provider_is_none_to_the_other(two):
    one, _other = two
    browser = Client()
    back = one.ask(browser.get("/sign-in/with/company").url)
    mixed = back.replace("/with/company/", "/with/partner/")
    assert browser.get(mixed).status_code == 403
    assert browser.get("/kpis").status_code == 302


def test_no_token_of_a_provider_is_kept(two):
    one, _other = two
    browser = Client()
    browser.get(one.ask(browser.get("/sign-in/with/company").url))
    assert browser.get("/kpis").status_code == 200
    assert not SocialToken.objects.exists()
    told = Session.objects.get().get_decoded()
    assert "access_token" not in str(told)
    assert "id_token" not in str(told)


@pytest.fixture
def directory(cast, settings):
    idp = {"entity_id": ENTITY, "sso_url": SSO, "slo_url": f"{SSO}/out", "x509cert": "MII"}
    app = {"client_id": "company", "provider_id": ENTITY, "name": "D", "settings": {"idp": idp}}
    app["settings"]["advanced"] = {"allow_single_label_domains": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [app]}}
    return cast


OUT = """<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" \
IssueInstant="2026-01-01T00:00:00Z"><saml:Issuer>{entity}</saml:Issuer>\
<saml:NameID>anybody</saml:NameID></samlp:LogoutRequest>"""


@pytest.mark.parametrize("more", [{}, {"Signature": ""}, {"Signature": "eA==", "SigAlg": "x"}])
def test_nobody_but_the_directory_ends_a_session(directory, more):
    """A picture on a foreign page must not sign people out."""
    browser = Client()
    browser.force_login(directory.engineer)
    packed = zlib.compress(OUT.format(entity=ENTITY).encode())[2:-4]
    told = {"SAMLRequest": base64.b64encode(packed).decode(), **more}
    assert browser.get("/sign-in/saml/company/out", told).status_code == 403
    assert browser.get("/kpis").status_code == 200


@pytest.mark.parametrize("address", ["/sign-in/saml/company", "/sign-in/with/company"])
def test_a_foreign_page_begins_no_sign_in(directory, address):
    answer = Client().get(address, headers={"sec-fetch-site": "cross-site"})
    assert (answer.status_code, answer.url) == (302, "/sign-in")
    assert "_state" not in str([row.get_decoded() for row in Session.objects.all()])


def test_every_way_in_is_written_down():
    manual = (ROOT / "docs" / "signing-in.md").read_text()
    section = manual.partition("## Every way in")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", section))
    providers = [a for a in configured.INSTALLED_APPS if ".socialaccount.providers." in a]
    assert named == {
        *configured.MFA_SUPPORTED_TYPES,
        *(name.rpartition(".")[2] for name in providers),
        *(
            name.rpartition(".")[2]
            for name in configured.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"]
        ),
    }
    assert configured.AUTHENTICATION_BACKENDS == ["django.contrib.auth.backends.ModelBackend"]


@pytest.mark.parametrize("kept", [True, False])
def test_an_older_secret_key_still_opens_what_it_signed(cast, settings, kept):
    browser = signed_in()
    path = reset_path(cast.designer, settings)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key, made a moment ago " * 3
    settings.SECRET_KEY_FALLBACKS = [before] if kept else []
    assert (browser.get("/kpis").status_code == 200) is kept
    page = Client().get(path, follow=True).content.decode()
    assert ("does not work any more" not in page) is kept
