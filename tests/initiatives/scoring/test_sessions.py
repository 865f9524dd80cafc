"""Scoring sessions: blind until the reveal through every door, then open, agreed and kept."""

from decimal import Decimal
from threading import Barrier, Thread

import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from config.flow.errors import Conflict, GatesUnmet, NotAllowed, NotYours
from initiatives.actions import session as actions
from initiatives.models import Initiative, ScoringSession, SessionScore
from initiatives.queries import session as queries
from initiatives.queries.session import table_of
from tests.cast import build_cast
from tests.factories.scoring import estimate, five, revealed, score_all, session_of
from tests.factories.walks import in_discovery

SECRET = "397.25"  # the business leader's reach of the first item; stands in nothing else


def grid(session, value="7"):
    cells = {f"s_{i.pk}_{n}": value for i in session.items.all() for n in ("reach", "effort")}
    return cells | {f"s_{i.pk}_impact": "1" for i in session.items.all()}


def test_a_session_takes_five_to_twenty_five_of_its_line(cast):
    made = five(cast)
    told = {"line": cast.payments, "period": "2027-Q1", "actor": cast.product_manager}
    with pytest.raises(NotAllowed, match="Pick 5 to 25 initiatives; 4 are picked"):
        actions.start_session(**told, initiatives=made[:4])
    with pytest.raises(NotYours, match="started by its product manager or business leader"):
        actions.start_session(**{**told, "actor": cast.qa}, initiatives=made)
    with pytest.raises(NotAllowed, match="does not compete"):
        actions.start_session(**{**told, "line": cast.cards, "actor": cast.outsider},
                              initiatives=made)  # fmt: skip
    session = actions.start_session(**told, initiatives=made, people=[cast.tpm, cast.tpm])
    assert [s.person for s in session.seats.all()] == [cast.product_manager, cast.tpm]
    assert str(session.version) == "RICE v1"


def test_a_long_line_offers_those_that_moved_last_and_takes_others_by_key(cast, as_, monkeypatch):
    monkeypatch.setattr(queries, "OFFERED", 4)
    made = five(cast)
    foreign = in_discovery(cast, title="Of another line").initiative
    Initiative.objects.filter(pk=foreign.pk).update(line=cast.cards)
    browser = as_(cast.product_manager)
    here = "/ranking/sessions?line=payments"
    form = browser.get(here).context["form"]
    assert [one.pk for one in form.fields["initiatives"].queryset] == [m.pk for m in made[1:]]
    told = {"line": "payments", "period": "2027-Q1", "initiatives": [m.pk for m in made[1:]]}
    short = browser.post(here, told)
    assert (short.status_code, "4 are picked" in short.content.decode()) == (422, True)
    wrong = browser.post(here, told | {"others": f"{made[0].key}, {foreign.key} nonsense"})
    assert wrong.status_code == 422
    assert f"can be scored: {foreign.key}, NONSENSE." in wrong.content.decode()
    assert browser.post(here, told | {"others": made[0].key.lower()}).status_code == 302
    assert {i.initiative for i in ScoringSession.objects.get().items.all()} == set(made)
    monkeypatch.setattr(queries, "OFFERED", 5)
    assert "others" not in browser.get(here).context["form"].fields


def test_nobody_sees_anothers_numbers_before_the_reveal_through_any_door(cast, as_, api_as):
    session = session_of(cast)
    score_all(session, cast.business_leader, reach=397.25)
    score_all(session, cast.product_manager, reach=173)
    here, api = session.get_absolute_url(), f"/api/v1/scoring-sessions/{session.pk}"
    item = session.items.first().initiative
    doors = [here, f"{here}?sort=disagreement", "/ranking/sessions",
             f"/initiatives/{item.key}/evidence", f"/initiatives/{item.key}/activity",
             f"{api}/", f"{api}/scores/", f"{api}/table/", f"{api}/steps/",
             "/api/v1/scoring-sessions/", f"/api/v1/initiatives/{item.key}/score/"]  # fmt: skip
    for part in ("product_manager", "tpm", "administrator", "outsider", "reader", "cpo"):
        for door in doors:
            asker = api_as if door.startswith("/api") else as_
            answer = asker(getattr(cast, part)).get(door)
            assert SECRET not in answer.content.decode(), (part, door)
    assert SECRET in as_(cast.business_leader).get(here).content.decode()
    assert api_as(cast.product_manager).get(f"{api}/table/").status_code == 409


def test_the_query_itself_is_blind(cast):
    session = session_of(cast)
    score_all(session, cast.business_leader)
    assert SessionScore.objects.visible_to(cast.business_leader).count() == 15
    for part in ("product_manager", "administrator", "cpo"):
        assert not SessionScore.objects.visible_to(getattr(cast, part)).exists(), part
    table = table_of(session, cast.product_manager)
    assert all(estimate is None for v in table.items for f in v.factors for _, estimate in f.voices)


def test_history_and_admin_hold_no_blind_number(cast, as_):
    session = session_of(cast)
    score_all(session, cast.business_leader, reach=397.25)
    tracked = {m.pgh_tracked_model for m in apps.get_models()
               if issubclass(m, pghistory.models.Event) and hasattr(m, "pgh_tracked_model")}  # fmt: skip
    assert SessionScore not in tracked
    admin = as_(cast.administrator)
    page = admin.get(f"/admin/initiatives/scoringsession/{session.pk}/change/")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert admin.get("/admin/initiatives/sessionscore/").status_code == 404


def test_progress_says_who_has_finished_and_not_what(cast, api_as):
    session = session_of(cast)
    score_all(session, cast.business_leader)
    told = api_as(cast.reader).get(f"/api/v1/scoring-sessions/{session.pk}/").json()
    done = {seat["person"]: bool(seat["done_at"]) for seat in told["seats"]}
    assert done == {"Bo Leader": True, "Petra Manager": False, "Tariq Planner": False}
    assert set(told["seats"][0]) == {"person", "seated_at", "done_at", "left_at"}


def test_revealing_belongs_to_the_facilitator_and_needs_two(cast):
    session = session_of(cast)
    score_all(session, cast.business_leader)
    with pytest.raises(NotYours, match="belongs to the facilitator of the session"):
        actions.take_session_step(session, "reveal", actor=cast.business_leader)
    with pytest.raises(GatesUnmet, match="one opinion alone has no spread"):
        actions.take_session_step(session, "reveal", actor=cast.product_manager)
    score_all(session, cast.product_manager)
    assert actions.take_session_step(session, "reveal", actor=cast.product_manager).phase == (
        "revealed"
    )


def test_after_the_reveal_everybody_sees_and_nothing_changes(cast, as_):
    session = revealed(cast)
    here = session.get_absolute_url()
    page = as_(cast.reader).get(here).content.decode()
    assert "397" in page
    assert "173 to 397" in page
    with pytest.raises(Conflict, match="revealed while you were writing"):
        score_all(session, cast.business_leader, reach=1)
    with pytest.raises(NotAllowed, match="no longer blind"):
        actions.join_session(session=session, actor=cast.architect)
    score = SessionScore.objects.first()
    score.value = score.high = Decimal(9999)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        score.save()
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        SessionScore.objects.all().delete()


def test_disagreement_is_shown_and_sorts(cast, as_):
    session = session_of(cast)
    score_all(session, cast.product_manager, reach=100)
    score_all(session, cast.business_leader, reach=100)
    last = session.items.last()
    actions.give_session_scores(
        session=session, actor=cast.business_leader, done=True,
        scores={(last.pk, "effort"): estimate(50)},
    )  # fmt: skip
    moved = actions.take_session_step(session, "reveal", actor=cast.product_manager)
    table = table_of(moved, cast.reader, by_disagreement=True)
    assert table.items[0].item == last
    assert table.items[0].most_apart == "Effort"
    assert table.items[1].apart == 0 or table.items[1].apart is None
    page = as_(cast.reader).get(f"{moved.get_absolute_url()}?sort=disagreement").content.decode()
    assert "most on Effort" in page
    drawn = as_(cast.reader).get(f"{moved.get_absolute_url()}?layout=matrix").content.decode()
    assert "Impact against effort" in drawn
    assert "27.5 (5–50)" in drawn


def test_agreeing_writes_the_inputs_with_the_spread_and_its_note(cast, as_):
    session = revealed(cast)
    item = session.items.first()
    here, mark = session.get_absolute_url(), f"i{item.pk}"
    told = {"form": "agree", "item": item.pk, f"{mark}-reach": "200", f"{mark}-impact": "1",
            f"{mark}-effort": "5 (4–8)", f"{mark}-note": "Counted twice in March."}  # fmt: skip
    assert as_(cast.business_leader).post(here, told).status_code == 403
    browser = as_(cast.product_manager)
    bad = browser.post(here, told | {f"{mark}-effort": "soon"})
    assert (bad.status_code, "is no estimate" in bad.content.decode()) == (422, True)
    assert browser.post(here, told).status_code == 302
    given = {g.factor: g for g in item.initiative.score_inputs.all()}
    assert (given["reach"].value, given["reach"].low, given["reach"].high) == (200, 173, 397)
    assert (given["effort"].low, given["effort"].high) == (4, 8)
    assert given["reach"].session_item == item
    item.refresh_from_db()
    assert (item.note, item.agreed_by) == ("Counted twice in March.", cast.product_manager)
    assert "Counted twice in March." in browser.get(here).content.decode()


def test_who_leaves_keeps_the_scores_and_may_come_back(cast):
    session = session_of(cast)
    score_all(session, cast.business_leader)
    seat = actions.leave_session(session=session, actor=cast.business_leader)
    assert seat.scores.count() == 15
    with pytest.raises(NotYours, match="do not sit at this table"):
        score_all(session, cast.business_leader)
    with pytest.raises(NotAllowed, match="hand it over"):
        actions.leave_session(session=session, actor=cast.product_manager)
    actions.join_session(session=session, actor=cast.business_leader)
    score_all(session, cast.product_manager)
    moved = actions.take_session_step(session, "reveal", actor=cast.product_manager)
    voices = table_of(moved, cast.reader).items[0].factors[0].spread
    assert voices.count == 2


def test_late_joiners_come_from_the_line_or_by_invitation(cast, as_):
    session = session_of(cast)
    with pytest.raises(NotYours, match="People with a role in Payments may join"):
        actions.join_session(session=session, actor=cast.outsider)
    actions.join_session(session=session, actor=cast.architect)
    browser = as_(cast.product_manager)
    here = session.get_absolute_url()
    unknown = browser.post(here, {"form": "invite", "addresses": "nobody@example.com"})
    assert (unknown.status_code, "Nobody signs in with" in unknown.content.decode()) == (422, True)
    told = {"form": "invite", "addresses": cast.outsider.email}
    assert browser.post(here, told).status_code == 302
    assert session.seats.filter(person=cast.outsider).exists()


def test_the_table_is_handed_over_to_who_ranks(cast):
    session = session_of(cast)
    with pytest.raises(NotAllowed, match="neither product manager nor business leader"):
        actions.hand_over_session(session=session, actor=cast.product_manager, person=cast.tpm)
    moved = actions.hand_over_session(
        session=session, actor=cast.product_manager, person=cast.business_leader
    )
    assert moved.facilitator == cast.business_leader


def test_the_grid_keeps_what_was_typed_and_names_the_fault(cast, as_):
    session = session_of(cast)
    browser, here = as_(cast.tpm), session.get_absolute_url()
    item = session.items.first()
    told = {"form": "scores", **grid(session), f"s_{item.pk}_impact": "a lot",
            f"s_{item.pk}_effort": "0"}  # fmt: skip
    answer = browser.post(here, told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“a lot” is no estimate; write 5, 3–8, 5 (3–8) or 5 ±20 %." in page
    assert "“Effort” goes from 0.1 or more; 0 lies outside." in page
    assert 'value="a lot"' in page
    assert not SessionScore.objects.exists()
    assert browser.post(here, {"form": "done", **grid(session, "5 (3–8)")}).status_code == 302
    assert SessionScore.objects.filter(seat__person=cast.tpm).count() == 15
    assert browser.post(here, {"form": "scores", f"s_{item.pk}_reach": "?"}).status_code == 302
    assert SessionScore.objects.filter(seat__person=cast.tpm).count() == 14


def test_page_and_api_give_the_same_sentence(cast, as_, api_as):
    session = session_of(cast)
    page = as_(cast.qa).post(session.get_absolute_url(), {"form": "scores", **grid(session)})
    told = {"scores": [{"item": session.items.first().pk, "factor": "reach", "value": "3"}]}
    api = api_as(cast.qa).put(f"/api/v1/scoring-sessions/{session.pk}/scores/", told, format="json")
    assert (page.status_code, api.status_code) == (403, 403)
    assert api.json()["detail"] in page.content.decode()
    mine = api_as(cast.tpm).put(
        f"/api/v1/scoring-sessions/{session.pk}/scores/", {**told, "done": True}, format="json"
    )
    assert mine.json()["done"] is True
    assert [s["value"] for s in mine.json()["scores"]] == ["3.00"]


def test_home_asks_who_has_not_finished_and_then_the_facilitator(cast, as_):
    session = session_of(cast, people=("business_leader",))
    assert "Score blind: Payments" in as_(cast.business_leader).get("/").content.decode()
    score_all(session, cast.business_leader)
    assert "Score blind" not in as_(cast.business_leader).get("/").content.decode()
    assert "finished and waiting: 1" in as_(cast.product_manager).get("/").content.decode()
    score_all(session, cast.product_manager)
    assert "Reveal the scores: Payments" in as_(cast.product_manager).get("/").content.decode()


def test_more_people_and_items_cost_no_more_queries(cast, as_):
    session = session_of(cast, people=())
    browser = as_(cast.product_manager)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(session.get_absolute_url()).status_code == 200
        return len(seen)

    score_all(session, cast.product_manager)
    one = asked()
    for part in ("business_leader", "tpm"):
        person = getattr(cast, part)
        actions.invite_to_session(session=session, actor=cast.product_manager, people=[person])
        score_all(session, person)
    assert asked() == one
    actions.take_session_step(session, "reveal", actor=cast.product_manager)
    three = asked()
    bigger = actions.start_session(
        line=cast.payments, period="2027-Q2", actor=cast.product_manager,
        initiatives=[*(i.initiative for i in session.items.all()),
                     in_discovery(cast, title="Six").initiative],
        people=[cast.business_leader, cast.tpm],
    )  # fmt: skip
    for part in ("product_manager", "business_leader", "tpm"):
        score_all(bigger, getattr(cast, part))
    session = actions.take_session_step(bigger, "reveal", actor=cast.product_manager)
    assert asked() == three


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_score_saved_while_the_facilitator_reveals_counts_or_is_refused(transactional_db):
    cast = build_cast()
    session = session_of(cast)
    for part in ("product_manager", "business_leader"):
        score_all(session, getattr(cast, part))
    start, found = Barrier(2), {}

    def run(name, act):
        start.wait()
        try:
            act()
            found[name] = "done"
        except (Conflict, NotAllowed) as refusal:
            found[name] = refusal.sentences[0]
        finally:
            connections.close_all()

    tasks = {
        "reveal": lambda: actions.take_session_step(
            ScoringSession.objects.get(), "reveal", actor=cast.product_manager
        ),
        "save": lambda: score_all(ScoringSession.objects.get(), cast.tpm, reach=55),
    }
    threads = [Thread(target=run, args=each) for each in tasks.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found["reveal"] == "done"
    saved = SessionScore.objects.filter(seat__person=cast.tpm).count()
    assert (found["save"], saved) == ("done", 15) or (
        "revealed while you were writing" in found["save"] and saved == 0
    )
