"""A page asks each question once; an action asks it anew, and no answer outlives its page."""

import re

import pytest
from django.utils import timezone

from accounts.models import Membership, Role
from accounts.permissions import holders
from config.flow.asking import answered, asked_once, one_reading
from config.flow.steps import steps
from config.web import nav
from rfc.standing import open_blocks, standing
from rfc.text.differences import diff
from tests.factories import rfc as make


def test_inside_one_reading_a_question_costs_once_and_outside_each_time(
    cast, django_assert_num_queries
):
    rfc = make.rfc_in_review(cast, flags=["money"])
    for ask in (lambda: standing(rfc), lambda: open_blocks(rfc), lambda: holders(Role.RISK)):
        with django_assert_num_queries(1), one_reading():
            assert ask() == ask()
        with django_assert_num_queries(2):
            assert ask() == ask()


def test_what_changed_between_two_readings_is_seen(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    with one_reading():
        assert {each.state for each in standing(rfc)} == {"waiting"}
    make.answer(rfc, cast.risk, "risk")
    with one_reading():
        assert "approved" in {each.state for each in standing(rfc)}


def test_another_object_of_the_same_row_is_asked_anew(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    with one_reading():
        before = standing(rfc)
        make.answer(type(rfc).objects.get(pk=rfc.pk), cast.risk, "risk")
        assert standing(rfc) == before
        assert standing(type(rfc).objects.get(pk=rfc.pk)) != before


def test_steps_left_out_are_not_judged(cast, django_assert_num_queries):
    rfc = make.draft_rfc(cast)
    left_out = [step.name for step in steps(rfc, rfc.author)]
    with django_assert_num_queries(0):
        assert steps(rfc, rfc.author, without=left_out) == []


def number_at(browser, place):
    html = browser.get("/help").content.decode()
    found = re.search(rf'href="{place}"[^>]*>.*?</a>', html, re.DOTALL)
    count = re.search(r'class="c">([^<]*)<', found[0])
    return count[1] if count else ""


def test_the_rails_numbers_follow_rows_and_roles_at_once(cast, as_):
    browser = as_(cast.risk)
    assert number_at(browser, "/rfcs") == ""
    rfc = make.rfc_in_review(cast, flags=["money"])
    assert number_at(browser, "/rfcs") == "1"
    held = Membership.objects.filter(person=cast.risk, ended_at=None)
    held.update(ended_at=timezone.now())
    assert number_at(browser, "/rfcs") == ""
    assert number_at(as_(cast.second_risk), "/rfcs") == "1"
    make.answer(rfc, cast.second_risk, "risk")
    assert number_at(as_(cast.second_risk), "/rfcs") == ""


def test_the_rails_statement_is_put_together_once_for_the_same_facts(cast, as_, monkeypatch):
    browser = as_(cast.risk)
    browser.get("/help")
    monkeypatch.setattr(nav, "_together", None)
    assert browser.get("/help").status_code == 200


def test_a_difference_told_again_is_the_same_and_nobodys_changes_reach_it():
    old, new = make.body(scope="Old words."), make.body(scope="New words.")
    first = diff(old, new)
    kept = list(first)
    first.clear()
    assert diff(old, new) == kept
    assert diff(old, new, context=0) != kept


def test_an_answer_read_elsewhere_stands_for_the_reading_only():
    asked = []
    question = asked_once(lambda name: asked.append(name) or "asked")
    answered(question, "a", answer="given")
    assert question("a") == "asked"
    with one_reading():
        answered(question, "a", answer="given")
        assert (question("a"), question("b")) == ("given", "asked")
    assert question("a") == "asked"
    assert asked == ["a", "b", "a"]


def test_only_a_question_asked_once_is_answered():
    with pytest.raises(TypeError):
        answered(len, "a", answer=1)
