"""Signing in as people do: by a company account, by a passkey, and after being locked out."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import PasswordResetMail
from accounts.signin import TOGETHER
from tests.accounts.directory import oidc_provider, oidc_settings
from tests.cast import PASSWORD, build_cast

MINE = "product.manager@example.com"
NEW = "a quite different passphrase"


@pytest.fixture
def company(transactional_db):
    return build_cast()


def write(page, email=MINE, password=PASSWORD):
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def with_passkey(page):
    """A key the browser carries, which says yes."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_signs_in_alone(page_as, company, axe, fits, live_server):
    page = page_as()
    # A passkey belongs to a name, never to an address of numbers.
    here = live_server.url.replace("127.0.0.1", "localhost")
    with_passkey(page)
    page.goto(f"{here}/sign-in")
    page.get_by_label("E-mail address").fill(MINE)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{here}/settings/security/passkeys/new")
    page.get_by_label("Your password").fill(PASSWORD)
    axe(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of this passkey").fill("Work laptop")
    axe(page)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Make ten codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    axe(page)
    page.goto(f"{here}/settings/security")
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    axe(page)
    fits(page)
    page.context.clear_cookies()
    page.goto(f"{here}/sign-in?next=/kpis")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/kpis$"))


def test_a_company_account_signs_in(page_as, company, settings):
    with oidc_provider() as address:
        settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(address)
        settings.OUTBOUND_HOSTS = [address.removeprefix("http://")]
        page = page_as()
        page.goto("/sign-in?next=/kpis")
        page.get_by_role("link", name="Sign in with Harbour Light").click()
        page.locator("input[name=sub]").first.fill("known")
        page.locator("button[type=submit], input[type=submit]").first.click()
        expect(page).to_have_url(re.compile("/kpis$"))
        page.goto("/settings/security")
        expect(page.get_by_text("Company account · used today")).to_be_visible()


def test_a_locked_account_is_opened_by_mail(page_as, company, axe, settings):
    page = page_as()
    for _ in range(TOGETHER):
        write(page, password="not my password at all")
        expect(page.get_by_text("do not belong together").first).to_be_visible()
    write(page)
    expect(page.get_by_text("Too many attempts.").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("E-mail address").fill(MINE)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    row = PasswordResetMail.objects.get()
    row.renew = lambda: None
    row.work()
    page.goto(re.search(r"(/password/new/\S+)", mail.outbox[-1].body)[1])
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label(re.compile("confirmation", re.IGNORECASE)).fill(NEW)
    page.get_by_role("button", name="Save password").click()
    write(page, password=NEW)
    expect(page).to_have_url(re.compile("/$"))
