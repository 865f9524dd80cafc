"""One set of filters for page and API; the same number of queries for one row and for three."""

import pytest

from initiatives.actions.steps import take_step
from initiatives.filters import InitiativeFilter
from tests.factories.initiatives import in_phase, proposed, triaged


@pytest.fixture
def queries(django_assert_max_num_queries, as_):
    """How many queries an address costs a person."""

    def count(person, address):
        browser = as_(person)
        browser.get(address)  # the session's first request writes more
        with django_assert_max_num_queries(200) as seen:
            assert browser.get(address).status_code == 200
        return len(seen.captured_queries)

    return count


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/initiatives",
        "/initiatives?layout=board",
        "/initiatives?phase=intake&line=payments&sort=-score,title",
        "/intake",
        "/api/v1/initiatives/",
    ],
)
def test_two_rows_and_four_cost_the_same(address, cast, queries):
    """Two, because triage reads the likely duplicates of the first only where there are others."""
    triaged(cast)
    triaged(cast, title="Receipts by text message")
    two = queries(cast.product_manager, address)
    triaged(cast, title="Budget alerts for savings")
    triaged(cast, title="Card freeze from the lock screen")
    assert queries(cast.product_manager, address) == two


def keys(answer):
    return [row.key for row in answer.context["rows"]]


def api_keys(answer):
    return [row["key"] for row in answer.json()["results"]]


@pytest.fixture
def three(cast):
    """One in intake without owner, one in discovery, one asleep."""
    plain = proposed(cast, title="Plain request", line=None)
    known = in_phase(cast, "discovery", title="Known and accepted", source_slug="market")
    asleep = take_step(
        proposed(cast, title="Sleeping request", source_slug="others"),
        "snooze",
        actor=cast.product_manager,
        note="Later.",
        until="2199-01-01",
    )
    return {"plain": plain.key, "known": known.key, "asleep": asleep.key}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "asleep known plain"),
        ("phase=intake", "asleep plain"),
        ("phase=intake&phase=discovery", "asleep known plain"),
        ("phase=-intake", "known"),
        ("line=payments", "asleep known"),
        ("line=none", "plain"),
        ("source=market", "known"),
        ("owner=-none", "known"),
        ("owner=none", "asleep plain"),
        ("owner=me", "known"),
        ("mine=yes", "known"),
        ("snoozed=yes", "asleep"),
        ("snoozed=no", "known plain"),
        ("q=accepted", "known"),
        ("sort=title", "known plain asleep"),
        ("sort=-title", "asleep plain known"),
        ("sort=owner,key", "known plain asleep"),
        ("due=none&sort=key", "plain known asleep"),
        ("due=overdue", ""),
        ("sort=score,key", "plain known asleep"),
        ("sort=phase,key", "plain asleep known"),
    ],
)
def test_page_and_api_answer_the_same(query, names, three, cast, as_, api_as):
    wanted = [three[name] for name in names.split()]
    page = as_(cast.product_manager).get(f"/initiatives?{query}")
    called = api_as(cast.product_manager).get(f"/api/v1/initiatives/?{query}")
    found = [] if not wanted and "rows" not in page.context else keys(page)
    assert (found, api_keys(called)) == (wanted, wanted)


def test_filters_work_after_the_api_was_described(three, cast, api_as):
    """Describing makes the declared filters' fields, which know no choices of a person."""
    assert [f.field for f in InitiativeFilter.base_filters.values()]
    called = api_as(cast.product_manager).get("/api/v1/initiatives/?source=market")
    assert api_keys(called) == [three["known"]]


def test_what_is_not_known_is_named_and_ignored(three, cast, as_, api_as):
    query = "colour=red&phase=lunch&sort=height"
    page = as_(cast.product_manager).get(f"/initiatives?{query}")
    called = api_as(cast.product_manager).get(f"/api/v1/initiatives/?{query}")
    named = ["colour", "phase=lunch", "sort=height"]
    assert (page.context["filter"].ignored, called.json()["ignored"]) == (named, named)
    assert len(keys(page)) == 3
    assert "“colour” was ignored" in page.content.decode()


def test_a_key_in_the_search_jumps(three, cast, as_):
    answer = as_(cast.reader).get(f"/initiatives?q={three['plain'].lower()}")
    assert answer.url == f"/initiatives/{three['plain']}-plain-request"


def test_an_empty_result_says_which_filter_to_drop(three, cast, as_):
    page = as_(cast.reader).get("/initiatives?phase=closed&line=payments")
    assert [one["href"] for one in page.context["drop"]] == [
        "/initiatives?line=payments",
        "/initiatives?phase=closed",
    ]


def test_the_api_pages_by_cursor(three, cast, api_as):
    caller = api_as(cast.reader)
    first = caller.get("/api/v1/initiatives/?sort=deadline,key&limit=2").json()
    second = caller.get(first["next"]).json()
    found = [row["key"] for page in (first, second) for row in page["results"]]
    assert found == [three["plain"], three["known"], three["asleep"]]


def test_a_wrong_tail_redirects_and_keys_come_in_any_case(three, cast, as_):
    browser = as_(cast.reader)
    right = f"/initiatives/{three['plain']}-plain-request"
    wrong = browser.get(f"/initiatives/{three['plain'].lower()}-something-else")
    assert (wrong.status_code, wrong.url) == (301, right)
    assert browser.get(right).status_code == 200
    assert browser.get("/initiatives/INI-99999").status_code == 404
    assert browser.get(f"/i/{three['plain'].removeprefix('INI-')}").url == right


def test_the_board_counts_every_phase(three, cast, as_):
    page = as_(cast.reader).get("/initiatives?layout=board")
    counts = {column.phase: column.count for column in page.context["columns"]}
    assert (counts["intake"], counts["discovery"], counts["rfc"]) == (2, 1, 0)
