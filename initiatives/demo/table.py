"""What Harbourlight scores and ranks together: last quarter's order and two sessions."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from initiatives.actions import ordering, session
from initiatives.actions import ranking as rank
from initiatives.demo.company import Line
from initiatives.demo.walk import Walk
from initiatives.estimates import Estimate
from initiatives.forms.ranking import this_quarter
from initiatives.models import Initiative, Ranking, ScoringSession
from initiatives.phases import CANDIDATE_PHASES
from initiatives.scoring import InputSpec

CENT = Decimal("0.01")
# Whose eye sees things how much larger or smaller than the middle.
TEMPER = {"product_manager": "1.15", "business_leader": "0.9", "architect": "1"}


def quarter_before() -> str:
    """The quarter before this one, as rankings name it."""
    first = timezone.localdate().replace(day=1)
    first = first.replace(month=first.month - (first.month - 1) % 3)
    before = first - timedelta(days=1)
    return f"{before.year}-Q{(before.month - 1) // 3 + 1}"


def last_quarter(line: Line, walks: list[Walk]) -> None:
    """An earlier order with other shares and one departure, so that two periods differ."""
    pm, bl = line["product_manager"], line["business_leader"]
    ranking = rank.draft_ranking(
        line=line.line, period=quarter_before(), actor=pm, capacity_points=90
    )
    lanes = {lane.name: lane for lane in ranking.lanes.all()}
    shares = {"Mandatory": 20, "Growth": 60, "Technical debt": 15, "Bugs": 5}
    rank.set_capacity(
        ranking=ranking,
        actor=pm,
        capacity_points=90,
        shares={lane.pk: shares[name] for name, lane in lanes.items()},
    )
    chosen = sorted(walks, key=lambda w: w.initiative.score or 0, reverse=True)[3:]
    for n, walk in enumerate(chosen):
        rank.add_to_ranking(ranking=ranking, initiative=walk.initiative, actor=pm, points=6 + 3 * n)
    last = ranking.entries.order_by("-position").select_related("ranking__line", "lane").first()
    if last is not None:
        ordering.place_entry(entry=last, actor=pm, position=2)
        rank.explain_departure(
            entry=last, actor=bl, reason="Its partner's contract ends in this quarter."
        )
    rank.declare_complete(
        ranking=ranking, actor=pm, asked=["growth", "customer-service", "qa"], silent=[]
    )
    rank.sign_ranking(ranking=ranking, actor=bl)
    rank.sign_ranking(ranking=ranking, actor=pm)


def order(line: Line, walks: list[Walk]) -> Ranking:
    """This quarter's order by score, which the product manager committed to."""
    pm = line["product_manager"]
    ranking = rank.draft_ranking(
        line=line.line, period=this_quarter(), actor=pm, capacity_points=120
    )
    placed = set(ranking.entries.values_list("initiative", flat=True))
    new = [walk for walk in walks if walk.initiative.pk not in placed]
    for n, walk in enumerate(new):
        rank.add_to_ranking(ranking=ranking, initiative=walk.initiative, actor=pm, points=8 + 2 * n)
    for lane in ranking.lanes.select_related("ranking__line"):
        ordering.order_by_score(lane=lane, actor=pm)
    if len(walks) > 5:
        _lift_one(line, ranking)
    rank.declare_complete(
        ranking=ranking,
        actor=pm,
        asked=["growth", "customer-service", "compliance", "qa"],
        silent=["qa"],
    )
    return rank.sign_ranking(ranking=ranking, actor=pm)


def _lift_one(line: Line, ranking: Ranking) -> None:
    """Other shares than last quarter, and one that stands above its score for a reason."""
    pm, shares = line["product_manager"], (20, 55, 15, 10)
    rank.set_capacity(
        ranking=ranking,
        actor=pm,
        capacity_points=120,
        shares=dict(zip(ranking.lanes.values_list("pk", flat=True), shares, strict=True)),
    )
    rows = ranking.entries.select_related("ranking__line", "lane", "initiative")
    lifted = rows.get(initiative__title="Instant payout for known shops")
    ordering.place_entry(entry=lifted, actor=pm, position=4)
    rank.explain_departure(
        entry=lifted, actor=pm, reason="Two partners wait for it with signed contracts."
    )


def commit_order(line: Line, walks: list[Walk]) -> None:
    """Product manager and business leader commit this quarter's order together."""
    rank.sign_ranking(ranking=order(line, walks), actor=line["business_leader"])


def score_together(line: Line) -> None:
    """A session whose numbers lie on the table; the first two are agreed on."""
    made = _session(line, tuple(TEMPER))
    items = list(made.items.select_related("session", "initiative"))
    session.take_session_step(made, "reveal", actor=line["product_manager"])
    for item in items[:2]:
        session.agree_on(
            item=item,
            actor=line["product_manager"],
            values={
                "reach": Estimate(Decimal(420), Decimal(320), Decimal(520)),
                "impact": Estimate(Decimal("1.5"), Decimal(1), Decimal(2)),
                "effort": Estimate(Decimal(5), Decimal(4), Decimal(8)),
            },
            note="Counted again from the ledger; the architect's effort stands.",
        )


def scoring_now(line: Line) -> None:
    """A session that is still blind: one has finished, the others have not begun."""
    _session(line, ("architect",))


def _session(line: Line, scorers: tuple[str, ...]) -> ScoringSession:
    compete = Initiative.objects.filter(line=line.line, phase__in=CANDIDATE_PHASES)
    made = session.start_session(
        line=line.line,
        period=this_quarter(),
        actor=line["product_manager"],
        initiatives=list(compete.order_by("number")[:6]),
        people=[line["business_leader"], line["architect"], line["tpm"]],
    )
    for role in scorers:
        scores = {
            (item.pk, spec.name): _opinion(spec, n, Decimal(TEMPER[role]))
            for n, item in enumerate(made.items.all())
            for spec in made.version.ready.inputs
        }
        session.give_session_scores(session=made, actor=line[role], scores=scores, done=True)
    return made


def _opinion(spec: InputSpec, n: int, temper: Decimal) -> Estimate:
    """What somebody thinks of the n-th item; the third one splits the table."""
    middle = {"reach": 380 + 60 * n, "impact": 1, "effort": 4 + n}.get(spec.name, 5)
    lean = temper ** (4 if n == 2 else 1)
    value = (Decimal(middle) * (1 / lean if spec.name == "effort" else lean)).quantize(CENT)
    ends = Estimate(value, (value * Decimal("0.8")).quantize(CENT),
                    (value * Decimal("1.25")).quantize(CENT))  # fmt: skip
    return spec.inside(ends)
