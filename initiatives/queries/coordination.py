"""Reads of coordination: each line's answer with its clock, shares of a promise, the CPO's queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, Prefetch, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Membership, Role
from config.calendar import working_day_after, working_days_until
from initiatives import permissions as may
from initiatives.models import (
    Contribution,
    Initiative,
    InitiativeLine,
    LineCondition,
    Referral,
)
from initiatives.models.coordination import WHOLE, answer_mark
from rfc.models import Delegation

BADGES = {"none": "waiting", "accepted": "ok", "conditional": "risk", "declined": "off"}
STATES = {
    "asked": ("waiting", gettext_lazy("Asked")),
    "coordinated": ("ok", gettext_lazy("Coordinated")),
    "returned": ("neutral", gettext_lazy("Returned to one line")),
    "split": ("neutral", gettext_lazy("Split")),
    "declined": ("off", gettext_lazy("Declined")),
}


@dataclass(frozen=True)
class Clock:
    """A day something is promised for: working days left, negative once it is over."""

    due: date
    left: int

    @property
    def late(self) -> bool:
        return self.left < 0

    @property
    def words(self) -> str:
        """“2 d left”, “due today”, “3 d overdue”; working days."""
        if self.left == 0:
            return _("due today")
        if self.late:
            return ngettext("%d day overdue", "%d days overdue", -self.left) % -self.left
        return ngettext("%d day left", "%d days left", self.left) % self.left


def clock(due: date) -> Clock:
    """How a promised day stands today."""
    return Clock(due, working_days_until(due))


def answer_due(share: InitiativeLine) -> date:
    """The day a line's answer is promised for, counted from when it was asked."""
    return working_day_after(timezone.localdate(share.added_at), settings.LINE_ANSWER_DAYS)


@dataclass(frozen=True)
class LineRow:
    """One touched line with its answer. `may_answer` is about the reader."""

    share: InitiativeLine
    leads: bool
    badge: str
    words: str
    may_answer: bool
    clock: Clock | None
    conditions: list[LineCondition]
    seen: str
    who: Any

    @property
    def hole(self) -> bool:
        """A line that takes part and names nobody who is responsible."""
        return self.who is None and self.share.answer != "declined"

    @property
    def remark(self) -> str:
        """What the line said beyond its conditions, which are shown one by one."""
        listed = "; ".join(c.text for c in self.conditions)
        return "" if self.share.note and self.share.note in listed else self.share.note

    @property
    def open_conditions(self) -> list[LineCondition]:
        return [c for c in self.conditions if c.closed_at is None]


def line_rows(initiative: Initiative, person: Any) -> list[LineRow]:
    """The lines an initiative touches, the leading one first; two queries."""
    shares = initiative.lines.select_related("line", "person", "kpi", "answered_by")
    closed = LineCondition.objects.select_related("closed_by")
    shares = shares.prefetch_related(Prefetch("conditions", closed))
    rows = [line_row(share, initiative, person) for share in shares]
    return sorted(rows, key=lambda row: (not row.leads, row.share.pk))


def line_row(share: InitiativeLine, initiative: Initiative, person: Any) -> LineRow:
    """One share as pages show it; the initiative's owner is responsible in the leading line."""
    leads = share.line_id == initiative.line_id
    waits = share.answer == "none" and not leads
    return LineRow(
        share=share,
        leads=leads,
        badge="ok" if leads and share.answer == "none" else BADGES[share.answer],
        words=_("Leads it") if leads and share.answer == "none" else share.get_answer_display(),
        may_answer=may.answers_for_line(person, share.line),
        clock=clock(answer_due(share)) if waits else None,
        conditions=list(share.conditions.all()),
        seen=answer_mark(share),
        who=share.person or (initiative.owner if leads else None),
    )


@dataclass(frozen=True)
class Given:
    """What one line gives to a promise; None where it said nothing."""

    share: InitiativeLine
    low: int | None
    high: int | None
    may_state: bool


@dataclass(frozen=True)
class Whole:
    """The shares of one promise added up: ranges add by their ends."""

    promise: Any
    given: list[Given]

    @property
    def stated(self) -> bool:
        return any(g.low is not None for g in self.given)

    @property
    def low(self) -> int:
        return sum(g.low or 0 for g in self.given)

    @property
    def high(self) -> int:
        return sum(g.high or 0 for g in self.given)

    @property
    def complete(self) -> bool:
        """Every line spoke and the whole lies within what they give together."""
        return all(g.low is not None for g in self.given) and self.low <= WHOLE <= self.high

    @property
    def sentence(self) -> str:
        """What is missing for the whole, in words."""
        silent = [g.share.line.name for g in self.given if g.low is None]
        if not self.stated:
            return _("No line has said what it gives.")
        parts = [_("Together %(low)d–%(high)d %%.") % {"low": self.low, "high": self.high}]
        if self.high < WHOLE:
            parts.append(
                _("At least %(n)d %% of the promise is given by nobody.") % {"n": WHOLE - self.high}
            )
        elif self.low < WHOLE:
            parts.append(
                _("The whole is reached only if lines give more than their least: %(n)d %% open.")
                % {"n": WHOLE - self.low}
            )
        if silent:
            parts.append(_("Not said yet: %s.") % ", ".join(silent))
        return " ".join(parts)


def wholes(initiative: Initiative, rows: Iterable[LineRow], person: Any) -> list[Whole]:
    """Every promise with what each line gives; two queries."""
    rows = list(rows)
    promises = list(initiative.promises.select_related("kpi"))
    if len(rows) < 2 or not promises:
        return []
    given = {
        (c.promise_id, c.share_id): c for c in Contribution.objects.filter(promise__in=promises)
    }
    referral = getattr(initiative, "referral", None)
    everything = may.manages(person, initiative) or (
        referral is not None and may.coordinates(person, referral)
    )
    return [
        Whole(
            promise,
            [_given(row, given.get((promise.pk, row.share.pk)), everything) for row in rows],
        )
        for promise in promises
    ]


def _given(row: LineRow, said: Contribution | None, everything: bool) -> Given:
    low, high = (said.low_percent, said.high_percent) if said else (None, None)
    return Given(row.share, low, high, may_state=everything or row.may_answer)


def referrals_for(person: Any) -> QuerySet[Any]:
    """Referrals a person may see: open ones first, the most urgent on top, then answered ones."""
    shares = InitiativeLine.objects.select_related("line", "person", "kpi")
    rank = Case(
        When(phase="asked", then=0), When(phase="coordinated", then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    return (
        Referral.objects.visible_to(person)
        .select_related("initiative__line", "initiative__owner", "coordinator", "delegate")
        .prefetch_related(
            Prefetch("initiative__lines", shares.prefetch_related("conditions")),
        )
        .annotate(rank=rank)
        .order_by("rank", "due_date", "pk")
    )


@dataclass(frozen=True)
class Commitment:
    """One initiative of the matrix with a cell per line; None where a line is not touched."""

    referral: Referral
    badge: str
    words: str
    clock: Clock | None
    cells: list[LineRow | None]
    may_decide: bool = False


def commitments(referrals: Iterable[Referral], lines: list[Any], person: Any) -> list[Commitment]:
    """The rows of the matrix lines × initiatives; whether the reader coordinates is asked once."""
    return [_commitment(row, lines, person) for row in referrals]


def _commitment(referral: Referral, lines: list[Any], person: Any) -> Commitment:
    initiative = referral.initiative
    by_line = {s.line_id: line_row(s, initiative, person) for s in initiative.lines.all()}
    badge, words = STATES[referral.phase]
    waits = clock(referral.due_date) if referral.phase == "asked" else None
    cells = [by_line.get(line.pk) for line in lines]
    decides = waits is not None and may.coordinates(person, referral)
    return Commitment(referral, badge, str(words), waits, cells, decides)


def waiting_referrals(person: Any) -> QuerySet[Any]:
    """Referrals that wait for this person: as CPO, as stand-in, or handed on; one statement."""
    today = timezone.localdate()
    officer = Membership.objects.filter(person=person.pk, role=Role.CPO, ended_at=None)
    stands_in = Delegation.objects.of_holders(today).filter(delegate=person.pk, function=Role.CPO)
    handed = Q(delegate=person.pk) & (Q(delegate_until=None) | Q(delegate_until__gte=today))
    return (
        Referral.objects.visible_to(person)
        .filter(phase="asked")
        .exclude(initiative__phase__in=["declined", "duplicate", "closed"])
        .filter(Exists(officer.order_by()) | Exists(stands_in.order_by()) | handed)
        .order_by()
    )
