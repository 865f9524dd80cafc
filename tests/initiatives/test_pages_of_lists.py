"""Lists cut into pages: every row once, in one order, however many pages there are."""

import pytest
from django.core.paginator import Paginator

from initiatives.queries.notes import notes
from initiatives.queries.ranking import rankings_for
from initiatives.queries.session import sessions_for


@pytest.mark.parametrize("rows", [notes, rankings_for, sessions_for])
def test_rows_that_are_paged_have_a_total_order(rows, cast):
    found = rows(cast.reader)
    assert found.ordered
    assert found.query.order_by[-1].lstrip("-") in {"id", "pk"}
    assert Paginator(found, 10).get_page(1) is not None
