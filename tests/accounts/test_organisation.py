"""Lines, teams and sub-teams: founded, renamed, closed, reopened; roles of one team; history."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import (
    Elsewhere,
    add_membership,
    add_sub_team,
    add_team,
    change_place,
    change_reporting,
    close_place,
    end_membership,
    end_past_memberships,
    found_line,
    reopen_place,
    resume_membership,
    undo_change,
)
from accounts.chart import circle, edges_of, every, forest
from accounts.models import BusinessLine, Membership, Person, ReportingLine, Role, Team
from accounts.org_history import history_of
from accounts.reporting import ship_reporting_lines
from config.flow.errors import NotAllowed, NotYours
from tests.factories.initiatives import proposed

pytestmark = pytest.mark.django_db


def test_lines_are_founded_by_the_officer_and_administrators_only(cast):
    line = found_line(actor=cast.cpo, name="New", purpose="Why")
    assert line.slug == "new-line" or line.slug.startswith("new-")
    assert line.created_by == cast.cpo
    for person in (cast.business_leader, cast.product_manager, cast.reader):
        with pytest.raises(NotYours):
            found_line(actor=person, name="Mine")
    with pytest.raises(NotAllowed, match="already"):
        found_line(actor=cast.cpo, name="Payments")


def test_a_leader_keeps_the_teams_of_the_own_line(cast):
    team = add_team(actor=cast.business_leader, line=cast.payments, name="Edit")
    assert team.slug not in {"edit", "new"}
    sub = add_sub_team(actor=cast.business_leader, team=team, name="Core", function="engineer")
    assert str(change_place(actor=cast.business_leader, place=sub, name="Kernel")) == "Kernel"
    with pytest.raises(NotYours):
        add_team(actor=cast.business_leader, line=cast.cards, name="Theirs")
    with pytest.raises(NotYours):
        change_place(actor=cast.business_leader, place=cast.payments, name="Mine")


def test_closing_names_what_is_open_and_ends_roles_only_when_told(cast):
    live = proposed(cast, title="Runs")
    type(live).objects.filter(pk=live.pk).update(line=cast.cards)
    with pytest.raises(NotAllowed) as refusal:
        close_place(actor=cast.cpo, place=cast.cards)
    said = " ".join(refusal.value.sentences)
    assert "1 initiative still runs in Cards" in said
    assert "2 roles are still held in Cards" in said
    type(live).objects.filter(pk=live.pk).update(line=cast.payments)
    closed = close_place(actor=cast.cpo, place=cast.cards, end_roles=True)
    assert closed.closed_at
    assert Team.objects.get(slug="issuing").closed_at
    assert not Membership.objects.filter(person=cast.outsider, ended_at=None).exists()
    with pytest.raises(NotAllowed, match="closed"):
        add_membership(actor=cast.cpo, person=cast.reader, role=Role.GROWTH, line=cast.cards)
    issuing = Team.objects.select_related("line").get(slug="issuing")
    with pytest.raises(NotAllowed, match="closed"):
        reopen_place(actor=cast.cpo, place=issuing)
    reopen_place(actor=cast.cpo, place=closed)
    issuing = Team.objects.select_related("line").get(slug="issuing")
    assert reopen_place(actor=cast.cpo, place=issuing).closed_at is None


def test_a_closed_line_leaves_the_scope_switch(cast, as_):
    close_place(actor=cast.cpo, place=cast.cards, end_roles=True)
    page = as_(cast.reader).get("/teams").content.decode()
    assert page.index("Closed") < page.rindex("Cards")
    assert "cards" not in str(as_(cast.reader).get("/teams").context["lines"]).lower()


@pytest.mark.parametrize("role", [Role.TPM, Role.ARCHITECT, Role.PRODUCT_OPERATIONS_LEAD])
def test_the_database_allows_one_team_across_the_exclusive_roles(cast, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=cast.product_manager, role=role, team=cast.issuing)
    Membership.objects.create(person=cast.product_manager, role=role, team=cast.checkout)
    Membership.objects.create(person=cast.product_manager, role=Role.GROWTH, team=cast.issuing)


def test_the_past_may_not_overlap_either(cast):
    held = Membership.objects.get(person=cast.tpm)
    Membership.objects.filter(pk=held.pk).update(started_at=timezone.now() - timedelta(days=30))
    end_membership(actor=cast.cpo, membership=held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            person=cast.tpm, role=Role.TPM, team=cast.issuing,
            started_at=timezone.now() - timedelta(days=10),
        )  # fmt: skip


def test_a_second_team_is_offered_as_a_move(cast, as_):
    given = {"person": cast.product_manager.pk, "role": "tpm", "team": cast.issuing.pk}
    browser = as_(cast.administrator)
    answer = browser.post("/teams/cards/roles/new", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Petra Manager is product manager of Checkout (Payments) now." in page
    assert 'name="move"' in page
    assert browser.post("/teams/cards/roles/new", {**given, "move": "yes"}).status_code == 302
    now = Membership.objects.get(person=cast.product_manager, ended_at=None)
    assert (now.role, now.team) == ("tpm", cast.issuing)


def test_nobody_is_moved_out_of_a_line_one_does_not_keep(cast):
    told = {"actor": cast.cards_leader, "person": cast.tpm, "role": Role.TPM, "team": cast.issuing}
    with pytest.raises(Elsewhere):
        add_membership(**told)
    with pytest.raises(NotYours, match="Payments"):
        add_membership(**told, move=True)
    assert Membership.objects.get(person=cast.tpm, ended_at=None).team == cast.checkout


def test_the_officers_role_comes_from_an_administrator_only(cast):
    for actor in (cast.business_leader, cast.cpo):
        with pytest.raises((NotYours, NotAllowed)):
            add_membership(actor=actor, person=cast.reader, role=Role.CPO, line=cast.payments)
    with pytest.raises(NotYours):
        add_membership(actor=cast.cpo, person=cast.reader, role=Role.CPO)
    add_membership(actor=cast.administrator, person=cast.reader, role=Role.CPO)


def test_a_role_ends_after_its_last_day(cast):
    held = add_membership(
        actor=cast.cpo, person=cast.reader, role=Role.GROWTH, line=cast.payments,
        last_date=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    assert end_past_memberships() == 0
    Membership.objects.filter(pk=held.pk).update(
        last_date=timezone.localdate() - timedelta(days=2),
    )
    assert end_past_memberships() == 1
    assert end_past_memberships() == 0
    held.refresh_from_db()
    assert held.ended_at


def test_dates_that_cannot_be_are_refused_in_words(cast):
    told = {"actor": cast.cpo, "person": cast.reader, "role": Role.GROWTH, "line": cast.payments}
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="starts today or earlier"):
        add_membership(**told, started=today + timedelta(days=3))
    with pytest.raises(NotAllowed, match="before the first"):
        add_membership(**told, started=today, last_date=today - timedelta(days=3))
    held = add_membership(**told, started=today - timedelta(days=9))
    assert held.started_at.date() == today - timedelta(days=9)


def test_an_ended_role_is_resumed_unless_it_is_held_elsewhere(cast):
    held = Membership.objects.get(person=cast.tpm)
    end_membership(actor=cast.cpo, membership=held)
    assert resume_membership(actor=cast.cpo, membership=held).ended_at is None
    end_membership(actor=cast.cpo, membership=held)
    add_membership(actor=cast.cpo, person=cast.tpm, role=Role.TPM, team=cast.issuing)
    with pytest.raises(NotAllowed):
        resume_membership(actor=cast.cpo, membership=held)


def test_history_says_who_did_what_and_takes_the_newest_back(cast, as_):
    browser = as_(cast.cpo)
    browser.post("/teams/payments/edit", {"name": "Paying", "purpose": "", "time_zone": "UTC"})
    line = BusinessLine.objects.get(pk=cast.payments.pk)
    newest = next(c for c in history_of(line) if c.table == "line")
    assert (newest.who, newest.undoable) == (cast.cpo, True)
    assert newest.note == "Payments → Paying"
    told = {"table": newest.table, "event": newest.event}
    assert as_(cast.business_leader).post("/teams/payments/history", told).status_code == 403
    assert browser.post("/teams/payments/history", told).status_code == 302
    assert BusinessLine.objects.get(pk=line.pk).name == "Payments"
    assert browser.post("/teams/payments/history", told).status_code == 409


def test_ending_a_role_is_taken_back_from_the_history(cast):
    held = Membership.objects.get(person=cast.engineer)
    end_membership(actor=cast.cpo, membership=held)
    change = next(c for c in history_of(cast.payments) if c.table == "membership")
    assert "ended the role engineer" in change.text
    undo_change(actor=cast.cpo, line=cast.payments, table="membership", event=change.event)
    held.refresh_from_db()
    assert held.ended_at is None
    with pytest.raises(NotAllowed, match="changed again"):
        undo_change(actor=cast.cpo, line=cast.payments, table="membership", event=change.event)
    with pytest.raises(NotAllowed, match="no such change"):
        undo_change(actor=cast.cpo, line=cast.cards, table="membership", event=change.event)


def test_the_chart_of_the_shipped_lines(db):
    ship_reporting_lines()
    rows = list(ReportingLine.objects.all())
    for kind in ("divisional", "functional"):
        posts = forest(rows, kind)
        titles = [p.title for p in every(posts) if p.below]
        assert len(titles) == len(set(titles)), "each post is drawn out once"
        assert circle(edges_of(rows, kind)) == []
    divisional = forest(rows, "divisional")
    officer = next(p for p in divisional if p.title == "CPO")
    assert [p.title for p in officer.below] == ["business leader"]
    manager = next(p for p in every(divisional) if p.title == "product manager")
    assert "director of engineering" in [p.title for p in manager.below]
    functional = forest(rows, "functional")
    assert "VP of engineering" in [
        p.title for p in next(t for t in functional if t.title == "CTO").below
    ]


def test_a_circle_is_refused_and_named(cast):
    ship_reporting_lines()
    row = ReportingLine.objects.get(function="overall leadership", level="line")
    with pytest.raises(NotAllowed, match="circle: business leader → product manager"):
        change_reporting(actor=cast.cpo, row=row, divisional="product manager")
    row.refresh_from_db()
    assert row.divisional == "CPO"
    with pytest.raises(NotYours):
        change_reporting(actor=cast.business_leader, row=row, divisional="CEO")
    assert change_reporting(actor=cast.cpo, row=row, divisional="CEO").divisional == "CEO"


def test_the_admin_refuses_a_circle_too(cast, as_):
    ship_reporting_lines()
    row = ReportingLine.objects.get(function="overall leadership", level="line")
    told = {"function": row.function, "level": row.level, "ordinal": 1,
            "responsible": "business leader", "divisional": "product manager", "functional": ""}  # fmt: skip
    answer = as_(cast.administrator).post(f"/admin/accounts/reportingline/{row.pk}/change/", told)
    assert "run in a circle" in answer.content.decode()


def test_the_chart_names_people_of_the_chosen_line(cast, as_):
    ship_reporting_lines()
    page = as_(cast.reader).get("/teams/chart?line=payments").content.decode()
    assert "Petra Manager" in page
    assert "Otto Outsider" not in page
    assert "CTO" in as_(cast.reader).get("/teams/chart?by=functional").content.decode()


def test_people_are_found_by_name_and_role(cast, as_):
    page = as_(cast.reader).get("/people?q=tariq&role=tpm").content.decode()
    assert "Tariq Planner" in page
    assert "Petra Manager" not in page
    assert Person.objects.count() > 3
