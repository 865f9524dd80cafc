"""What is indexed and what is asked is bounded, so that no text keeps the database busy."""

import pytest
from django.apps import apps
from django.db import models

from config.flow.searching import MOST_ASKED, SearchedText, asked
from initiatives.models import Initiative
from tests.factories.walks import in_discovery

GENERATED = [
    field
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, models.GeneratedField)
    if "SearchVector" in repr(field.expression)
]


def bare(expression, model):
    """Names of text fields of any length that an expression reads as they are."""
    if isinstance(expression, SearchedText):
        return []
    if isinstance(expression, models.F):
        field = model._meta.get_field(expression.name)
        return [expression.name] if field.get_internal_type() == "TextField" else []
    return [
        name for each in expression.get_source_expressions() if each for name in bare(each, model)
    ]


def test_there_is_something_to_look_at():
    assert {field.model.__name__ for field in GENERATED} >= {
        "Initiative", "ResearchNote", "KPI", "Decision",
    }  # fmt: skip


@pytest.mark.parametrize("field", GENERATED, ids=lambda field: field.model.__name__)
def test_every_long_text_is_indexed_through_the_one_function(field):
    assert bare(field.expression, field.model) == []


def test_what_is_asked_is_cut():
    [value] = [each for each in asked("a_" * 4000).get_source_expressions() if hasattr(each, "value")
               and len(str(each.value)) > 20]  # fmt: skip
    assert len(value.value) == MOST_ASKED


def test_a_chain_too_long_for_one_word_is_found_by_the_words_beside_it(cast):
    chain = "ab.cd/" * 1000
    made = in_discovery(cast, title="Payouts").initiative
    Initiative.objects.filter(pk=made.pk).update(problem=f"{chain} settlement")
    row = Initiative.objects.filter(pk=made.pk)
    assert "'/ab.cd/" in row.values_list("search", flat=True)[0]
    assert row.filter(search=asked("settlement")).exists()
