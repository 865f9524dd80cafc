"""Somebody leaves: everything held passes on, every way in closes, and decisions keep the name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import add_membership, make_personal_token, set_superiors, start_line
from accounts.actions.leaving import see_off
from accounts.handover import held_by
from accounts.models import (
    ApiToken,
    Departure,
    Membership,
    Notice,
    Person,
    ReportsTo,
    Role,
    Session,
    StartUp,
)
from accounts.queries_tokens import token_of
from config.flow.errors import NotAllowed, NotYours
from initiatives.models import Initiative
from kpis.models import KPI
from rfc.models import RFC, Delegation, Look
from tests.factories.walks import believed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned(cast):
    return believed(cast, title="Instant settlement").initiative


@pytest.fixture
def rfc(cast):
    return RFC.objects.create(
        number=901, title="Settle at once", author=cast.product_manager, decider=cast.cpo,
        line=cast.payments,
    )  # fmt: skip


@pytest.fixture
def successor(cast):
    person = cast.reader
    add_membership(
        actor=cast.administrator, person=person, role=Role.PRODUCT_MANAGER, line=cast.payments,
        team=cast.checkout,
    )  # fmt: skip
    return Person.objects.get(pk=person.pk)


def leave(cast, person, actor=None, **successors):
    told = {name.replace("_", "-"): who for name, who in successors.items()}
    return see_off(actor=actor or cast.administrator, person=person, successors=told)


def kinds(person):
    return {held.holding.slug for held in held_by(person)}


def test_everything_passes_on_in_one_go_and_the_account_closes(cast, owned, rfc, successor, as_):
    pm = cast.product_manager
    as_(pm).get("/")
    _token, secret = make_personal_token(actor=pm, name="Mine", scope="read", days=5)
    set_superiors(actor=cast.administrator, person=cast.designer, divisional=pm)
    KPI.objects.filter(pk=KPI.objects.first().pk).update(owner=pm)
    Look.objects.create(rfc=rfc, person=pm, asked_by=cast.cpo)
    assert {"roles", "divisional", "tokens", "initiatives-owner", "kpis", "rfcs-written",
            "looks"} <= kinds(pm)  # fmt: skip
    made = leave(cast, pm, everything=successor)
    pm.refresh_from_db()
    owned.refresh_from_db()
    rfc.refresh_from_db()
    assert (owned.owner, rfc.author, KPI.objects.first().owner) == (successor,) * 3
    assert ReportsTo.objects.get(person=cast.designer).divisional == successor
    assert Look.objects.get().person == successor
    assert not pm.is_active
    assert not pm.memberships.filter(ended_at=None).exists()
    assert not Session.objects.filter(person=pm).exists()
    assert not token_of(secret).live
    assert "Product manager" in made.person_roles
    assert made.pieces.get(holding="initiatives-owner").successor == successor
    assert made.pieces.get(holding="tokens").successor is None
    assert Notice.objects.get(person=successor).url == made.get_absolute_url()
    assert kinds(pm) == set(), "nothing open is left behind"


def test_without_a_successor_nothing_at_all_changes(cast, owned, rfc):
    with pytest.raises(NotAllowed) as refused:
        leave(cast, cast.product_manager)
    assert any("Initiatives owned" in s for s in refused.value.sentences)
    cast.product_manager.refresh_from_db()
    assert cast.product_manager.is_active
    assert cast.product_manager.memberships.filter(ended_at=None).exists()
    assert not Departure.objects.exists()


def test_a_successor_without_the_role_is_refused_unless_the_role_passes_too(cast, owned):
    pm, new = cast.product_manager, cast.reader
    with pytest.raises(NotAllowed) as refused:
        leave(cast, pm, everything=new)
    assert "Rea Reader is not Product manager of Payments" in str(refused.value)
    made = leave(cast, pm, everything=new, roles=new)
    owned.refresh_from_db()
    assert owned.owner == new
    held = Membership.objects.get(person=new, role=Role.PRODUCT_MANAGER)
    assert (held.team, held.ended_at) == (cast.checkout, None)
    assert made.pieces.get(holding="roles").successor == new


def test_a_role_of_one_team_does_not_pass_to_somebody_of_another_team(cast):
    with pytest.raises(NotAllowed, match="exactly one team"):
        leave(cast, cast.tpm, roles=cast.outsider)
    assert cast.tpm.memberships.filter(ended_at=None).exists()


def test_each_kind_may_have_a_successor_of_its_own_or_none(cast, owned, rfc, successor):
    Initiative.objects.filter(pk=owned.pk).update(designer=cast.product_manager)
    leave(
        cast, cast.product_manager, everything=successor, rfcs_written=cast.cpo,
        initiatives_designer=None,
    )  # fmt: skip
    owned.refresh_from_db()
    rfc.refresh_from_db()
    assert (owned.owner, owned.designer, rfc.author) == (successor, None, cast.cpo)


def test_delegations_end_and_a_start_finds_another_manager(cast):
    line = start_line(
        actor=cast.cpo, name="Loans", purpose="x", product_manager=cast.requester,
        backfill_order=[],
    )  # fmt: skip
    Delegation.objects.create(
        person=cast.risk, delegate=cast.requester, function="risk",
        ends_on=timezone.localdate() + timedelta(days=5),
    )  # fmt: skip
    leave(cast, cast.requester, everything=cast.reader, roles=cast.reader)
    assert StartUp.objects.get(line=line).product_manager == cast.reader
    acting = Membership.objects.filter(person=cast.reader, acting=True, ended_at=None)
    assert acting.count() > 5, "acting roles pass on as acting ones"
    assert Delegation.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("actor", "whom"),
    [("business_leader", "designer"), ("cpo", "administrator"), ("cpo", "cpo"),
     ("administrator", "administrator")],
)  # fmt: skip
def test_who_sees_off_whom(cast, actor, whom):
    with pytest.raises(NotYours):
        leave(cast, getattr(cast, whom), actor=getattr(cast, actor))
    assert Person.objects.get(pk=getattr(cast, whom).pk).is_active


def test_nobody_who_left_takes_over_and_nobody_leaves_twice(cast, owned):
    leave(cast, cast.reader)
    gone = Person.objects.get(pk=cast.reader.pk)
    with pytest.raises(NotAllowed, match="cannot take it over"):
        leave(cast, cast.product_manager, everything=gone)
    with pytest.raises(NotAllowed, match="already"):
        leave(cast, gone)


def test_the_page_lists_it_refuses_with_the_choice_kept_and_then_shows_the_record(
    cast, owned, successor, as_
):
    browser, pm = as_(cast.administrator), cast.product_manager
    assert f"/people/{pm.pk}/leave" in browser.get(f"/people/{pm.pk}").content.decode()
    page = browser.get(f"/people/{pm.pk}/leave").content.decode()
    assert "Instant settlement" in page
    refused = browser.post(f"/people/{pm.pk}/leave", {"note": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()
    assert browser.post(f"/people/{pm.pk}/leave", {"everything": "999999"}).status_code == 422
    done = browser.post(f"/people/{pm.pk}/leave", {"everything": successor.pk})
    assert done.status_code == 302
    record = browser.get(done.url).content.decode()
    assert "Instant settlement" in record
    assert "Rea Reader" in record
    assert done.url in browser.get(f"/people/{pm.pk}").content.decode()


def test_the_api_lists_and_hands_over(cast, owned, successor, as_):
    api, pm = as_(cast.administrator), cast.product_manager
    address = f"/api/v1/people/{pm.pk}/leave/"
    assert "initiatives-owner" in {held["kind"] for held in api.get(address).json()}
    wrong = api.post(address, {"successors": {"ghosts": 1}}, content_type="application/json")
    assert wrong.status_code in (400, 422)
    bare = api.post(address, {}, content_type="application/json")
    assert bare.status_code == 409
    told = {"successors": {"everything": successor.pk}}
    done = api.post(address, told, content_type="application/json")
    assert done.status_code == 201
    assert not ApiToken.objects.filter(person=pm, revoked_at=None).exists()
