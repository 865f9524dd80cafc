"""The API's description is whole: names are distinct, every type is known."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS


@pytest.fixture(scope="module")
def generated():
    """The description, and what its generator complained of."""
    GENERATOR_STATS.reset()
    out = StringIO()
    call_command("spectacular", "--validate", "--format", "openapi-json", stdout=out)
    said = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    return json.loads(out.getvalue()), said


@pytest.fixture(scope="module")
def described(generated):
    return generated[0]


def test_no_name_stands_for_two_things_and_no_type_is_guessed(generated):
    """A set of choices may get a longer name of its own; that is not pretty, but it is true."""
    _described, said = generated
    assert [text for text in said if "enum naming" not in text and "choice set" not in text] == []


def test_every_operation_has_its_own_name(described):
    names = [
        told["operationId"]
        for methods in described["paths"].values()
        for method, told in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert len(names) == len(set(names)) > 150


def test_the_description_that_is_shipped_knows_every_address(described):
    shipped = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
    assert set(shipped["paths"]) == set(described["paths"])
