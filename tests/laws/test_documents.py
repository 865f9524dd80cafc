"""The drawn flows and the committed description of the API say what the code says."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.validation import validate_schema

ROOT = Path(settings.BASE_DIR)


def test_flows_are_drawn_from_the_declared_edges():
    call_command("draw_flows", check=True)


@pytest.fixture
def schema(db):
    made = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(OpenApiJsonRenderer().render(made, renderer_context={}))


def test_the_api_has_not_changed_unannounced(schema):
    announced = json.loads((ROOT / "docs" / "openapi.json").read_text())
    now = schema
    undeclared = sorted(
        path
        for path in {**announced["paths"], **now["paths"]}
        if announced["paths"].get(path) != now["paths"].get(path)
    )
    assert undeclared == [], (
        "These addresses changed. If you mean it: ./gateline spectacular "
        "--format openapi-json --file docs/openapi.json, and tell it in the changelog."
    )
    assert announced["components"] == now["components"]


def test_the_description_is_valid_openapi(schema):
    validate_schema(schema)
