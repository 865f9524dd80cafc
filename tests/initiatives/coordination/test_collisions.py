"""Collision radar: what meets across lines, dismissals that expire, questions to both owners."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours, WrongState
from initiatives.actions.collisions import ask_owners, dismiss_collision, end_note
from initiatives.models import CollisionNote, Initiative
from initiatives.queries import collisions as radar
from initiatives.queries.collisions import by_lines, collisions
from tests.factories.initiatives import in_phase


def of_line(cast, line, owner, **facts):
    """A live initiative whose lead line and owner are set as a migration of data would."""
    made = in_phase(cast, "discovery", **facts)
    Initiative.objects.filter(pk=made.pk).update(line=line, owner=owner)
    return Initiative.objects.get(pk=made.pk)


def two(cast, **facts):
    ours = of_line(cast, cast.payments, cast.product_manager, title="Ours",
                   affected="Small shops", **facts)  # fmt: skip
    theirs = of_line(cast, cast.cards, cast.outsider, title="Theirs",
                     affected="  small   SHOPS ", **facts)  # fmt: skip
    return ours, theirs


def named(found):
    return [(c.first.title, c.second.title, [s.name for s in c.shared]) for c in found.rows]


def test_the_same_customers_across_lines_meet(cast):
    two(cast)
    assert named(collisions(cast.cpo)) == [("Ours", "Theirs", ["small shops"])]


def test_the_same_line_never_collides_with_itself(cast):
    ours, theirs = two(cast)
    Initiative.objects.filter(pk=theirs.pk).update(line=cast.payments)
    assert collisions(cast.cpo).rows == []
    assert ours.line == cast.payments


def test_ended_ones_and_requests_do_not_count(cast):
    two(cast)
    in_phase(cast, "intake", affected="Small shops")
    assert len(collisions(cast.cpo).rows) == 1


def test_services_and_people_are_named(cast):
    ours, theirs = two(cast)
    services = {"affected_services": "Ledger; Payout API"}
    Initiative.objects.filter(pk=ours.pk).update(source_fields=services, affected="A")
    services = {"affected_services": "ledger, Search"}
    Initiative.objects.filter(pk=theirs.pk).update(
        source_fields=services, affected="B", designer=cast.designer
    )
    Initiative.objects.filter(pk=ours.pk).update(tpm=cast.designer)
    assert named(collisions(cast.cpo)) == [("Ours", "Theirs", ["ledger", "Dana Designer"])]


def test_the_matrix_names_what_two_lines_share(cast):
    two(cast)
    found = by_lines(cast.cpo)
    key = tuple(sorted((cast.payments.pk, cast.cards.pk)))
    assert [(s.name, n) for s, n in found[key].shared] == [("small shops", 2)]


def test_what_very_many_share_makes_no_pairs(cast, monkeypatch):
    two(cast)
    monkeypatch.setattr(radar, "CROWDED", 1)
    assert collisions(cast.cpo).rows == []
    assert len(by_lines(cast.cpo)) == 1


def test_a_dismissal_holds_until_its_day_or_a_new_fact(cast):
    ours, theirs = two(cast)
    pair = {"first": theirs, "second": ours}
    with pytest.raises(NotYours):
        dismiss_collision(**pair, actor=cast.reader, reason="No.")
    with pytest.raises(NotAllowed):
        dismiss_collision(**pair, actor=cast.cpo, reason=" ")
    with pytest.raises(NotAllowed, match="from today"):
        dismiss_collision(
            **pair, actor=cast.cpo, reason="No.", until=timezone.localdate() - timedelta(days=1)
        )
    note = dismiss_collision(**pair, actor=cast.cpo, reason="Different shops.")
    assert collisions(cast.cpo).rows == []
    assert len(collisions(cast.cpo, state="dismissed").rows) == 1
    Initiative.objects.filter(pk__in=(ours.pk, theirs.pk)).update(tpm=cast.tpm)
    assert len(collisions(cast.cpo).rows) == 1
    Initiative.objects.filter(pk=ours.pk).update(tpm=None)
    assert collisions(cast.cpo).rows == []
    CollisionNote.objects.filter(pk=note.pk).update(
        until_date=timezone.localdate() - timedelta(days=1)
    )
    assert len(collisions(cast.cpo).rows) == 1


def test_a_question_reaches_both_owners_and_is_closed_with_its_answer(cast):
    ours, theirs = two(cast)
    note = ask_owners(first=ours, second=theirs, actor=cast.cpo, question="Who goes first?")
    for made, other in ((ours, theirs), (theirs, ours)):
        said = made.comments.get()
        assert other.key in said.text
        assert [m.person for m in said.mentions.all()] == [made.owner]
    assert collisions(cast.cpo, state="asked").rows[0].asked
    with pytest.raises(WrongState):
        ask_owners(first=theirs, second=ours, actor=cast.cpo, question="Again?")
    with pytest.raises(NotAllowed):
        end_note(note=note, actor=cast.outsider)
    end_note(note=note, actor=cast.outsider, answer="We do.")
    assert collisions(cast.cpo, state="asked").rows == []


def test_pages_and_forms(cast, as_):
    ours, theirs = two(cast)
    browser = as_(cast.cpo)
    path = f"/portfolio/collisions/{ours.key}/{theirs.key}"
    for address in ("/portfolio", "/portfolio/collisions?line=cards&kind=customers", path,
                    "/portfolio/collisions?line=x&kind=y&page=z", f"{ours.tab_url('collisions')}"):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert "small shops" in answer.content.decode(), address
    assert browser.get(f"/portfolio/collisions/{ours.key}/{ours.key}").status_code == 404
    assert browser.post(path, {"form": "dismiss", "dismiss-reason": ""}).status_code == 422
    assert browser.post(path, {"form": "ask", "ask-question": ""}).status_code == 422
    assert browser.post(path, {"form": "end", "note": "x"}).status_code == 404
    assert browser.post(path, {"form": "other"}).status_code == 404
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    told = {"form": "dismiss", "dismiss-reason": "Other shops.", "dismiss-until": later}
    assert as_(cast.reader).post(path, told).status_code == 403
    assert browser.post(path, told).status_code == 302
    note = CollisionNote.objects.get()
    assert "Other shops." in browser.get(path).content.decode()
    assert browser.post(path, {"form": "end", "note": note.pk}).status_code == 302


@pytest.mark.parametrize("path", ["/portfolio", "/portfolio/collisions", "/"])
def test_more_pairs_cost_no_more_queries(path, cast, as_):
    browser, seen = as_(cast.cpo), []
    for _n in range(3):
        two(cast)
        browser.get(path)
        with CaptureQueriesContext(connection) as caught:
            browser.get(path)
        seen.append(len(caught))
    assert seen[0] == seen[1] == seen[2]


def test_the_api_says_the_same(cast, api_as):
    ours, theirs = two(cast)
    client = api_as(cast.cpo)
    told = client.get("/api/v1/collisions/?line=cards").json()
    assert told["count"] == 1
    assert told["results"][0]["shared"] == [{"kind": "customers", "name": "small shops"}]
    assert client.get("/api/v1/collisions/?line=nowhere").status_code in (400, 422)
    path = f"/api/v1/collisions/{ours.key}/{theirs.key}"
    assert api_as(cast.reader).post(f"{path}/ask/", {"question": "Who?"}).status_code == 403
    assert client.post(f"{path}/dismiss/", {"reason": "Other shops."}).json()["dismissed"]
