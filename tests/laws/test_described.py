"""Every operation of the API keeps to its description, whatever it is sent (T46).

Schemathesis reads docs/openapi.json and asks each operation, as an administrator and as a reader,
for one case of every kind it knows (types, bounds, missing and unknown fields, wrong media types,
methods nobody described) and for some made at random with a fixed seed. Where the permission
table has a row, the address names what is really there. All of its checks look at each answer but

* `positive_data_acceptance`: a schema cannot say that a person is still there or a team belongs to
  the line, so what it allows may be refused with 400;
* `missing_required_header` where If-Match is missing: 428 says so;
* `negative_data_rejection` of a number where a text is asked: its digits are taken as the text;
  and of a filter of initiatives that means nothing: the answer names it under `ignored`;
* `use_after_free` and `ensure_resource_availability`, which look at chains of requests: here each
  request is undone before the next.
"""

import json
import re
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.urls import URLResolver, get_resolver, reverse
from schemathesis.config import ChecksConfig, ProjectConfig, ProjectsConfig
from schemathesis.config import PositiveDataAcceptanceConfig as Positive
from schemathesis.config._checks import MissingRequiredHeaderConfig as Header
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup
from schemathesis.core.jsonschema import make_validator
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from accounts.actions import make_personal_token
from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import TABLES

DESCRIPTION = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
PARTS = (("administrator", "admin"), ("reader", "write"))
CHECKS = ChecksConfig(
    positive_data_acceptance=Positive(enabled=False),
    missing_required_header=Header(expected_statuses=[400, 401, 403, 406, 415, 422, 428]),
)
PROJECT = ProjectConfig(checks=CHECKS)
MODES = [HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
SETTINGS = hypothesis.settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)


def closed(description):
    """The description with nothing allowed in answers that it does not name."""
    for name, shape in description["components"]["schemas"].items():
        if "properties" in shape and not name.endswith("Request"):
            shape.setdefault("additionalProperties", False)
    return description


def routes(resolver=None, before=""):
    """Name and whole route of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield pattern.name, "/" + route


def by_path():
    """The rows of the permission table below each path, with the table they stand in."""
    paths = {re.sub(r"{\w+}", "{}", known): known for known in DESCRIPTION["paths"]}
    shapes = {name: re.sub("<[^>]+>", "{}", route) for name, route in routes()}
    found = {}
    for name, table in TABLES.items():
        for row in table.ROWS:
            path = paths.get(shapes.get(row.name))
            if path and found.setdefault(path, (name, table, []))[0] == name:
                found[path][2].append(row)
    return found


ROWS = by_path()
OPERATIONS = [
    pytest.param(table, (path, method), id=f"{method} {path}")
    for path, (_name, table, _rows) in sorted(ROWS.items(), key=lambda item: item[1][0])
    for method in DESCRIPTION["paths"][path]
]


def test_every_path_is_asked():
    assert set(DESCRIPTION["paths"]) - set(ROWS) == set()


@pytest.fixture(scope="module")
def schema():
    known = schemathesis.openapi.from_dict(
        closed(DESCRIPTION), config=schemathesis.Config(projects=ProjectsConfig(default=PROJECT))
    )
    known.app = get_wsgi_application()
    return known


@pytest.fixture
def one_connection(db):
    """Requests stay in the test's transaction, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("shared", "operation"), OPERATIONS, indirect=["shared"], scope="module")
def test_every_answer_is_described(shared, operation, schema, one_connection, broker_out_of_reach):
    cast, world = shared
    tokens = [token(getattr(cast, part), scope) for part, scope in PARTS]
    path, method = operation
    rows = ROWS[path][2]
    places = [filling(path, reverse(row.name, kwargs=of(row.kwargs, world))) for row in rows]
    found = tried(schema[path][method], places, tokens)
    assert found == {}, "\n\n".join(found.values())


def filling(template, address):
    """What stands in the address for each name of its template."""
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template))
    return re.fullmatch(pattern, address).groupdict()


def token(person, scope):
    return make_personal_token(actor=person, name="A script", scope=scope, lines=(), days=1)[1]


def tried(operation, places, tokens):
    """What each check has against the operation's answers, once for each check."""
    found, seen, turn = {}, set(), count()

    def answer(case):
        if not new(case, seen):
            return
        number = next(turn)
        # Every fourth address stays as it was made up.
        if number % 4 != 3 and well_formed(case, ParameterLocation.PATH):
            case.path_parameters = places[number % len(places)]
        # A reader is mostly refused alike, so every third case is enough.
        for secret in tokens if number % 3 == 0 else tokens[:1]:
            found.update(against(case, secret))

    config = HypothesisTestConfig(project=operation.schema.config, modes=MODES, settings=SETTINGS)
    create_test(operation=operation, test_func=answer, config=config)()
    return found


def new(case, seen):
    """Whether this is the first case of its kind; each made at random is."""
    data = case.meta.phase.data
    if not hasattr(data, "scenario"):
        return True
    kind = (data.scenario, data.parameter_location, case.meta.generation.mode)
    return not (kind in seen or seen.add(kind))


def well_formed(case, location):
    part = case.meta.components.get(location)
    return part is not None and part.mode.is_positive


def against(case, secret):
    """Ask; what it changed is undone."""
    sent = {"headers": {"Authorization": f"Bearer {secret}"}}
    with transaction.atomic():
        answer = case.call(**sent)
        try:
            case.validate_response(answer, transport_kwargs=sent, **sent)
        except FailureGroup as group:
            return {
                type(each): str(group)
                for each in group.exceptions
                if not (isinstance(each, AcceptedNegativeData) and taken_openly(case, answer))
            }
        finally:
            transaction.set_rollback(True)
    return {}


def taken_openly(case, answer):
    return digits_for_a_text(case) or b'"ignored":["' in answer.content


def digits_for_a_text(case):
    """Whether nothing is wrong with the request but numbers of the body where texts are asked."""
    places = {p for p, info in case.meta.components.items() if not info.mode.is_positive}
    body = case.media_type and case.operation.get_body_for_media_type(case.media_type)
    if places != {ParameterLocation.BODY} or not body or not isinstance(case.body, dict):
        return False
    kind = case.operation.schema.adapter.jsonschema_validator_cls
    wrong = make_validator(body.validation_schema, kind).iter_errors(case.body)
    return all(
        type(each.instance) in {int, float} and "string" in getattr(each.kind, "types", ())
        for each in wrong
    )
