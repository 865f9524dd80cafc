"""The language of formulas: what it computes, what it refuses and where, and that nothing breaks it."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives import formula
from initiatives.formula import FormulaError, Uncomputable, check, compute, read

VALUES = {"reach": Decimal(10), "impact": Decimal(2), "effort": Decimal(4), "none": Decimal(0)}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("reach * impact / effort", "5"),
        ("reach + impact * effort", "18"),
        ("(reach + impact) * effort", "48"),
        ("reach - impact - effort", "4"),
        ("reach / impact / effort", "1.25"),
        ("-impact + reach", "8"),
        ("min(reach, impact, 7) + max(1, effort)", "6"),
        ("reach × impact ÷ effort", "5"),
        (" .5*impact ", "1"),
        ("--impact", "2"),
    ],
)
def test_a_formula_computes_as_at_school(text, result):
    assert compute(read(text), VALUES) == Decimal(result)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "the formula is empty"),
        ("   ", 1, "the formula is empty"),
        ("reach *", 8, "ends too early"),
        ("reach impact", 7, "follows without a sign"),
        ("(reach + impact", 16, "not closed"),
        ("reach)", 6, "“)” follows without a sign"),
        ("reach ** 2", 8, "stands where a number"),
        ("reech * impact", 1, "did you mean reach?"),
        ("reach * zebra", 9, "there are reach, impact"),
        ("min(reach)", 1, "compares two values or more"),
        ("pow(reach, 2)", 1, "is no function; there are min and max"),
        ("reach.impact", 6, "“.” does not belong"),
        ("reach; impact", 6, "“;” does not belong"),
        ("reach * 'a'", 9, "“'” does not belong"),
        ("reach[0]", 6, "“[” does not belong"),
        ("__import__(reach)", 1, "is no function"),
        ("reach * 1234567890123456", 9, "too many digits"),
        ("(" * 40 + "1", 31, "nested too deeply"),
        ("-" * 40 + "1", 31, "nested too deeply"),
        ("1+" * 300 + "1", 501, "longer than 500"),
        ("reach", 6, "“impact” is asked for but the formula never uses it"),
    ],
)
def test_a_fault_is_named_with_its_position(text, position, words):
    with pytest.raises(FormulaError) as fault:
        check(text, ["reach", "impact"])
    assert fault.value.position == position
    assert words in str(fault.value)


@pytest.mark.parametrize("text", ["reach / none", "none / none", "reach / (impact - impact)"])
def test_a_division_by_zero_is_no_result(text):
    with pytest.raises(Uncomputable, match="divides by zero"):
        compute(read(text), VALUES)


def test_a_result_beyond_all_bounds_is_no_result():
    with pytest.raises(Uncomputable, match="larger than 100 billion"):
        compute(read("reach * 99999999999 * 99999999999"), VALUES)
    with pytest.raises(Uncomputable):
        compute(read("*".join(["99999999999"] * 40)), VALUES)


SIGNS = st.sampled_from(
    [*"+-*/(),.", "min", "max", "reach", "impact", "1", "0", " ", "×", "⁰", "\n"]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(SIGNS, max_size=40).map("".join)))
def test_garbage_is_read_or_refused_with_a_position_inside_it(text):
    """Any text either computes, has no result, or is refused; nothing else may come out."""
    try:
        compute(check(text, ["reach", "impact"]), VALUES)
    except FormulaError as fault:
        assert 1 <= fault.position <= len(text) + 1
    except Uncomputable as fault:
        assert str(fault)


def test_nothing_is_handed_to_an_interpreter():
    tree = ast.parse(Path(formula.__file__).read_text())
    named = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert not named & {"eval", "exec", "compile", "__import__", "getattr"}
