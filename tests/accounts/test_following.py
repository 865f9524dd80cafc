"""Following RFCs, KPIs and teams: from their pages and the API, and what one is told."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actions import follow_thing, unfollow_thing
from accounts.models import Following, Notice
from initiatives.actions.steps import take_step
from initiatives.models import Initiative
from kpis.actions.kpi import introduce_kpi
from kpis.actions.observation import record_observation
from rfc.actions.comments import comment
from tests.factories import rfc as make
from tests.factories.initiatives import in_phase

pytestmark = pytest.mark.django_db


def told(person):
    return sorted(Notice.objects.filter(person=person).values_list("words", "reason"))


def test_followers_of_an_rfc_hear_of_remarks_and_texts_until_they_leave(cast):
    rfc = make.published_rfc(cast)
    follow_thing(kind="rfc", pk=rfc.pk, actor=cast.reader)
    comment(rfc=rfc, actor=cast.risk, text="Hm?")
    assert told(cast.reader) == [(f"Rika Risk commented on {rfc.key}", "followed")]
    assert told(rfc.author) == [(f"Rika Risk commented on {rfc.key}", "author")]
    assert told(cast.risk) == []
    unfollow_thing(kind="rfc", pk=rfc.pk, actor=cast.reader)
    unfollow_thing(kind="rfc", pk=rfc.pk, actor=cast.risk)
    comment(rfc=rfc, actor=cast.risk, text="Again?")
    make.edit(rfc, cast.product_manager, title="Another name")
    assert len(told(cast.reader)) == 1
    assert told(cast.risk) == []


def test_who_follows_a_team_hears_of_its_initiatives(cast):
    row = in_phase(cast, "discovery")
    Initiative.objects.filter(pk=row.pk).update(team=cast.checkout)
    follow_thing(kind="team", pk=cast.checkout.pk, actor=cast.reader)
    Notice.objects.all().delete()
    take_step(row, "park", actor=cast.product_manager, note="Later.")
    assert [reason for _words, reason in told(cast.reader)] == ["team"]


def test_followers_and_the_owner_of_a_kpi_hear_of_values(cast):
    kpi = introduce_kpi(
        actor=cast.business_leader, name="Refunds", definition="Paid back.", scope="line",
        line=cast.payments, owner=cast.product_manager,
    )  # fmt: skip
    follow_thing(kind="kpi", pk=kpi.pk, actor=cast.reader)
    record_observation(
        kpi=kpi, actor=cast.business_leader, period_end=date(2026, 1, 4), value=Decimal(3),
        provenance="measured",
    )  # fmt: skip
    words = f"Bo Leader recorded a value of {kpi.key}"
    assert told(cast.reader) == [(words, "followed")]
    assert told(cast.product_manager) == [(words, "owner")]
    assert told(cast.business_leader) == []


def test_the_button_follows_and_stops(cast, as_, api_as):
    browser, page = as_(cast.reader), cast.checkout.get_absolute_url()
    assert 'aria-pressed="false"' in browser.get(page).content.decode()
    address = f"/follow/team/{cast.checkout.pk}"
    assert browser.post(address, {"next": page}).url == page
    assert 'aria-pressed="true"' in browser.get(page).content.decode()
    assert len(api_as(cast.reader).get("/api/v1/me/following/").json()["results"]) == 1
    assert browser.post(address, {"stop": "yes", "next": "https://evil.example"}).url == page
    assert not Following.objects.filter(left_at=None).exists()
    assert browser.post("/follow/team/999999").status_code == 404
    assert browser.post("/follow/nothing/1").status_code == 404
