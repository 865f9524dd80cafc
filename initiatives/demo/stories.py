"""The initiatives of Harbourlight: one in every phase, and one a click away from each moment."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line, take_referral_step
from initiatives.actions.sprint import open_sprint
from initiatives.demo import papers, table, talk
from initiatives.demo.across import tell_across
from initiatives.demo.begun import tell_start
from initiatives.demo.company import Company, Line
from initiatives.demo.intake import tell_intake
from initiatives.demo.walk import Walk, ahead
from initiatives.forms.ranking import this_quarter
from initiatives.models import Initiative, InitiativeStep, Referral
from kpis.models import KPI

PERIOD = this_quarter
IMPACTS = ("1.5", "1", "2", "1.25", "0.75")


class Stories:
    """Tells all stories. `kpis` are the company's KPIs by name."""

    def __init__(self, company: Company, kpis: dict[str, KPI]) -> None:
        self.company = company
        self.kpis = kpis
        self.payments = company.lines["payments"]
        self.savings = company.lines["savings"]
        self.lending = company.lines["lending"]
        self.requester = company.shared["requester"]

    def tell(self) -> None:
        """Everything, in the order in which it happened."""
        self.requests()
        self.aside()
        walks = self.payments_thread()
        table.last_quarter(self.payments, list(walks.values()))
        table.commit_order(self.payments, list(walks.values()))
        self.along_the_thread(walks)
        self.savings_thread()
        self.lending_thread()
        tell_start(self.company, self.kpis)
        table.score_together(self.payments)
        table.scoring_now(self.payments)
        tell_intake(self.payments, self.company.shared["support"])
        tell_across(self.company, self.kpis)
        backdate()

    def requests(self) -> None:
        """Intake: what waits for triage, two of them alike."""
        for source, title, problem, affected, facts in REQUESTS:
            Walk.request(
                self.payments,
                source,
                self.requester if source != "growth" else self.payments["growth"],
                title=title,
                problem=problem,
                affected=affected,
                **facts,
            )
        ready = Walk.request(
            self.payments,
            "customer-service",
            self.company.shared["support"],
            title="Show when a payout arrives",
            problem="Every fifth call asks when the money arrives. The page says only “pending”.",
            affected="Shop owners who are paid out daily",
        )
        ready.prepare()  # one click away from being accepted

    def aside(self) -> None:
        """A declined, a duplicate, a snoozed and a parked one."""
        line = self.payments
        declined = self._need(line, "Pay out in gold coins", "One shop asked for it.")
        declined.step("decline", "product_manager", "One shop in four years; we keep to accounts.")
        original = Initiative.objects.get(title="Receipts by text message")
        double = self._need(line, "Send receipts as a text", "Paper receipts get lost.")
        double.step(
            "mark-duplicate",
            "product_manager",
            "The same need as the other one; it goes on there.",
            original=original.key,
        )
        snoozed = self._need(line, "Holiday opening hours on receipts", "Asked each December.")
        snoozed.step(
            "snooze", "product_manager", "We look again before the season.", until=ahead(40)
        )
        parked = self._need(line, "Tipping at the till", "Guests want to tip by card.").accept()
        parked.step("park", "product_manager", "Waits for the new terminal contract.")

    def payments_thread(self) -> dict[str, Walk]:
        """Everything of the line that competes for a place in its ranking."""
        line, kpi = self.payments, self.kpis["Active shops per week"]
        walks: dict[str, Walk] = {}
        for name, title, problem, effort in THREAD:
            walk = self._need(line, title, problem, source="growth").accept()
            walk.believe(kpi, "60", verdict="" if name == "judge" else "supported")
            walk.promise(kpi, "57", "63").score(
                400 + 40 * len(walks), IMPACTS[len(walks) % len(IMPACTS)], effort
            )
            walks[name] = walk
        return walks

    def along_the_thread(self, walks: dict[str, Walk]) -> None:
        """Each goes as far as its name says."""
        line = self.payments
        for name in ("judge", "start_rfc"):
            walks.pop(name)
        self._approving(walks.pop("approve"))
        self._stale(walks.pop("stale"))
        sprint = open_sprint(
            line=line.line,
            actor=line["business_leader"],
            name=f"{PERIOD()} sprint 3",
            goal="Shops see their money the same evening.",
            start_date=ahead(3),
            end_date=ahead(16),
        )
        for name, walk in walks.items():
            self._to_design(walk)
            if name != "start_design":
                self._further(name, walk, sprint)

    def _approving(self, walk: Walk) -> None:
        """One approval away from acceptance."""
        walk.step("start-rfc", "product_manager")
        first = papers.write_rfc(self.payments, walk.initiative)
        rfc = papers.ask(self.payments, papers.write_rfc(self.payments, walk.initiative))
        talk.give_way(self.payments, first, rfc)
        talk.discuss(self.payments, rfc)
        talk.decide_the_region(self.payments, rfc)
        papers.approve(self.payments, rfc, without=("risk",))

    def _stale(self, walk: Walk) -> None:
        """Approved once, then the limit changed: risk re-affirms in one click."""
        walk.step("start-rfc", "product_manager")
        rfc = papers.ask(self.payments, papers.write_rfc(self.payments, walk.initiative))
        papers.approve(self.payments, rfc, without=("finance",))
        papers.lower_the_limit(self.payments, rfc)
        talk.take_the_suggestion(self.payments, rfc)

    def _to_design(self, walk: Walk) -> None:
        """RFC written, asked, accepted; a first sketch is there."""
        walk.step("start-rfc", "product_manager")
        rfc = papers.ask(self.payments, papers.write_rfc(self.payments, walk.initiative))
        papers.approve(self.payments, rfc)
        walk.sketch()

    def _further(self, name: str, walk: Walk, sprint: Any) -> None:
        walk.step("start-design", "product_manager").draw(judged=name != "judge_study")
        if name == "judge_study":
            return
        walk.step("start-deep-dive", "designer")
        walk.break_down(TICKETS, unsigned=("security",) if name == "sign_off" else ())
        if name == "sign_off":
            return
        walk.step("mark-sprint-ready", "tpm").plan(sprint)
        if name == "push":
            return
        self._delivered(name, walk)

    def _delivered(self, name: str, walk: Walk) -> None:
        """Later phases rest on exceptions until pipelines and deployments are connected."""
        for phase, step, role, gates in LATER:
            for gate, reason in gates:
                walk.waive(gate, reason)
            walk.step(step, role)
            if phase == name:
                return

    def savings_thread(self) -> None:
        """A second line: a referral that waits for the CPO, a ranking that waits for a signature."""
        line, kpi = self.savings, self.kpis["Savers with a goal"]
        both = self._need(
            line,
            "Round up card payments into savings",
            "Savers ask to put the change of each payment aside without thinking about it.",
            source="market",
        ).accept()
        add_line(
            initiative=both.initiative,
            actor=line["product_manager"],
            line=self.payments.line,
        )
        goal = self._need(
            line,
            "Name a goal while opening an account",
            "Savers without a goal stop after two months.",
            source="growth",
        ).accept()
        for n, walk in enumerate((both, goal)):
            walk.believe(kpi, "45").promise(kpi, "41", "46").score(900 + 200 * n, "2", 6 + n)
        table.order(line, [both, goal])
        law = Walk.request(
            line,
            "compliance",
            self.company.shared["compliance"],
            title="New rule on showing interest",
            problem="From spring the yearly rate must stand beside every monthly one.",
            affected="Every saver who sees a rate",
            deadline_date=ahead(75),
            source_fields={
                "rule_text": "Rates are shown per year, beside any other form.",
                "authority": "Financial conduct office",
                "legal_deadline": ahead(75).isoformat(),
            },
        )
        law.prepare()

    def lending_thread(self) -> None:
        """The start-up line: a cross-line initiative whose coordination the CPO took."""
        line = self.lending
        shared = self._need(
            line,
            "Decide loans on payment history",
            "Applications wait for bank statements although we know the turnover.",
            source="finance",
            source_fields={"calculation": "11 h saved per loan × 90", "period": "a year"},
        ).accept()
        add_line(
            initiative=shared.initiative,
            actor=line["product_manager"],
            line=self.payments.line,
        )
        take_referral_step(
            Referral.objects.get(initiative=shared.initiative),
            "take-coordination",
            actor=self.company.shared["cpo"],
        )
        share = shared.initiative.lines.select_related("line").get(line=self.payments.line)
        answer_for_line(
            share=share,
            actor=self.payments["business_leader"],
            answer="conditional",
            note="From next quarter, when the ledger team is free.",
            kpi=self.kpis["Active shops per week"],
            person=self.payments["tpm"],
            capacity_points=13,
        )
        Walk.request(
            line,
            "technical-debt",
            line["architect"],
            title="Retire the nightly settlement job",
            problem="It fails twice a month and then somebody works through the night.",
            affected="The engineers on duty",
            source_fields={"cost_of_delay": "two nights a month", "affected_services": "ledger"},
        )

    def _need(self, line: Line, title: str, problem: str, **more: Any) -> Walk:
        facts = {"source": "customer-service", **more}
        return Walk.request(
            line,
            facts.pop("source"),
            self.requester,
            title=title,
            problem=problem,
            affected=f"Customers of {line.line.name} who use us every week",
            **facts,
        )


def backdate() -> None:
    """Spread the history over the last weeks, so that ages mean something."""
    for n, initiative in enumerate(Initiative.objects.order_by("number")):
        shift = timedelta(days=2 + (n * 5) % 23)
        rows = Initiative.objects.filter(pk=initiative.pk)
        rows.update(created_at=F("created_at") - shift - timedelta(days=12))
        steps = list(InitiativeStep.objects.filter(subject=initiative).order_by("pk"))
        for m, record in enumerate(steps):
            record.at = timezone.now() - shift - timedelta(days=3 * (len(steps) - 1 - m))
            record.save(update_fields=["at"])
        since = steps[-1].at if steps else F("created_at")
        rows.update(state_entered_at=since)


REQUESTS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    (
        "growth",
        "Instant settlement for market stalls",
        "Stall owners close early because tomorrow's money does not pay tonight's stock.",
        "Stall owners at weekly markets",
        {},
    ),
    (
        "growth",
        "Instant settlement for shops",
        "Owners wait until the next morning for their money and close early.",
        "Small shops with daily stock",
        {},
    ),
    (
        "qa",
        "The till freezes on long product names",
        "Names above sixty letters freeze the till for ten seconds.",
        "Shops with imported catalogues",
        {"source_fields": {"severity": "high", "reproduction": "Name with 61 letters"}},
    ),
    (
        "customer-service",
        "Receipts by text message",
        "Guests ask for a receipt on their phone; paper gets lost.",
        "Guests of small shops",
        {},
    ),
    (
        "finance",
        "Stop paying twice for card data",
        "Two suppliers deliver the same card data; one contract ends in spring.",
        "Finance",
        {"source_fields": {"calculation": "two contracts at the same price"}},
    ),
    (
        "technical-debt",
        "Split the ledger's largest table",
        "Backups of the table take four hours and grow by six minutes a week.",
        "Everybody on the ledger",
        {},
    ),
)

# name of the moment it stands before, title, problem, effort in person-weeks
THREAD = (
    (
        "judge",
        "Warn before the float runs out",
        "Shops notice only when a payout fails that their float is empty.",
        5,
    ),
    (
        "start_rfc",
        "Split a bill at the till",
        "Groups pay in turns, and the queue waits.",
        8,
    ),
    (
        "approve",
        "Instant payout for known shops",
        "Known shops wait until the next morning for their money.",
        6,
    ),
    ("stale", "Higher limits after a good month", "Good shops reach their limit at noon.", 4),
    (
        "start_design",
        "One page for every dispute",
        "Owners search three pages for one dispute.",
        7,
    ),
    (
        "judge_study",
        "Merchant onboarding in two screens",
        "Every third new shop stops at the seventh of nine screens.",
        9,
    ),
    ("sign_off", "Offline card payments", "Markets have no network at noon.", 11),
    ("push", "Daily summary at closing time", "Owners add up the day by hand.", 3),
    ("coding", "Refund from the receipt", "A refund takes four calls.", 5),
    ("build", "Payouts on public holidays", "Money stands still for three days.", 6),
    ("deployment", "Faster first payout", "New shops wait a week for their first money.", 4),
    ("monitoring", "Clear fees on every receipt", "Every tenth call asks about a fee.", 2),
    ("closed", "Till works with one hand", "Owners hold a child in the other.", 3),
)
TICKETS = ("See the amount", "Confirm it", "Be told when it is done")
_BEFORE = "Pushed and finished before this tool was there."
LATER: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("coding", "start-coding", "business_leader", (("pushed_to_jira", _BEFORE),)),
    (
        "build",
        "start-build",
        "tpm",
        (("tickets_done", _BEFORE), ("test_cases_automated", "By hand until the new runner.")),
    ),
    (
        "deployment",
        "deploy",
        "tpm",
        (("quality_gates_passed", "Seen in the pipeline by the TPM."),),
    ),
    (
        "monitoring",
        "release",
        "tpm",
        (("deployed_to_production", "Seen in production by the TPM."),),
    ),
    ("closed", "close", "product_manager", (("outcome_reviewed", "Reviewed on paper: achieved."),)),
)
