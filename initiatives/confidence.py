"""Confidence is earned from evidence, never typed: a rule table says how much each item can carry.

Pure: evidence in, percent and sentences out. The strongest item in favour sets the level, proof of the
other kind adds a little, the strongest item against takes half of its own weight away, and every item
fades with age.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 95  # nothing is certain before it is measured after the release
BOTH_KINDS = 10
FRESH, AGEING, OLD = Decimal(1), Decimal("0.6"), Decimal("0.3")


@dataclass(frozen=True)
class Rule:
    """Evidence of these methods and this kind, from at least `sample`, carries up to `cap` percent."""

    methods: tuple[str, ...]
    cap: int
    sample: int = 0
    kind: str = ""
    label: Any = ""

    def fits(self, item: Any) -> bool:
        return (
            (not self.methods or item.method in self.methods)
            and (not self.kind or item.kind == self.kind)
            and (item.sample or 0) >= self.sample
        )


# The first rule that fits counts.
RULES = (
    Rule(("regulation",), 90, label=gettext_lazy("a regulation")),
    Rule(("experiment",), 90, 100, "quantitative",
         gettext_lazy("an experiment with 100 or more")),
    Rule(("experiment",), 75, 20, "quantitative", gettext_lazy("an experiment with 20 or more")),
    Rule(("data", "incident"), 80, 100, "quantitative",
         gettext_lazy("data or incidents, 100 records or more")),
    Rule(("data", "incident"), 60, 1, "quantitative", gettext_lazy("data or incidents, counted")),
    Rule(("survey",), 70, 100, "quantitative", gettext_lazy("a survey of 100 or more")),
    Rule(("survey",), 50, 20, "quantitative", gettext_lazy("a survey of 20 or more")),
    Rule(("prototype",), 65, 5, label=gettext_lazy("a prototype test with 5 or more")),
    Rule(("interview",), 60, 8, label=gettext_lazy("interviews with 8 or more")),
    Rule(("interview",), 45, 3, label=gettext_lazy("interviews with 3 or more")),
    Rule(("market",), 40, label=gettext_lazy("a market or competitor study")),
    Rule((), 30, 1, label=gettext_lazy("anything else that was counted")),
    Rule((), 20, label=gettext_lazy("a single voice or no stated sample")),
)  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """What one item carries now, and why."""

    item: Any
    cap: int
    carries: Decimal
    why: str
    fade: Decimal


@dataclass(frozen=True)
class Earned:
    """The confidence in percent with its grounds; None while there is no evidence at all."""

    percent: Decimal | None
    why: tuple[str, ...]
    weights: tuple[Weight, ...] = ()

    @property
    def faded(self) -> bool:
        """Whether age has taken something away."""
        return any(w.fade < 1 and w.item.points == "for" for w in self.weights)


def fade(collected: date, today: date, shelf_days: int) -> Decimal:
    """What age leaves of an item: all inside the shelf life, then 60 %, after twice that 30 %."""
    age = (today - collected).days
    if age <= shelf_days:
        return FRESH
    return AGEING if age <= 2 * shelf_days else OLD


def weigh(item: Any, today: date, shelf_days: int) -> Weight:
    """The first rule that fits the item, less what age took."""
    rule = next(rule for rule in RULES if rule.fits(item))
    left = fade(item.collected_date, today, shelf_days)
    why = _("%(what)s: up to %(cap)d %%") % {"what": rule.label, "cap": rule.cap}
    if left < 1:
        days = (today - item.collected_date).days
        why = _("%(why)s, but %(days)d days old: %(left)d %%") % {
            "why": why,
            "days": days,
            "left": rule.cap * left,
        }
    return Weight(item, rule.cap, rule.cap * left, why[:1].upper() + why[1:], left)


def earn(evidence: Iterable[Any], today: date, shelf_days: int) -> Earned:
    """The confidence that live evidence earns today, 0 to 95, with its grounds as sentences."""
    weights = [weigh(e, today, shelf_days) for e in evidence if e.archived_at is None]
    if not weights:
        return Earned(None, (_("No evidence yet, so nothing earns confidence."),))
    weights.sort(key=lambda w: w.carries, reverse=True)
    for_it = [w for w in weights if w.item.points == "for"]
    against = [w for w in weights if w.item.points == "against"]
    if not for_it:
        none = (_("No evidence points for it."), *(w.why for w in against[:1]))
        return Earned(Decimal(0), none, tuple(weights))
    percent, why = for_it[0].carries, [for_it[0].why]
    if len({w.item.kind for w in for_it}) > 1:
        percent += BOTH_KINDS
        why.append(_("Numbers and voices agree: +%d %%") % BOTH_KINDS)
    if against:
        less = against[0].carries / 2
        percent -= less
        why.append(
            _("Against it: %(what)s; half of that, −%(less)d %%")
            % {"what": against[0].why.lower(), "less": less}
        )
    return Earned(max(Decimal(0), min(Decimal(MOST), percent)), tuple(why), tuple(weights))
