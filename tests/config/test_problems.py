"""Every problem type the API can answer with opens a page."""

import pytest

from config.flow import errors
from config.rest.help import PROBLEMS
from config.rest.problems import TITLES


def every_slug():
    refusals = [errors.Refusal, *errors.Refusal.__subclasses__()]
    return {r.slug for r in refusals} | {slug for slug, _ in TITLES.values()} | {"error"}


def test_every_problem_type_has_a_page():
    assert every_slug() - set(PROBLEMS) == set()


@pytest.mark.parametrize("slug", sorted(PROBLEMS))
def test_the_page_opens_for_anybody(client, db, slug):
    answer = client.get(f"/api/problems/{slug}")
    assert answer.status_code == 200
    assert str(PROBLEMS[slug][0]) in answer.content.decode()


def test_an_unknown_type_is_not_there(client, db):
    assert client.get("/api/problems/nonsense").status_code == 404
