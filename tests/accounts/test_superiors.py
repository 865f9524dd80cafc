"""Superiors by name: said on a page and by the API, shown above and below, never in a circle."""

import threading

import pytest
from django.db import close_old_connections, connection, transaction

from accounts.actions import set_superiors
from accounts.actions.leaving import see_off
from accounts.models import Membership, ReportsTo, Role
from accounts.queries_superiors import changes_of
from accounts.reporting import ship_reporting_lines
from config.flow.errors import NotAllowed, NotYours
from tests.cast import build_cast

pytestmark = pytest.mark.django_db


def say(cast, person, **told):
    return set_superiors(actor=cast.administrator, person=person, **told)


def test_a_leader_says_it_on_the_page_and_both_people_show_it(cast, as_):
    browser, address = as_(cast.business_leader), f"/people/{cast.engineer.pk}"
    assert f"{address}/superiors" in browser.get(address).content.decode()
    sent = {"divisional": cast.tpm.pk, "functional": cast.vp_engineering.pk}
    assert browser.post(f"{address}/superiors", sent).status_code == 302
    row = ReportsTo.objects.get()
    assert (row.person, row.divisional, row.functional) == (
        cast.engineer, cast.tpm, cast.vp_engineering)  # fmt: skip
    assert "Tariq Planner" in browser.get(address).content.decode()
    below = browser.get(f"/people/{cast.tpm.pk}").content.decode()
    assert "Report here" in below
    assert "Eli Engineer" in below
    assert f"{address}/superiors" not in as_(cast.designer).get(address).content.decode()


def test_a_circle_is_refused_with_the_way_round_and_the_choice_kept(cast, as_):
    say(cast, cast.engineer, divisional=cast.tpm)
    say(cast, cast.tpm, divisional=cast.business_leader)
    page = as_(cast.administrator).post(
        f"/people/{cast.business_leader.pk}/superiors", {"divisional": cast.engineer.pk}
    )
    said = "Bo Leader → Eli Engineer → Tariq Planner → Bo Leader"
    assert (page.status_code, said in page.content.decode()) == (422, True)
    assert f'value="{cast.engineer.pk}" selected' in page.content.decode()
    # The other line of reporting is another matter.
    say(cast, cast.business_leader, functional=cast.engineer)


def test_somebody_who_left_is_not_named_but_stays_where_named(cast, as_):
    say(cast, cast.engineer, divisional=cast.tpm)
    type(cast.tpm).objects.filter(pk=cast.tpm.pk).update(is_active=False)
    browser, address = as_(cast.administrator), f"/people/{cast.engineer.pk}/superiors"
    kept = browser.post(address, {"divisional": cast.tpm.pk, "functional": cast.cpo.pk})
    assert kept.status_code == 302
    with pytest.raises(NotAllowed, match="has left"):
        cast.tpm.refresh_from_db()
        say(cast, cast.designer, divisional=cast.tpm)


def test_who_may_say_it(cast):
    set_superiors(actor=cast.cpo, person=cast.engineer, divisional=cast.tpm)
    for actor in (cast.cards_leader, cast.engineer, cast.tpm):
        with pytest.raises(NotYours):
            set_superiors(actor=actor, person=cast.engineer, divisional=cast.cpo)


def test_the_page_tells_who_changed_it(cast, as_):
    browser, address = as_(cast.administrator), f"/people/{cast.engineer.pk}/superiors"
    browser.post(address, {"divisional": cast.tpm.pk})
    browser.post(address, {"divisional": ""})
    texts = [(str(change.who), change.text) for change in changes_of(cast.engineer)]
    assert texts == [
        ("Ada Administrator", "Divisional: Tariq Planner → nobody"),
        ("Ada Administrator", "Divisional: nobody → Tariq Planner"),
    ]
    assert "Divisional: nobody → Tariq Planner" in browser.get(address).content.decode()


def test_the_chart_names_them_on_its_line_of_reporting_only(cast, as_):
    ship_reporting_lines()
    say(cast, cast.business_leader, divisional=cast.cpo)
    browser = as_(cast.reader)
    drawn = browser.get("/teams/chart?by=divisional&line=payments").content.decode()
    assert "reports to Cleo Officer" in drawn
    other = browser.get("/teams/chart?by=functional&line=payments").content.decode()
    assert "reports to Cleo Officer" not in other


def test_the_api_changes_one_line_of_reporting_and_leaves_the_other(cast, api_with):
    caller, address = api_with(cast.cpo, "write"), f"/api/v1/people/{cast.engineer.pk}/superiors/"
    assert caller.get(address).json() == {"divisional": None, "functional": None}
    say(cast, cast.engineer, functional=cast.vp_engineering)
    done = caller.patch(address, {"divisional": cast.tpm.pk}, format="json")
    assert done.json()["divisional"] == {"id": cast.tpm.pk, "name": "Tariq Planner"}
    assert done.json()["functional"]["name"] == "Vera President"
    wrong = caller.patch(address, {"divisional": cast.engineer.pk}, format="json")
    assert (wrong.status_code, "circle" in wrong.content.decode()) == (409, True)
    assert caller.patch(address, {"divisional": 987654}, format="json").status_code in {400, 422}
    assert caller.patch(address, {"divisional": None}, format="json").json()["divisional"] is None


def test_the_reports_of_a_leaver_do_not_close_a_circle(cast):
    say(cast, cast.engineer, divisional=cast.tpm)
    say(cast, cast.architect, divisional=cast.engineer)
    Membership.objects.create(person=cast.reader, role=Role.TPM, team=cast.checkout,
                              line=cast.payments, acting=True)  # fmt: skip
    with pytest.raises(NotAllowed, match="circle"):
        see_off(actor=cast.administrator, person=cast.tpm,
                successors={"divisional": cast.architect})  # fmt: skip
    assert ReportsTo.objects.get(person=cast.engineer).divisional == cast.tpm


@pytest.mark.django_db(transaction=True)
def test_two_at_once_close_no_circle_even_without_rows():
    cast, met, refused = build_cast(), threading.Event(), []

    def other():
        try:
            met.set()
            say(cast, cast.tpm, divisional=cast.engineer)
        except NotAllowed as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        say(cast, cast.engineer, divisional=cast.tpm)
        thread.start()
        met.wait(10)
        thread.join(0.5)
    thread.join(20)
    close_old_connections()
    assert len(refused) == 1
    assert ReportsTo.objects.count() == 1
