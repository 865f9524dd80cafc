"""What the style guide shows: made-up rows in every state. Nothing here is read by the product."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import mark_safe

from config.flow.gates import Missing
from config.flow.steps import Requirement, StepView
from config.web.figures import line_figure

INITIATIVE = "/styleguide/initiative"
REVIEW = "/styleguide/rfc-review"

PHASE_NAMES = (
    "Request for change", "UX design", "Deep-dive", "Sprint-ready", "Coding", "Build", "Deploy",
    "Monitoring",
)  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(help_text="What a customer could do afterwards, in one line.")
    source = forms.ChoiceField(choices=[("", "Choose"), ("growth", "Growth"), ("legal", "Legal")])
    deadline = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(
        label="Problem",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who has it, how often, and how you know.",
    )
    urgency = forms.ChoiceField(
        choices=[("now", "A legal date forces us"), ("soon", "It costs money every day")],
        widget=forms.RadioSelect,
    )
    follow = forms.BooleanField(required=False, label="Follow it", help_text="You get its news.")


class SampleFilter(forms.Form):
    """A filter bar as a FilterSet's form would make it."""

    q = forms.CharField(label="Search", required=False)
    phase = forms.ChoiceField(
        required=False, choices=[("", "Any"), ("rfc", "RFC"), ("ux_design", "UX design")]
    )
    owner = forms.ChoiceField(required=False, choices=[("", "Anybody"), ("7", "Kemi Okoro")])
    state = forms.MultipleChoiceField(
        required=False, choices=[("asked", "Asked"), ("coordinated", "Coordinated")]
    )
    late = forms.BooleanField(required=False)


def person(name: str, key: int = 0) -> Row:
    """Somebody who exists in the style guide only."""
    words = name.split()
    letters = words[0][0] + words[-1][0] if len(words) > 1 else name[:2].upper()

    class Somebody(Row):
        def __str__(self) -> str:
            return name

    return Somebody(pk=key or None, name=name, initials=letters)


def requirements() -> list[Requirement]:
    """Three missing, one waived, three met: the picture of a gate half filled."""
    waiver = Row(
        granted_by="the business leader of POS & agents",
        reason="Agent terminals are all 5.5 inches or more.",
        expires_date=date(timezone.localdate().year, 12, 15),
        follow_up_owner="Lara Mensah",
    )
    return [
        Requirement("states", "Every screen has its states", "missing", [Missing(
            "Two screens have no offline state: Payout confirmation and Balance.", "#states",
            "The UX designer can fill them in the states grid.")]),
        Requirement("must_fix", "No must-fix comment is open", "missing", [Missing(
            "One must-fix comment is open: “The agent sees the fee only after confirming.”",
            "#comment", "Opened by Compliance on 15 Nov. A new version or a withdrawal closes it.")]),
        Requirement("fresh", "RFC approvals are fresh", "missing", [Missing(
            "Risk approved r3, and two lines of “Risks and compliance” changed since.", "#risk",
            "Risk can re-affirm in one click after reading the two lines.")]),
        Requirement("phones", "Small-phone states are shown", "waived", [], waiver=waiver),
        Requirement("pinned", "High-fidelity mockup v4 is pinned and judged", "met", [], "17 Nov"),
        Requirement("succeeded", "Customers succeeded in all four tasks, verdict by the growth lead",
                    "met", [], "5 of 6 agents"),
        Requirement("newer", "No newer version waits for a verdict", "met", [], "v4 is last"),
    ]  # fmt: skip


def step(**changes: Any) -> StepView:
    """A forward step; anything may be replaced."""
    facts: dict[str, Any] = {
        "name": "start-deep-dive",
        "label": "Start deep-dive",
        "from_state": "ux_design",
        "to_state": "deep_dive",
        "direction": "forward",
        "permitted": False,
        "belongs_to": "the UX designer",
        "who": ["Lara Mensah"],
        "requirements": requirements(),
        "note": False,
        "asks": (),
    }
    return StepView(**{**facts, **changes})


def steps() -> list[StepView]:
    """The panel as the look shows it, with the steps aside."""
    return [
        step(),
        step(name="send-back", label="Send back", direction="back", permitted=True,
             requirements=[], note=True),
        step(name="park", label="Park", direction="aside", permitted=False, requirements=[],
             belongs_to="the product manager of the line", who=["Kemi Okoro"], note=True),
    ]  # fmt: skip


def open_steps() -> list[StepView]:
    """A step that is open for the person who looks."""
    met = [r for r in requirements() if r.verdict != "missing"]
    return [
        step(name="start-design", label="Start design", permitted=True, requirements=met, note=True)
    ]


def phases() -> list[dict[str, Any]]:
    """The thread of an initiative in its second phase."""
    notes = ("", "", "expected 2 d", "1 d", "by size", "3 d", "1 d", "ongoing")
    short = ("RFC", *PHASE_NAMES[1:])
    thread = [
        {"number": n, "name": name, "state": "todo", "note": note}
        for n, (name, note) in enumerate(zip(short, notes, strict=True), start=1)
    ]
    thread[0] |= {"state": "done", "days": 9, "expected": 10}
    thread[1] |= {"state": "now", "days": 14, "expected": 10}
    return thread


def pipeline() -> list[dict[str, Any]]:
    """Counts per phase."""
    counts = (31, 14, 9, 6, 11, 5, 4, 18)
    return [
        {"number": n, "name": name, "count": c, "href": f"#phase-{n}"}
        for n, (name, c) in enumerate(zip(PHASE_NAMES, counts, strict=True), start=1)
    ]


def heat_rows() -> list[dict[str, Any]]:
    """Ages by line and phase with their ratio to the expected time."""
    table = {
        "Cards": ((3, 0.3), (9, 0.9), (4, 1.6), (1, 0.4), (6, 0.4)),
        "POS & agents": ((2, 0.2), (21, 2.1), (2, 0.9), (2, 1.7), (8, 0.9)),
        "Lending": ((5, 0.4), (12, 0.9), (9, 4.5), (3, 2.6), (5, 0.4)),
        "Savings": ((1, 0.1), (4, 0.4), (2, 0.9), (1, 0.4), (None, None)),
    }
    return [
        {"name": line, "cells": [_heat_cell(d, r) for d, r in cells]}
        for line, cells in table.items()
    ]


def _heat_cell(days: int | None, ratio: float | None) -> dict[str, Any]:
    if days is None:
        return {"text": "", "ratio": None}
    return {"text": f"{days} d", "ratio": ratio, "href": "#oldest"}


HEAT_COLUMNS = ["RFC", "UX design", "Deep-dive", "Sprint-ready", "Coding"]


def needs() -> list[dict[str, Any]]:
    """Home's rows, the most expensive wait first."""
    return [
        {"icon": "flag", "title": "Central bank dispute-window rule", "href": INITIATIVE,
         "meta": "INI-198 · legal deadline 12 Dec · nobody in Cards owns it", "cost": "2 d late",
         "cost_note": "cost unknown", "late": True, "action": "Assign"},
        {"icon": "circle-check", "title": "Instant settlement for POS agents", "href": INITIATIVE,
         "meta": "INI-212 · design gate: 4 of 7, Risk must re-affirm two lines", "cost": "€ 41k",
         "cost_note": "per day", "action": "Open gate"},
        {"icon": "message-square", "title": "Merchant onboarding in two screens", "href": REVIEW,
         "meta": "RFC-77 · the data analyst asks in Evidence: is a sample of 9 enough?",
         "cost": "€ 12k", "cost_note": "per day", "action": "Reply"},
        {"icon": "funnel", "title": "Seven new requests", "href": "#intake",
         "meta": "Growth and Customer service · two look like INI-205", "cost": "3 d",
         "cost_note": "oldest", "action": "Triage"},
        {"icon": "chart-line", "title": "Agent activation crossed its target", "href": "#kpi",
         "meta": "First week after release of INI-164 · outcome review opens 4 Dec",
         "cost": "today", "cost_note": "measured", "action": "Open"},
    ]  # fmt: skip


def kpis() -> list[dict[str, Any]]:
    """Three KPIs: above target, off track, at risk with a gap in its data."""
    return [
        {"name": "Agent activation, 30 days", "href": "#k1", "value": "61.2 %", "target": "60 %",
         "status": "on_track", "values": [52, 53, 52, 54, 55, 54, 56, 57, 59, 60, 61.2],
         "target_value": 60, "marks": [7]},
        {"name": "Dispute first response", "href": "#k2", "value": "9.4 h", "target": "6 h",
         "status": "off_track", "values": [7, 7.2, 7, 7.6, 8, 8.4, 8.2, 8.8, 9, 9.2, 9.4],
         "target_value": 6, "marks": [4]},
        {"name": "Card activation, week 1", "href": "#k3", "value": "43.0 %", "target": "48 %",
         "status": "at_risk", "values": [39, 40, 41, None, None, 42, 42, 43, 43, 43, 43],
         "target_value": 48, "marks": [6]},
        {"name": "Float refill time", "value": "", "target": "20 min", "status": "unknown",
         "values": []},
    ]  # fmt: skip


def promise() -> Any:
    """The promise of an initiative: measured line, target, predicted band."""
    today = timezone.localdate()
    values = (52.0, 52.4, 52.0, 52.6, 52.8, None, 53.2, 53.6, 54.1)
    points = [(today - timedelta(days=14 * (8 - i)), v) for i, v in enumerate(values)]
    return line_figure(
        title="Active agents rise, not yet fast enough",
        name="Active agents per week",
        unit="%",
        points=points,
        target=60,
        band=(today + timedelta(days=130), 57, 63),
        notes=[(today - timedelta(days=56), "Release 4.2, float alerts")],
    )


def acts() -> list[dict[str, Any]]:
    """An activity list."""
    now = timezone.now()
    said = (
        ("Growth Lead", "Growth lead judged mockup v4: <b>validated</b>, 5 of 6", 1),
        ("Kemi Okoro", "You saved RFC-77 r4; Risk became stale", 4),
        ("Chidi Obi", "Compliance opened a must-fix comment", 6),
        ("Bola Lawal", "The business leader waived small-phone states until 15 Dec", 9),
    )
    return [
        {"who": person(who), "text": mark_safe(text), "when": now - timedelta(days=days)}  # noqa: S308
        for who, text, days in said
    ]


def diff_lines() -> list[dict[str, Any]]:
    """Two changed lines between unchanged ones."""
    return [
        {"kind": "skip", "text": "40 lines unchanged"},
        {"kind": "same", "old": 41, "new": 41,
         "text": "Exposure is reviewed every morning by the duty risk officer."},
        {"kind": "del", "old": 42,
         "html": mark_safe("The limit is <del>€ 3 000</del> per agent and day.")},
        {"kind": "add", "new": 42,
         "html": mark_safe("The limit is <ins>€ 2 000</ins> per agent and day.")},
        {"kind": "add", "new": 43, "html": mark_safe(
            "<ins>A chargeback above 0.4 % in a week halves the limit by itself.</ins>")},
    ]  # fmt: skip


def threads() -> list[dict[str, Any]]:
    """Margin threads: current, open, one whose text has gone."""
    return [
        {"id": "t1", "quote": "The limit is € 3 000 per agent and day", "current": True,
         "reply_href": "#reply", "resolve_href": "#resolve", "notes": [
             {"who": person("Risk"), "when_text": "12 Nov",
              "text": "Too high before we know the takeover rate. Could this start at 2 000?"},
             {"who": person("Kemi Okoro"), "when_text": "17 Nov",
              "text": "Changed in r5, and the limit now halves by itself."}]},
        {"id": "t2", "quote": "one confirmed case of an agent account taken over",
         "reply_href": "#reply", "notes": [
             {"who": person("Security"), "when_text": "yesterday",
              "text": "Who confirms it, and within how many hours?"}]},
        {"id": "t3", "quote": "weekly report", "gone": True, "notes": [
            {"who": person("Finance"), "when_text": "14 Nov", "text": "Weekly is too late for us."}]},
    ]  # fmt: skip


def functions() -> list[dict[str, str]]:
    """Positions of the functions asked."""
    return [
        {"name": "Finance", "state": "ok", "text": "approved r5"},
        {"name": "Compliance", "state": "ok", "text": "with notes, r5"},
        {"name": "Risk, you", "state": "stale", "text": "r3, stale"},
        {"name": "Architecture", "state": "open", "text": "not answered"},
    ]


def contents() -> list[dict[str, Any]]:
    """A document's contents with a seal per section."""
    calm = ("Summary", "Motivation", "Evidence", "Scope", "KPI targets", "Solution")
    rows: list[dict[str, Any]] = [{"title": t, "seal": "ok"} for t in calm]
    return [
        *rows,
        {"title": "Risks and compliance", "seal": "stale", "note": "2 lines changed",
         "current": True},
        {"title": "Non-functional", "seal": "open", "note": "Architecture open"},
        {"title": "Roll-out", "seal": "ok"},
        {"title": "Open questions", "seal": "question", "note": "1 question"},
    ]  # fmt: skip


def _ranked(pos: int, title: str, key: str, who: str, rest: tuple[Any, ...]) -> dict[str, Any]:
    score, parts, spread, points, scored = rest
    names = ("measured", "reported", "assumed")
    return {
        "pos": pos, "title": title, "key": key, "who": person(who), "score": score,
        "points": points, "scored": scored, "low": spread[0], "high": spread[1],
        **dict(zip(names, parts, strict=True)),
    }  # fmt: skip


def lanes() -> list[dict[str, Any]]:
    """A committed ranking: lanes with capacity, a cut line and one departure from the score."""
    mandatory = [
        _ranked(1, "Dispute-window rule", "INI-198", "Ada Bello",
                (None, (70, 10, 0), (66, 86), 21, "legal, 12 Dec")),
        _ranked(2, "Agent identity re-check", "INI-203", "Kemi Okoro",
                (None, (58, 14, 0), (50, 78), 13, "legal, 31 Jan")),
    ]  # fmt: skip
    growth = [
        _ranked(3, "Merchant onboarding in two screens", "INI-205", "Ada Bello",
                (74, (52, 22, 0), (64, 84), 34, "5 d ago")),
        _ranked(4, "Instant settlement for POS agents", "INI-212", "Kemi Okoro",
                (71, (34, 22, 15), (48, 90), 40, "5 d ago")),
        _ranked(5, "Float alerts before the rush", "INI-219", "Kemi Okoro",
                (58, (40, 18, 0), (50, 66), 12, "5 d ago")),
    ]  # fmt: skip
    growth[2]["departure"] = "Two above its score: unlocks INI-212 in March. PM and BL, 16 Nov."
    below = [
        _ranked(6, "Agent referral bonus", "INI-188", "Lara Mensah",
                (66, (8, 14, 44), (22, 92), 26, "41 d ago, stale")),
        _ranked(7, "Split payments at the till", "INI-221", "Lara Mensah",
                (49, (18, 31, 0), (36, 62), 48, "5 d ago")),
    ]  # fmt: skip
    debt = [_ranked(8, "Terminal updates without a visit", "INI-176", "Tunde Nwosu",
                    (61, (44, 17, 0), (54, 68), 22, "12 d ago"))]  # fmt: skip
    return [
        {"name": "Mandatory", "share": "25 %", "done": 34, "total": 45, "above": mandatory},
        {"name": "Growth", "share": "50 %", "done": 86, "total": 90, "above": growth,
         "below": below},
        {"name": "Technical debt", "share": "15 %", "done": 22, "total": 27, "above": debt},
    ]  # fmt: skip


def versions() -> list[dict[str, Any]]:
    """Revisions of a document."""
    now = timezone.now()
    return [
        {"label": "r5", "href": "#r5", "note": "Limit lowered to € 2 000", "who": "Kemi Okoro",
         "when": now - timedelta(days=4), "current": True, "compare_href": "#compare"},
        {"label": "r4", "href": "#r4", "note": "Report daily", "who": "Kemi Okoro",
         "when": now - timedelta(days=9), "compare_href": "#compare"},
        {"label": "r3", "href": "#r3", "note": "", "who": "Ada Bello",
         "when": now - timedelta(days=16)},
    ]  # fmt: skip


def records() -> list[Row]:
    """Attempts at steps: taken and refused."""
    now = timezone.now()
    return [
        Row(actor_name="Lara Mensah", actor_roles="UX designer, POS & agents", taken=False, note="",
            step="start-deep-dive", sentences=["Two screens have no offline state."], attempt=2,
            at=now - timedelta(hours=3)),
        Row(actor_name="Kemi Okoro", actor_roles="Product manager, POS & agents", taken=True,
            step="start-design", note="", sentences=[], attempt=1, at=now - timedelta(days=14)),
    ]  # fmt: skip


def jobs() -> list[dict[str, Any]]:
    """Long work: running, waiting, done in part."""
    return [
        {"title": "Push INI-212 to Jira", "href": "#job", "state": "in_progress", "processed": 17,
         "total": 31, "doing": "Creating sub-tasks", "counts_line": "created 15 · changed 2"},
        {"title": "Import 101 RFCs", "href": "#job", "state": "waiting", "total": None,
         "counts_line": "Waiting for a worker, second in line"},
        {"title": "Push INI-198 to Jira", "href": "#job", "state": "off",
         "state_label": "2 refused", "processed": 29, "total": 31,
         "counts_line": "created 27 · changed 2 · refused 2; try the two again"},
    ]  # fmt: skip
