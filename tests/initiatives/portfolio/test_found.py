"""One box finds each key and title among the first three, in a constant number of statements."""

import pytest

from initiatives.models import Initiative
from initiatives.queries.found import best
from tests.factories.initiatives import proposed

TITLES = [
    "Faster payouts",
    "Faster payouts for agents",
    "Payouts",
    "Card freeze",
    "Agents & floats",
]


@pytest.fixture
def five(cast):
    problem = "Payouts take days; agents wait for payouts and cards."
    return [proposed(cast, title=title, problem=problem) for title in TITLES]


@pytest.mark.parametrize("title", TITLES)
def test_each_title_is_the_first_hit(title, five, cast):
    assert best(cast.reader, title, 3)[0].title == title


def test_each_key_is_the_only_hit(five, cast):
    for one in five:
        assert list(best(cast.reader, one.key.lower(), 3)) == [one]


def test_an_exact_title_is_found_behind_many_newer_matches(five, cast, monkeypatch):
    monkeypatch.setattr("initiatives.queries.found.RANKED", 2)
    assert best(cast.reader, TITLES[0], 3)[0].title == TITLES[0]


def test_the_page_marks_the_match_and_costs_the_same(
    five, cast, as_, django_assert_max_num_queries
):
    browser = as_(cast.reader)
    browser.get("/search?q=freeze")

    def count(words):
        with django_assert_max_num_queries(60) as seen:
            page = browser.get(f"/search?q={words}").content.decode()
        return len(seen.captured_queries), page

    one, page = count("freeze")
    assert "Card <mark>freeze</mark>" in page
    assert count("payouts")[0] == one
    assert Initiative.objects.count() == 5
