"""Each gate of discovery: satisfied, and one case per reason, equality on the sentences."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.actions import belief
from initiatives.actions.lines import add_line
from initiatives.actions.referral import take_referral_step
from initiatives.gates import discovery as gates
from initiatives.gates.referral import lines_match_kpis
from initiatives.models import Evidence, Referral
from tests.factories.walks import believed, commit_order, in_discovery, measured_kpi, requested

pytestmark = pytest.mark.django_db


def said(gate, initiative):
    return [m.sentence for m in gate.reasons(initiative)]


def fresh(walk):
    return type(walk.initiative).objects.get(pk=walk.initiative.pk)


def test_everything_there_opens_the_step(cast):
    walk = believed(cast)
    commit_order(cast, walk)
    initiative = fresh(walk)
    for gate in (
        gates.hypothesis_first,
        gates.evidence_sufficient,
        gates.supported_verdict,
        gates.promised_kpi,
        gates.ranked,
        gates.coordinated,
        lines_match_kpis,
    ):
        assert said(gate, initiative) == [], gate.name
    assert walk.step("start-rfc", "product_manager").initiative.phase == "rfc"


def test_without_a_hypothesis_it_says_what_to_write(cast):
    assert said(gates.hypothesis_first, in_discovery(cast).initiative) == [
        "There is no hypothesis: say what you will do, for whom, and which KPI will move."
    ]


def test_customer_evidence_needs_both_kinds(cast):
    assert said(gates.evidence_sufficient, in_discovery(cast).initiative) == [
        "There is no quantitative evidence from real customers yet, such as a survey or data.",
        "There is no qualitative evidence from real customers yet, such as an interview.",
    ]


def test_evidence_past_its_shelf_life_lapses(cast, settings):
    walk = in_discovery(cast).evidence()
    day = timezone.localdate() - timedelta(days=settings.STALE_EVIDENCE_DAYS + 1)
    Evidence.objects.filter(initiative=walk.initiative).update(collected_date=day)
    assert said(gates.evidence_sufficient, walk.initiative) == [
        f"Validation lapsed: the newest quantitative evidence from customers is from "
        f"{day:%-d %B %Y}; collect some again.",
        f"Validation lapsed: the newest qualitative evidence from customers is from "
        f"{day:%-d %B %Y}; collect some again.",
    ]


def test_archived_evidence_does_not_count(cast):
    walk = in_discovery(cast).evidence()
    for item in walk.initiative.evidence.all():
        belief.archive_evidence(evidence=item, actor=cast.product_manager)
    assert len(said(gates.evidence_sufficient, fresh(walk))) == 2


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        (
            "compliance",
            [
                "“Text of the rule” is not answered; the rule of its source asks for it.",
                "“Authority” is not answered; the rule of its source asks for it.",
                "“Legal deadline” is not answered; the rule of its source asks for it.",
            ],
        ),
        (
            "technical-debt",
            [
                "“Cost of delay” is not answered; the rule of its source asks for it.",
                "“Affected services” is not answered; the rule of its source asks for it.",
                "There is no evidence from production or delivery metrics yet.",
            ],
        ),
        (
            "finance",
            [
                "“Calculation with its inputs” is not answered; the rule of its source asks for it.",
                "“Period” is not answered; the rule of its source asks for it.",
                "There is no calculation with its inputs among the evidence yet.",
            ],
        ),
    ],
)
def test_each_source_owes_its_own_evidence(cast, source, sentences):
    assert said(gates.evidence_sufficient, requested(cast, source=source).initiative) == sentences


def test_no_verdict_and_a_refuting_verdict_keep_it_closed(cast):
    walk = in_discovery(cast).evidence()
    assert said(gates.supported_verdict, walk.initiative) == [
        "There is no verdict on the evidence yet; it must come from someone other than its "
        "only collector."
    ]
    belief.judge_evidence(
        initiative=walk.initiative, actor=cast.growth, outcome="refuted", reason="No difference."
    )
    assert said(gates.supported_verdict, walk.initiative) == [
        "The last verdict reads “refuted” (by Gus Growth); an RFC needs “supported”."
    ]


def test_a_legal_duty_needs_no_verdict(cast):
    assert said(gates.supported_verdict, requested(cast, source="compliance").initiative) == []


def test_promise_and_place_are_asked_for(cast):
    initiative = in_discovery(cast).initiative
    assert said(gates.promised_kpi, initiative) == [
        "It promises nothing yet; choose the KPI it will move and the range you expect."
    ]
    assert said(gates.ranked, initiative) == [
        "It has no place in the committed ranking of Payments; PM and business leader commit one "
        "together."
    ]


def test_a_second_line_waits_for_the_cpo(cast):
    walk = in_discovery(cast)
    add_line(initiative=walk.initiative, actor=cast.product_manager, line=cast.cards)
    assert said(gates.coordinated, walk.initiative) == [
        "It touches Payments and Cards; the chief product officer has not taken coordination yet."
    ]
    referral = Referral.objects.get(initiative=walk.initiative)
    take_referral_step(referral, "take-coordination", actor=cast.cpo)
    assert said(gates.coordinated, fresh(walk)) == []


def test_a_kpi_of_an_unnamed_line_is_named(cast):
    walk = in_discovery(cast)
    kpi = measured_kpi(cast, name="Cards in use", target=False)
    type(kpi).objects.filter(pk=kpi.pk).update(line=cast.cards)
    walk.promise(kpi, "51", "53")
    assert said(lines_match_kpis, walk.initiative) == [
        "It touches Cards, which is not among its lines: the KPI “Cards in use” belongs to it."
    ]


def test_every_gate_costs_at_most_one_query(cast, django_assert_max_num_queries):
    walk = believed(cast)
    rows = type(walk.initiative).objects.select_related("hypothesis", "source", "line")
    initiative = rows.get(pk=walk.initiative.pk)
    for gate in (
        gates.hypothesis_first,
        gates.evidence_sufficient,
        gates.supported_verdict,
        gates.promised_kpi,
        gates.ranked,
        gates.coordinated,
        lines_match_kpis,
    ):
        with django_assert_max_num_queries(1):
            gate.reasons(initiative)
