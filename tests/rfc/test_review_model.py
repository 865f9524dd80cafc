"""Random edits, positions and steps against a small model written without the code under test.

The model knows words, not fingerprints: who approved which words of which sections. It says when
an RFC may be accepted and which approvals still stand; the product has to agree after every act.
Positions are told apart one by one, so that one put in the place of another is missed as well.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.flow.errors import Refusal
from rfc.actions.deciding import take_step
from rfc.actions.positions import close_block, take_position
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC
from rfc.queries import is_accepted_on_current_content
from rfc.standing import standing
from tests.cast import build_cast
from tests.factories import rfc as make

FUNCTIONS = ("architect", "finance", "risk")
JUDGES = {
    "architect": ("scope", "solution", "non functional requirements"),
    "finance": ("evidence", "scope", "kpi targets", "solution", "risks and compliance"),
    "risk": ("scope", "solution", "risks and compliance"),
}
SECTIONS = (
    "motivation",
    "evidence",
    "scope",
    "kpi targets",
    "solution",
    "risks and compliance",
    "non functional requirements",
    "roll out",
)
EXAMPLES = int(os.environ.get("GATELINE_MODEL_EXAMPLES", "16"))
section = st.sampled_from(SECTIONS)
function = st.sampled_from(FUNCTIONS)
STANCES = st.sampled_from(["approve", "approve", "approve", "hold", "recuse", "block"])
WORDS = st.sampled_from(["One way.", "Another way.", "A third way."])
# Spellings that say the same: none of them may cost an approval.
TRIFLES = ("blanks", "lines", "heading", "address", "table")


def spelled(heading, words, trifles):
    """A section; every trifle writes the same in another way."""
    lines = "\n" * (3 if "lines" in trifles else 1)
    heading = heading.upper() if "heading" in trifles else heading.capitalize()
    words = words.replace(" ", "   ") if "blanks" in trifles else words
    address = "http://www.Example.org/a/" if "address" in trifles else "https://example.org/a"
    table = "|a|b|\n|-|-|\n|1|2|" if "table" in trifles else "| a  | b |\n| --- | --- |\n| 1 | 2 |"
    return f"## {heading}\n{lines}{words}{lines}See {address} for more.\n\n{table}\n{lines}"


def row_of(position):
    """What of a position never changes."""
    return (position.function, position.stance, position.text, position.revision_id)


class Review(RuleBasedStateMachine):
    """One RFC that moves money, in review by three functions, without a comment window."""

    def __init__(self):
        super().__init__()
        self.cast = build_cast()
        self.words = {name: f"What we say about {name}." for name in SECTIONS}
        self.trifles = {name: frozenset() for name in SECTIONS}
        self.state = "in_review"
        self.said = {}  # function: (stance, words judged)
        self.ever = {}  # positions on record, by id
        self.rfc = make.rfc_in_review(self.cast, flags=["money"], text=self.text())

    # The model.

    def judged(self, name):
        return tuple(self.words[each] for each in JUDGES[name])

    def stands(self, name):
        stance, words = self.said.get(name, ("", ()))
        return stance == "approve" and words == self.judged(name)

    def complete(self):
        return all(self.stands(name) for name in FUNCTIONS)

    def settle(self):
        """What follows by itself."""
        if self.state == "in_review" and self.complete():
            self.state = "accepted"
        elif self.state == "accepted" and not self.complete():
            self.state = "in_review"

    # The acts.

    def text(self):
        parts = (spelled(name, self.words[name], self.trifles[name]) for name in SECTIONS)
        return "## Summary\n\nIn short.\n\n" + "\n".join(parts)

    def publish(self):
        rfc = RFC.objects.get(pk=self.rfc.pk)
        who = self.cast.product_manager
        try:
            save_draft(rfc=rfc, actor=who, seen_version=None, body=self.text())
            return publish_revision(rfc=rfc, actor=who) is not None
        except Refusal:
            assert self.state not in ("draft", "in_review", "accepted")
            return False

    @rule(name=section, words=WORDS)
    def edits(self, name, words):
        before = self.words[name]
        self.words[name] = words
        if self.publish():
            self.settle()
        else:
            self.words[name] = before

    @rule(name=section, trifles=st.sets(st.sampled_from(TRIFLES), min_size=2))
    def changes_trifles(self, name, trifles):
        before = self.trifles[name]
        self.trifles[name] = before ^ trifles
        stood = {each for each in FUNCTIONS if self.stands(each)}
        if self.publish():
            # What was sent back by hand is accepted anew with the next revision, if all stand.
            self.settle()
        else:
            self.trifles[name] = before
        found = {
            s.function for s in standing(RFC.objects.get(pk=self.rfc.pk)) if s.state == "approved"
        }
        assert stood <= found, f"trifles ({sorted(trifles)}) cost an approval"

    def answer(self, name, stance, **more):
        rfc = RFC.objects.get(pk=self.rfc.pk)
        told = {"rfc": rfc, "actor": getattr(self.cast, name), "function": name, "stance": stance}
        try:
            made = take_position(**told, revision_number=rfc.revision_count, **more)
        except Refusal:
            assert self.state != "in_review"
            return None
        assert self.state == "in_review"
        self.ever[made.pk] = row_of(made)
        return made

    @rule(name=function, stance=STANCES)
    def says(self, name, stance):
        more = {} if stance == "approve" else {"text": "Because."}
        if stance == "block":
            more["resolution_owner"] = self.cast.product_manager
        if self.answer(name, stance, **more):
            self.said[name] = (stance, self.judged(name) if stance == "approve" else ())
            self.settle()

    @rule()
    def everybody_approves(self):
        for name in FUNCTIONS:
            self.says(name, "approve")

    @precondition(lambda self: any(s == ("block", ()) for s in self.said.values()))
    @rule()
    def closes_a_block(self):
        name = next(each for each, said in self.said.items() if said == ("block", ()))
        block = self.rfc.positions.filter(function=name, stance="block").first()
        close_block(position=block, actor=getattr(self.cast, name), note="Resolved.")
        self.said[name] = ("closed", ())

    def step(self, name, actor, **told):
        try:
            take_step(RFC.objects.get(pk=self.rfc.pk), name, actor=actor, **told)
        except Refusal:
            return False
        return True

    @rule()
    def asks(self):
        moved = self.step("ask-for-decision", self.cast.product_manager)
        assert moved == (self.state == "draft")
        if moved:
            self.state = "in_review"
            self.settle()

    @rule()
    def recalls(self):
        moved = self.step("recall", self.cast.product_manager, note="More to write.")
        assert moved == (self.state == "in_review")
        if moved:
            self.state = "draft"

    @rule()
    def sends_back_to_review(self):
        moved = self.step("review-again", self.cast.business_leader, note="Look again.")
        assert moved == (self.state == "accepted")
        if moved:
            self.state = "in_review"

    @rule(who=st.sampled_from(["product_manager", "administrator", "business_leader"]))
    def tries_to_accept_by_hand(self, who):
        assert not self.step("accept", getattr(self.cast, who))

    # What has to hold after every act.

    @invariant()
    def the_product_agrees_with_the_model(self):
        rfc = RFC.objects.get(pk=self.rfc.pk)
        assert rfc.phase == self.state
        stands = {each.function: each.state for each in standing(rfc)}
        for name in FUNCTIONS:
            assert (stands[name] == "approved") == self.stands(name), (name, stands[name])

    @invariant()
    def no_gate_passes_on_words_nobody_approved(self):
        rfc = RFC.objects.get(pk=self.rfc.pk)
        if is_accepted_on_current_content(rfc):
            assert self.complete()

    @invariant()
    def every_position_ever_taken_is_on_record(self):
        assert {each.pk: row_of(each) for each in self.rfc.positions.all()} == self.ever


class Fresh(Review):
    """Every run starts without people; what it wrote is rolled back."""

    def __init__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        super().__init__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.django_db
def test_reviews_agree_with_the_model(settings):
    settings.REVIEW_WINDOW_DAYS = 0
    examples = hypothesis_settings(
        max_examples=EXAMPLES,
        stateful_step_count=24,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Fresh, settings=examples)
