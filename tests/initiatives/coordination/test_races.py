"""Two people at once on real PostgreSQL: one coordinator, one answer, never more than the whole."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from config.flow.errors import Refusal
from initiatives.actions.contributions import state_contribution
from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line, take_referral_step
from initiatives.models import InitiativeLine, KpiPromise, Referral
from initiatives.models.coordination import answer_mark
from tests.cast import build_cast
from tests.factories.walks import believed

ROUNDS = 20


def at_once(*acts):
    """What each act answered: “done”, or the class of its refusal."""
    start, found = Barrier(len(acts)), []

    def attempt(act):
        start.wait()
        try:
            act()
            found.append("done")
        except Refusal as refusal:
            found.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [Thread(target=attempt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found)


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_wins_each_round():
    cast = build_cast()
    for n in range(ROUNDS):
        walk = believed(cast, title=f"Round {n}", kpi=KpiPromise.objects.first()
                        and KpiPromise.objects.first().kpi)  # fmt: skip
        made = walk.initiative
        share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
        referral, seen = Referral.objects.get(initiative=made), answer_mark(share)
        assert at_once(
            lambda r=referral.pk: take_referral_step(
                Referral.objects.get(pk=r), "take-coordination", actor=cast.cpo
            ),
            lambda r=referral.pk: take_referral_step(
                Referral.objects.get(pk=r), "take-coordination", actor=cast.cpo
            ),
        ) == ["WrongState", "done"]

        def answer(actor, said, pk=share.pk, mark=seen):
            mine = InitiativeLine.objects.select_related("line").get(pk=pk)
            answer_for_line(share=mine, actor=actor, answer=said, note="So.", seen=mark)

        assert at_once(
            lambda: answer(cast.cards_leader, "accepted"),
            lambda: answer(cast.outsider, "declined"),
        ) == ["Conflict", "done"]

        def give(line, actor, initiative=made):
            mine = initiative.lines.select_related("line", "initiative").get(line=line)
            state_contribution(
                promise=initiative.promises.get(), share=mine, actor=actor, low_percent=60,
                high_percent=70,
            )  # fmt: skip

        assert at_once(
            lambda: give(cast.payments, cast.product_manager),
            lambda: give(cast.cards, cast.cards_leader),
        ) == ["NotAllowed", "done"]
