"""The triage queue: decisions with reasons, the next request, taking back, likely duplicates."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.errors import NotAllowed
from initiatives.actions.steps import take_step
from initiatives.actions.triage import take_back
from initiatives.queries.duplicates import likely_duplicates
from tests.factories.initiatives import in_phase, proposed, source

pytestmark = pytest.mark.django_db


def queue_of(cast, count):
    """So many requests, each fourth about the same."""
    subjects = ["Till freezes", "Payout is late", "Card data costs twice", "No receipt by text"]
    return [proposed(cast, title=f"{subjects[n % 4]} {n}") for n in range(count)]


def decide(browser, made, step, **form):
    return browser.post(f"/initiatives/{made.key}/triage/{step}", form)


def test_the_next_request_opens_by_itself_within_the_same_filters(cast, as_):
    first, second, third = queue_of(cast, 3)
    browser = as_(cast.product_manager)
    answer = decide(browser, second, "decline", note="Too small.", back="line=payments")
    assert answer.url == f"/intake?line=payments&done={second.key}&at={third.key}"
    answer = decide(browser, third, "decline", note="Too small.", back="")
    assert answer.url == f"/intake?done={third.key}&at={first.key}"
    answer = decide(browser, first, "decline", note="Too small.")
    assert answer.url == f"/intake?done={first.key}"
    assert "Nothing new" in browser.get(answer.url).content.decode()


def test_own_words_go_before_the_choice_when_their_button_is_pressed(cast, as_):
    original = proposed(cast, title="The original")
    made = proposed(cast, title="The other")
    browser = as_(cast.product_manager)
    decide(browser, made, "mark-duplicate", original="INI-999", original_other=original.key,
           use_original_other="1", note="Same.")  # fmt: skip
    made.refresh_from_db()
    assert made.duplicate_of == original
    day = timezone.localdate() + timedelta(days=40)
    decide(browser, original, "snooze", note="Later.", until_other=day.isoformat(),
           use_until_other="1")  # fmt: skip
    original.refresh_from_db()
    assert original.snoozed_until == day


@pytest.mark.parametrize(
    ("step", "form"),
    [("decline", {}), ("snooze", {"note": "Later."}), ("mark-duplicate", {"note": "Same."}),
     ("snooze", {"note": "Later.", "until": "yesterday"}),
     ("mark-duplicate", {"note": "Kept words.", "original": "INI-999"})],
)  # fmt: skip
def test_a_decision_that_lacks_something_keeps_the_request_open_and_the_words(
    step, form, cast, as_
):
    made = proposed(cast)
    answer = decide(as_(cast.product_manager), made, step, **form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'action="/initiatives/{made.key}/triage/{step}"' in page
    assert form.get("note", "") in page
    made.refresh_from_db()
    assert (made.phase, made.snoozed_until) == ("intake", None)


def test_what_somebody_else_handled_says_who_and_why(cast, as_):
    made = proposed(cast)
    take_step(made, "decline", actor=cast.product_manager, note="Too small.")
    answer = decide(as_(cast.product_manager), made, "snooze", note="Later.", until="2199-01-01")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"Petra Manager handled {made.key} already" in page
    assert "“Too small.”" in page


def test_a_page_that_grew_old_does_not_decide(cast, as_):
    made = proposed(cast)
    take_step(made, "snooze", actor=cast.product_manager, note="L.", until=timezone.localdate())
    answer = decide(as_(cast.product_manager), made, "decline", note="No.", flow_version="0")
    assert answer.status_code == 409
    assert "moved on while this page was open" in answer.content.decode()


@pytest.mark.parametrize(
    ("step", "told", "back"),
    [
        ("accept", {}, "send-back"),
        ("decline", {"note": "No."}, "reopen"),
        ("mark-duplicate", {"note": "Same."}, "reopen"),
        ("snooze", {"note": "Later.", "until": "2199-01-01"}, "wake"),
    ],
)
def test_ones_own_last_decision_is_taken_back_by_a_step_on_record(step, told, back, cast, as_):
    other = proposed(cast, title="The original")
    made = proposed(cast)
    browser = as_(cast.product_manager)
    if step == "accept":
        form = {"owner": cast.product_manager.pk, "line": "payments"}
        answer = browser.post(f"/initiatives/{made.key}/accept", form)
    else:
        extra = {"original": other.key} if step == "mark-duplicate" else {}
        answer = decide(browser, made, step, **told, **extra)
    page = browser.get(answer.url).content.decode()
    assert 'data-key="z"' in page
    answer = browser.post("/intake/undo", {"key": made.key, "back": "line=payments"})
    assert answer.url == f"/intake?line=payments&at={made.key}&done={made.key}"
    made.refresh_from_db()
    assert (made.phase, made.snoozed_until, made.duplicate_of) == ("intake", None, None)
    taken = [r.step for r in made.steps_taken.filter(taken=True).order_by("pk")]
    assert taken == [step, back]
    assert 'data-key="z"' not in browser.get(answer.url).content.decode()


def test_somebody_elses_decision_and_what_moved_on_is_not_taken_back(cast):
    made = take_step(proposed(cast), "decline", actor=cast.product_manager, note="No.")
    with pytest.raises(NotAllowed, match="Petra Manager decided about"):
        take_back(initiative=made, actor=cast.outsider)
    live = in_phase(cast, "rfc")
    with pytest.raises(NotAllowed, match="moved on since"):
        take_back(initiative=live, actor=cast.product_manager)


def test_duplicates_name_words_problem_kpi_and_source(cast):
    known = proposed(
        cast,
        title="Settle payouts at once for market stalls",
        problem="Stall owners close early because tomorrow's money pays no stock tonight.",
    )
    proposed(cast, title="Freeze a card from the lock screen", problem="People call support.")
    made = proposed(
        cast,
        title="Settle payouts at once for small stalls",
        problem="Stall owners close early since tomorrow's money pays no stock.",
    )
    found = likely_duplicates(cast.product_manager, made)
    assert [row.key for row in found] == [known.key]
    said = found[0].reason.split(", ")
    assert said[0].startswith("title ")
    assert said[1].startswith("problem ")
    assert said[2] == "same source"


def test_looking_for_duplicates_costs_the_same_however_many_there_are(cast):
    made = proposed(cast, title="Till freezes at noon")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            likely_duplicates(cast.product_manager, made)
        return len(seen)

    queue_of(cast, 1)
    few = queries()
    queue_of(cast, 12)
    assert queries() == few <= 3


def test_a_reason_reaches_the_receipt(cast, as_):
    made = proposed(cast)
    source("qa")
    decide(as_(cast.product_manager), made, "decline", note="Its effect is too small.")
    page = as_(cast.requester).get(f"/initiatives/{made.key}/receipt").content.decode()
    assert "Its effect is too small." in page


def test_a_product_manager_sees_the_own_requests_first_and_counts_only_them(cast, as_):
    others = proposed(cast, title="Of the other line", line=cast.cards)
    own = proposed(cast, title="Of the own line")
    nobodys = proposed(cast, title="Of no line yet", line=None)
    page = as_(cast.product_manager).get("/intake")
    assert [row.number for row in page.context["queue"]] == [
        own.number,
        nobodys.number,
        others.number,
    ]
    assert page.context["others_from"] == others.number
    assert "Other lines decide on these" in page.content.decode()
    assert '<span class="label">Intake</span><span class="c">2</span>' in page.content.decode()


def test_whoever_decides_on_no_line_sees_one_queue_in_its_order(cast, as_):
    others = proposed(cast, title="Of the other line", line=cast.cards)
    own = proposed(cast, title="Of the own line")
    page = as_(cast.reader).get("/intake")
    assert [row.number for row in page.context["queue"]] == [others.number, own.number]
    assert page.context["others_from"] is None
    assert "Other lines decide" not in page.content.decode()
