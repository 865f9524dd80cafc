"""Approve, edit and advance at the same moment, through the real actions, on real PostgreSQL.

The step is the initiative's own: rfc → ux_design. What the gate saw is read inside the step's
transaction and judged by the words themselves, not by the code under test. More rounds:
GATELINE_RACE_ROUNDS=1000 pytest tests/rfc/test_advance_races.py -s
"""

import logging
import os
import random
from collections import Counter
from time import monotonic

import pytest

from config.flow.errors import Refusal
from config.flow.signals import step_taken
from initiatives.actions.steps import take_step as step_initiative
from initiatives.models import Initiative
from rfc.actions.positions import reaffirm, take_position
from rfc.actions.seen import opened
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC
from tests.cast import build_cast
from tests.factories import walks
from tests.rfc.test_races import together

ROUNDS = int(os.environ.get("GATELINE_RACE_ROUNDS", "24"))
ROUNDS_PER_RFC = 100
FUNCTIONS = {"architect": "architect", "finance": "finance", "risk": "risk", "designer": "designer"}
# What each function judges, by the template: heading by heading, said here once more.
JUDGES = {
    "architect": {"scope", "solution", "non-functional-requirements"},
    "finance": {"evidence", "scope", "kpi-targets", "solution", "risks-and-compliance"},
    "risk": {"scope", "solution", "risks-and-compliance"},
    "designer": {"evidence", "scope", "solution"},
}


class Watch:
    """Looks at every passed step from inside its transaction."""

    def __init__(self):
        self.passed = self.wrong = 0
        step_taken.connect(self.see, sender=Initiative, weak=False)

    def see(self, subject, record, **_more):
        if record.step != "start-design" or not record.taken:
            return
        self.passed += 1
        rfc = RFC.objects.get(initiative=subject)
        newest = words_of(rfc.revisions.get(number=rfc.revision_count))
        for function, slugs in JUDGES.items():
            said = rfc.positions.filter(function=function).select_related("revision")
            good = any(
                each.stance.startswith("approve") and same(words_of(each.revision), newest, slugs)
                for each in said
            )
            self.wrong += not good

    def close(self):
        step_taken.disconnect(self.see, sender=Initiative)


def words_of(revision):
    """The words of each section, white space aside."""
    return {part.slug: part.body.split() for part in revision.sections.all()}


def same(one, other, slugs):
    return all(one.get(slug) == other.get(slug) for slug in slugs)


def fresh(rfc):
    return RFC.objects.get(pk=rfc.pk)


def approve(rfc, cast, function):
    """Approve what stands there now, or re-affirm after the difference was shown."""
    now, person = fresh(rfc), getattr(cast, FUNCTIONS[function])
    mine = now.positions.filter(person=person, function=function).first()
    told = {"rfc": now, "actor": person, "function": function}
    if mine is not None:
        newest = now.revisions.get(number=now.revision_count)
        opened(rfc=now, revision=newest, person=person, compared=mine.revision.number)
        return reaffirm(**told, revision_number=now.revision_count)
    return take_position(**told, stance="approve", revision_number=now.revision_count)


def edit(rfc, cast, kind):
    """A material edit of one section, or a trifle that changes no word."""
    body = fresh(rfc).draft.body
    head, risks = "## Risks and compliance\n", f"A limit of {random.random()}."
    if kind == "material":
        body = body.replace(head, f"{head}\n{risks}\n", 1)
    else:
        body = body.replace("\n\n## Roll-out", "\n\n\n## Roll-out", 1)
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=body)
    return publish_revision(rfc=rfc, actor=cast.product_manager)


def advance(initiative, cast):
    now = Initiative.objects.get(pk=initiative.pk)
    return step_initiative(now, "start-design", actor=cast.product_manager)


def settle(rfc, cast):
    """Everybody approves what stands there, so that the round starts from an accepted RFC."""
    for function in FUNCTIONS:
        try:
            approve(rfc, cast, function)
        except Refusal:
            continue


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_initiative_advances_on_content_nobody_approved(settings, record_property):
    settings.REVIEW_WINDOW_DAYS = 0
    cast, watch, seen = build_cast(), Watch(), Counter()
    began = monotonic()
    walk = None
    try:
        for number in range(ROUNDS):
            if number % ROUNDS_PER_RFC == 0:
                walk = next_walk(cast, number)
            seen.update(one_round(walk, cast, number))
    finally:
        watch.close()
    took = monotonic() - began
    record_property("rounds", ROUNDS)
    record_property("passed", watch.passed)
    record_property("wrong", watch.wrong)
    logging.getLogger("races").warning(
        "%d rounds, %d passed, %d wrong, %.0f s, %s",
        ROUNDS,
        watch.passed,
        watch.wrong,
        took,
        dict(seen),
    )
    assert watch.wrong == 0
    assert watch.passed > 0
    assert seen["refused"] > 0


def next_walk(cast, number):
    """An initiative at the step into design, its RFC accepted."""
    if number:
        return walks.with_accepted_rfc(cast, title=f"Payout {number}").sketch()
    return walks.with_accepted_rfc(cast).sketch()


def one_round(walk, cast, number):
    """Two approvals, an edit and the step at once; afterwards the step is taken back."""
    rfc, initiative = walk.rfc, walk.initiative
    kind = random.choice(("material", "material", "trifle", "none"))
    if number % 3:
        settle(rfc, cast)
    acts = [
        lambda: approve(rfc, cast, "risk"),
        lambda: approve(rfc, cast, "finance"),
        lambda: advance(initiative, cast),
    ]
    if kind != "none":
        acts.append(lambda: edit(rfc, cast, kind))
    random.shuffle(acts)
    together(*acts)
    now = Initiative.objects.get(pk=initiative.pk)
    if now.phase != "ux_design":
        return ["refused"]
    step_initiative(now, "send-back", actor=cast.designer, note="Once more.")
    return [f"passed, {kind}"]
