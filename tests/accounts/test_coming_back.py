"""A leaving is taken back: what nobody touched goes back, the rest stays and says why."""

from datetime import timedelta

import pghistory
import pytest
from django.utils import timezone

from accounts.actions import add_membership, make_personal_token, set_superiors
from accounts.actions.coming_back import take_back_departure
from accounts.actions.leaving import see_off
from accounts.models import ApiToken, Departure, Membership, Notice, Person, ReportsTo, Role, Team
from config.flow.errors import NotAllowed, NotYours
from kpis.models import KPI
from rfc.models import RFC, Delegation
from tests.factories.walks import believed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pm(cast):
    return cast.product_manager


@pytest.fixture
def successor(cast):
    add_membership(
        actor=cast.administrator, person=cast.reader, role=Role.PRODUCT_MANAGER,
        line=cast.payments, team=cast.checkout,
    )  # fmt: skip
    return Person.objects.get(pk=cast.reader.pk)


@pytest.fixture
def owned(cast, successor):
    return believed(cast, title="Instant settlement").initiative


@pytest.fixture
def rfc(cast, pm):
    return RFC.objects.create(number=901, title="Settle at once", author=pm, decider=pm,
                              line=cast.payments)  # fmt: skip


def leave(cast, person, **successors):
    told = {name.replace("_", "-"): who for name, who in successors.items()}
    return see_off(actor=cast.administrator, person=person, successors=told)


def back(cast, made, actor=None):
    return take_back_departure(actor=actor or cast.administrator, departure=made)


def said(made, holding):
    return made.pieces.get(holding=holding).undo_said


def test_everything_untouched_goes_back_and_the_account_opens(cast, pm, owned, rfc, successor):
    make_personal_token(actor=pm, name="Mine", scope="read", days=5)
    set_superiors(actor=cast.administrator, person=cast.designer, divisional=pm)
    Delegation.objects.create(person=cast.risk, delegate=pm, function="risk",
                              ends_on=timezone.localdate() + timedelta(days=5))  # fmt: skip
    roles = list(pm.memberships.filter(ended_at=None).values_list("pk", flat=True))
    made = back(cast, leave(cast, pm, everything=successor))
    for row in (pm, owned, rfc):
        row.refresh_from_db()
    assert pm.is_active
    assert (owned.owner, rfc.author, rfc.decider) == (pm, pm, pm)
    assert set(KPI.objects.values_list("owner", flat=True)) == {pm.pk}
    assert ReportsTo.objects.get(person=cast.designer).divisional == pm
    assert list(pm.memberships.filter(ended_at=None).values_list("pk", flat=True)) == roles
    assert Delegation.objects.get().ended_at is None
    assert made.undone_by == cast.administrator
    assert not ApiToken.objects.filter(person=pm, revoked_at=None).exists()
    assert "does not come back" in said(made, "tokens")
    assert not made.pieces.exclude(holding="tokens").exclude(undone=True).exists()
    told = Notice.objects.get(person=successor, key=f"came-back:{made.pk}")
    assert "Instant settlement" in told.text


def test_what_the_successor_worked_on_stays_and_others_changes_do_not_matter(
    cast, pm, owned, rfc, successor
):
    made = leave(cast, pm, everything=successor)
    with pghistory.context(user=successor.pk):
        RFC.objects.filter(pk=rfc.pk).update(title="Settle sooner")
    with pghistory.context(user=cast.tpm.pk):
        type(owned).objects.filter(pk=owned.pk).update(title="Named by another")
    back(cast, made)
    rfc.refresh_from_db()
    owned.refresh_from_db()
    assert (rfc.author, owned.owner, owned.title) == (successor, pm, "Named by another")
    assert said(made, "rfcs-written") == "Rea Reader has worked on it since."
    assert made.pieces.get(holding="rfcs-written").undone is False


def test_what_passed_on_again_or_closed_stays(cast, pm, owned, rfc, successor):
    made = leave(cast, pm, everything=successor)
    RFC.objects.filter(pk=rfc.pk).update(author=cast.designer)
    KPI.objects.first().targets.update(phase="retired")
    back(cast, made)
    rfc.refresh_from_db()
    assert (rfc.author, rfc.decider) == (cast.designer, pm)
    assert "passed on again" in said(made, "rfcs-written")
    assert all("not open" in p.undo_said for p in made.pieces.filter(holding="targets"))


def test_a_role_that_passed_ends_again_unless_work_stays_with_it(cast, pm, rfc):
    new = cast.requester
    made = leave(cast, pm, everything=new, roles=new)
    assert Membership.objects.filter(person=new, role="product_manager", ended_at=None).exists()
    back(cast, made)
    assert not Membership.objects.filter(
        person=new, role="product_manager", ended_at=None).exists()  # fmt: skip
    again = leave(cast, Person.objects.get(pk=pm.pk), everything=new, roles=new)
    with pghistory.context(user=new.pk):
        RFC.objects.filter(pk=rfc.pk).update(title="Settle sooner")
    back(cast, again)
    assert Membership.objects.filter(person=new, role="product_manager", ended_at=None).exists()
    assert pm.memberships.filter(role="product_manager", ended_at=None).exists()


def test_work_stays_when_the_role_it_needs_does_not_come_back(cast, pm, owned, successor):
    made = leave(cast, pm, everything=successor)
    ended = pm.memberships.get(role="product_manager")
    second = Team.objects.create(line=cast.payments, slug="payouts", name="Payouts")
    # Somebody wrote another team's role down for the same time.
    Membership.objects.create(person=pm, role="tpm", team=second, started_at=ended.ended_at)
    back(cast, made)
    owned.refresh_from_db()
    assert "in its place" in said(made, "roles")
    assert owned.owner == successor
    assert "is not Product manager" in said(made, "initiatives-owner")


@pytest.mark.parametrize("actor", ["business_leader", "reader"])
def test_only_who_may_see_off_takes_back(cast, actor):
    made = leave(cast, cast.second_designer)
    with pytest.raises(NotYours):
        back(cast, made, actor=getattr(cast, actor))


def test_once_and_within_fourteen_days(cast):
    made = leave(cast, cast.second_designer)
    Departure.objects.update(at=timezone.now() - timedelta(days=14, minutes=1))
    with pytest.raises(NotAllowed, match="too late"):
        back(cast, made)
    Departure.objects.update(at=timezone.now() - timedelta(days=13))
    back(cast, made, actor=cast.cpo)
    with pytest.raises(NotAllowed, match="already"):
        back(cast, made)
    leave(cast, Person.objects.get(pk=cast.second_designer.pk))


def test_the_rights_of_an_administrator_do_not_come_back(cast):
    Person.objects.filter(pk=cast.second_designer.pk).update(is_staff=True, is_superuser=True)
    made = leave(cast, Person.objects.get(pk=cast.second_designer.pk))
    back(cast, made, actor=cast.cpo)
    person = Person.objects.get(pk=cast.second_designer.pk)
    assert (person.is_active, person.is_staff, person.is_superuser) == (True, False, False)


def test_the_page_says_beforehand_what_goes_back_and_changes_nothing_by_saying_it(
    cast, pm, owned, rfc, successor, as_
):
    made, browser = leave(cast, pm, everything=successor), as_(cast.administrator)
    with pghistory.context(user=successor.pk):
        RFC.objects.filter(pk=rfc.pk).update(title="Settle sooner")
    address = made.get_absolute_url()
    assert f"{address}/undo" in browser.get(address).content.decode()
    goes, stays = browser.get(f"{address}/undo").content.decode().split("Stays as it is")
    assert "Instant settlement" in goes
    assert "has worked on it since" in stays
    made.refresh_from_db()
    pm.refresh_from_db()
    assert (made.undone_at, pm.is_active) == (None, False)
    assert not made.pieces.exclude(undone=None).exists()
    assert browser.post(f"{address}/undo").url == address
    page = browser.get(address).content.decode()
    assert "Taken back by Ada Administrator" in page
    assert "Went back" in page
    assert f"{address}/undo" not in page
    assert browser.get(f"{address}/undo").status_code == 409


def test_the_api_takes_it_back_and_tells_each_piece(cast, pm, owned, successor, api_with):
    made = leave(cast, pm, everything=successor)
    caller = api_with(cast.cpo)
    read = caller.get(f"/api/v1/departures/{made.pk}/").json()
    assert (read["undone_at"], read["pieces"][0]["undone"]) == (None, None)
    done = caller.post(f"/api/v1/departures/{made.pk}/undo/").json()
    assert done["undone_by"] == cast.cpo.pk
    assert {p["holding"] for p in done["pieces"] if p["undone"]} >= {"roles", "kpis"}
    assert caller.post(f"/api/v1/departures/{made.pk}/undo/").status_code == 409
