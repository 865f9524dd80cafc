"""What every answer tells the browser: pages, errors, the API, files."""

import pytest
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as ours

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def broken(request):
    raise RuntimeError("as if by a fault of ours")


urlpatterns = [path("broken", broken), *ours]


@pytest.fixture
def answer(cast, as_, settings):
    """`answer(address)` as the reader sees it, with an address that breaks."""
    settings.ROOT_URLCONF = __name__
    browser = as_(cast.reader)
    browser.raise_request_exception = False
    return browser.get


ADDRESSES = [
    ("/", 200),
    ("/sign-in", 302),
    ("/no-such-page", 404),
    ("/tokens", 403),
    ("/broken", 500),
    ("/api/v1/me/", 200),
    ("/api/v1/rfcs/987654/", 404),
    ("/health/live", 200),
]


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_every_answer_carries_them(answer, address, status):
    told = answer(address)
    assert told.status_code == status
    assert {name: told.headers.get(name) for name in COMMON} == COMMON
    assert told["X-Frame-Options"] == "DENY"
    refused = told["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(refused)


@pytest.mark.parametrize(("address", "status"), ADDRESSES)
def test_the_content_policy_is_strict_everywhere(answer, address, status):
    rules = answer(address)["Content-Security-Policy"]
    parts = dict(each.strip().partition(" ")[::2] for each in rules.split(";"))
    assert parts["default-src"] == parts["script-src"] == parts["style-src"] == "'self'"
    assert parts["object-src"] == parts["frame-ancestors"] == parts["base-uri"] == "'none'"
    assert parts["form-action"] == "'self'"
    assert "unsafe" not in rules
    assert "*" not in rules


def test_a_fault_of_ours_tells_nothing_of_its_cause(answer):
    assert "as if by a fault" not in answer("/broken").content.decode()


def secure(settings):
    """The middleware as production with GATELINE_HTTPS sets it."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
    return SecurityMiddleware(lambda request: HttpResponse("fine"))


def test_browsers_keep_to_https_for_a_year(rf, settings):
    told = secure(settings)(rf.get("/", secure=True))
    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_whoever_asks_in_the_clear_is_led_to_https(rf, settings):
    door = secure(settings)
    led = door(rf.get("/initiatives?x=1"))
    assert (led.status_code, led["Location"]) == (301, "https://testserver/initiatives?x=1")
    assert door(rf.get("/health/live")).content == b"fine"


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example", "/\\evil.example"])
@pytest.mark.parametrize("address", ["/sign-in", "/settings/theme", "/sign-out"])
def test_no_address_leads_away(cast, as_, address, next_page):
    browser = as_(cast.reader)
    answers = [
        browser.get(address, {"next": next_page}),
        browser.post(address, {"next": next_page}, headers={"referer": next_page}),
    ]
    assert [a["Location"] for a in answers if "evil" in a.headers.get("Location", "")] == []


def test_a_foreign_host_is_refused(settings, db):
    settings.ALLOWED_HOSTS = ["gateline.example.com"]
    assert Client().get("/sign-in", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", "private, no-cache"),
        ("/broken", "private, no-cache"),
        ("/api/v1/me/", "private, no-cache"),
        ("/api/v1/initiatives/", "private, no-cache"),
        ("/settings/security", "no-store"),
        ("/tokens", "no-store"),
        ("/audit", "no-store"),
    ],
)
def test_nothing_on_the_way_keeps_what_a_person_sees(answer, address, kept):
    assert kept in answer(address)["Cache-Control"]
