import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions import add_membership, change_settings, end_membership
from accounts.models import EXCLUSIVE_ROLES, Membership, Person, ReportingLine, Role, Team
from accounts.permissions import has_role, may_staff
from accounts.queries import memberships_in, reporting_table, seats
from config.flow.errors import NotAllowed, NotYours


@pytest.mark.parametrize("role", EXCLUSIVE_ROLES)
def test_the_database_refuses_a_second_team_for_exclusive_roles(cast, role):
    other = Team.objects.create(line=cast.payments, slug="pos", name="POS")
    Membership.objects.filter(person=cast.reader).delete()
    Membership.objects.create(person=cast.reader, role=role, team=cast.checkout)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=cast.reader, role=role, team=other)


def test_shared_functions_may_belong_to_several_teams(cast):
    for team in (cast.checkout, cast.issuing):
        Membership.objects.create(person=cast.compliance, role=Role.COMPLIANCE, team=team)
    assert cast.compliance.memberships.count() == 3


def test_a_second_team_is_refused_in_words(cast):
    with pytest.raises(NotAllowed) as refusal:
        add_membership(
            actor=cast.administrator,
            person=cast.product_manager,
            role=Role.PRODUCT_MANAGER,
            team=cast.issuing,
        )
    assert refusal.value.sentences == [
        "Petra Manager is product manager of Checkout (Payments) now. A product manager belongs to "
        "exactly one team.",
        "Move the person here, which ends the other role, or choose somebody else.",
    ]


def test_a_role_once_ended_can_be_given_elsewhere(cast):
    held = Membership.objects.get(person=cast.product_manager)
    ended = end_membership(actor=cast.business_leader, membership=held)
    assert ended.ended_at is not None
    assert end_membership(actor=cast.business_leader, membership=held).ended_at == ended.ended_at
    add_membership(
        actor=cast.administrator,
        person=cast.product_manager,
        role=Role.PRODUCT_MANAGER,
        team=cast.issuing,
    )
    person = Person.objects.get(pk=cast.product_manager.pk)
    assert not has_role(person, Role.PRODUCT_MANAGER, line=cast.payments)
    assert has_role(person, Role.PRODUCT_MANAGER, line=cast.cards)


def test_a_leader_staffs_only_the_own_line(cast):
    assert may_staff(cast.business_leader, cast.payments)
    assert not may_staff(cast.business_leader, cast.cards)
    assert not may_staff(cast.cpo, None)
    with pytest.raises(NotYours) as refusal:
        add_membership(
            actor=cast.business_leader, person=cast.reader, role=Role.GROWTH, line=cast.cards
        )
    assert refusal.value.sentences == [
        (
            "Roles in Cards are given and ended by administrators, the chief product officer and the "
            "line's business leader."
        )
    ]


def test_the_inactive_hold_no_new_role(cast):
    ghost = Person.objects.create(name="ghost", handle="ghost", is_active=False)
    with pytest.raises(NotAllowed):
        add_membership(actor=cast.administrator, person=ghost, role=Role.READER)


def test_nobody_makes_oneself_an_administrator_by_settings(cast):
    change_settings(person=cast.reader, is_staff=True, name="Rea")
    assert not Person.objects.get(pk=cast.reader.pk).is_staff


def test_a_start_up_line_shows_what_comes_next(cast):
    line = cast.payments
    line.start_up, line.backfill_order = True, [Role.PRODUCT_MANAGER, Role.DESIGNER, Role.GROWTH]
    Membership.objects.filter(line=line).delete()
    Membership.objects.create(person=cast.reader, role=Role.PRODUCT_MANAGER, line=line)
    Membership.objects.create(person=cast.reader, role=Role.DESIGNER, line=line, acting=True)
    found = seats(line, memberships_in(line))
    assert [(s.role, s.state, s.next) for s in found[:3]] == [
        ("product_manager", "filled", False),
        ("designer", "acting", True),
        ("growth", "open", False),
    ]


def test_the_shipped_reporting_lines_are_there_and_stay_as_edited(db):
    call_command("ship_defaults")
    rows = {row["function"]: row["levels"] for row in reporting_table()}
    assert len(rows) == 10
    qa = rows["quality assurance"]["sub_team"]
    assert (qa.responsible, qa.divisional, qa.functional) == (
        "engineering architect",
        "technical product management",
        "director of TPM",
    )
    assert rows["product design"]["team"].functional == ""
    ReportingLine.objects.filter(function="finance", level="team").update(responsible="controller")
    before = ReportingLine.objects.count()
    call_command("ship_defaults")
    assert ReportingLine.objects.count() == before
    assert ReportingLine.objects.get(function="finance", level="team").responsible == "controller"


def asked(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_pages_ask_the_same_for_one_and_three(cast, as_):
    browser = as_(cast.reader)
    pages = ("/teams", "/teams/payments", "/teams/payments/checkout", "/teams/reporting")
    one = [asked(browser, page) for page in pages]
    for name in ("a", "b"):
        team = Team.objects.create(line=cast.payments, slug=name, name=name)
        Membership.objects.create(person=cast.finance, role=Role.FINANCE, team=team)
        person = Person.objects.create_user(f"{name}@example.com", "x", name=name)
        Membership.objects.create(person=person, role=Role.GROWTH, team=cast.checkout)
    assert [asked(browser, page) for page in pages] == one


def test_api_people_by_role_and_line(cast, api_as):
    caller = api_as(cast.reader)
    found = caller.get("/api/v1/people/?role=tpm&line=payments").json()["results"]
    assert [(p["name"], p["roles"][0]["line"]) for p in found] == [("Tariq Planner", "payments")]
    assert [t["slug"] for t in caller.get("/api/v1/teams/?line=cards").json()["results"]] == [
        "issuing"
    ]
    assert "email" not in found[0]


def test_a_role_is_given_and_ended_on_the_page(cast, as_):
    browser = as_(cast.business_leader)
    given = {"person": cast.reader.pk, "role": "growth", "team": cast.checkout.pk}
    assert browser.post("/teams/payments/roles/new", given).status_code == 302
    page = re.sub(r"\s+", " ", browser.get("/teams/payments").content.decode())
    assert "Rea Reader" in page
    held = Membership.objects.get(person=cast.reader, role="growth")
    assert browser.post(f"/teams/cards/roles/{held.pk}/end").status_code == 404
    assert browser.post(f"/teams/payments/roles/{held.pk}/end").status_code == 302
    assert "Rea Reader" not in browser.get("/teams/payments").content.decode()


def test_superuser_by_command(db):
    call_command(
        "createsuperuser", email="root@example.com", name="Root", interactive=False, verbosity=0
    )
    assert Person.objects.get(email="root@example.com").is_staff
