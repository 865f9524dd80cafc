"""Answers as a stranger's program would pick at them: methods, kinds, names, cookies, the log."""

import io
import json
import logging
import zipfile

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from structlog.stdlib import ProcessorFormatter

from accounts.actions import News, tell
from accounts.mail import send_digest, send_letter
from accounts.models import Notice
from config.logs import logging_settings
from config.rest.encrypted import EncryptedMiddleware
from config.settings.api import HEAVY_ROUTES
from config.sheets.workbook import MOST_PARTS, sound
from config.urls import urlpatterns as ours
from config.web.messages import Messages
from config.web.pictures import picture_response
from rfc.subjects import subject_of
from tests.factories.rfc import rfc_in_review
from tests.laws.worlds import TABLES

ODD = '"ä\r\nSet-Cookie: x=1.svg'


def broken(request):
    raise RuntimeError("as if by a fault of ours")


urlpatterns = [path("broken", broken), *ours]


@pytest.fixture
def lines():
    """`lines()`: what the process wrote during the test, as text and as JSON."""
    handlers = []
    for as_json in (False, True):
        told = logging_settings(as_json=as_json)["formatters"]["line"]
        handler = logging.StreamHandler(io.StringIO())
        handler.setFormatter(
            ProcessorFormatter(
                processors=told["processors"], foreign_pre_chain=told["foreign_pre_chain"]
            )
        )
        logging.getLogger().addHandler(handler)
        handlers.append(handler)
    yield lambda: [handler.stream.getvalue() for handler in handlers]
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT"])
@pytest.mark.parametrize("address", ["/", "/sign-in", "/api/v1/me/", "/health/live", "/no-such"])
def test_no_address_repeats_or_passes_on_a_request(db, method, address):
    answer = Client().generic(method, address, headers={"cookie": "planted=5f1c"})
    assert answer.status_code == 405
    assert b"5f1c" not in answer.content


@pytest.mark.parametrize(
    "address",
    ["/.git/", "/.git/HEAD", "/.env", "/static/", "/static/js/", "/files/", "/media/", "/manage.py",
     "/static/../manage.py", "/static/..%2fmanage.py", "/.local/keys/seal"],
)  # fmt: skip
def test_neither_the_checkout_nor_any_folder_is_served(cast, as_, address):
    assert as_(cast.administrator).get(address).status_code == 404


def test_a_value_is_decoded_once(cast, as_):
    browser = as_(cast.reader)
    page = browser.get("/search?q=%253Cscript%253Ealert%2528%2529").content.decode()
    assert "%3Cscript%3E" in page
    assert "&lt;script" not in page
    assert browser.get("/teams/%2570ayments").status_code == 404
    assert browser.get("/teams/%70ayments").status_code == 200


def test_a_field_sent_twice_counts_once(cast, as_):
    """The last one counts, and nothing of the address stands in for a field."""
    browser = as_(cast.reader)
    browser.post("/settings/theme?theme=dark", {"theme": ["dark", "light"]})
    cast.reader.refresh_from_db()
    assert cast.reader.theme == "light"
    browser.post("/settings/theme?theme=dark", {})
    cast.reader.refresh_from_db()
    assert cast.reader.theme == "system"


@pytest.mark.parametrize("name", ["%(who)s %s %d", "{0.__class__} {}", "{% now 'Y' %}{{ user }}"])
def test_signs_of_formats_are_text(cast, as_, name):
    cast.engineer.name = name
    cast.engineer.save()
    rfc = rfc_in_review(cast)
    news = News(subject_of(rfc), "ask", f"{name} asks", text=name)
    tell([cast.designer], news, tab="decide", actor=cast.engineer)
    assert f"{name} asks" in str(vars(Notice.objects.filter(person=cast.designer).latest("pk")))
    page = as_(cast.designer).get("/inbox").content.decode()
    assert name.replace("'", "&#x27;") in page


def test_no_header_is_smuggled_into_a_mail(cast):
    evil = "Ada\r\nBcc: thief@example.com\r\n\r\nread this"
    send_letter(cast.reader, evil, "text", "/inbox")
    send_digest(cast.reader, evil, "text", mark="a1")
    for letter in mail.outbox:
        told = letter.message()
        assert "Bcc" not in told
        assert letter.recipients() == [cast.reader.email]
        assert "\n" not in told["Subject"]
    assert len(mail.outbox) == 2


def test_names_of_files_are_encoded(settings, tmp_path):
    answer = picture_response(ContentFile(b"<svg/>", name="a.svg"), save_as=ODD)
    told = answer.headers["Content-Disposition"]
    assert told.startswith("attachment; filename")
    assert not {"\r", "\n"} & set(told)
    assert "Set-Cookie" not in answer.headers
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_an_archive_of_too_many_parts_is_not_opened():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(f"{number}.bin", b"")
    assert not sound(packed.getvalue())


# Cookies


@pytest.fixture
def encrypted(settings):
    """As behind a proxy with GATELINE_HTTPS=1."""
    settings.COOKIE_PREFIX = "__Host-"
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_every_cookie_is_kept_to_this_host_and_to_https(cast, encrypted):
    from tests.cast import PASSWORD

    browser = Client()
    browser.get("/sign-in")
    told = {"username": cast.product_manager.email, "password": PASSWORD}
    browser.post("/sign-in", told)
    browser.post("/settings", {"name": "Pat", "time_zone": "UTC", "theme": "dark"})
    browser.post("/settings/theme", {"theme": "dark"})
    named = {"sessionid", "csrftoken", "messages", "theme"}
    assert set(browser.cookies) == {f"__Host-{name}" for name in named}
    for name, cookie in browser.cookies.items():
        assert cookie["secure"], name
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")
        assert cookie["httponly"] or "csrf" in name


def test_the_settings_name_them_so():
    assert f"{Messages.__module__}.Messages" == configured.MESSAGE_STORAGE
    assert configured.SESSION_COOKIE_HTTPONLY
    assert (configured.SESSION_COOKIE_SAMESITE, configured.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")


# In the clear, and too often


def test_the_api_in_the_clear_is_refused_and_not_led_on(rf, settings):
    settings.SECURE_SSL_REDIRECT = True
    door = EncryptedMiddleware(lambda request: HttpResponse("fine"))
    refused = door(rf.get("/api/v1/me/", headers={"authorization": "Bearer x"}))
    assert (refused.status_code, "Location" in refused.headers) == (403, False)
    assert "revoke it" in json.loads(refused.content)["detail"]
    assert door(rf.get("/api/v1/me/", secure=True)).content == b"fine"
    assert door(rf.get("/initiatives")).content == b"fine"
    names = configured.MIDDLEWARE
    security = names.index("django.middleware.security.SecurityMiddleware")
    assert names[security + 1] == "config.rest.encrypted.EncryptedMiddleware"


def test_heavy_pages_are_counted_by_person(cast, as_, settings):
    settings.API_RATES = {**settings.API_RATES, "heavy": 2}
    reader, other = as_(cast.reader), as_(cast.engineer)
    answers = [reader.get("/search?q=till") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert "Ask again in" in answers[2].content.decode()
    assert other.get("/search?q=till").status_code == 200
    assert reader.get("/kpis").status_code == 200
    known = {row.name for table in TABLES.values() for row in table.ROWS}
    assert set(HEAVY_ROUTES) <= known


# The log


def test_a_refused_reading_leaves_a_line(cast, as_, lines):
    as_(cast.reader).get("/tokens")
    as_(cast.reader).get("/no-such-page")
    _text, told = lines()
    (line,) = [json.loads(each) for each in told.splitlines()]
    assert (line["event"], line["status"], line["route"]) == ("request", 403, "service_tokens")
    assert line["person"] == cast.reader.pk


def test_a_fault_of_ours_is_written_with_its_cause(cast, as_, settings, lines):
    settings.ROOT_URLCONF = __name__
    browser = as_(cast.reader)
    browser.raise_request_exception = False
    answer = browser.get("/broken")
    _text, told = lines()
    found = [json.loads(each) for each in told.splitlines() if "as if by a fault" in each]
    assert "RuntimeError" in found[0]["exception"]
    assert found[0]["request"] == answer.headers["X-Request-Id"]


def test_no_text_begins_a_line_of_the_log(lines):
    evil = "one\n2026-01-01 [info] forged\x1b[2J\u2028"
    logging.getLogger("gateline.web").info(evil, extra={"route": evil})
    text, as_json = lines()
    assert len(text.splitlines()) == len(as_json.splitlines()) == 1
    assert "\x1b" not in text + as_json
