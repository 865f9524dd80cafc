"""Coming in by the pages, as a browser does."""

from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.entry import totp
from accounts.models import SignInEvent
from tests.cast import PASSWORD

MINE = "product.manager@example.com"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enter(browser, email=MINE, password=PASSWORD, **more):
    return browser.post("/sign-in", {"username": email, "password": password, **more})


def signed_in(browser=None, email=MINE, password=PASSWORD):
    """A browser signed in by the page, which has just proved who it is."""
    browser = browser or Client()
    assert enter(browser, email, password).status_code == 302
    answer = browser.post("/settings/security/confirm", {"password": password})
    assert answer.status_code == 302
    return browser


def app_of(person, seed=SEED):
    data = {"secret": totp.seal_seed(person.pk, seed)}
    return Authenticator.objects.create(user=person, type="totp", data=data)


def kinds(person):
    return list(SignInEvent.objects.filter(person=person).values_list("kind", flat=True))
