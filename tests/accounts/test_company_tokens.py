"""What an id token has to prove before anybody comes in, against a provider that lies."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.accounts.directory import oidc_settings
from tests.accounts.wicked import key_pair, wicked_provider


@pytest.fixture
def provider(cast, settings):
    with wicked_provider() as told:
        settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(told.address)
        settings.OUTBOUND_HOSTS = [told.address.removeprefix("http://")]
        yield told


def come(provider, browser=None):
    browser = browser or Client()
    there = browser.get("/sign-in/with/company")
    assert there.status_code == 302, there.content
    return browser, browser.get(provider.ask(there.url))


def refused(provider):
    browser, answer = come(provider)
    assert answer.status_code == 403
    assert "did not finish" in answer.content.decode()
    assert browser.get("/kpis").status_code == 302
    assert not SocialAccount.objects.exists()
    return True


def test_a_right_answer_opens(provider):
    browser, answer = come(provider)
    assert answer.status_code == 302
    assert browser.get("/kpis").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": None},
        {"nonce": "0" * 64},
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": None},
        {"exp": 1_700_000_000},  # a moment of 2023
        {"exp": None},
        {"sub": "somebody-else"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_for_another_question_client_time_or_person_opens_nothing(provider, claims):
    provider.claims = claims
    assert refused(provider)


def test_every_question_has_a_nonce_of_its_own(provider):
    asked = []
    for _ in range(2):
        come(provider)
        asked.append(provider.asked["nonce"])
    assert len(set(asked)) == 2


def test_a_token_of_one_browser_opens_no_other(provider):
    come(provider)
    provider.claims = {"nonce": provider.asked["nonce"]}
    browser, answer = come(provider)
    assert answer.status_code == 403
    assert browser.get("/kpis").status_code == 302


def test_a_key_that_is_not_the_providers_opens_nothing(provider):
    provider.signing_key = key_pair()
    assert refused(provider)


def test_a_key_the_provider_does_not_name_opens_nothing(provider):
    provider.kid = "two"
    assert refused(provider)


def test_a_provider_with_one_key_need_not_name_it(provider):
    provider.kid = None
    assert come(provider)[1].status_code == 302


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_only_signatures_by_a_public_key_count(provider, algorithm):
    provider.algorithm = algorithm
    assert refused(provider)


def test_an_answer_without_a_token_opens_nothing(provider):
    provider.sends_token = False
    assert refused(provider)


def test_a_provider_that_names_another_issuer_opens_nothing(provider):
    provider.issuer = "https://elsewhere.example"
    provider.claims = {"iss": provider.issuer}
    assert refused(provider)


def test_another_issuer_counts_where_the_deployment_names_it(provider, settings):
    provider.issuer = "https://elsewhere.example"
    provider.claims = {"iss": provider.issuer}
    settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(provider.address, issuer=provider.issuer)
    assert come(provider)[1].status_code == 302


@pytest.mark.parametrize("sub", ["u" * 3000, "", 7, ["a"]], ids=["long", "none", "number", "list"])
def test_an_id_that_cannot_be_kept_opens_nothing(provider, sub):
    provider.claims, provider.userinfo = {"sub": sub}, {"sub": sub}
    assert refused(provider)


@pytest.mark.parametrize(
    "told",
    [
        {"email": ["a"]},
        {"email": {"a": 1}},
        {"name": {"a": 1}, "given_name": 7},
        {"email": "a\0@b.c"},
    ],
    ids=["list", "object", "name", "nul"],
)
def test_facts_of_an_odd_shape_are_no_fault(provider, told):
    provider.userinfo |= told
    _browser, answer = come(provider)
    assert answer.status_code in {302, 403}
