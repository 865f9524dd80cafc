"""The referral tab and the CPO's queue: forms, refusals, kept texts, CSV, constant query counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessLine
from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line
from initiatives.models import Referral
from initiatives.models.coordination import answer_mark
from tests.factories.walks import believed, in_discovery


def send(browser, path, form, **fields):
    return browser.post(path, {"form": form, **{f"{form}-{n}": v for n, v in fields.items()}})


def cross_line(cast, **facts):
    made = in_discovery(cast, **facts).initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    return made, share


def page(made):
    return f"/initiatives/{made.key}/referral"


def test_a_line_answers_with_conditions_and_closes_one(cast, as_):
    made, share = cross_line(cast)
    leader = as_(cast.cards_leader)
    shown = leader.get(page(made)).content.decode()
    assert "Answer for Cards" in shown
    assert "Nobody named" in shown
    bare = send(leader, page(made), "answer", share=share.pk, answer="conditional")
    assert bare.status_code == 422
    assert "Name at least one condition." in bare.content.decode()
    told = {"share": share.pk, "seen": "none", "answer": "conditional",
            "conditions": "After May.\nTwo people.", "person": cast.cards_leader.pk}  # fmt: skip
    assert send(leader, page(made), "answer", **told).status_code == 302
    first = share.conditions.first()
    assert "After May." in leader.get(page(made)).content.decode()
    assert send(leader, page(made), "condition", condition=first.pk, note="").status_code == 422
    done = send(leader, page(made), "condition", condition=first.pk, note="It is June.")
    assert done.status_code == 302
    assert "It is June." in leader.get(page(made)).content.decode()


def test_a_second_answer_keeps_its_text_and_may_replace(cast, as_):
    made, share = cross_line(cast)
    seen = answer_mark(share)
    answer_for_line(share=share, actor=cast.outsider, answer="accepted")
    leader = as_(cast.cards_leader)
    told = {"share": share.pk, "answer": "declined", "note": "No people until May."}
    late = send(leader, page(made), "answer", seen=seen, **told)
    assert late.status_code == 409
    text = late.content.decode()
    assert "Otto Outsider answered for Cards while you were writing" in text
    assert "No people until May." in text
    share.refresh_from_db()
    assert answer_mark(share) in text
    assert send(leader, page(made), "answer", seen=answer_mark(share), **told).status_code == 302
    share.refresh_from_db()
    assert share.answer == "declined"


def test_a_mismatch_is_mended_in_one_click_or_ruled_out(cast, as_):
    made = in_discovery(cast).initiative
    type(made).objects.filter(pk=made.pk).update(team=cast.issuing)
    browser = as_(cast.product_manager)
    assert "Add Cards" in browser.get(page(made)).content.decode()
    assert "Add Cards" not in as_(cast.reader).get(page(made)).content.decode()
    empty = send(browser, page(made), "disclaim", line="cards", reason="")
    assert empty.status_code == 422
    refused = send(as_(cast.reader), page(made), "disclaim", line="cards", reason="No.")
    assert refused.status_code == 403
    assert (
        send(browser, page(made), "disclaim", line="cards", reason="Only reads it.").status_code
        == 302
    )
    assert "Only reads it." in browser.get(page(made)).content.decode()
    assert send(browser, page(made), "line", line="cards").status_code == 302


def test_shares_of_a_promise_are_stated_on_the_page(cast, as_):
    walk = believed(cast)
    made = walk.initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    promise = made.promises.get()
    leader = as_(cast.cards_leader)
    ids = {"promise": promise.pk, "share": share.pk}
    turned = send(leader, page(made), "share", low_percent=50, high_percent=20, **ids)
    assert turned.status_code == 422
    assert "upper end lies below" in turned.content.decode()
    assert send(leader, page(made), "share", low_percent=101, **ids).status_code == 422
    done = send(leader, page(made), "share", low_percent=20, high_percent=50, **ids)
    assert done.status_code == 302
    assert "20–50 %" in leader.get(page(made)).content.decode()
    assert send(as_(cast.reader), page(made), "share", low_percent=1, **ids).status_code == 403


def test_a_message_reaches_whom_it_names_and_is_answered(cast, as_):
    made, _share = cross_line(cast)
    browser = as_(cast.product_manager)
    told = {"line": "cards", "text": "@cards.leader can you start in May?"}
    assert send(browser, page(made), "message", **told).status_code == 302
    said = made.comments.get()
    assert [m.person for m in said.mentions.all()] == [cast.cards_leader]
    leader = as_(cast.cards_leader)
    assert "Read it" in leader.get(page(made)).content.decode()
    answer = leader.post(f"/initiatives/{made.key}/comments/{said.pk}/answer", {"text": "In June."})
    assert answer.status_code == 302
    assert not said.mentions.filter(read_at=None).exists()
    assert "In June." in browser.get(page(made)).content.decode()


def test_the_cpo_returns_a_referral_to_a_chosen_line(cast, as_):
    made, _share = cross_line(cast)
    browser = as_(cast.cpo)
    assert '<option value="cards">Cards</option>' in browser.get(page(made)).content.decode()
    path = f"{page(made)}/steps/return-to-line"
    assert browser.post(path, {"line": "nowhere", "note": "Yours."}).status_code == 409
    assert browser.post(path, {"line": "cards", "note": "Yours."}).status_code == 302
    assert Referral.objects.get().returned_to == cast.cards


@pytest.mark.parametrize("where", ["/portfolio", "/portfolio/referrals"])
def test_the_matrix_leads_the_coordinator_to_the_decision(where, cast, as_):
    made, _share = cross_line(cast)
    door = f"{page(made)}#step-take-coordination"
    assert door in as_(cast.cpo).get(where).content.decode()
    assert 'id="step-take-coordination"' in as_(cast.cpo).get(page(made)).content.decode()
    assert door not in as_(cast.product_manager).get(where).content.decode()
    path = f"{page(made)}/steps/take-coordination"
    as_(cast.cpo).post(path, {"note": "Mine."})
    assert door not in as_(cast.cpo).get(where).content.decode()


@pytest.mark.parametrize("garbage", ["", "x", "9999999", "'; --"])
def test_garbage_is_refused_with_a_sentence(garbage, cast, as_):
    made, share = cross_line(cast)
    leader = as_(cast.cards_leader)
    for form, fields in {
        "answer": {"share": garbage, "answer": "accepted"},
        "condition": {"condition": garbage, "note": "Done."},
        "share": {"promise": garbage, "share": share.pk},
        "disclaim": {"line": garbage, "reason": "No."},
        "message": {"line": garbage, "text": "Hello."},
        "delegate": {"delegate": garbage or "x", "until": garbage},
    }.items():
        assert send(leader, page(made), form, **fields).status_code == 422, form
    assert send(leader, page(made), garbage or "none").status_code == 404


def test_the_queue_filters_exports_and_hands_on(cast, as_):
    made, share = cross_line(cast, title="=Shared basket")
    answer_for_line(share=share, actor=cast.cards_leader, answer="accepted", capacity_points=8)
    browser = as_(cast.cpo)
    path = "/portfolio/referrals"
    shown = browser.get(path).content.decode()
    assert "Shared basket" in shown
    assert "8 points" in shown
    assert "nobody responsible" in shown
    for query, found in {"answer=accepted&line=cards": True, "answer=declined": False,
                         "clock=overdue": False, "hole=yes": True, "q=basket": True,
                         f"q={made.key}": True, "state=split": False, "line=nowhere": True,
                         "colour=red": True}.items():  # fmt: skip
        text = browser.get(f"{path}?{query}").content.decode()
        assert ("Shared basket" in text) is found, query
    sheet = b"".join(browser.get(f"{path}.csv?line=cards").streaming_content).decode()
    assert "'=Shared basket" in sheet
    assert "Cards,no,Accepts" in sheet
    assert browser.get("/referrals?line=cards").url == f"{path}?line=cards"
    assert browser.post(path, {"delegate": cast.risk.pk, "until": ""}).status_code == 422
    assert browser.post(path, {"delegate": cast.risk.pk, "until": "2001-01-01"}).status_code == 409
    assert (
        as_(cast.reader).post(path, {"delegate": cast.risk.pk, "until": "2099-01-01"}).status_code
        == 403
    )


@pytest.mark.parametrize(("where", "cost"), [("tab", 42), ("queue", 16)])
def test_more_lines_cost_no_more_queries(where, cost, cast, as_):
    made, _share = cross_line(cast)
    browser = as_(cast.cards_leader)
    path = page(made) if where == "tab" else "/portfolio/referrals"
    browser.get(path)

    def spent():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browser.get(path).status_code == 200
        return len(caught)

    seen = [spent()]
    for n in range(2):
        line = BusinessLine.objects.create(slug=f"line-{n}", name=f"Line {n}")
        add_line(initiative=made, actor=cast.product_manager, line=line)
        _another, _ = cross_line(cast, title=f"Another {n}")
        browser.post(f"/initiatives/{made.key}/comments/", {})
        send(as_(cast.product_manager), page(made), "message", line="cards", text=f"No {n}")
        seen.append(spent())
    assert seen[1] == seen[2]
    assert seen[2] <= cost, seen
