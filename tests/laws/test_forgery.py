"""Nobody acts in somebody else's name (T42): every address that changes something asks for its token.

Every unsafe row of the permission tables, asked as an administrator with a session: without the
token of a form, and with the right one from a page of another origin.
"""

import json

from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import written
from tests.laws.test_scopes import views
from tests.laws.worlds import TABLES

# Views that ask for no token, with the reason. Those of the API ask where they find the session.
EXEMPT = {
    "policy_report": "browsers send it by themselves, and it is only written to the log",
    "saml_acs": "comes from the provider, signed by it and tied to a question of ours",
    "saml_sls": "comes from the provider, signed by it; it ends the session it was begun with",
}
UNSAFE = [
    (name, row)
    for name, table in TABLES.items()
    for row in table.ROWS
    if row.method != "get" and row.name not in EXEMPT
]
FOREIGN = "https://elsewhere.example"


def exempt(resolver=None, space=""):
    """Names of the views that Django's own check leaves out."""
    for each in (resolver or get_resolver()).url_patterns:
        if hasattr(each, "url_patterns"):
            yield from exempt(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif getattr(each.callback, "csrf_exempt", False):
            yield f"{space}{each.name}"


def test_only_these_views_ask_for_no_token():
    assert set(exempt()) - {name for name, _view in views()} == set(EXEMPT)


def ask(browser, row, world, **headers):
    address = reverse(row.name, kwargs=of(row.kwargs, world))
    kind = {"content_type": "application/json"} if address.startswith("/api/") else {}
    told = {**row.headers, **headers}
    return getattr(browser, row.method)(address, of(row.data, world), headers=told, **kind)


def is_refused(answer):
    """Whether the missing or foreign token is the reason, on a page or by the API."""
    text = answer.getvalue().decode()
    if answer.headers["Content-Type"].endswith("json"):
        text = json.loads(text)["detail"]
        return answer.status_code == 403 and text.startswith("CSRF Failed")
    return answer.status_code == 403 and "This form is" in text


def guarded(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.administrator)
    return browser


def test_without_its_token_nothing_is_taken(everything, db):
    cast, worlds = everything
    browser, before = guarded(cast), written()
    taken = [str(row) for name, row in UNSAFE if not is_refused(ask(browser, row, worlds[name]))]
    assert taken == []
    changed = {table for table, count in (written() - before).items() if count}
    assert changed <= {"accounts_session", "rest_allowance"}


def token_of(browser):
    """The token a page gives its forms, which the browser keeps in a cookie."""
    browser.get(reverse("settings"))
    return browser.cookies[settings.CSRF_COOKIE_NAME].value


def test_a_page_of_another_origin_is_refused_even_with_the_right_token(everything, db):
    cast, worlds = everything
    browser = guarded(cast)
    right = {"x-csrftoken": token_of(browser)}
    taken = [
        str(row)
        for name, row in UNSAFE
        if not is_refused(ask(browser, row, worlds[name], **right, origin=FOREIGN))
    ]
    assert taken == []


def test_the_right_token_from_our_own_page_is_taken(everything, db):
    """So that the refusals above are for the reason they name."""
    cast, worlds = everything
    browser = guarded(cast)
    right = {"x-csrftoken": token_of(browser), "origin": "http://testserver"}
    rows = {row.name: (name, row) for name, row in UNSAFE}
    for wanted, status in (("set_theme", 302), ("api_me", 200)):
        name, row = rows[wanted]
        assert ask(browser, row, worlds[name], **right).status_code == status
