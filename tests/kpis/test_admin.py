from decimal import Decimal

import pytest

from accounts.models import Person
from kpis.models import KPI, Observation


@pytest.fixture
def office(as_, cast):
    return as_(cast.administrator)


@pytest.mark.parametrize(
    "model",
    [
        "kpis/kpi",
        "kpis/observation",
        "kpis/target",
        "kpis/metriclink",
        "accounts/person",
        "accounts/businessline",
        "accounts/team",
        "accounts/membership",
        "accounts/reportingline",
        "accounts/passwordresetmail",
    ],
)
def test_every_list_opens(office, kpi, record, propose, model):
    propose(kpi, baseline_from=record(kpi, [52]))
    assert office.get(f"/admin/{model}/").status_code == 200


def test_a_kpi_is_added_and_changed_by_the_same_actions(office, cast):
    told = {
        "name": "Float",
        "definition": "Cash",
        "direction": "up",
        "scope": "line",
        "line": cast.payments.pk,
        "cadence": "weekly",
        "owner": cast.product_manager.pk,
    }
    made = office.post("/admin/kpis/kpi/add/", told)
    assert made.status_code == 302, made.context["errors"]
    kpi = KPI.objects.get()
    assert (kpi.key, kpi.row_version) == ("KPI-1", 1)
    changed = office.post(
        f"/admin/kpis/kpi/{kpi.pk}/change/", told | {"name": "Cash", "row_version": 1}
    )
    assert changed.status_code == 302
    kpi.refresh_from_db()
    assert (kpi.name, kpi.row_version) == ("Cash", 2)


def test_a_value_is_added_and_supersedes(office, kpi, record):
    (old,) = record(kpi, [52])
    told = {
        "kpi": kpi.pk,
        "period_start": old.period_start,
        "period_end": old.period_end,
        "value": "53",
        "provenance": "recount",
    }
    answer = office.post("/admin/kpis/observation/add/", told)
    assert answer.status_code == 302, answer.context["errors"]
    assert Observation.objects.current().get().value == Decimal(53)
    assert office.post(f"/admin/kpis/observation/{old.pk}/delete/").status_code == 403


def test_steps_of_a_target_are_buttons(office, kpi, propose):
    target = propose(kpi)
    page = office.get(f"/admin/kpis/target/{target.pk}/change/").content.decode()
    assert "Commit target" in page
    assert "Record one observation and take it as the baseline." in page


def test_a_person_is_added_with_a_password(office):
    told = {
        "email": "New@Example.com",
        "name": "New Person",
        "usable_password": "true",
        "password1": "a long enough passphrase",
        "password2": "a long enough passphrase",
    }
    answer = office.post(
        "/admin/accounts/person/add/",
        told | {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0},
    )
    assert answer.status_code == 302, answer.context["errors"]
    person = Person.objects.get(name="New Person")
    assert person.check_password("a long enough passphrase")
    assert person.email.lower() == "new@example.com"
