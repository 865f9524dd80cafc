"""The page of an RFC is read by one statement; what it says to one person it says to nobody else."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.models import Person
from rfc.actions.comments import comment
from rfc.actions.delegating import delegate
from rfc.models import Anchor
from rfc.queries.reading import published_rfc, rfc_to_read
from rfc.queries.threads import threads_of
from tests.factories import rfc as make

QUOTE = "What we say about scope."


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast, flags=["money"])


def page(browser, rfc, path=""):
    return browser.get(f"/rfcs/{rfc.key}{path}").content.decode()


def test_what_one_may_do_is_read_for_each_person(as_, cast, rfc):
    comment(rfc=rfc, actor=cast.risk, text="Is it?", quote=QUOTE)
    stranger, risk, author = as_(cast.reader), as_(cast.risk), as_(cast.product_manager)
    for _again in range(2):
        assert "Change my words" not in page(stranger, rfc)
        assert "Change my words" in page(risk, rfc)
        assert f"/rfcs/{rfc.key}/edit" in page(author, rfc)
        assert f"/rfcs/{rfc.key}/edit" not in page(stranger, rfc)


def test_a_co_author_and_a_delegate_are_known_at_once(as_, cast, rfc):
    reader = as_(cast.reader)
    before = page(reader, rfc)
    assert "/edit" not in before
    assert "stance=block" not in before
    rfc.co_authors.add(cast.reader)
    assert f"/rfcs/{rfc.key}/edit" in page(reader, rfc)
    rfc.co_authors.clear()
    tomorrow = timezone.localdate() + timedelta(days=1)
    delegate(actor=cast.risk, delegate=cast.reader, function="risk", ends_on=tomorrow, reason="Off")
    assert "stance=block" in page(reader, rfc)


def test_a_revision_that_does_not_exist_is_not_found(as_, cast, rfc):
    assert as_(cast.reader).get(f"/rfcs/{rfc.key}/v2").status_code == 404
    assert as_(cast.reader).get(f"/rfcs/{rfc.key}/v99999999999").status_code == 404


def test_of_many_anchors_the_one_of_the_shown_revision_counts(cast, rfc):
    comment(rfc=rfc, actor=cast.risk, text="Is it?", quote=QUOTE)
    lost = make.body(scope="Settlement banks close the ledger nightly, abroad as well.")
    for body in (make.body(solution="Another."), lost):
        make.edit(rfc, cast.product_manager, body=body)
    rfc.refresh_from_db()
    shown = {r.number: threads_of(rfc, r, cast.risk)[0] for r in rfc.revisions.all()}
    assert [shown[n].anchor.holds for n in (1, 2, 3)] == [True, True, False]
    assert [shown[n].since for n in (1, 2, 3)] == [1, 2, 2]
    assert [shown[n].gone for n in (1, 2, 3)] == [False, False, True]
    # Not searched yet: the one before says the words, not the place.
    Anchor.objects.filter(revision__number=3).delete()
    waiting = threads_of(rfc, rfc.revisions.get(number=3), cast.risk)[0]
    assert (waiting.where, waiting.since, waiting.passage) == ("section", 2, None)
    # Known only later: the first behind stands in.
    Anchor.objects.filter(revision__number=1).delete()
    early = threads_of(rfc, rfc.revisions.get(number=1), cast.risk)[0]
    assert (early.where, early.since, early.passage) == ("section", 2, None)


def test_who_may_see_an_rfc_depends_on_nothing_a_kept_query_forgets(cast):
    """The query for one RFC is kept by what narrows a sign-in; for all others it must be the same."""
    people = (cast.risk, cast.reader, cast.cards_leader, cast.administrator, cast.product_manager)
    assert len({str(rfc_to_read(person).query) for person in people}) == 1


def test_a_narrowed_sign_in_finds_only_its_lines(cast, rfc):
    assert published_rfc(cast.risk, rfc.number) == rfc
    for line, found in ((cast.payments, True), (cast.cards, False)):
        person = Person.objects.get(pk=cast.risk.pk)
        person.limited_to = frozenset({line.pk})
        if found:
            assert published_rfc(person, rfc.number) == rfc
        else:
            with pytest.raises(Http404):
                published_rfc(person, rfc.number)
