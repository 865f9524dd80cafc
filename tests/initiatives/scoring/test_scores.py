"""Scores, estimates and earned confidence, as pure calculations."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from initiatives.confidence import earn
from initiatives.estimates import Estimate, read_estimate
from initiatives.scoring import Framework, InputSpec

TODAY = date(2026, 11, 20)
RICE = Framework(
    "RICE",
    1,
    "reach * impact * confidence / effort",
    tuple(InputSpec(n, n.title()) for n in ("reach", "impact", "effort")),
)


def estimate(value, low=None, high=None):
    return Estimate(Decimal(value), Decimal(low or value), Decimal(high or value))


@dataclass
class Proof:
    method: str = "data"
    kind: str = "quantitative"
    sample: int | None = 1200
    points: str = "for"
    age: int = 10
    archived_at: object = None

    @property
    def collected_date(self):
        return TODAY - timedelta(days=self.age)


def earned(*proofs):
    return earn(proofs, TODAY, 90)


def test_a_score_is_computed_with_its_range():
    given = {"reach": estimate("400", "300", "500"), "impact": estimate("1.5"),
             "effort": estimate("5", "4", "8")}  # fmt: skip
    score = RICE.score(given, Decimal(80))
    assert (score.value, score.low, score.high) == (96, 45, 150)


def test_what_is_missing_is_named_and_the_score_is_not_zero():
    score = RICE.score({"reach": estimate(1)}, None)
    assert (score.value, score.complete) == (None, False)
    assert score.missing == ("impact", "effort", "confidence")


def test_a_division_by_zero_is_incomplete_with_its_reason():
    given = {"reach": estimate(4), "impact": estimate(1), "effort": estimate(0)}
    score = RICE.score(given, Decimal(50))
    assert (score.complete, score.missing, score.reason) == (False, (), "it divides by zero")


def test_a_range_that_reaches_zero_leaves_the_value_without_a_false_end():
    given = {"reach": estimate(4), "impact": estimate(1), "effort": estimate("2", "0", "4")}
    score = RICE.score(
        {**given, "effort": Estimate(Decimal(2), Decimal(0), Decimal(4))}, Decimal(50)
    )
    assert (score.value, score.low, score.high) == (1, 1, 1)


def test_bounds_and_steps_are_sentences():
    impact = InputSpec("impact", "Impact", steps=(Decimal("0.25"), Decimal("0.5"), Decimal(1)))
    ease = InputSpec("ease", "Ease", low=Decimal(1), high=Decimal(10))
    assert impact.refusal(estimate("0.7")) == "“Impact” is one of 0.25, 0.5 or 1; 0.7 is none."
    assert ease.refusal(estimate("5", "0", "6")) == "“Ease” goes from 1 to 10; 0 lies outside."
    assert ease.refusal(estimate("5")) == impact.refusal(estimate("1")) == ""
    assert ease.inside(estimate("9", "4", "12")).high == 10


@pytest.mark.parametrize(
    ("typed", "value", "low", "high"),
    [
        ("5", 5, 5, 5),
        (" 3–8 ", "5.5", 3, 8),
        ("3-8", "5.5", 3, 8),
        ("5 (3–8)", 5, 3, 8),
        ("5 ±20 %", 5, 4, 6),
        ("5 +-20%", 5, 4, 6),
        ("1,5", "1.5", "1.5", "1.5"),
        ("-2", -2, -2, -2),
    ],
)
def test_estimates_are_read_as_people_type_them(typed, value, low, high):
    assert read_estimate(typed) == Estimate(Decimal(value), Decimal(low), Decimal(high))


def test_an_empty_field_and_a_question_mark_are_no_opinion():
    assert read_estimate("") is read_estimate(" ? ") is None


@pytest.mark.parametrize("typed", ["five", "8–3", "5 (6–8)", "1e5", "NaN", "9" * 40, "5 (3)", "∞"])
def test_what_is_no_estimate_is_refused_in_a_sentence(typed):
    with pytest.raises(ValueError, match="“"):
        read_estimate(typed)


def test_confidence_comes_from_the_rule_table():
    assert earned().percent is None
    assert earned(Proof()).percent == 80
    assert earned(Proof(sample=30)).percent == 60
    assert earned(Proof("interview", "qualitative", 9)).percent == 60
    assert earned(Proof("interview", "qualitative", 1)).percent == 30
    assert earned(Proof("interview", "qualitative", None)).percent == 20


def test_two_kinds_agree_and_contradiction_takes_half_of_its_weight():
    both = earned(Proof(), Proof("interview", "qualitative", 9))
    assert both.percent == 90
    against = earned(Proof(), Proof("experiment", sample=60, points="against"))
    assert against.percent == Decimal("42.5")
    assert "half of that, −38 %" in against.why[-1] or "half of that, −37 %" in against.why[-1]
    assert earned(Proof(points="against")).percent == 0


def test_age_fades_and_says_so():
    old, older = earned(Proof(age=91)), earned(Proof(age=181))
    assert (old.percent, older.percent) == (48, 24)
    assert "91 days old: 48 %" in old.why[0]
    assert old.faded
    assert not earned(Proof(age=90)).faded


def test_nothing_is_certain_and_what_was_archived_does_not_count():
    assert earned(Proof("regulation"), Proof("interview", "qualitative", 9)).percent == 95
    assert earned(Proof(archived_at=TODAY)).percent is None
