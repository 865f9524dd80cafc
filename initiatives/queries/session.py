"""Reads of scoring sessions. Numbers are read through `visible_to` only: blind until the reveal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from accounts.models import Person
from config.flow.keys import number_of
from initiatives.charts import Matrix
from initiatives.estimates import Estimate
from initiatives.models import (
    Initiative,
    ScoringSession,
    SessionItem,
    SessionScore,
    SessionSeat,
)
from initiatives.phases import CANDIDATE_PHASES
from initiatives.queries.score_matrix import dot, drawn
from initiatives.queries.scoring import Basis, bases
from initiatives.sensitivity import Item, Stability, stability
from initiatives.spread import Spread, spread

# So many initiatives of a line are offered by tick boxes; others are named by key.
OFFERED = 60
Given = dict[tuple[int, str], Estimate]


@dataclass(frozen=True)
class FactorView:
    """One input of one item after the reveal: everybody's number and how far they are apart."""

    name: str
    label: str
    spread: Spread | None
    voices: list[tuple[SessionSeat, Estimate | None]]


@dataclass(frozen=True)
class ItemView:
    """One item after the reveal. `scores` are the results of each person's own numbers."""

    item: SessionItem
    factors: list[FactorView]
    scores: Spread | None
    apart: int | None
    most_apart: str
    reach: str
    parts: dict[str, float]

    @property
    def initiative(self) -> Initiative:
        found: Initiative = self.item.initiative
        return found


@dataclass(frozen=True)
class Table:
    """Everything on the table after the reveal, and whether the order holds."""

    items: list[ItemView]
    seats: list[SessionSeat]
    stability: Stability


def sessions_for(person: Any) -> Any:
    """Sessions a person may see, newest first, with heads counted."""
    return (
        ScoringSession.objects.visible_to(person)
        .select_related("line", "facilitator", "version__framework")
        .annotate(
            item_count=Count("items", distinct=True),
            seat_count=Count("seats", distinct=True),
            done_count=Count("seats", filter=Q(seats__done_at__isnull=False), distinct=True),
        )
        # Counting drops the model's own order.
        .order_by("-created_at", "-id")
    )


def open_seat(session: ScoringSession, person: Any) -> SessionSeat | None:
    """The person's seat, unless left."""
    return session.seats.filter(person=person.pk, left_at=None).first()


def items_of(session: ScoringSession) -> list[SessionItem]:
    """The items with what a row shows; one query."""
    return list(
        session.items.select_related("initiative__owner", "initiative__source", "agreed_by")
    )


def seats_of(session: ScoringSession) -> list[SessionSeat]:
    """Everybody at the table and who left; one query."""
    return list(session.seats.select_related("person"))


def own_scores(session: ScoringSession, person: Any) -> Given:
    """What this person gave so far."""
    rows = SessionScore.objects.visible_to(person).filter(
        item__session=session, seat__person=person.pk
    )
    return {(r.item_id, r.factor): Estimate(r.value, r.low, r.high) for r in rows}


def to_choose(line: Any) -> Any:
    """Initiatives of a line that may be scored together."""
    return Initiative.objects.filter(line=line, phase__in=CANDIDATE_PHASES).order_by("number")


def to_offer(line: Any, ticked: Iterable[Any] = ()) -> tuple[Any, bool]:
    """Those that moved last, with what is ticked already, and whether the line has more."""
    newest = to_choose(line).order_by("-state_entered_at", "-id")
    shown = list(newest.values_list("pk", flat=True)[: OFFERED + 1])
    return to_choose(line).filter(pk__in=[*shown[:OFFERED], *ticked]), len(shown) > OFFERED


def by_keys(line: Any, text: str) -> tuple[list[Initiative], list[str]]:
    """Initiatives of a line by their keys, and what names none of them."""
    words = {word.upper() for word in text.replace(",", " ").replace(";", " ").split()}
    numbers = {word: number_of("INI", word) for word in words}
    found = {
        i.number: i for i in to_choose(line).filter(number__in=[n for n in numbers.values() if n])
    }
    unknown = sorted(word for word, number in numbers.items() if number not in found)
    return list(found.values()), unknown


def to_invite(line: Any) -> Any:
    """People with a role in a line or company-wide; others are invited by their address."""
    here = Q(memberships__line=line) | Q(memberships__team__line=line)
    everywhere = Q(memberships__line=None, memberships__team=None)
    now = Q(memberships__ended_at=None, memberships__isnull=False)
    return Person.objects.active().filter(now & (here | everywhere)).order_by("name").distinct()


def by_addresses(text: str) -> tuple[list[Person], list[str]]:
    """People by their e-mail addresses, and the addresses nobody has."""
    told = {word.lower() for word in text.replace(",", " ").replace(";", " ").split()}
    found = list(Person.objects.active().filter(email__in=told))
    return found, sorted(told - {str(person.email).lower() for person in found})


def table_of(session: ScoringSession, person: Any, *, by_disagreement: bool = False) -> Table:
    """What everybody thought; empty of others' numbers before the reveal. About nine queries."""
    seats, items = seats_of(session), items_of(session)
    voices: dict[int, dict[str, dict[int, Estimate]]] = defaultdict(lambda: defaultdict(dict))
    for r in SessionScore.objects.visible_to(person).filter(item__session=session):
        voices[r.item_id][r.factor][r.seat_id] = Estimate(r.value, r.low, r.high)
    earned = bases(item.initiative for item in items)
    views = [
        _item(session, item, seats, voices[item.pk], earned[item.initiative_id]) for item in items
    ]
    views.sort(key=lambda v: (v.scores is None, -(v.scores.middle if v.scores else 0)))
    sure = stability([_drawn(v) for v in views if v.scores])
    reach = {place.key: place.words for place in sure.places}
    views = [_with_reach(v, reach.get(v.item.pk, "")) for v in views]
    if by_disagreement:
        views.sort(key=lambda v: -(v.apart if v.apart is not None else -1))
    return Table(views, seats, sure)


def _item(
    session: ScoringSession,
    item: SessionItem,
    seats: list[SessionSeat],
    voices: dict[str, dict[int, Estimate]],
    basis: Basis,
) -> ItemView:
    ready = session.version.ready
    factors = [
        FactorView(
            name=spec.name,
            label=spec.label,
            spread=spread([e.value for e in voices[spec.name].values()]),
            voices=[(seat, voices[spec.name].get(seat.pk)) for seat in seats],
        )
        for spec in ready.inputs
    ]
    results = []
    for seat in seats:
        own = {f.name: voices[f.name][seat.pk] for f in factors if seat.pk in voices[f.name]}
        result = ready.score(own, basis.earned.percent)
        if result.value is not None:
            results.append(result.value)
    apart = {f.label: f.spread.apart or 0 for f in factors if f.spread and f.spread.count > 1}
    most = max(apart, key=lambda label: apart[label], default="")
    total = spread(results)
    return ItemView(
        item=item,
        factors=factors,
        scores=total,
        apart=total.apart if total and total.apart is not None else max(apart.values(), default=None),
        most_apart=most if apart.get(most) else "",
        reach="",
        parts=basis.parts,
    )  # fmt: skip


def matrix_of_table(session: ScoringSession, table: Table) -> Matrix | None:
    """The table drawn: the middle of what people thought, with their spread as whiskers."""
    version = session.version
    placed = []
    for view in table.items:
        spreads = {f.name: f.spread for f in view.factors}
        axes = {}
        for side, name in (("across", version.across), ("up", version.up)):
            found = spreads.get(name)
            if found:
                axes[side] = [float(found.low), float(found.middle), float(found.high)]
        score = view.scores.middle if view.scores else None
        whole = axes if len(axes) > 1 else {}
        placed.append((view.initiative, dot(view.initiative, whole, view.parts, score)))
    return drawn(placed, version)


def _with_reach(view: ItemView, reach: str) -> ItemView:
    return replace(view, reach=reach)


def _drawn(view: ItemView) -> Item:
    scores = view.scores
    assert scores is not None
    return Item(view.item.pk, float(scores.low), float(scores.middle), float(scores.high))
