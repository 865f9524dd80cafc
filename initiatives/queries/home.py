"""Home: what needs a person today, dearest to wait for first. Slices register their own kinds.

A provider is an asker `(person)` that answers Needs, registered with `@needs`: the questions of all
are read by one statement (config.batch). Cost of waiting, in the order of `settings.HOME_ORDER`: a legal date, people blocked, age
against the expected time, promised value. A generic row gives way to a special one of the same thing.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from config.batch import Asker, flat, together
from initiatives.queries.values import promised_values

MOST = 7
FAR = date(9999, 12, 31)
# “The next step is yours” says less than a row that names what is missing; and these say less than
# a row that names the one thing that is.
GENERIC = "step"
SAID_BETTER = {"design", "evidence"}
LAST_THING = "gate"


@dataclass(frozen=True)
class Need:
    """One row of Home: the thing, why it is here, what waiting costs, and one action.

    `legal_date` is a date somebody outside set, `blocked` how many people wait, `age` working days
    it waits, `expected` what is usual, `value` what a week is worth and `worth` says so in words.
    `about` is the id of the initiative it is about. `cost` and `cost_note` are shown.
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
    worth: str = ""
    about: int | None = None
    kind: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        costs = {
            "legal": self.legal_date or FAR,
            "blocked": -self.blocked,
            "age": -(self.age / self.expected if self.expected else 0),
            "value": -self.value,
        }
        return (*(costs[name] for name in settings.HOME_ORDER), self.title)

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
        if self.worth:
            return self.worth
        return f"{int(self.age)}\u00a0d" if self.age >= 1 else _("today")

    @property
    def cost_note(self) -> str:
        if self.legal_date:
            return _("to the deadline") if not self.late else _("past its deadline")
        if self.blocked:
            return _("people wait") if self.blocked > 1 else _("person waits")
        if self.worth:
            return _("per week promised")
        return _("waiting") if self.age >= 1 else _("new")


Provider = Callable[[Any], Asker]
_providers: list[Provider] = []


def needs(provider: Provider) -> Provider:
    """Register a provider of rows."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def everything_for(person: Any) -> list[Need]:
    """Every row of every provider, dearest first; the promised value of all in one query."""
    return in_order(flat(together(asks_for(person))))


def asks_for(person: Any) -> list[Asker]:
    """What every provider asks for a person."""
    return [ask(person) for ask in _providers]


def in_order(needs_found: Iterable[Need]) -> list[Need]:
    """The rows that say something, dearest first; their promised value is read in one query."""
    found = list(needs_found)
    kept = [n for n in found if not _said_otherwise(n, found)]
    worth = promised_values(n.about for n in kept if n.about)
    valued = [
        replace(n, value=worth[n.about].share, worth=worth[n.about].words)
        if n.about in worth and not n.value
        else n
        for n in kept
    ]
    return sorted(valued, key=lambda n: n.order)


def _said_otherwise(need: Need, found: list[Need]) -> bool:
    """Whether another row about the same initiative says more."""
    others = {n.kind for n in found if need.about and n.about == need.about}
    if need.kind == GENERIC:
        return bool(others - {GENERIC})
    return need.kind in SAID_BETTER and LAST_THING in others


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
        "talk": (_("thread or decision"), _("threads and decisions")),
        "referral": (_("referral"), _("referrals")),
        "line": (_("answer of a line"), _("answers of lines")),
        "push": (_("push to mend"), _("pushes to mend")),
        "triage": (_("queue to triage"), _("queues to triage")),
        "mention": (_("question to you"), _("questions to you")),
        "collision": (_("look at collisions"), _("looks at collisions")),
        "late": (_("phase past its time"), _("phases past their time")),
        "order": (_("order to confirm"), _("orders to confirm")),
        "capacity": (_("capacity to settle"), _("capacities to settle")),
        "kpi": (_("KPI to look at"), _("KPIs to look at")),
        "evidence": (_("evidence to renew"), _("pieces of evidence to renew")),
        "update": (_("update to write"), _("updates to write")),
        "gate": (_("gate that lacks one thing"), _("gates that lack one thing")),
        "design": (_("design to finish"), _("designs to finish")),
        "condition": (_("condition to close"), _("conditions to close")),
        "decided": (_("decision to read"), _("decisions to read")),
    }
    counts = Counter(n.kind for n in waiting)
    said = [
        f"{counts[k]} {many if counts[k] > 1 else one}"
        for k, (one, many) in kinds.items()
        if counts[k]
    ]
    return ", ".join(said)
