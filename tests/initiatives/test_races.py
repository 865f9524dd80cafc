"""Two people take the same step at once, on real PostgreSQL: exactly one wins, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from config.flow.errors import WrongState
from initiatives.actions.steps import take_step
from initiatives.models import Initiative, InitiativeStep
from tests.cast import build_cast
from tests.factories.initiatives import proposed

ROUNDS = 200


def both_at_once(initiative, people):
    """What each of the two got: the phase, or the sentence of the refusal."""
    start, found = Barrier(len(people)), {}

    def attempt(person):
        mine = Initiative.objects.get(pk=initiative.pk)
        start.wait()
        try:
            found[person.pk] = take_step(mine, "decline", actor=person, note="No.").phase
        except WrongState as refusal:
            found[person.pk] = refusal.sentences[0]
        finally:
            connections.close_all()

    threads = [Thread(target=attempt, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found.values())


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_people_taking_the_same_step_give_one_winner_each_round():
    cast = build_cast()
    people = (cast.product_manager, cast.outsider)
    wrong = []
    for _ in range(ROUNDS):
        initiative = proposed(cast, line=None)  # any product manager triages it
        answers = both_at_once(initiative, people)
        told = f"“Decline” does not start from here: {initiative} is in “declined” now."
        taken = InitiativeStep.objects.filter(subject=initiative, taken=True).count()
        if answers != sorted(["declined", told]) or taken != 1:
            wrong.append((initiative.key, answers, taken))
    assert wrong == []
