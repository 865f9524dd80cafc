"""Only what an address declares is taken (T48): every other column is sent along and changes nothing.

Every row of the permission tables that writes, as everybody whom the table lets: once plainly, once
with each column of our models that the address does not declare. Status, answer and the rows that
were written have to be the same. What an address of the API declares is in its description; what
pages declare are the fields of our forms.
"""

import json
import re
from functools import cache

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from rest_framework.serializers import ModelSerializer

from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import written
from tests.laws.sources import ROOT
from tests.laws.worlds import TABLES, numbered_from

OURS = ("accounts", "config", "initiatives", "kpis", "rfc", "webhooks")
SPEC = json.loads((ROOT / "docs" / "openapi.json").read_text())
# New rows have ids that are nothing else.
FRESH = 520_000
# What differs from one run of a request to the next: moments, and what is drawn by lot.
PASSING = (models.DateTimeField, models.UUIDField, models.BinaryField, models.FileField)
# Rows about the request itself: when somebody was seen, and how much was asked.
ASIDE = {"accounts_session", "rest_allowance"}
WRITING = {
    name: [row for row in table.ROWS if row.method in {"post", "put", "patch"}]
    for name, table in TABLES.items()
}
DRAWN = re.compile(
    r"digest|hash|token|secret|sealed|salt|session|burst|href|after|before", re.IGNORECASE
)
LOT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?"
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\bgtl\w_\w+|whsec_[\w+/=]+|\b[0-9a-f]{12,}\b"
    # Ids, which a request that is taken back uses up; see `numbered_from`.
    rf"|\b{str(FRESH)[:2]}\d{{4}}\b"
)


def ours(base):
    """Every class of ours that stands on this one."""
    for each in base.__subclasses__():
        if each.__module__.split(".")[0] in OURS:
            yield each
        yield from ours(each)


def test_forms_and_serializers_name_their_fields():
    """Those of Django's admin are for staff, and hide by model what nobody may change."""
    said = []
    for each in {*ours(forms.ModelForm), *ours(ModelSerializer)}:
        meta = getattr(each, "Meta", None)
        if each.__module__.endswith(".admin"):
            continue
        if (
            not getattr(meta, "fields", None)
            or meta.fields == "__all__"
            or hasattr(meta, "exclude")
        ):
            said.append(f"{each.__module__}.{each.__qualname__}")
    assert said == []


@cache
def columns():
    """What to send for each column of our models: a value of its type that nobody would choose."""
    found = {}
    for model in apps.get_models():
        if model.__module__.split(".")[0] in OURS and not model.__name__.endswith("Event"):
            for field in model._meta.concrete_fields:
                found.setdefault(field.name, planted(field))
                found.setdefault(field.attname, planted(field))
    return found


def planted(field):
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return "2001-02-03T04:05:06Z"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if field.choices and (told := [value for value, _label in field.flatchoices if value]):
        return told[-1]
    if field.is_relation or isinstance(field, models.AutoField):
        return 1
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return 77
    return "planted"


# Read on pages beside the forms: which version of a row the page was made from; the tab of the inbox
# one goes back to; what a choice of many stands for.
ON_PAGES = {"row_version", "flow_version", "version", "tab", "act", "query"}


@cache
def of_pages():
    """Names of the fields of every form of ours."""
    return frozenset(name for form in ours(forms.BaseForm) for name in form.base_fields)


def of_api(address, method):
    """Names an address of the API describes for its body."""
    fits = [
        (path.count("{"), path)
        for path in SPEC["paths"]
        if method in SPEC["paths"][path]
        and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), address)
    ]
    told = SPEC["paths"][min(fits)[1]][method].get("requestBody", {})
    return {
        name
        for kind in told.get("content", {}).values()
        for name in resolved(kind["schema"]).get("properties", {})
    }


def resolved(schema):
    ref = schema.get("$ref")
    return SPEC["components"]["schemas"][ref.rpartition("/")[2]] if ref else schema


def more_for(row, address, data):
    """The columns this address does not declare."""
    api = address.startswith("/api/")
    declared = of_api(address, row.method) if api else {*of_pages(), *ON_PAGES}
    return {name: v for name, v in columns().items() if name not in {*declared, *data}}


class Outcome:
    """What one request did: status, answer and the rows it wrote, without what is drawn by lot."""

    def __init__(self, session, row, address, data):
        api = address.startswith("/api/")
        kind = {"content_type": "application/json"} if api else {}
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
        with transaction.atomic():
            mark, before = self.mark(), written()
            answer = getattr(browser, row.method)(address, data, headers=row.headers, **kind)
            self.counts = {
                table: n for table, n in (written() - before).items() if n and table not in ASIDE
            }
            rows = [(table, each) for table in self.counts for each in self.rows(table, mark)]
            transaction.set_rollback(True)
        self.status, self.answer = answer.status_code, self.plain(answer.getvalue().decode())
        self.led = self.plain(answer.headers.get("Location", ""))
        self.written = sorted(
            self.plain(f"{t} {json.dumps(kept(t, r), sort_keys=True)}") for t, r in rows
        )

    @staticmethod
    def mark():
        """The number of this savepoint: whatever it writes has this one or a later one."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS mark (n int)")
            cursor.execute("INSERT INTO mark VALUES (1) RETURNING xmin::text::bigint")
            return cursor.fetchone()[0]

    @staticmethod
    def rows(table, mark):
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT to_jsonb(t) FROM "{table}" t WHERE t.xmin::text::bigint >= %s', [mark]
            )
            return [json.loads(found) for (found,) in cursor.fetchall()]

    def plain(self, text):
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
        return LOT.sub("…", text)

    def told(self):
        return self.status, self.led, self.answer, self.counts, self.written


@cache
def kept_columns():
    found = {}
    for model in apps.get_models(include_auto_created=True):
        found[model._meta.db_table] = {
            f.column
            for f in model._meta.concrete_fields
            if not isinstance(f, PASSING) and not DRAWN.search(f.column)
        }
    return found


def kept(table, row):
    return {name: value for name, value in row.items() if name in kept_columns().get(table, row)}


@pytest.fixture(scope="module")
def signed_in(everything):
    """`signed_in(part)`: the key of a session of that part of the cast; new rows have ids of their own."""
    cast, _worlds = everything
    numbered_from(FRESH)

    @cache
    def key(part):
        browser = Client()
        browser.force_login(getattr(cast, part))
        return browser.cookies[settings.SESSION_COOKIE_NAME].value

    return key


def let_in(row):
    """Everybody whom the table lets write here."""
    return [part for part, code in row.parts().items() if code < 400 and part != "anonymous"]


@pytest.mark.parametrize("name", WRITING)
def test_columns_that_are_not_declared_change_nothing(everything, signed_in, db, name):
    world, taken = everything[1][name], []
    for row in WRITING[name]:
        address = reverse(row.name, kwargs=of(row.kwargs, world))
        for part in let_in(row):
            plain, more = of(row.data, world), of(row.data, world)
            more = {**more_for(row, address, more), **more}
            without = Outcome(signed_in(part), row, address, plain)
            beside = Outcome(signed_in(part), row, address, more)
            if without.told() != beside.told():
                taken.append((str(row), part, *differing(without, beside)))
    assert taken == []


def differing(one, other):
    """The first of what differs, cut to what a person reads."""
    return next(
        (str(a)[:600], str(b)[:600])
        for a, b in zip(one.told(), other.told(), strict=True)
        if a != b
    )


def test_what_is_sent_beside_is_much_and_would_matter():
    """So that the test above does not pass because nothing was sent."""
    world = {"is_staff", "is_superuser", "phase", "owner_id", "flow_version", "score", "state"}
    assert world <= set(columns())
    assert len(columns()) > 300
