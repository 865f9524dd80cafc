"""The order of a ranking: moved, explained, committed by two, frozen, compared."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.errors import Conflict, GatesUnmet, NotAllowed, Refusal
from initiatives.actions import ordering
from initiatives.actions import ranking as rank
from initiatives.actions.belief import archive_evidence
from initiatives.actions.score import fade_scores, give_score_input
from initiatives.models import Evidence, Initiative, Ranking, RankingEntry
from initiatives.order import compared, departures, fitting
from initiatives.queries.periods import changes_since, compare_rankings
from initiatives.queries.ranking import lanes_of
from initiatives.queries.score_matrix import matrix_of
from tests.cast import build_cast
from tests.factories.walks import believed, commit_order, in_discovery, measured_kpi


def drafted(cast, count=3, *, declared=True):
    """A draft with so many in the growth lane, in the order of their scores."""
    kpi, pm = measured_kpi(cast), cast.product_manager
    draft = rank.draft_ranking(line=cast.payments, period="2027-Q1", actor=pm, capacity_points=40)
    for n in range(count):
        made = believed(cast, kpi, title=f"Number {n}").initiative
        give_score_input(initiative=made, actor=pm, factor="reach", value=Decimal(900 - 300 * n))
        made.refresh_from_db()
        rank.add_to_ranking(ranking=draft, initiative=made, actor=pm, points=8)
    if declared:
        rank.declare_complete(ranking=draft, actor=pm, asked=["growth", "qa"], silent=["qa"])
    draft.refresh_from_db()
    return draft


def order_of(draft):
    return [e.initiative.title[-1] for e in draft.entries.order_by("lane__ordinal", "position")]


def entry(draft, n):
    return draft.entries.select_related("ranking__line", "lane", "initiative").get(
        initiative__title=f"Number {n}"
    )


def test_arithmetic():
    assert departures([5, 9, None, 7]) == [2, 0, 0, 0]
    assert fitting([8, None, 8, 1], 10) == (2, 8)
    moved = {m.key: (m.kind, m.by) for m in compared("abcd", "badx")}
    assert moved == {"b": ("up", 1), "a": ("down", 1), "d": ("up", 1), "x": ("new", 0),
                     "c": ("gone", 0)}  # fmt: skip


def test_a_draft_takes_the_capacity_of_the_committed_order_unless_told(cast, as_):
    commit_order(cast, believed(cast, measured_kpi(cast)))
    browser = as_(cast.product_manager)
    told = {"line": "payments", "period": "2027-Q1", "capacity_points": ""}
    assert browser.post("/ranking", told).status_code == 302
    draft = Ranking.objects.get(period="2027-Q1")
    assert draft.capacity_points == 90
    Ranking.objects.filter(pk=draft.pk).update(capacity_points=0)
    assert "no capacity is named yet" in browser.get(draft.get_absolute_url()).content.decode()
    assert "of 0 points" not in browser.get(draft.get_absolute_url()).content.decode()


def test_moved_to_a_position_after_another_and_to_another_lane(cast, as_):
    draft, browser = drafted(cast), as_(cast.product_manager)
    here = draft.get_absolute_url()
    last = entry(draft, 2)
    told = {"form": "place", "entry": last.pk, "position": 1}
    answer = browser.post(here, told, follow=True)
    assert "position 1 of 3 in Growth" in answer.content.decode()
    assert order_of(draft) == ["2", "0", "1"]
    told = {"form": "place", "entry": last.pk, "after": entry(draft, 0).initiative.key}
    assert browser.post(here, told).status_code == 302
    assert order_of(draft) == ["0", "2", "1"]
    unknown = browser.post(here, {**told, "after": "INI-999"})
    assert (unknown.status_code, "INI-999 has no place" in unknown.content.decode()) == (422, True)
    bugs = draft.lanes.get(name="Bugs")
    ordering.place_entry(entry=last, actor=cast.product_manager, lane=bugs)
    assert RankingEntry.objects.get(pk=last.pk).lane == bugs
    assert entry(draft, 1).position == 2
    texts = list(draft.changes.values_list("text", flat=True)[:1])
    assert texts == [f"{last.initiative.key} went from Growth to Bugs, position 1."]


def test_the_fragment_is_the_card_of_the_page_and_refusals_are_sentences(cast, as_):
    draft, browser = drafted(cast), as_(cast.product_manager)
    here, lane = draft.get_absolute_url(), entry(draft, 0).lane_id
    ids = [entry(draft, n).pk for n in (1, 0, 2)]
    send = {"path": f"{here}?form=order&lane={lane}", "headers": {"X-Fragment": "1"}}
    answer = browser.post(**send, data={"order": ids, "row_version": draft.row_version})
    assert answer.status_code == 200
    assert order_of(draft) == ["1", "0", "2"]
    page, card = browser.get(here).content.decode(), answer.content.decode()
    row = card[card.index("<tbody") : card.index("<datalist")]
    strip = lambda text: "".join(w for w in text.split() if "csrf" not in w)  # noqa: E731
    shared = strip(row).split("value=")[0]
    assert shared in strip(page)
    late = browser.post(**send, data={"order": ids, "row_version": draft.row_version})
    assert late.status_code == 409
    assert "Somebody changed this ranking since you opened it" in late.json()["sentences"][0]
    other = as_(cast.qa).post(**send, data={"order": ids})
    assert other.status_code == 403


def test_a_departure_needs_its_reason_before_anybody_commits(cast, as_):
    draft = drafted(cast)
    ordering.place_entry(entry=entry(draft, 2), actor=cast.product_manager, position=1)
    row = next(r for lane in lanes_of(draft) for r in lane.rows)
    assert row.departs == 2
    with pytest.raises(GatesUnmet, match="stands above a higher score; say why"):
        rank.sign_ranking(ranking=draft, actor=cast.product_manager)
    here, told = draft.get_absolute_url(), {"form": "reason", "entry": row.entry.pk}
    browser = as_(cast.business_leader)
    assert "2 above its score" in browser.get(here).content.decode()
    assert browser.post(here, told).status_code == 422
    assert browser.post(here, {**told, "reason": "It unlocks the rest."}).status_code == 302
    rank.sign_ranking(ranking=draft, actor=cast.product_manager)


def test_either_order_of_commitments_and_a_change_clears_visibly(cast, as_):
    draft = drafted(cast)
    browser, here = as_(cast.product_manager), draft.get_absolute_url()
    rank.sign_ranking(ranking=draft, actor=cast.business_leader)
    ordering.place_entry(entry=entry(draft, 0), actor=cast.product_manager, position=1)
    draft.refresh_from_db()
    assert draft.bl_signed_at is not None, "nothing moved, so nothing fell"
    bugs = draft.lanes.get(name="Bugs")
    ordering.place_entry(entry=entry(draft, 2), actor=cast.product_manager, lane=bugs)
    draft.refresh_from_db()
    assert draft.bl_signed_at is None
    page = browser.get(here).content.decode()
    assert "The commitment of Bo Leader, business leader was cleared: Petra Manager changed" in page
    rank.sign_ranking(ranking=draft, actor=cast.business_leader)
    committed = rank.sign_ranking(ranking=draft, actor=cast.product_manager)
    assert committed.phase == "committed"


def test_an_order_read_before_it_changed_is_not_committed(cast, as_):
    draft = drafted(cast)
    seen = draft.row_version
    ordering.place_entry(entry=entry(draft, 2), actor=cast.product_manager, lane=draft.lanes.last())
    with pytest.raises(Conflict):
        rank.sign_ranking(ranking=draft, actor=cast.business_leader, seen_version=seen)
    told = {"form": "sign", "row_version": seen}
    answer = as_(cast.business_leader).post(draft.get_absolute_url(), told)
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.bl_signed_at is None


def test_what_joins_after_the_declaration_lets_it_fall(cast):
    draft = drafted(cast)
    late = in_discovery(cast, title="Late").initiative
    rank.add_to_ranking(ranking=draft, initiative=late, actor=cast.product_manager)
    draft.refresh_from_db()
    assert (draft.complete_declared_date, draft.sources_asked) == (None, ["growth", "qa"])
    with pytest.raises(GatesUnmet, match="not declared complete"):
        rank.sign_ranking(ranking=draft, actor=cast.product_manager)


def test_committed_is_frozen_with_its_scores_also_for_the_database(cast, as_):
    draft = drafted(cast)
    rank.sign_ranking(ranking=draft, actor=cast.product_manager)
    rank.sign_ranking(ranking=draft, actor=cast.business_leader)
    draft.refresh_from_db()
    first = entry(draft, 0)
    frozen = (first.score, str(first.version), first.basis["parts"])
    give_score_input(
        initiative=first.initiative, actor=cast.product_manager, factor="reach", value=Decimal(1)
    )
    assert (entry(draft, 0).score, str(first.version), first.basis["parts"]) == frozen
    shown = lanes_of(draft)[1].rows[0].standing
    assert (shown.value, shown.version) == (first.score, "RICE v1")
    told = [(s.initiative, s.kind) for s in changes_since(draft)]
    assert (first.initiative, "score") in told
    assert "Since the commitment" in as_(cast.reader).get(draft.get_absolute_url()).content.decode()
    with pytest.raises(NotAllowed, match="A committed ranking is frozen"):
        ordering.place_entry(entry=first, actor=cast.product_manager, position=3)
    for change in (
        lambda: RankingEntry.objects.filter(pk=first.pk).update(position=9),
        first.delete,
        lambda: draft.lanes.update(share_percent=1),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_lanes_are_renamed_added_and_emptied(cast, as_):
    draft, browser = drafted(cast), as_(cast.product_manager)
    lanes = {lane.name: lane.pk for lane in draft.lanes.all()}
    told = {"form": "capacity", "capacity-capacity_points": 50}
    shares = {"Mandatory": 20, "Growth": 50, "Technical debt": 20, "Bugs": 0}
    for name, pk in lanes.items():
        told |= {f"capacity-name_{pk}": name, f"capacity-share_{pk}": shares[name]}
    here = draft.get_absolute_url()
    short = browser.post(here, told)
    assert (short.status_code, "The shares sum to 90 %" in short.content.decode()) == (409, True)
    told |= {f"capacity-name_{lanes['Bugs']}": "", "capacity-name_new": "Bets",
             "capacity-share_new": 10}  # fmt: skip
    assert browser.post(here, told).status_code == 302
    names = list(draft.lanes.values_list("name", flat=True))
    assert names == ["Mandatory", "Growth", "Technical debt", "Bets"]
    with pytest.raises(NotAllowed, match="still holds initiatives; move them"):
        rank.set_capacity(
            ranking=draft, actor=cast.product_manager, capacity_points=9, shares={},
            names={lanes["Growth"]: ""},
        )  # fmt: skip


def test_two_periods_are_compared(cast, as_, api_as):
    first = commit_order(cast, believed(cast, title="Number 0"))
    after = rank.draft_ranking(line=cast.payments, period="2027-Q1", actor=cast.product_manager)
    newcomer = in_discovery(cast, title="Number 1").initiative
    rank.add_to_ranking(ranking=after, initiative=newcomer, actor=cast.product_manager)
    ordering.place_entry(entry=entry(after, 1), actor=cast.product_manager, position=1)
    found = compare_rankings(first, after)
    assert [(r.initiative.title, r.moved.kind, r.moved.by) for r in found.rows] == [
        ("Number 1", "new", 0),
        ("Number 0", "down", 1),
    ]
    page = as_(cast.reader).get("/ranking/payments/compare").content.decode()
    assert "1 down" in page
    assert "moved down" in page
    answer = api_as(cast.reader).get(f"/api/v1/rankings/{after.pk}/compare/?with={first.pk}")
    assert answer.json()["counts"] == {"up": 0, "down": 1, "new": 1, "gone": 0, "same": 0}
    assert as_(cast.reader).get("/ranking/cards/compare").status_code == 404
    wrong = as_(cast.reader).get("/ranking/payments/compare?before=x")
    assert wrong.status_code == 422


def test_the_api_moves_and_says_what_the_page_says(cast, api_as):
    draft = drafted(cast)
    api = f"/api/v1/rankings/{draft.pk}"
    last = entry(draft, 2)
    moved = api_as(cast.business_leader).patch(
        f"{api}/entries/{last.pk}/", {"position": 1, "reason": "It unlocks the rest."}
    )
    assert (moved.status_code, moved.json()["position"]) == (200, 1)
    lanes = api_as(cast.reader).get(f"{api}/lanes/").json()
    assert lanes[1]["rows"][0]["departs_by"] == 2
    assert lanes[1]["finding"]
    assert [row["next_ahead_percent"] for row in lanes[1]["rows"]] == [100, None, None]
    ids = [row["entry"] for row in reversed(lanes[1]["rows"])]
    stale = api_as(cast.product_manager).put(
        f"{api}/lanes/{lanes[1]['id']}/order/", {"order": ids}, format="json",
        headers={"If-Match": '"1"'},
    )  # fmt: skip
    assert stale.status_code == 412
    done = api_as(cast.product_manager).put(
        f"{api}/lanes/{lanes[1]['id']}/order/", {"order": ids}, format="json"
    )
    assert done.status_code == 200
    assert api_as(cast.qa).delete(f"{api}/entries/{last.pk}/").status_code == 403
    assert api_as(cast.product_manager).delete(f"{api}/entries/{last.pk}/").status_code == 204


def test_a_lane_is_put_into_the_order_of_its_scores(cast, as_):
    draft = drafted(cast)
    ordering.place_entry(entry=entry(draft, 2), actor=cast.product_manager, position=1)
    told = {"form": "by_score", "lane": entry(draft, 0).lane_id}
    assert as_(cast.product_manager).post(draft.get_absolute_url(), told).status_code == 302
    assert order_of(draft) == ["0", "1", "2"]


def test_the_matrix_draws_what_has_both_axes_and_names_the_rest(cast, as_):
    draft = drafted(cast)
    bare = in_discovery(cast, title="Bare").initiative
    rank.add_to_ranking(ranking=draft, initiative=bare, actor=cast.product_manager)
    page = as_(cast.reader).get(f"{draft.get_absolute_url()}?layout=matrix").content.decode()
    assert "Impact against effort" in page
    assert f"another framework scores them: {bare.key}." in page
    assert page.count("<svg") > 0
    assert "style=" not in page[page.index('class="vl"') : page.index("</figure>")]
    found = matrix_of(Initiative.objects.order_by("number"))
    assert len(found.rows) == 3
    assert matrix_of([]) is None


def test_scores_fade_with_their_evidence(cast):
    made = believed(cast).initiative
    before = made.score
    old = timezone.localdate() - timedelta(days=200)
    Evidence.objects.filter(initiative=made).update(collected_date=old)
    assert fade_scores() == 1
    made.refresh_from_db()
    assert made.score < before
    for item in Evidence.objects.all():
        archive_evidence(evidence=item, actor=cast.product_manager)
    made.refresh_from_db()
    assert (made.score, made.score_missing) == (None, ["confidence"])


def test_more_entries_cost_no_more_queries_in_either_layout(cast, as_):
    draft, browser = drafted(cast, 1), as_(cast.product_manager)

    def asked(path):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    paths = [draft.get_absolute_url(), f"{draft.get_absolute_url()}?layout=matrix"]
    one = [asked(path) for path in paths]
    kpi = measured_kpi(cast, name="Another")
    for n in (5, 6):
        made = believed(cast, kpi, title=f"Number {n}").initiative
        rank.add_to_ranking(ranking=draft, initiative=made, actor=cast.product_manager)
    assert [asked(path) for path in paths] == one


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_both_commit_at_once_and_one_ranking_is_committed(transactional_db):
    cast = build_cast()
    draft = drafted(cast)
    start, found = Barrier(2), []

    def run(person):
        start.wait()
        try:
            mine = Ranking.objects.get(pk=draft.pk)
            found.append(rank.sign_ranking(ranking=mine, actor=person).phase)
        except Refusal as refusal:
            found.append(refusal.sentences[0])
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(p,)) for p in (cast.product_manager, cast.business_leader)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == ["committed", "draft"]
    assert Ranking.objects.get().phase == "committed"


def test_moves_go_back_one_after_the_other_and_clear_nothing_twice(cast, api_as):
    draft, pm = drafted(cast), cast.product_manager
    other = draft.lanes.exclude(entries__isnull=False).first()
    ordering.place_entry(entry=entry(draft, 2), actor=pm, position=1)
    ordering.place_entry(entry=entry(draft, 0), actor=pm, lane=other)
    ordering.undo_move(ranking=draft, actor=cast.business_leader)
    assert order_of(draft) == ["2", "0", "1"]
    answer = api_as(pm).post(f"/api/v1/rankings/{draft.pk}/undo/")
    assert answer.status_code == 200
    assert order_of(draft) == ["0", "1", "2"]
    with pytest.raises(NotAllowed):
        ordering.undo_move(ranking=draft, actor=pm)
    assert draft.changes.first().text.startswith("Taken back: ")


def test_a_move_that_somebody_moved_past_stays(cast):
    draft, pm = drafted(cast), cast.product_manager
    ordering.place_entry(entry=entry(draft, 2), actor=pm, position=1)
    first = draft.changes.first()
    ordering.place_entry(entry=entry(draft, 1), actor=cast.business_leader, position=1)
    with pytest.raises(Conflict):
        ordering.undo_move(ranking=draft, actor=pm, change=first)
    ordering.remove_from_ranking(entry=entry(draft, 0), actor=pm)
    with pytest.raises(NotAllowed):
        ordering.undo_move(ranking=draft, actor=pm)
    assert order_of(draft) == ["1", "2"]


def test_taking_a_move_back_asks_for_both_commitments_again(cast):
    draft, pm = drafted(cast), cast.product_manager
    ordering.place_entry(entry=entry(draft, 2), actor=pm, position=1)
    Ranking.objects.filter(pk=draft.pk).update(pm_signed_by=pm, pm_signed_at=timezone.now())
    draft.refresh_from_db()
    ordering.undo_move(ranking=draft, actor=pm)
    draft.refresh_from_db()
    assert draft.pm_signed_at is None
    with pytest.raises(Refusal):
        ordering.undo_move(ranking=draft, actor=cast.reader)
