"""Walks one initiative along the thread by the real actions, as its people would."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from initiatives.actions import belief, deepdive, design, request, score, study, tickets, waiver
from initiatives.actions.people import assign
from initiatives.actions.steps import take_step
from initiatives.demo.company import Line
from initiatives.models import Initiative, MockupVersion, ScreenState, Source, Sprint
from initiatives.permissions import DEEP_DIVE_FUNCTIONS
from kpis.models import KPI

INK, PAPER, TONE = (27, 28, 30), (255, 255, 255), (35, 72, 199)


def ago(days: int) -> date:
    """A day before today."""
    return timezone.localdate() - timedelta(days=days)


def ahead(days: int) -> date:
    """A day after today."""
    return timezone.localdate() + timedelta(days=days)


class Walk:
    """One initiative on its way. Every method is what somebody does."""

    def __init__(self, line: Line, initiative: Initiative) -> None:
        self.line = line
        self.initiative = initiative

    @classmethod
    def request(cls, line: Line, source: str, requester: Any, **facts: Any) -> "Walk":
        """Somebody hands in a need."""
        made = request.propose_initiative(
            requester=requester,
            source=Source.objects.get(slug=source),
            line=line.line,
            **facts,
        )
        return cls(line, made)

    def step(self, name: str, role: str, note: str = "", **told: Any) -> "Walk":
        """Take a step as the person who holds the role."""
        self.initiative = take_step(self.initiative, name, actor=self.line[role], note=note, **told)
        return self

    def prepare(self) -> "Walk":
        """The product manager owns it and looks at the duplicates."""
        owner = self.line["product_manager"]
        self.initiative = assign(
            initiative=self.initiative, actor=owner, seat="owner", person=owner
        )
        self.initiative = request.confirm_not_duplicate(initiative=self.initiative, actor=owner)
        return self

    def accept(self) -> "Walk":
        return self.prepare().step("accept", "product_manager")

    def believe(self, kpi: KPI, target: str, *, verdict: str = "supported") -> "Walk":
        """Hypothesis, evidence for and against, verdict by somebody else."""
        owner = self.line["product_manager"]
        belief.state_hypothesis(
            initiative=self.initiative,
            actor=owner,
            change=f"{self.initiative.title}, first for a tenth of the customers",
            audience=f"customers of {self.line.line.name} who use us every week",
            kpi=kpi,
            target=Decimal(target),
            by_date=ahead(120),
            pass_rule=f"{kpi.name} moves at least half of the way within eight weeks.",
        )
        self.evidence()
        if verdict:
            belief.judge_evidence(
                initiative=self.initiative,
                actor=self.line["growth"],
                outcome=verdict,
                reason="Interviews and usage say the same thing.",
            )
        return self

    def evidence(self) -> "Walk":
        """A survey, an interview series and one finding that points the other way."""
        owner = self.line["product_manager"]
        findings: tuple[dict[str, Any], ...] = (
            {
                "method": "data",
                "kind": "quantitative",
                "points": "for",
                "sample": 1214,
                "finding": "Two of three who stopped had asked for this in their last month.",
                "origin": "Usage of the last quarter",
            },
            {
                "method": "interview",
                "kind": "qualitative",
                "points": "for",
                "sample": 14,
                "finding": "Twelve of fourteen describe the same work-around.",
                "quote": "I close at six because tomorrow's money does not pay tonight's bills.",
                "origin": "Interview series, autumn",
            },
            {
                "method": "experiment",
                "kind": "quantitative",
                "points": "against",
                "sample": 61,
                "finding": "Large customers show no difference after the pilot.",
                "origin": "Pilot in one town",
            },
        )
        for n, facts in enumerate(findings):
            belief.record_evidence(
                initiative=self.initiative,
                actor=owner,
                collected_date=ago(12 + 9 * n),
                from_customers=True,
                **facts,
            )
        return self

    def promise(self, kpi: KPI, low: str, high: str) -> "Walk":
        belief.promise_kpi(
            initiative=self.initiative,
            actor=self.line["product_manager"],
            kpi=kpi,
            low=Decimal(low),
            high=Decimal(high),
            by_date=ahead(130),
            method="Weekly value eight weeks after release, against the regions without it.",
        )
        return self

    def score(self, reach: int, impact: str, effort: int) -> "Walk":
        """Inputs from product manager and architect, each with its range and what it rests on."""
        proof = {item.method: item for item in self.initiative.evidence.order_by("-pk")}
        for factor, value, role, method in (
            ("reach", Decimal(reach), "product_manager", "data"),
            ("impact", Decimal(impact), "product_manager", "interview"),
            ("effort", Decimal(effort), "architect", ""),
        ):
            score.give_score_input(
                initiative=self.initiative,
                actor=self.line[role],
                factor=factor,
                value=value,
                low=value * Decimal("0.75"),
                high=value * Decimal("1.3"),
                evidence=proof.get(method),
            )
        self.initiative.refresh_from_db()
        return self

    def sketch(self) -> "Walk":
        """A low-fidelity version with one picture."""
        self._screens(("Start",))
        self._version("low", ("Start",), (ScreenState.FILLED,))
        return self

    def draw(self, *, judged: bool = True) -> "Walk":
        """A high-fidelity version in every state, pinned, tested with customers."""
        screens = ("Start", "Confirm", "Done")
        self._screens(screens[1:])
        version = self._version("high", screens, tuple(ScreenState))
        design.pin_version(version=version, actor=self.line["designer"])
        held = study.record_study(
            version=version,
            actor=self.line["designer"],
            goal="Do people finish without help?",
            segment=f"customers of {self.line.line.name}",
            participants=6,
            held_date=ago(4),
            tasks=[
                study.TaskResult("Find where it starts", 6, 6),
                study.TaskResult("Finish with a slow connection", 6, 5),
            ],
            findings="One person looked for the confirmation in the list.",
        )
        if judged:
            study.judge_study(
                study=held,
                actor=self.line["growth"],
                verdict="validated",
                reason="Five of six finished both tasks without help.",
            )
        return self

    def _screens(self, names: tuple[str, ...]) -> None:
        for name in names:
            design.name_screen(initiative=self.initiative, actor=self.line["designer"], name=name)

    def _version(
        self, fidelity: str, names: tuple[str, ...], states: tuple[ScreenState, ...]
    ) -> MockupVersion:
        version = design.add_mockup_version(
            initiative=self.initiative,
            actor=self.line["designer"],
            fidelity=fidelity,
            note="First sketch" if fidelity == "low" else "All states, ready for customers",
        )
        screens = {s.name: s for s in version.mockup_set.screens.all()}
        for name in names:
            for state in states:
                if name != "Start" and state == ScreenState.FIRST_USE:
                    self._exempt(screens[name])
                    continue
                design.add_picture(
                    version=version,
                    actor=self.line["designer"],
                    screen=screens[name],
                    state=state,
                    upload=picture(name, str(state.label), fidelity),
                )
        return version

    def _exempt(self, screen: Any) -> None:
        design.exempt_state(
            screen=screen,
            actor=self.line["designer"],
            state=ScreenState.FIRST_USE,
            reason="Nobody arrives here first.",
        )

    def break_down(self, titles: tuple[str, ...], *, unsigned: tuple[str, ...] = ()) -> "Walk":
        """Tickets with all their parts, architecture, signatures (but the unsigned roles)."""
        tpm = self.line["tpm"]
        for n, title in enumerate(titles):
            ticket = tickets.write_ticket(
                initiative=self.initiative,
                actor=tpm,
                title=title,
                points=(3, 5, 2, 8)[n % 4],
                description=f"As a shop owner I want this: {title.lower()}.",
                implementation_notes="Behind a flag, off by default.",
                assignee=self.line["engineer"],
            )
            tickets.set_criteria(
                ticket=ticket,
                actor=tpm,
                texts=("It works with a slow connection.", "A refusal says what to do next."),
            )
            tickets.set_sub_tasks(
                ticket=ticket, actor=tpm, titles=("Service and tests", "Screen and texts")
            )
            tickets.add_test_case(
                ticket=ticket, actor=tpm, title=f"{title}: happy path", expected="It is done."
            )
        deepdive.write_architecture(
            initiative=self.initiative,
            actor=self.line["architect"],
            architecture="One new service beside the ledger; events out, no shared table.",
            non_functional="99th percentile below 800 ms at 120 a second; daily restore drill.",
        )
        self.sign(unsigned)
        return self

    def sign(self, unsigned: tuple[str, ...] = ()) -> "Walk":
        for function in DEEP_DIVE_FUNCTIONS:
            if function not in unsigned:
                deepdive.sign_off(
                    initiative=self.initiative,
                    actor=self.line[function],
                    function=function,
                )
        return self

    def plan(self, sprint: Sprint) -> "Walk":
        """Every ticket into a sprint."""
        tickets.plan_into_sprint(
            tickets=list(self.initiative.tickets.select_related("initiative__line")),
            actor=self.line["business_leader"],
            sprint=sprint,
        )
        return self

    def waive(self, gate: str, reason: str) -> "Walk":
        """The business leader lets one requirement through, by name and date."""
        waiver.grant_waiver(
            initiative=self.initiative,
            actor=self.line["business_leader"],
            gate=gate,
            reason=reason,
            expires_date=ahead(90),
            follow_up_owner=self.line["tpm"],
        )
        return self


def picture(name: str, state: str, fidelity: str) -> SimpleUploadedFile:
    """A small drawn screen, so that grids and versions have something to show."""
    image = Image.new("RGB", (240, 180), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 240, 26), fill=TONE if fidelity == "high" else (200, 200, 196))
    pen.text((10, 7), name, fill=PAPER if fidelity == "high" else INK)
    for n in range(3):
        pen.rectangle((10, 42 + 30 * n, 200 - 30 * n, 58 + 30 * n), outline=(170, 170, 166))
    pen.text((10, 150), state, fill=INK)
    out = BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile(f"{name}-{state}.png", out.getvalue(), "image/png")
