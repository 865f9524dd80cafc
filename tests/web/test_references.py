"""Names and keys in texts: suggested, linked, carded, and told about when they lead nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.mentions import mentions_in, named_in, people_named
from rfc.text.rendering import render
from tests.factories import rfc as make


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask @petra.manager.", ["petra.manager"]),
        ("(@team/checkout) and @role/risk, @role/risk", ["team/checkout", "role/risk"]),
        ("mail a@example.com, /@x, @@y, x@", []),
        ("@a/b @-x", []),
    ],
)
def test_what_counts_as_a_mention(text, found):
    assert mentions_in(text) == found


def test_a_mention_reaches_people_and_says_when_it_does_not(cast):
    text = "@product.manager @team/checkout @role/risk @nobody @team/none @role/none"
    with CaptureQueriesContext(connection) as seen:
        found = {each.written: each for each in named_in(text, line=cast.payments)}
    assert len(seen) <= 4
    assert found["product.manager"].people == [cast.product_manager]
    assert cast.architect in found["team/checkout"].people
    assert set(found["role/risk"].people) == {cast.risk, cast.second_risk}
    assert [name for name, each in found.items() if each.why] == [
        "nobody",
        "team/none",
        "role/none",
    ]
    assert len(people_named("@product.manager @product.manager")) == 1
    cast.risk.is_active = False
    cast.risk.save()
    assert named_in("@risk")[0].why == "@risk is nobody who can sign in here."


@pytest.mark.parametrize(
    ("typed", "inserted"),
    [
        ("@petra", "@product.manager"),
        ("@team/che", "@team/checkout"),
        ("@role/sec", "@role/security"),
    ],
)
def test_people_teams_and_roles_are_suggested(cast, as_, typed, inserted):
    found = as_(cast.reader).get("/suggest.json", {"q": typed}).json()["found"]
    assert inserted in [each["insert"] for each in found]


def test_keys_are_suggested_by_number_and_words(cast, as_):
    rfc = make.draft_rfc(cast, title="Faster payouts")
    for typed in ("RFC-1", "RFC-fast", "RFC-faster pay", "rfc-"):
        found = as_(cast.reader).get("/suggest.json", {"q": typed}).json()["found"]
        assert [each["insert"] for each in found] == [rfc.key], typed
    assert as_(cast.reader).get("/suggest.json", {"q": "XYZ-1"}).json()["found"] == []
    assert as_().get("/suggest.json", {"q": "RFC-"}).status_code == 302


def test_a_card_shows_what_one_may_see_and_else_nothing(cast, as_):
    rfc = make.draft_rfc(cast, title="Faster <b>payouts</b>", decision_asked="Pay at once.")
    html = as_(cast.reader).get(f"/cards/{rfc.key}").content.decode()
    assert "Faster &lt;b&gt;payouts&lt;/b&gt;" in html
    assert "Pay at once." in html
    for name in ("RFC-999", "RFC-x", "INI-1", "KPI-1", "@nobody", "XYZ-1", "@team/none", "RFC-"):
        assert as_(cast.reader).get(f"/cards/{name}").status_code == 404, name
    assert "Rika Risk" in as_(cast.reader).get("/cards/@risk").content.decode()
    assert "2 people" in as_(cast.reader).get("/cards/@role/risk").content.decode()


def test_names_become_links_only_in_running_text():
    where = {"RFC-7": "/rfcs/RFC-7", "@ada": "/people/1"}
    html = render(
        "See RFC-7, @ada and RFC-8. `RFC-7` [RFC-7](/x) a@ada #RFC-7", name_resolver=where.get
    ).html
    assert html.count('<a class="ref" href="/rfcs/RFC-7">RFC-7</a>') == 1
    assert '<a class="ref" href="/people/1">@ada</a>' in html
    assert "and RFC-8. <code>RFC-7</code>" in html
    assert 'class="ref"' not in render("RFC-7 @ada [x](gl-name/RFC-7)").html


def test_the_author_hears_about_names_that_lead_nowhere(cast, as_):
    rfc = make.draft_rfc(cast)
    text = f"## Scope\n\n{rfc.key}, RFC-999, KPI-4, @nobody and @product.manager\n"
    preview = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/preview", {"text": text})
    html = preview.content.decode()
    assert "RFC-999 leads to nothing you can see." in html
    assert "KPI-4 leads to nothing you can see." in html
    assert "@nobody is nobody who can sign in here." in html
    assert f"{rfc.key} leads to nothing" not in html
    data = {"title": "A", "body": text, "row_version": 1, "act": "save"}
    page = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/edit", data, follow=True)
    assert "RFC-999 leads to nothing you can see." in page.content.decode()
