"""The tabs of design and delivery and the page of a ticket: what each form does and refuses."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.actions.tickets import write_ticket
from initiatives.demo.walk import picture
from tests.factories.walks import in_deep_dive, in_design, in_discovery

PARTS = ("product_manager", "business_leader", "designer", "tpm", "growth", "reader", "outsider")


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def send(browser, path, form, **fields):
    return browser.post(path, {"form": form, **{f"{form}-{n}": v for n, v in fields.items()}})


def kept(answer, text):
    return answer.status_code, text in answer.content.decode()


def tab(initiative, name):
    return f"/initiatives/{initiative.key}/{name}"


def test_every_tab_opens_for_everybody_with_everything_and_with_nothing(cast, as_):
    full = in_deep_dive(cast).break_down(("See it",)).initiative
    empty = in_discovery(cast, title="Empty").initiative
    paths = [tab(each, name) for each in (full, empty) for name in ("design", "delivery")]
    paths += [tab(full, f"tickets/{full.tickets.get().pk}"), tab(full, "design?version=1")]
    for part in PARTS:
        codes = {path: as_(getattr(cast, part)).get(path).status_code for path in paths}
        assert set(codes.values()) == {200}, (part, codes)


def test_a_design_grows_from_screen_to_judged_study(cast, as_, api_as):
    made = in_design(cast).initiative
    path, browser = tab(made, "design"), as_(cast.designer)
    stranger = send(as_(cast.qa), path, "screen", name="Done")
    assert kept(stranger, "Mockups are added by the UX designer") == (403, True)
    again = send(browser, path, "screen", name="start")
    assert kept(again, "A screen named “start” exists already.") == (409, True)
    assert send(browser, path, "version", fidelity="lofty").status_code == 422
    assert send(browser, path, "version", fidelity="high").status_code == 302
    version, screen = made.mockup_set.versions.get(number=2), made.mockup_set.screens.get()
    empty = send(browser, path, "pin", version=version.pk)
    assert kept(empty, "has no frozen picture; a live link alone never counts.") == (409, True)
    shown = {"version": version.pk, "screen": screen.pk, "state": "filled"}
    for status in (302, 409):
        upload = picture("Start", "filled", "high")
        assert send(browser, path, "picture", picture=upload, **shown).status_code == status
    told = {"screen": screen.pk, "states": ["slow", "error"], "reason": "Served whole."}
    assert send(browser, path, "exempt", **{**told, "reason": ""}).status_code == 422
    assert send(browser, path, "exempt", **told).status_code == 302
    assert send(browser, path, "pin", version=version.pk).status_code == 302
    study = {"version": version.pk, "goal": "Find it", "segment": "Shops", "participants": 5,
             "held_date": day(-1), "task_1": "Pay", "tried_1": 5, "succeeded_1": 6}  # fmt: skip
    more = send(browser, path, "study", **study)
    assert kept(more, "“Pay”: more succeeded than tried.") == (409, True)
    assert send(browser, path, "study", **{**study, "succeeded_1": 4}).status_code == 302
    held = version.studies.get()
    verdict = {"study": held.pk, "verdict": "validated", "reason": "Four of five."}
    own = send(browser, path, "judge", **verdict)
    assert kept(own, "You drew this version; someone else must judge") == (409, True)
    assert send(as_(cast.growth), path, "judge", **verdict).status_code == 302


def test_a_must_fix_is_closed_by_its_author(cast, as_):
    made = in_design(cast).initiative
    path, version = tab(made, "design"), made.mockup_set.versions.get()
    told = {"version": version.pk, "kind": "must_fix", "text": "No way back."}
    assert send(as_(cast.risk), path, "comment", **{**told, "text": ""}).status_code == 422
    assert send(as_(cast.risk), path, "comment", **told).status_code == 302
    close = {"comment": version.comments.get().pk, "resolution": "Added."}
    assert send(as_(cast.designer), path, "resolve", **close).status_code == 403
    assert send(as_(cast.risk), path, "resolve", **close).status_code == 302
    assert "0 open must-fixes" in as_(cast.risk).get(path).content.decode()


def test_a_ticket_is_written_changed_and_checked(cast, as_, api_as):
    made = in_deep_dive(cast).initiative
    path, browser = tab(made, "delivery"), as_(cast.tpm)
    told = {"title": "See it", "kind": "story", "points": 3, "criteria": "One\nTwo",
            "sub_tasks": "Service"}  # fmt: skip
    assert kept(send(browser, path, "ticket", **{**told, "points": "many"}), "many") == (422, True)
    refused = send(as_(cast.growth), path, "ticket", **told)
    api = api_as(cast.growth).post(f"/api/v1{tab(made, 'tickets/')}", {"title": "See it"})
    assert (refused.status_code, api.status_code) == (403, 403)
    assert api.json()["detail"] in refused.content.decode()
    assert send(browser, path, "ticket", **told).status_code == 302
    ticket = made.tickets.get()
    one = tab(made, f"tickets/{ticket.pk}")
    changed = {**told, "title": "See it at once", "row_version": ticket.row_version}
    assert send(browser, one, "ticket", **changed).status_code == 302
    stale = send(browser, one, "ticket", **{**changed, "title": "See it later"})
    assert kept(stale, "See it later") == (409, True)
    assert send(browser, one, "case", title="By hand").status_code == 302
    case = ticket.test_cases.get()
    assert send(browser, one, "automated", case=case.pk).status_code == 302
    assert send(browser, one, "remove", case=case.pk).status_code == 302
    assert not ticket.test_cases.exists()


def test_signatures_and_sprints(cast, as_):
    made = in_deep_dive(cast).break_down(("See it",), unsigned=tuple(cast.people())).initiative
    path = tab(made, "delivery")
    wrong = send(as_(cast.qa), path, "sign_off", function="engineer")
    assert kept(wrong, "You do not act for Engineer in Payments.") == (403, True)
    assert send(as_(cast.qa), path, "sign_off", function="qa").status_code == 302
    assert send(as_(cast.qa), path, "sign_off", function="qa").status_code == 409
    told = {"name": "S 1", "start_date": day(9), "end_date": day(2)}
    backwards = send(as_(cast.tpm), path, "sprint", **told)
    assert kept(backwards, "The sprint ends before it starts.") == (422, True)
    assert send(as_(cast.tpm), path, "sprint", **{**told, "end_date": day(20)}).status_code == 302
    sprint = cast.payments.sprints.get()
    early = send(as_(cast.tpm), path, "plan", sprint=sprint.pk)
    assert kept(early, "only complete work enters a sprint.") == (409, True)
    goal = {"sprint": sprint.pk, "row_version": sprint.row_version, "goal": "Pay at once"}
    assert send(as_(cast.tpm), path, "goal", **goal).status_code == 302


def test_more_tickets_cost_no_more_queries(cast, as_):
    made, browser = in_deep_dive(cast).initiative, as_(cast.tpm)
    seen = []
    for n in range(3):
        write_ticket(initiative=made, actor=cast.tpm, title=f"Ticket {n}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(tab(made, "delivery"))
        seen.append(len(asked))
    assert seen[0] == seen[2]
