"""Any text is read for the search in bounded time, and ordinary ones exactly as before."""

import random
import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.models import Value

from rfc.models import Decision, Revision
from rfc.models.revision import SEARCHED_LETTERS, SURE_LETTERS
from rfc.queries import finding
from tests.factories import rfc as make
from tests.rfc.hostile_texts import unending

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
MARKS = re.compile(r"[^\w\s<>!-]|_")
MOST_MARKS, MOST_AT = 30, 3
UNENDING = unending()


def asked(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def searched(text):
    return asked("SELECT searched_text(%s)", text)


def longest_run(text):
    """Marks in a row without a blank, and "@" among them."""
    runs = text.split()
    return (
        max((len(MARKS.findall(run)) for run in runs), default=0),
        max((run.count("@") for run in runs), default=0),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", UNENDING)
def test_what_has_no_end_is_given_one(name):
    left = searched(UNENDING[name])
    marks, at = longest_run(left)
    assert marks <= MOST_MARKS
    assert at <= MOST_AT
    assert "<!--" not in left[left.rfind("-->") + 1 :]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "Words, “quoted” ones; half-open state-of-the-art compounds_too.\n\n- a\n- b\n",
        "See [the page](https://www.example.com/a/b-c/d_e?f=g&h=i#j) or <mail@example.com>.",
        "| a | b |\n|---|---|\n| `x.y.z` | ~/.config/x.toml |\n" + "-" * 300 + "\n" + "=" * 29,
        "<!-- closed --><!----><b class='x'>bold</b> a --> b <!-- closed\n\ntoo --> end",
        "<!" + "-" * 90 + " a comment with ornaments " + "-" * 90 + "> words",
        "支付将在十分钟内完成代理不再等待" * 30,
        "",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text):
    assert searched(text) == text


@pytest.mark.django_db
def test_a_comment_nobody_closed_gives_its_words_and_a_closed_one_hides_them():
    words = asked("SELECT to_tsvector('simple', searched_text(%s))::text", "a <!-- b --> c <!-- d")
    assert re.findall(r"'(\w)'", words) == ["a", "c", "d"]


@pytest.mark.django_db
def test_real_documents_lose_no_word():
    if not SAMPLES.is_dir():
        pytest.skip("the sample documents are not on this machine")
    lost = """
        SELECT array(
            SELECT lexeme FROM unnest(to_tsvector('english', %s))
            EXCEPT SELECT lexeme FROM unnest(to_tsvector('english', searched_text(%s))))
    """
    found = sorted(SAMPLES.rglob("*.md"))
    for path in found:
        text = path.read_text(errors="replace")[:SEARCHED_LETTERS]
        # Addresses with more than thirty marks are cut, and only they.
        assert [word for word in asked(lost, text, text) if "/" not in word] == [], path
    assert found


def test_revisions_and_decisions_are_indexed_through_it(cast):
    """A chain of 6,000 letters is one word too long to keep; cut it is words."""
    chain = "ab.cd/" * 1000
    rfc = make.published_rfc(cast, text=f"## A\n\n{chain} payouts\n")
    row = Revision.objects.filter(rfc=rfc)
    assert "'/ab.cd/" in row.values_list("words", flat=True)[0]
    field = Decision._meta.get_field("search")
    assert field.generated
    made = "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'rfc_decision'::regclass"
    assert (
        asked(f"{made} AND pg_get_expr(adbin, adrelid) LIKE '%%tsvector%%'").count("searched_text")
        == 3
    )
    assert finding.search(cast.reader, "payout")


def test_where_a_stem_is_looked_for_in_the_whole_text_the_text_is_cut_as_well(cast):
    chain = "Z@1" * 2000
    make.published_rfc(cast, text=f"## A\n\n{chain}\n\nThe agents were mice.\n")
    whole = str(Revision.objects.annotate(x=finding._whole()).values("x").query)
    assert whole.count("searched_text") == 1
    [(_rfc, excerpt)] = finding.search(cast.reader, "agent mice")
    assert "<mark>agents</mark>" in excerpt


def test_what_is_asked_is_cut_too():
    query = finding.query_in("en", "a_" * 4000)
    values = []
    stack = [query]
    while stack:
        each = stack.pop()
        stack += each.get_source_expressions()
        values += [each.value] if isinstance(each, Value) and isinstance(each.value, str) else []
    assert max(map(len, values)) <= finding.MOST_ASKED + len("'':*")


def test_a_text_with_more_words_than_an_index_holds_is_still_saved_and_found(cast):
    chance = random.Random(7)
    letters = [chr(code) for code in range(0x430, 0x44F)]

    def word():
        return "".join(chance.choices(letters, k=7))

    text = "## A\n\nPayouts.\n\n" + " ".join(f"{word()}-{word()}" for _each in range(20_000))
    with pytest.raises(Exception, match="too long for tsvector"), transaction.atomic():
        asked("SELECT to_tsvector('simple', %s)::text", text[:SEARCHED_LETTERS])
    rfc = make.published_rfc(cast, text=text)
    assert len(rfc.revisions.first().body) > SEARCHED_LETTERS > SURE_LETTERS
    assert [found.pk for found, _text in finding.search(cast.reader, "payouts")] == [rfc.pk]
