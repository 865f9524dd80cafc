"""What crosses lines at Harbourlight: a referral over three lines, facts nobody named, collisions."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from initiatives.actions.collisions import ask_owners
from initiatives.actions.contributions import state_contribution
from initiatives.actions.follow import follow
from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line, delegate_referral
from initiatives.actions.talk import comment
from initiatives.demo.company import Company
from initiatives.demo.walk import Walk
from initiatives.models import Initiative, Referral
from kpis.models import KPI

LEDGER = {"cost_of_delay": "two nights a month", "affected_services": "ledger, payout API"}


def tell_across(company: Company, kpis: dict[str, KPI]) -> None:
    """Everything that more than one line has to do with."""
    shared = _identity(company, kpis)
    _talk(company, shared)
    _unnamed_line(company, kpis)
    _same_service(company)


def _identity(company: Company, kpis: dict[str, KPI]) -> Initiative:
    """Three lines: one accepts on conditions, one declines, and the CPO is asked."""
    payments, savings, lending = (company.lines[s] for s in ("payments", "savings", "lending"))
    kpi = kpis["Active shops per week"]
    walk = Walk.request(
        payments,
        "market",
        payments["growth"],
        title="One identity check for all products",
        problem="An owner who is known to us proves who she is again for savings and for a loan.",
        affected="Owners with more than one product",
    ).prepare()
    walk.step("accept", "product_manager")
    walk.believe(kpi, "60").promise(kpi, "57", "61")
    made = walk.initiative
    owner = payments["product_manager"]
    for line in (savings, lending):
        add_line(initiative=made, actor=owner, line=line.line)
    shares = {s.line.slug: s for s in made.lines.select_related("line", "initiative")}
    answer_for_line(
        share=shares["savings"],
        actor=savings["business_leader"],
        answer="conditional",
        conditions=["The goals team is free from March.", "The consent text is one for all lines."],
        kpi=kpis["Savers with a goal"],
        person=savings["tpm"],
        capacity_points=21,
    )
    answer_for_line(
        share=shares["lending"],
        actor=lending["product_manager"],
        answer="declined",
        note="Loans need a stronger check by law; a shared one would have to be done twice.",
    )
    promise = made.promises.get()
    for slug, low, high in (("payments", 40, 60), ("savings", 20, 30)):
        state_contribution(
            promise=promise, share=shares[slug], actor=owner, low_percent=low, high_percent=high
        )
    return made


def _talk(company: Company, made: Initiative) -> None:
    """A question to a line, its answer, somebody who follows, and a delegate for the referral."""
    payments, savings = company.lines["payments"], company.lines["savings"]
    asked = comment(
        initiative=made,
        actor=payments["product_manager"],
        text="@bl.savings is March certain, or does the spring release come first?",
        line=savings.line,
    )
    comment(
        initiative=made,
        actor=savings["business_leader"],
        text="March holds unless the new rule on showing interest moves. @cpo should know.",
        answers=asked,
    )
    comment(
        initiative=made,
        actor=company.shared["compliance"],
        text="@role/risk do we keep one consent per product, or one for all?",
    )
    follow(initiative=made, actor=company.shared["reader"])
    delegate_referral(
        referral=Referral.objects.get(initiative=made),
        actor=company.shared["cpo"],
        delegate=company.shared["vp_engineering"],
        until=timezone.localdate() + timedelta(days=14),
    )


def _unnamed_line(company: Company, kpis: dict[str, KPI]) -> None:
    """An initiative of Savings promises to move a KPI of Payments, which nobody named."""
    savings = company.lines["savings"]
    walk = Walk.request(
        savings,
        "growth",
        savings["growth"],
        title="Offer a savings goal on the payout page",
        problem="Owners see their payout and have nothing to do with it there.",
        affected="Owners with more than one product",
    ).prepare()
    walk.step("accept", "product_manager")
    walk.believe(kpis["Savers with a goal"], "45").promise(kpis["Savers with a goal"], "42", "45")
    walk.promise(kpis["Active shops per week"], "54", "56")


def _same_service(company: Company) -> None:
    """Two lines change the same service; the CPO asks both owners who goes first."""
    made: list[Any] = []
    for slug, title in (
        ("payments", "Split the ledger into accounts and postings"),
        ("lending", "Book loan instalments in the ledger"),
    ):
        line = company.lines[slug]
        walk = Walk.request(
            line,
            "technical-debt",
            line["architect"],
            title=title,
            problem="Both the nightly run and the morning report wait for the same table.",
            affected=f"Engineers of {line.line.name}",
            source_fields=LEDGER,
        )
        made.append(walk.prepare().step("accept", "product_manager").initiative)
    ask_owners(
        first=made[0],
        second=made[1],
        actor=company.shared["cpo"],
        question="Both change the ledger before spring. Who goes first, and what does the other need?",
    )
