"""What a block, a hold and a recusal ask of whom, and how each of them ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership, Notice, Person
from config.flow.errors import NotYours, WrongState
from rfc.actions.deciding import remind_where_holds_ended, take_step
from rfc.actions.positions import close_block
from rfc.models import RFC
from rfc.queries import still_needed
from rfc.queries.home import awaiting
from rfc.standing import standing
from tests.factories import rfc as make


@pytest.fixture
def blocked(cast):
    """Risk blocks; the business leader has to resolve it."""
    rfc = make.rfc_in_review(cast, flags=["money"])
    rfc.block = make.answer(
        rfc, cast.risk, "risk", "block", text="No limit.", resolution_owner=cast.business_leader
    )
    return rfc


def asked(person, act):
    """Open entries under Decide whose act begins like this."""
    rows = Notice.objects.open().filter(person=person, tab="decide")
    return [row.words for row in rows if f":{act}" in row.burst]


def again(person):
    """The person without what was remembered of their roles."""
    return Person.objects.get(pk=person.pk)


def kinds(person):
    return [(each.kind, each.href) for each in awaiting(person)]


def words(answer):
    return " ".join(answer.content.decode().split())


def test_whoever_has_to_resolve_a_block_is_asked_until_it_is_over(cast, blocked):
    rfc, owner = blocked, cast.business_leader
    here = f"/rfcs/{rfc.key}#position-{rfc.block.pk}"
    said = [f"Rika Risk blocks {rfc.key} and names you to resolve it"]
    assert asked(owner, "block") == said
    assert ("unblock", here) in kinds(owner)
    close_block(position=rfc.block, actor=cast.risk, note="A limit stands now.")
    assert asked(owner, "block") == []
    assert ("unblock", here) not in kinds(owner)
    closed = Notice.objects.get(person=cast.product_manager, burst__contains=":block-closed:")
    assert "closed the block of Risk" in closed.words


def test_a_block_replaced_by_another_answer_asks_nobody_and_is_not_closed(cast, as_, blocked):
    rfc = blocked
    make.answer(rfc, cast.risk, "risk")
    assert asked(cast.business_leader, "block") == []
    assert ("unblock") not in [kind for kind, _href in kinds(cast.business_leader)]
    page = words(as_(cast.risk).get(f"/rfcs/{rfc.key}"))
    assert "Close the block" not in page
    assert "resolves it" not in page
    with pytest.raises(WrongState, match="answered anew since"):
        close_block(position=rfc.block, actor=cast.risk, note="Fine.")


def test_home_tells_the_blocker_of_a_newer_text(cast, blocked):
    rfc = blocked
    assert "unblock" not in dict(kinds(cast.risk))
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="A limit."))
    (row,) = [each for each in awaiting(again(cast.risk)) if each.kind == "unblock"]
    assert row.why == "r2 is out since you blocked r1; close the block or answer anew."


def test_the_block_of_somebody_who_left_is_closed_by_another_of_the_function(cast, as_, blocked):
    rfc = blocked
    page, close = f"/rfcs/{rfc.key}", f"/rfcs/{rfc.key}/positions/{rfc.block.pk}/close"
    assert "Close the block" not in words(as_(cast.second_risk).get(page))
    assert as_(cast.second_risk).get(close).status_code == 403
    Person.objects.filter(pk=cast.risk.pk).update(is_active=False)
    assert "Close the block" in words(as_(cast.second_risk).get(page))
    with pytest.raises(NotYours, match="Only Rika Risk"):
        close_block(position=rfc.block, actor=cast.business_leader, note="Fine.")
    close_block(position=rfc.block, actor=again(cast.second_risk), note="A limit stands.")
    rfc.refresh_from_db()
    assert {s.function: s.state for s in standing(rfc)}["risk"] == "waiting"
    assert f"({cast.second_risk.name})" in words(as_(cast.second_risk).get(page))


def test_the_block_of_somebody_who_lost_the_function_is_closed_by_who_holds_it(cast, blocked):
    Membership.objects.filter(person=cast.risk, role="risk").update(ended_at=timezone.now())
    close_block(position=blocked.block, actor=again(cast.second_risk), note="A limit stands.")
    assert not [s for s in still_needed(blocked) if "blocks" in s]


def test_a_hold_says_until_when_and_asks_again_once_it_ended(cast, as_):
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect", "hold", text="Back on Monday.")
    page = words(as_(cast.reader).get(f"/rfcs/{rfc.key}"))
    assert "holds on r1, until" in page
    assert "Ends by itself:" in page
    assert remind_where_holds_ended() == 0
    later = timezone.now() + timedelta(days=15)
    assert [remind_where_holds_ended(later), remind_where_holds_ended(later)] == [1, 0]
    assert asked(cast.architect, "hold-ended") == [
        f"Your hold on {rfc.key} has ended; Engineering architect has not answered"
    ]
    (each,) = standing(rfc, now=later)
    assert (each.state, each.hold_ended) == ("waiting", True)


def test_the_page_says_that_a_hold_ended(cast, as_, settings):
    settings.HOLD_DAYS = 0
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect", "hold", text="Back on Monday.")
    page = words(as_(cast.reader).get(f"/rfcs/{rfc.key}"))
    assert "has not answered on r1; the hold of Ari Architect ended today" in page
    assert "The hold is over." in page
    assert "The hold of Ari Architect has ended; Engineering architect has not" in page


def test_a_hold_that_was_answered_reminds_nobody(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk", "hold", text="Back on Monday.")
    make.answer(rfc, cast.risk, "risk")
    assert remind_where_holds_ended(timezone.now() + timedelta(days=15)) == 0


def test_a_recusal_asks_the_others_of_the_function(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk", "recuse", text="My brother wrote it.")
    said = [f"{rfc.key} waits for somebody else of Risk"]
    assert asked(cast.second_risk, "recused") == said
    assert asked(cast.risk, "recused") == []
    page = words(as_(cast.risk).get(f"/rfcs/{rfc.key}"))
    assert f"somebody else has to answer. Next: {cast.second_risk.name}." in page
    assert "Approve r1" not in page
    assert "Approve r1" in words(as_(cast.second_risk).get(f"/rfcs/{rfc.key}"))


def test_a_function_is_left_to_others_where_it_is_owed(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    link = f"/rfcs/{rfc.key}/position?stance=recuse&amp;function="
    page = words(as_(cast.risk).get(f"/rfcs/{rfc.key}"))
    assert page.count(link) == page.count(f"{link}risk") == 1
    make.answer(rfc, cast.risk, "risk")
    assert link not in words(as_(cast.risk).get(f"/rfcs/{rfc.key}"))
    assert link not in words(as_(cast.reader).get(f"/rfcs/{rfc.key}"))


def test_a_recusal_that_leaves_nobody_is_said_so(cast, as_):
    Membership.objects.filter(person=cast.second_risk).delete()
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk", "recuse", text="My brother wrote it.")
    page = words(as_(cast.reader).get(f"/rfcs/{rfc.key}"))
    assert "Nobody else holds the function here; an administrator gives the role." in page


def test_the_blocker_is_led_to_closing_the_block(cast, as_, blocked):
    page = words(as_(cast.risk).get(f"/rfcs/{blocked.key}"))
    assert f'positions/{blocked.block.pk}/close" data-key="y"' in page
    other = words(as_(cast.second_risk).get(f"/rfcs/{blocked.key}"))
    assert f"positions/{blocked.block.pk}/close" not in other


def test_what_a_stance_needs_is_not_called_optional(cast, as_):
    rfc = make.rfc_in_review(cast)
    browser = as_(cast.architect)
    for stance, optional in (("block", 0), ("hold", 1), ("approve", 2)):
        page = words(browser.get(f"/rfcs/{rfc.key}/position?stance={stance}"))
        assert page.count(">optional<") == optional, stance


def test_a_window_that_ends_soon_says_the_hour(cast, as_):
    rfc = make.rfc_in_review(cast)
    browser = as_(cast.reader)
    assert "window until" in words(browser.get(f"/rfcs/{rfc.key}"))
    RFC.objects.filter(pk=rfc.pk).update(window_ends_at=timezone.now() + timedelta(hours=20))
    rfc.refresh_from_db()
    page = words(browser.get(f"/rfcs/{rfc.key}"))
    assert (rfc.window_ends_soon, "window ends <time" in page) == (True, True)
    make.end_window(rfc)
    page = words(browser.get(f"/rfcs/{rfc.key}"))
    assert (rfc.window_ends_soon, "window ended <time" in page) == (False, True)


def test_a_page_that_is_closed_says_why_on_top(cast, as_):
    rfc = make.rfc_in_review(cast)
    take_step(rfc, "decline", actor=cast.business_leader, note="Too dear this year.")
    page = words(as_(cast.reader).get(f"/rfcs/{rfc.key}"))
    assert "“Too dear this year.”" in page.split('class="read"')[0]


def test_positions_are_not_offered_where_they_would_be_refused(cast, as_):
    rfc = make.accepted_rfc(cast)
    answer = as_(cast.architect).get(f"/rfcs/{rfc.key}/position?stance=hold")
    assert answer.status_code == 409
    assert "is accepted, so positions are closed" in words(answer)


def test_a_refused_position_keeps_what_was_typed(cast, as_):
    rfc = make.rfc_in_review(cast)
    make.edit(rfc, cast.product_manager, body=make.body(scope="More."))
    told = {"function": "architect", "stance": "hold", "text": "Nobody on call.", "revision": 1}
    browser, place = as_(cast.architect), f"/rfcs/{rfc.key}/position"
    answer = browser.post(place, told)
    page = words(answer)
    assert answer.status_code == 409
    assert "r2 was published while you were reading r1" in page
    assert f'href="/rfcs/{rfc.key}/compare/v1/v2"' in page
    assert "Nobody on call." in page
    assert 'name="revision" value="2"' in page
    assert browser.post(place, {**told, "revision": 2}).status_code == 302
    assert RFC.objects.get(pk=rfc.pk).positions.get().text == "Nobody on call."
