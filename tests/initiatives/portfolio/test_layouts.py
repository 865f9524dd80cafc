"""One filtered set in every layout: the same rows, constant statements, a table behind each picture."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, proposed, triaged

LAYOUTS = ["list", "board", "matrix", "timeline", "heat", "funnel", "balance"]


@pytest.fixture
def queries(django_assert_max_num_queries, as_):
    def count(person, address):
        browser = as_(person)
        browser.get(address)
        with django_assert_max_num_queries(200) as seen:
            assert browser.get(address).status_code == 200
        return len(seen.captured_queries)

    return count


@pytest.fixture
def two(cast):
    """One in discovery, one in design."""
    return [
        in_phase(cast, "discovery", title="First one"),
        in_phase(cast, "ux_design", title="Second"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_keeps_the_filters_in_its_links(layout, two, cast, as_):
    page = as_(cast.reader).get(f"/initiatives?line=payments&sort=-age&layout={layout}")
    assert page.status_code == 200
    for one in page.context["layouts"]:
        assert "line=payments" in one["href"]
        assert "sort=-age" in one["href"]
    assert [one["current"] for one in page.context["layouts"]].count(True) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_counts_the_same_set(layout, two, cast, as_):
    proposed(cast, title="Elsewhere", line=cast.cards)
    page = as_(cast.reader).get(f"/initiatives?line=payments&phase=ux_design&layout={layout}")
    # Capacity counts places in a ranking, of which there are none.
    assert page.context["total"] == (0 if layout == "balance" else 1)


# The literal number of statements of each page, with session, person and shell.
STATEMENTS = {
    "/initiatives": 6,
    "/initiatives?layout=board": 6,
    "/initiatives?layout=timeline": 8,
    "/initiatives?layout=heat": 6,
    "/initiatives?layout=funnel": 6,
    "/initiatives?group=line": 7,
    "/initiatives?cols=kpi,evidence": 8,
    "/initiatives?layout=balance": 5,
    "/search?q=instant": 5,
}


@pytest.mark.parametrize(("address", "statements"), STATEMENTS.items())
def test_statements_are_few_and_do_not_grow(address, statements, cast, queries):
    triaged(cast)
    one = queries(cast.product_manager, address)
    triaged(cast, title="Budget alerts for savings")
    triaged(cast, title="Card freeze from the lock screen")
    assert (one, queries(cast.product_manager, address)) == (statements, statements)


def test_unknown_layouts_groups_columns_and_days_are_named(two, cast, as_):
    query = "layout=cube&group=mood&cols=age,colour&then=tomorrow&view=99"
    page = as_(cast.reader).get(f"/initiatives?{query}")
    named = {"layout=cube", "group=mood", "cols=colour", "then=tomorrow", "view=99"}
    assert set(page.context["ignored"]) == named
    assert "“cols=colour” was ignored" in page.content.decode()


def test_the_heat_map_prints_days_and_opens_the_oldest(two, cast, as_):
    then = timezone.now() - timedelta(days=28)
    Initiative.objects.filter(pk=two[1].pk).update(state_entered_at=then)
    page = as_(cast.reader).get("/initiatives?layout=heat&due=none")
    cell = next(c for c in page.context["heat"][0]["cells"] if c and c["cell"].phase.number == 2)
    assert round(cell["cell"].days) == 20
    assert "sort=-age" in cell["href"]
    assert "phase=ux_design" in cell["href"]
    assert "due=none" in cell["href"]
    assert "20\u00a0d" in page.content.decode()


def test_the_funnel_tells_what_came_and_went_this_week(two, cast, as_):
    page = as_(cast.reader).get("/initiatives?layout=funnel")
    first, second = (one["step"] for one in page.context["funnel"][:2])
    assert (first.count, second.count, second.came) == (1, 1, 1)
    assert first.went == 1


def test_the_timeline_shows_only_dates_somebody_set(two, cast, as_):
    page = as_(cast.reader).get("/initiatives?layout=timeline")
    assert page.context["drawing"] is None
    Initiative.objects.filter(pk=two[0].pk).update(deadline_date=timezone.localdate())
    page = as_(cast.reader).get("/initiatives?layout=timeline")
    assert [bar.item.row.key for bar in page.context["drawing"].bars] == [two[0].key]
    columns = {one["horizon"].slug: one["horizon"].count for one in page.context["shown"]}
    assert columns == {"now": 0, "next": 1, "later": 1}


@pytest.mark.parametrize("group", ["phase", "line", "owner", "kpi", "source"])
def test_heads_of_groups_add_up_to_the_whole(group, two, cast, as_):
    proposed(cast, title="Nobody's", line=None)
    page = as_(cast.reader).get(f"/initiatives?group={group}")
    heads = [part["head"] for part in page.context["parts"]]
    assert sum(head.count for head in heads) == page.context["total"] == 3
    assert [len(part["lines"]) for part in page.context["parts"]] == [h.count for h in heads]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("waits=designer", ["second"]),
        ("waits=-designer", ["first"]),
        ("waits=me", ["first"]),
        ("age=over-10d", ["second"]),
        ("age=over-expected", []),
        ("score_min=1", []),
        ("score_max=-0.5", []),
        ("team=none", ["second", "first"]),
        ("kpi=none", ["second", "first"]),
        ("lapsed=yes", []),
        ("lapsed=no", ["second", "first"]),
    ],
)
def test_more_filters(query, keys, two, cast, as_):
    then = timezone.now() - timedelta(days=40)
    Initiative.objects.filter(pk=two[1].pk).update(state_entered_at=then)
    page = as_(cast.product_manager).get(f"/initiatives?{query}")
    names = {two[0].key: "first", two[1].key: "second"}
    found = [names[row.key] for row in page.context["rows"]]
    assert (found, page.context["ignored"]) == (keys, [])


def test_chosen_columns_stand_in_their_order(two, cast, as_):
    page = as_(cast.reader).get("/initiatives?cols=age,source,waits")
    assert [column.name for column in page.context["columns"]] == ["age", "source", "waits"]


def test_cells_escape_what_people_typed(cast, as_):
    proposed(cast, title="<b>Bold</b> & brave")
    text = as_(cast.reader).get("/initiatives").content.decode()
    assert "<b>Bold" not in text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; brave" in text
