"""Somebody who left Harbourlight, so that a record of a handing over can be looked at."""

from accounts.actions import add_membership, add_person
from accounts.actions.leaving import FOR_ALL, see_off
from accounts.models import Role
from initiatives.demo.company import DOMAIN, Company
from kpis.actions.kpi import introduce_kpi
from kpis.models import Scope


def somebody_leaves(company: Company) -> None:
    """A growth manager of Payments owned a KPI; a colleague took it over."""
    payments, admin = company.lines["payments"], company.administrator
    person = add_person(actor=admin, name="Casper Lund", email=f"casper.lund@{DOMAIN}")
    add_membership(
        actor=admin, person=person, role=Role.GROWTH, line=payments.line, team=payments.team
    )
    introduce_kpi(
        actor=payments[Role.PRODUCT_MANAGER], owner=person, line=payments.line,
        name="Shops that come back within a month", unit="%", scope=Scope.LINE,
        definition="Share of the shops of a month that take a payment in the next one, too.",
    )  # fmt: skip
    see_off(
        actor=admin, person=person, successors={FOR_ALL: payments[Role.GROWTH]},
        note="Moves to another company at the end of the quarter.",
    )  # fmt: skip
