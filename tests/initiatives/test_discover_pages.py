"""The tabs of belief, promise and coordination, and the ranking: what each form does and refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.actions import ranking as rank
from initiatives.actions.lines import add_line
from initiatives.models import Evidence
from tests.factories.walks import believed, in_discovery, measured_kpi, requested

TABS = ("evidence", "metrics", "referral")
PARTS = ("product_manager", "business_leader", "growth", "tpm", "cpo", "outsider", "reader")


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


FINDING = {"finding": "They wait a night.", "method": "interview", "kind": "qualitative",
           "points": "against", "origin": "Autumn", "collected_date": day(-3), "sample": 9}  # fmt: skip


def send(browser, path, form, **fields):
    return browser.post(path, {"form": form, **{f"{form}-{n}": v for n, v in fields.items()}})


def kept(answer, text):
    return answer.status_code, text in answer.content.decode()


def hypothesis(kpi, **more):
    return {"change": "Pay at once", "audience": "Shops", "kpi": kpi.pk, "target": "60",
            "by_date": day(90), "pass_rule": "Half of the way.", **more}  # fmt: skip


def promise(kpi, **more):
    return {"kpi": kpi.pk, "low": "55", "high": "60", "by_date": day(90), "method": "Weekly.",
            **more}  # fmt: skip


def queries(browser, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_every_tab_opens_for_everybody_with_everything_and_with_nothing(cast, as_):
    full = believed(cast).initiative
    add_line(initiative=full, actor=cast.product_manager, line=cast.cards)
    empty = in_discovery(cast, title="Empty").initiative
    paths = [f"/initiatives/{each.key}/{tab}" for each in (full, empty) for tab in TABS]
    for part in PARTS:
        browser = as_(getattr(cast, part))
        codes = {
            path: browser.get(path).status_code
            for path in [*paths, "/ranking", "/portfolio/referrals"]
        }
        assert set(codes.values()) == {200}, (part, codes)


def test_each_missing_thing_has_a_button_that_says_what_it_does(cast, as_):
    made = in_discovery(cast).initiative
    page = as_(cast.product_manager).get(made.get_absolute_url()).content.decode()
    assert "Add evidence" in page
    assert "Mend it" not in page


def test_a_hypothesis_is_written_changed_and_then_frozen(cast, as_):
    made, kpi = in_discovery(cast).initiative, measured_kpi(cast)
    path, browser = f"/initiatives/{made.key}/evidence", as_(cast.product_manager)
    assert send(browser, path, "hypothesis", **hypothesis(kpi)).status_code == 302
    page = browser.get(path).content.decode()
    assert "Doing <b>Pay at once</b> for <b>Shops</b> moves" in page
    refused = send(browser, path, "hypothesis", **hypothesis(kpi, target="a lot"))
    assert kept(refused, "a lot") == (422, True)
    stranger = send(as_(cast.reader), path, "hypothesis", **hypothesis(kpi))
    assert kept(stranger, "The hypothesis belongs to the product manager.") == (403, True)
    assert send(browser, path, "evidence", **FINDING).status_code == 302
    late = send(
        browser, path, "hypothesis", **hypothesis(kpi, change="Pay tomorrow", seen_version=1)
    )
    assert kept(late, "Pay tomorrow") == (409, True)


def test_evidence_is_recorded_archived_and_taken_back(cast, as_):
    made = in_discovery(cast).initiative
    path, browser = f"/initiatives/{made.key}/evidence", as_(cast.product_manager)
    ahead = send(browser, path, "evidence", **{**FINDING, "collected_date": day(2)})
    assert kept(ahead, "This day has not come yet.") == (422, True)
    assert "They wait a night." in ahead.content.decode()
    assert send(as_(cast.reader), path, "evidence", **FINDING).status_code == 403
    assert send(browser, path, "evidence", **FINDING).status_code == 302
    item = Evidence.objects.get()
    for archived in (True, False):
        assert send(browser, path, "archive", item=item.pk).status_code == 302
        item.refresh_from_db()
        assert (item.archived_at is not None) is archived


def test_the_only_collector_does_not_judge_and_the_api_says_the_same(cast, as_, api_as):
    made = in_discovery(cast).initiative
    path = f"/initiatives/{made.key}/evidence"
    send(as_(cast.growth), path, "evidence", **FINDING)
    told = {"outcome": "supported", "reason": "Both say so."}
    page = send(as_(cast.growth), path, "verdict", **told)
    answer = api_as(cast.growth).post(f"/api/v1/initiatives/{made.key}/verdicts/", told)
    assert (page.status_code, answer.status_code) == (409, 409)
    assert answer.json()["detail"] in page.content.decode()
    assert send(as_(cast.product_manager), path, "verdict", **told).status_code == 302


def test_a_promise_is_made_once_per_kpi_and_withdrawn(cast, as_, api_as):
    made, kpi = in_discovery(cast).initiative, measured_kpi(cast)
    path, browser = f"/initiatives/{made.key}/metrics", as_(cast.product_manager)
    upside = send(browser, path, "promise", **promise(kpi, low="70"))
    assert kept(upside, "The upper end lies below the lower end.") == (422, True)
    refused = send(as_(cast.growth), path, "promise", **promise(kpi))
    api = api_as(cast.growth).post(
        f"/api/v1/initiatives/{made.key}/promises/", {**promise(kpi), "kpi": kpi.number}
    )
    assert (refused.status_code, api.status_code) == (403, 403)
    assert api.json()["detail"] in refused.content.decode()
    assert send(browser, path, "promise", **promise(kpi)).status_code == 302
    assert "55–60" in browser.get(path).content.decode()
    pk = made.promises.get().pk
    assert send(browser, path, "withdraw", promise=pk).status_code == 302
    assert not made.promises.exists()


def test_an_incomplete_score_is_not_zero_and_inputs_are_checked(cast, as_):
    made = in_discovery(cast).initiative
    path, browser = f"/initiatives/{made.key}/evidence", as_(cast.product_manager)
    assert "An incomplete score is not zero." in browser.get(path).content.decode()
    assert send(browser, path, "score", factor="reach", value="-3").status_code == 422
    outside = send(browser, path, "score", factor="reach", value="30", low="40")
    assert kept(outside, "The value must lie inside its range.") == (409, True)
    assert send(as_(cast.qa), path, "score", factor="reach", value="30").status_code == 403
    assert send(browser, path, "score", factor="reach", value="30").status_code == 302


def test_each_line_answers_for_itself(cast, as_):
    made = in_discovery(cast).initiative
    path = f"/initiatives/{made.key}/referral"
    assert send(as_(cast.product_manager), path, "line", line="cards").status_code == 302
    share = made.lines.get(line=cast.cards)
    leader = as_(cast.cards_leader)
    bare = send(leader, path, "answer", share=share.pk, answer="declined")
    assert kept(bare, "Write one or two sentences.") == (422, True)
    assert send(leader, path, "answer", share=share.pk, answer="accepted").status_code == 302
    mine = send(as_(cast.product_manager), path, "answer", share=share.pk, answer="declined",
                note="No.")  # fmt: skip
    assert mine.status_code == 403
    share.refresh_from_db()
    assert share.answer == "accepted"


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ("ini-1", 302, ""),
        ("INI-1 Number one", 302, ""),
        ("ber one", 302, ""),
        ("Number", 422, "Several titles hold these words"),
        ("Numeral", 422, "No title holds these words"),
        ("INI-3", 422, "INI-3 cannot join"),
        ("INI-99999999999999999999", 422, "No title holds these words"),
        ("", 422, "This field is required."),
    ],
)
def test_an_initiative_joins_a_ranking_by_key_or_title(said, status, sentence, cast, as_):
    kpi = measured_kpi(cast)
    for title in ("Number one", "Number two"):
        believed(cast, kpi, title=title)
    requested(cast, title="Number three")
    browser = as_(cast.product_manager)
    path = browser.post("/ranking", {"line": "payments", "period": "2027-Q1"}).url
    offered = browser.get(path).content.decode().partition('id="competing"')[2]
    assert "Number one" in offered
    assert "Number three" not in offered
    answer = send(browser, path, "add", initiative=said, points=8)
    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_a_ranking_is_drafted_filled_signed_and_committed(cast, as_):
    made = believed(cast).initiative
    browser, leader = as_(cast.product_manager), as_(cast.business_leader)
    assert browser.post("/ranking", {"line": "payments", "period": "soon"}).status_code == 422
    path = browser.post("/ranking", {"line": "payments", "period": "2027-Q1"}).url
    assert send(browser, path, "complete").status_code == 422
    assert send(browser, path, "add", initiative=made.key, points=8).status_code == 302
    assert send(browser, path, "complete", asked=["growth"]).status_code == 302
    assert send(as_(cast.qa), path, "sign").status_code == 403
    early = send(browser, path, "commit")
    assert kept(early, "The product manager has not signed this order.") == (409, True)
    assert send(browser, path, "sign").status_code == send(leader, path, "sign").status_code == 302
    frozen = send(browser, path, "complete", asked=["growth"])
    assert kept(frozen, "A committed ranking is frozen") == (409, True)


@pytest.mark.parametrize("tab", ["evidence", "metrics", "referral"])
def test_more_rows_cost_no_more_queries(tab, cast, as_):
    made, browser = in_discovery(cast).initiative, as_(cast.product_manager)
    path, seen = f"/initiatives/{made.key}/{tab}", []
    for n in range(3):
        kpi = measured_kpi(cast, name=f"KPI {n}")
        send(browser, f"/initiatives/{made.key}/evidence", "evidence", **FINDING)
        send(browser, f"/initiatives/{made.key}/metrics", "promise", **promise(kpi))
        seen.append(queries(browser, path))
    assert seen[1] == seen[2]


def test_more_entries_cost_no_more_queries(cast, as_):
    draft = rank.draft_ranking(line=cast.payments, period="2027-Q1", actor=cast.product_manager)
    browser, kpi, seen = as_(cast.product_manager), measured_kpi(cast), []
    for n in range(3):
        made = believed(cast, kpi, title=f"Number {n}").initiative
        rank.add_to_ranking(ranking=draft, initiative=made, actor=cast.product_manager, points=3)
        seen.append(queries(browser, draft.get_absolute_url()))
    assert seen[0] == seen[1] == seen[2]


def test_each_lines_answer_is_read_through_the_api(cast, api_as):
    walk = in_discovery(cast)
    add_line(initiative=walk.initiative, actor=cast.product_manager, line=cast.cards)
    told = api_as(cast.reader).get(f"/api/v1/initiatives/{walk.initiative.key}/lines/").json()
    assert [(row["line"], row["answer"]) for row in told] == [
        ("payments", "none"),
        ("cards", "none"),
    ]
