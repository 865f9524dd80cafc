"""Approval, edit and advance at once on real PostgreSQL: nothing passes on unapproved content."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from config.flow.errors import Refusal
from rfc.actions.deciding import try_accept
from rfc.actions.positions import take_position
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC
from rfc.queries import is_accepted_on_current_content
from rfc.standing import judged_by
from tests.cast import build_cast
from tests.factories import rfc as make

ROUNDS = 100


def together(*acts):
    """Run the acts at the same moment, each in its own connection; their answers."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=30)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def gate_of_the_initiative(rfc_id):
    """What a step of an initiative does: lock the RFC, then ask its gate; the content it saw."""
    with transaction.atomic():
        locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc_id)
        if not is_accepted_on_current_content(locked):
            return None
        return locked.content, list(
            locked.positions.filter(function="architect").values("stance", "fingerprints")
        )


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_gate_passes_on_content_nobody_approved(settings):
    settings.REVIEW_WINDOW_DAYS = 0
    cast = build_cast()
    rfc = make.rfc_in_review(cast)
    passed = 0
    for number in range(ROUNDS):
        seen = RFC.objects.get(pk=rfc.pk).revision_count

        def approve(seen=seen):
            return take_position(
                rfc=rfc,
                actor=cast.architect,
                function="architect",
                stance="approve",
                revision_number=seen,
            )

        def edit(number=number):
            save_draft(
                rfc=rfc,
                actor=cast.product_manager,
                seen_version=None,
                body=make.body(solution=f"Way {number} {random.random()}"),
            )
            return publish_revision(rfc=rfc, actor=cast.product_manager)

        def advance():
            try_accept(rfc)
            return gate_of_the_initiative(rfc.pk)

        seen_by_gate = together(approve, edit, advance)[2]
        if seen_by_gate:
            content, positions = seen_by_gate
            passed += 1
            judged = judged_by("architect", content)
            assert any(p["fingerprints"] == judged for p in positions)
        if number % 3 == 0:
            # Now and then nobody edits: the same gate must be able to pass.
            newest = RFC.objects.get(pk=rfc.pk)
            if newest.phase == "in_review":
                take_position(
                    rfc=newest,
                    actor=cast.architect,
                    function="architect",
                    stance="approve",
                    revision_number=newest.revision_count,
                )
            assert gate_of_the_initiative(rfc.pk) is not None
    assert RFC.objects.get(pk=rfc.pk).revision_count == ROUNDS + 1
    assert passed <= ROUNDS


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_lose_no_text(settings):
    cast = build_cast()
    rfc = make.draft_rfc(cast)
    rfc.co_authors.add(cast.tpm)
    for number in range(20):
        rfc.draft.refresh_from_db()
        seen = rfc.draft.row_version

        def write(person, word, seen=seen):
            return save_draft(
                rfc=rfc, actor=person, seen_version=seen, body=make.body(scope=f"{word} {seen}")
            )

        answers = together(
            lambda: write(cast.tpm, "tpm"), lambda: write(cast.product_manager, "pm")
        )
        refused = [a for a in answers if isinstance(a, Refusal)]
        assert len(refused) == 1, number
        assert refused[0].mine["body"] != refused[0].theirs.body


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_last_two_approvals_at_once_accept_exactly_once(settings):
    settings.REVIEW_WINDOW_DAYS = 0
    cast = build_cast()
    for _ in range(10):
        rfc = make.rfc_in_review(cast, flags=["prices"])
        together(
            lambda rfc=rfc: make.answer(rfc, cast.architect, "architect"),
            lambda rfc=rfc: make.answer(RFC.objects.get(pk=rfc.pk), cast.finance, "finance"),
        )
        rfc.refresh_from_db()
        assert rfc.phase == "accepted"
        assert rfc.steps_taken.filter(step="accept", taken=True).count() == 1
