"""What somebody wishes for many initiatives at once: which ones, which act, which value."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.flow.fsm import edges
from initiatives.actions.bulk import Act, Outcome, foresee
from initiatives.filters import InitiativeFilter
from initiatives.forms.cells import LABELS, CellForm, in_words
from initiatives.models import Initiative
from initiatives.queries.lists import listed

# Every step once, in the order of the thread, as (name, label).
STEPS = tuple(dict.fromkeys((e.step, str(e.facts.label)) for e in edges(Initiative)))
FIELDS = ("owner", "deadline", "line", "team", "source", "kpi")
ACTS = (
    ("set", gettext_lazy("Set a field"), [(f"set:{f}", LABELS[f]) for f in FIELDS]),
    ("step", gettext_lazy("Take a step"), [(f"step:{n}", label) for n, label in STEPS]),
)
# Above this many the work goes to a job; as many are judged one by one in the preview.
AT_ONCE = 50
MOST = 10_000


class BulkWish:
    """One act for the ticked ones, or with `query` for all that match that address.

    `told` is what was sent: `value` for a field, what a step asks for.
    """

    def __init__(
        self,
        person: Any,
        act: str,
        *,
        numbers: Iterable[int] = (),
        query: str | None = None,
        told: Any = None,
    ) -> None:
        self.person, self.query, self.told = person, query, told or {}
        self.numbers = list(numbers)[:MOST]
        self.kind, _colon, self.name = act.partition(":")

    @property
    def known(self) -> bool:
        """Whether there is such an act."""
        names = dict(STEPS) if self.kind == "step" else FIELDS
        return self.kind in ("set", "step") and self.name in names

    @cached_property
    def form(self) -> CellForm:
        """The control of the value, bound once it was told."""
        data = self.told if "value" in self.told else None
        return CellForm(data, field=self.name, person=self.person)

    @property
    def valued(self) -> bool:
        """Whether a field to be set has its value, and a good one."""
        return self.kind == "set" and self.form.is_bound and self.form.is_valid()

    @property
    def act(self) -> Act:
        given = {k: str(v) for k, v in self.told.items() if k != "csrfmiddlewaretoken"}
        return Act(
            self.kind, self.name, given, self.form.cleaned_data["value"] if self.valued else None
        )

    @cached_property
    def label(self) -> str:
        """The act in words."""
        if self.kind == "step":
            return dict(STEPS).get(self.name, self.name)
        if not self.known:
            return self.name or _("Nothing")
        field = str(LABELS[self.name])
        if not self.valued:
            return _("Set: %s") % field
        return f"{field}: {in_words(self.name, self.form.cleaned_data['value'])}"

    @cached_property
    def chosen(self) -> Any:
        """Those of them that the person may see."""
        if self.query is None:
            visible = Initiative.objects.visible_to(self.person)
            return visible.filter(number__in=self.numbers).order_by("number")
        asker = SimpleNamespace(user=self.person)
        found = InitiativeFilter(QueryDict(self.query), queryset=listed(self.person), request=asker)
        return found.qs

    @cached_property
    def total(self) -> int:
        """How many, up to the most that one act takes."""
        return int(self.chosen.order_by()[:MOST].count())

    def judged(self) -> list[Outcome]:
        """The first fifty judged for real; the rest is judged when its turn comes."""
        act = self.act
        return [foresee(i, act, self.person) for i in self.chosen[:AT_ONCE]]
