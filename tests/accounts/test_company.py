"""Company accounts against a real OIDC provider process and a signing SAML directory."""

import base64

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.models import Membership, Person, SignInEvent
from config.settings.signing_in import saml_apps
from tests.accounts.directory import (
    ENTITY,
    SSO,
    agree,
    key_and_certificate,
    oidc_provider,
    oidc_settings,
    question_id,
    saml_answer,
)

GROWTH = {"group": "gateline-growth", "role": "growth", "line": "payments"}
START = "/sign-in/with/company"


@pytest.fixture(scope="module")
def provider():
    with oidc_provider() as address:
        yield address


@pytest.fixture
def company(cast, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(provider)
    settings.OUTBOUND_HOSTS = [provider.removeprefix("http://")]
    settings.GROUP_ROLES = [GROWTH]
    return cast


def come(sub, browser=None, start=START):
    browser = browser or Client()
    there = browser.get(start)
    assert there.status_code == 302, there.content
    return browser, browser.get(agree(there.url, sub))


def test_the_sign_in_page_offers_the_company(company):
    page = Client().get("/sign-in?next=/kpis").content.decode()
    assert "Sign in with Harbour Light" in page
    assert "/sign-in/with/company?next=%2Fkpis" in page


def test_a_verified_address_is_the_person_known_by_it(company):
    browser, answer = come("known", start=f"{START}?next=/kpis")
    assert answer.url == "/kpis"
    assert browser.get("/api/v1/me/").json()["email"] == company.engineer.email
    tied = SocialAccount.objects.get(user=company.engineer)
    assert (tied.provider, tied.uid, tied.extra_data) == ("company", "known", {})
    # The next time it is found by its own id.
    assert come("known")[1].status_code == 302
    assert SocialAccount.objects.get().extra_data == {}


def test_an_unverified_address_takes_nobody_over(company):
    browser, answer = come("liar")
    assert answer.status_code == 403
    assert "has not verified" in answer.content.decode()
    assert browser.get("/kpis").status_code == 302
    assert not SocialAccount.objects.exists()
    assert SignInEvent.objects.filter(person=company.administrator, kind="refused").exists()


def test_without_an_address_nobody_comes_in(company):
    assert "tells no e-mail address" in come("bare")[1].content.decode()


def test_a_new_person_comes_with_the_roles_of_the_groups(company):
    _browser, answer = come("fresh")
    assert answer.status_code == 302
    person = Person.objects.get(email="fresh@example.com")
    assert (person.name, person.has_usable_password()) == ("Fay Fresh", False)
    (held,) = Membership.objects.filter(person=person)
    assert (held.role, held.line.slug) == ("growth", "payments")
    event = SignInEvent.objects.get(person=person, kind="roles")
    assert "given" in event.note


def test_nobody_new_is_made_where_the_deployment_says_so(company, settings):
    settings.SSO_CREATES_PEOPLE = False
    assert "Ask an administrator for an invitation" in come("fresh")[1].content.decode()
    assert not Person.objects.filter(email="fresh@example.com").exists()


def test_a_lost_group_ends_its_role_and_no_other(company):
    line = Membership.objects.filter(line__slug="payments").first().line
    person = Person.objects.create_user("gone@example.com", name="Gone")
    named = Membership.objects.create(person=person, role="growth", line=line)
    other = Membership.objects.create(person=person, role="legal", line=line)
    come("gone")
    named.refresh_from_db()
    other.refresh_from_db()
    assert named.ended_at is not None
    assert other.ended_at is None


def test_a_provider_that_tells_no_groups_ends_nothing(company):
    line = Membership.objects.filter(line__slug="payments").first().line
    held = Membership.objects.create(person=company.engineer, role="growth", line=line)
    come("known")
    held.refresh_from_db()
    assert held.ended_at is None


def test_an_inactive_person_stays_outside(company):
    Person.objects.filter(pk=company.engineer.pk).update(is_active=False)
    browser, answer = come("known")
    assert answer.status_code == 403
    assert browser.get("/kpis").status_code == 302


def test_an_answer_without_its_question_is_refused(company):
    there = Client().get(START)
    stranger = Client().get(agree(there.url, "known"))
    assert stranger.status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_is_good_once(company):
    browser = Client()
    back = agree(browser.get(START).url, "known")
    assert browser.get(back).status_code == 302
    browser.post("/sign-out")
    assert browser.get(back).status_code == 403


def test_a_provider_outside_the_allow_list_is_not_asked(company, settings):
    settings.OUTBOUND_HOSTS = []
    answer = Client().get(START)
    assert answer.status_code == 403
    assert "did not answer" in answer.content.decode()


# SAML


@pytest.fixture(scope="module")
def keys():
    return key_and_certificate()


@pytest.fixture
def saml(cast, keys, settings):
    app = {
        "name": "Directory",
        "provider_id": ENTITY,
        "client_id": "company",
        "settings": {
            "idp": {"entity_id": ENTITY, "sso_url": SSO, "x509cert": keys[1]},
            "attribute_mapping": {"uid": "uid", "email": "email", "first_name": "given"},
            "verified_email": ["example.com"],
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": saml_apps([app])}}
    settings.GROUP_ROLES = [GROWTH]
    return cast


TOLD = {"uid": ["p1"], "email": ["engineer@example.com"], "given": ["Eng"]}


def answered(key, certificate, told=None, **more):
    browser = Client(HTTP_HOST="gateline.example")
    there = browser.get("/sign-in/saml/company?next=/kpis")
    assert there.url.startswith(SSO)
    packed = saml_answer(question_id(there.url), key, certificate, told or TOLD, **more)
    answer = browser.post("/sign-in/saml/company/acs", {"SAMLResponse": packed, "RelayState": ""})
    assert answer.status_code == 302
    return browser, browser.get(answer.url)


def test_a_signed_answer_signs_in_and_gives_the_roles(saml, keys):
    browser, answer = answered(*keys, told=TOLD | {"groups": ["gateline-growth"]})
    assert answer.status_code == 302, answer.content.decode()
    assert browser.get("/api/v1/me/").json()["email"] == saml.engineer.email
    assert Membership.objects.filter(person=saml.engineer, role="growth", ended_at=None).exists()


def test_answers_that_are_not_the_directorys_are_refused(saml, keys):
    stranger = key_and_certificate()
    tried = [
        answered(None, None),
        answered(*stranger),
        answered(*keys, audience="https://other.example"),
        answered(*keys, later="2020-01-01T00:00:00Z"),
        answered(*keys, entity="https://other.example"),
        answered(*keys, question="_made-up"),
    ]
    assert [answer.status_code for _browser, answer in tried] == [403] * 6
    assert not any(b.get("/kpis").status_code == 200 for b, _answer in tried)


def test_an_address_outside_the_verified_domains_takes_nobody_over(saml, keys, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["saml"]["APPS"][0]
    app["settings"]["verified_email"] = ["other.example"]
    assert answered(*keys)[1].status_code == 403


def test_the_metadata_names_where_answers_go(saml):
    told = (
        Client(HTTP_HOST="gateline.example").get("/sign-in/saml/company/metadata").content.decode()
    )
    assert "/sign-in/saml/company/acs" in told


GARBAGE = ("a\0b", "%%%", "A" * 40_000, base64.b64encode(b"<a><b></a>").decode(), "<!DOCTYPE x>")


@pytest.mark.parametrize("told", GARBAGE, ids=["nul", "signs", "long", "torn", "doctype"])
def test_an_answer_that_is_garbage_is_refused_in_words(saml, told):
    browser = Client(HTTP_HOST="gateline.example")
    sent = {"SAMLResponse": told, "RelayState": "a\0b"}
    answer = browser.post("/sign-in/saml/company/acs", sent)
    answer = browser.get(answer.url)
    assert answer.status_code == 403
    assert "did not finish" in answer.content.decode()


@pytest.mark.parametrize("told", GARBAGE, ids=["nul", "signs", "long", "torn", "doctype"])
@pytest.mark.parametrize("named", ["SAMLRequest", "SAMLResponse"])
def test_garbage_from_the_provider_ends_no_session(saml, told, named):
    browser = Client(HTTP_HOST="gateline.example")
    browser.force_login(saml.engineer)
    answer = browser.get("/sign-in/saml/company/out", {named: told})
    assert answer.status_code in {400, 403}
    assert browser.get("/kpis").status_code == 200


def test_an_id_that_cannot_be_kept_opens_nothing(saml, keys):
    browser, answer = answered(*keys, told=TOLD | {"uid": ["u" * 3000]})
    assert answer.status_code == 403
    assert "did not finish" in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert browser.get("/kpis").status_code == 302


def test_a_name_of_the_directory_is_one_line_that_turns_nothing(saml, keys):
    told = {"uid": ["p9"], "email": ["new@example.com"], "given": ["Ada\n\u202eSub\tject"]}
    answered(*keys, told=told)
    assert Person.objects.get(email="new@example.com").name == "Ada Sub ject"


def test_an_answer_sent_twice_opens_once(saml, keys):
    browser = Client(HTTP_HOST="gateline.example")
    asked = question_id(browser.get("/sign-in/saml/company").url)
    packed = {"SAMLResponse": saml_answer(asked, *keys, TOLD), "RelayState": ""}

    def judged(one):
        return one.get(one.post("/sign-in/saml/company/acs", packed).url).status_code

    assert judged(browser) == 302
    browser.post("/sign-out")
    assert judged(browser) == 403
    assert judged(Client(HTTP_HOST="gateline.example")) == 403


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_company_sign_in_leads_to_our_own_pages_only(saml, keys, wanted):
    browser = Client(HTTP_HOST="gateline.example")
    asked = question_id(browser.get("/sign-in/saml/company", {"next": wanted}).url)
    sent = {"SAMLResponse": saml_answer(asked, *keys, TOLD), "RelayState": wanted}
    assert browser.get(browser.post("/sign-in/saml/company/acs", sent).url).url == "/"


def test_a_signature_by_an_outdated_algorithm_opens_nothing(saml, keys):
    old = {
        "sign_algorithm": "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "digest_algorithm": "http://www.w3.org/2000/09/xmldsig#sha1",
    }
    assert answered(*keys, signing=old)[1].status_code == 403


ENTITIES = """<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("named", ["&a;", "&b;", "&f;"], ids=["inner", "grown", "file"])
def test_an_answer_with_entities_is_refused_unread(saml, keys, named):
    browser = Client(HTTP_HOST="gateline.example")
    asked = question_id(browser.get("/sign-in/saml/company").url)
    plain = base64.b64decode(saml_answer(asked, *keys, TOLD)).decode()
    packed = base64.b64encode((ENTITIES + plain.replace("_s", named)).encode()).decode()
    sent = browser.post("/sign-in/saml/company/acs", {"SAMLResponse": packed})
    answer = browser.get(sent.url)
    assert answer.status_code == 403
    assert "did not finish" in answer.content.decode()


@pytest.mark.parametrize("host", ["gateline", None], ids=["one word", "not told"])
@pytest.mark.parametrize("path", ["", "/metadata"])
def test_a_host_of_one_word_or_none_is_no_fault(saml, settings, host, path):
    settings.ALLOWED_HOSTS = ["*"]
    told = {"HTTP_HOST": host} if host else {}
    answer = Client(**told).get(f"/sign-in/saml/company{path}")
    assert answer.status_code == (200 if path else 302)


def test_a_directory_is_never_fetched_past_the_one_client():
    idp = {"metadata_url": "https://169.254.169.254/", "entity_id": ENTITY}
    with pytest.raises(ImproperlyConfigured, match="entity_id, sso_url and x509cert"):
        saml_apps([{"client_id": "company", "settings": {"idp": idp}}])


def test_the_cookie_to_an_answer_that_waits_is_as_the_others(saml, keys, settings):
    settings.COOKIE_PREFIX, settings.SESSION_COOKIE_SECURE = "__Host-", True
    browser = Client(HTTP_HOST="gateline.example")
    sent = browser.post("/sign-in/saml/company/acs", {"SAMLResponse": "x"})
    (cookie,) = sent.cookies.values()
    assert cookie.key == "__Host-saml-acs-session"
    assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")
    assert cookie["secure"]
    assert cookie["httponly"]
    assert browser.get(sent.url).cookies[cookie.key].value == ""
