"""Home: dearest to wait for first, at most seven rows, one action each, nothing that is not yours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.actions.lines import add_line
from initiatives.actions.steps import take_step
from initiatives.queries.home import Need, everything_for, headline
from tests.factories.initiatives import in_phase, proposed, triaged


def need(title, **facts):
    return Need(title=title, href="/", meta="", action="Open", **facts)


def test_order_is_legal_date_then_people_blocked_then_age_then_value():
    today = timezone.localdate()
    rows = [
        need("worth more", value=9),
        need("worth less", value=1),
        need("twice its time", age=6, expected=3),
        need("within its time", age=1, expected=3),
        need("three wait", blocked=3),
        need("one waits", blocked=1, age=50),
        need("legal later", legal_date=today + timedelta(days=9)),
        need("legal soon", legal_date=today + timedelta(days=2)),
    ]
    assert [row.title for row in sorted(rows, key=lambda row: row.order)] == [
        "legal soon",
        "legal later",
        "three wait",
        "one waits",
        "twice its time",
        "within its time",
        "worth more",
        "worth less",
    ]


def test_a_date_that_passed_reads_late():
    row = need("late", legal_date=timezone.localdate() - timedelta(days=2))
    assert (row.late, row.cost, row.cost_note) == (True, "2 d late", "past its deadline")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Nothing waits for you"),
        (1, "One thing needs you today"),
        (5, "Five things need you today"),
        (12, "12 things need you today"),
    ],
)
def test_one_sentence_says_what_today_holds(count, said):
    assert headline(count) == said


def kinds(person):
    return [(row.kind, row.action) for row in everything_for(person)]


def test_a_product_manager_sees_requests_and_steps_of_the_own_line(cast):
    in_phase(cast, "discovery")
    proposed(cast, title="Another request")
    assert kinds(cast.product_manager) == [("triage", "Triage"), ("step", "Open gate")]
    assert kinds(cast.outsider) == []


def test_a_deadline_nobody_owns_comes_first(cast):
    in_phase(cast, "discovery")
    proposed(cast, title="Legal", deadline_date=timezone.localdate() + timedelta(days=5))
    assert kinds(cast.business_leader)[0] == ("deadline", "Assign")


def test_the_cpo_decides_referrals_and_the_other_line_answers(cast):
    made = in_phase(cast, "discovery")
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    assert kinds(cast.cpo) == [("referral", "Decide")]
    assert kinds(cast.cards_leader) == [("line", "Answer")]


def test_the_requester_reads_a_decision_with_its_reason(cast):
    take_step(proposed(cast), "decline", actor=cast.product_manager, note="The law changed.")
    (row,) = everything_for(cast.requester)
    assert (row.kind, row.action) == ("decided", "Read")
    assert "The law changed." in row.meta


@pytest.mark.parametrize(
    ("phase", "part", "row"),
    [
        ("ux_design", "designer", ("design", "Add version")),
        ("deep_dive", "tpm", ("step", "Open gate")),
        ("sprint_ready", "business_leader", ("step", "Open gate")),
        ("coding", "tpm", ("step", "Open gate")),
    ],
)
def test_whoever_takes_the_next_step_sees_it(phase, part, row, cast):
    in_phase(cast, phase)
    assert row in kinds(getattr(cast, part))


def test_home_shows_seven_rows_at_most_and_says_how_many_wait(cast, as_):
    for number in range(9):
        in_phase(cast, "discovery", title=f"Number {number}")
    page = as_(cast.product_manager).get("/")
    assert (len(page.context["rows"]), page.context["further"]) == (7, 2)


def test_an_empty_home_says_what_to_do(cast, as_):
    triaged(cast)
    page = as_(cast.reader).get("/").content.decode()
    assert "Nothing waits for you" in page
