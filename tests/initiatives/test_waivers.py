"""Waivers: who grants, for how long, what they do, and that they never read as met."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from config.flow.steps import explain, steps
from initiatives.actions.waiver import grant_waiver, withdraw_waiver
from tests.factories.initiatives import in_phase, waive


def grant(cast, made, **more):
    facts = {
        "actor": cast.business_leader,
        "gate": "ranked",
        "reason": "The law does not wait for a ranking.",
        "expires_date": timezone.localdate() + timedelta(days=180),
        "follow_up_owner": cast.product_manager,
        **more,
    }
    return grant_waiver(initiative=made, **facts)


def verdict(cast, made):
    view = explain(made, "start-rfc", cast.product_manager)
    return next(r.verdict for r in view.requirements if r.gate == "ranked")


def test_a_waived_requirement_reads_waived_and_after_withdrawal_missing(cast):
    made = in_phase(cast, "discovery")
    waiver = grant(cast, made)
    assert verdict(cast, made) == "waived"
    withdraw_waiver(waiver=waiver, actor=cast.cpo)
    assert verdict(cast, made) == "missing"


@pytest.mark.parametrize("part", ["business_leader", "cpo"])
def test_business_leader_and_cpo_grant(part, cast):
    made = in_phase(cast, "discovery")
    assert grant(cast, made, actor=getattr(cast, part)).in_force()


@pytest.mark.parametrize("part", ["product_manager", "cards_leader", "requester", "reader"])
def test_nobody_else_grants(part, cast):
    made = in_phase(cast, "discovery")
    with pytest.raises(NotYours):
        grant(cast, made, actor=getattr(cast, part))


def test_the_requester_never_grants(cast):
    made = in_phase(cast, "discovery", requester=cast.business_leader)
    with pytest.raises(NotYours, match="Whoever asked for it cannot waive its requirements."):
        grant(cast, made)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": " "}, "A waiver needs its reason; write one or two sentences."),
        ({"days": 0}, "A waiver ends on a day after today and within 180 days."),
        ({"days": 181}, "A waiver ends on a day after today and within 180 days."),
        (
            {"gate": "owned"},
            "No step from “discovery” asks for “owned”, or it can never be waived.",
        ),
    ],
)
def test_what_a_waiver_lacks_is_said(more, sentence, cast):
    made = in_phase(cast, "discovery")
    if "days" in more:
        more = {"expires_date": timezone.localdate() + timedelta(days=more["days"])}
    with pytest.raises(NotAllowed) as caught:
        grant(cast, made, **more)
    assert caught.value.sentences == [sentence]


def test_a_second_waiver_of_the_same_is_refused(cast):
    made = in_phase(cast, "discovery")
    waive(cast, made, "ranked")
    with pytest.raises(NotAllowed, match="is waived already"):
        grant(cast, made)


def test_the_page_grants_and_shows_it(cast, as_):
    made = in_phase(cast, "discovery")
    form = {
        "gate": "ranked",
        "reason": "The law does not wait.",
        "expires_date": timezone.localdate() + timedelta(days=10),
        "follow_up_owner": cast.product_manager.pk,
    }
    browser = as_(cast.business_leader)
    assert browser.post(f"/initiatives/{made.key}/waivers", form).status_code == 302
    text = browser.get(f"/initiatives/{made.key}/waivers").content.decode()
    assert "The law does not wait." in text
    overview = browser.get(made.get_absolute_url()).content.decode()
    assert "Waived by Bo Leader" in overview


def test_steps_shown_together_read_the_waivers_once(cast):
    initiative = in_phase(cast, "rfc")
    with CaptureQueriesContext(connection) as asked:
        shown = steps(initiative, cast.product_manager)
    read = [q for q in asked.captured_queries if 'FROM "initiatives_initiativewaiver"' in q["sql"]]
    assert sum(bool(step.requirements) for step in shown) > 1
    assert len(read) == 1
