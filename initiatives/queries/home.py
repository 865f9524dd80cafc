"""Home: what needs a person today, dearest to wait for first. Slices register their own kinds.

A provider is a function `(person) -> Iterable[Need]`, one or two queries each, registered with
`@needs`. Cost of waiting, in this order: legal date, people blocked, age against the expected
time, promised value.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

MOST = 7
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Need:
    """One row of Home: the thing, why it is here, what waiting costs, and one action.

    `legal_date` is a date somebody outside set, `blocked` how many people wait, `age` working days
    it waits, `expected` what is usual, `value` what it is worth. `cost` and `cost_note` are shown.
    """

    title: str
    href: str
    meta: str
    action: str
    icon: str = "circle"
    action_href: str = ""
    legal_date: date | None = None
    blocked: int = 0
    age: float = 0
    expected: float = 3
    value: float = 0
    kind: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        ratio = self.age / self.expected if self.expected else 0
        return (self.legal_date or FAR, -self.blocked, -ratio, -self.value, self.title)

    @property
    def late(self) -> bool:
        return bool(self.legal_date and self.legal_date < timezone.localdate())

    @property
    def cost(self) -> str:
        if self.legal_date:
            left = (self.legal_date - timezone.localdate()).days
            return _("%d d late") % -left if left < 0 else _("%d d left") % left
        if self.blocked:
            return str(self.blocked)
        return f"{int(self.age)}\u00a0d" if self.age >= 1 else _("today")

    @property
    def cost_note(self) -> str:
        if self.legal_date:
            return _("to the deadline") if not self.late else _("past its deadline")
        if self.blocked:
            return _("people wait") if self.blocked > 1 else _("person waits")
        return _("waiting") if self.age >= 1 else _("new")


Provider = Callable[[Any], Iterable[Need]]
_providers: list[Provider] = []


def needs(provider: Provider) -> Provider:
    """Register a provider of rows."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def everything_for(person: Any) -> list[Need]:
    """Every row of every provider, dearest first."""
    return sorted((n for ask in _providers for n in ask(person)), key=lambda n: n.order)


def headline(count: int) -> str:
    """The sentence on top: how much needs the person today."""
    spelled = (
        _("Nothing"),
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
    )
    if count == 0:
        return _("Nothing waits for you")
    if count == 1:
        return _("One thing needs you today")
    said = spelled[count] if count < len(spelled) else str(count)
    return _("%s things need you today") % said


def summary(waiting: Iterable[Need]) -> str:
    """What kinds of things wait, in a line: “2 steps, 1 decision, 4 requests to triage”."""
    kinds = {
        "deadline": (_("deadline nobody owns"), _("deadlines nobody owns")),
        "step": (_("step of yours"), _("steps of yours")),
        "rfc": (_("review"), _("reviews")),
        "referral": (_("referral"), _("referrals")),
        "line": (_("answer of a line"), _("answers of lines")),
        "push": (_("push to mend"), _("pushes to mend")),
        "triage": (_("queue to triage"), _("queues to triage")),
        "decided": (_("decision to read"), _("decisions to read")),
    }
    counts = Counter(n.kind for n in waiting)
    said = [
        f"{counts[k]} {many if counts[k] > 1 else one}"
        for k, (one, many) in kinds.items()
        if counts[k]
    ]
    return ", ".join(said)
