"""Templates: the best match and why, versions that RFCs keep, changed in sight of the effects."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from config.flow.errors import Conflict, NotAllowed, NotYours
from initiatives.models import Source
from rfc.actions.templates import (
    SectionSpec,
    load_default_template,
    retire_template,
    write_template,
)
from rfc.models import RFC, RFCTemplate
from rfc.queries.templates import best_match
from tests.factories import rfc as make

SPEC = [SectionSpec("Scope", "What is in?")]


@pytest.fixture
def default(db):
    return load_default_template()


def template(cast, name, **more):
    return write_template(actor=cast.administrator, name=name, sections=SPEC, **more)


def test_line_and_source_beat_source_beats_line_beats_all(cast, default):
    Source.objects.update_or_create(slug="compliance", defaults={"name": "Compliance"})
    assert best_match(cast.payments, "compliance").template == default
    by_line = template(cast, "Payments", line=cast.payments)
    assert best_match(cast.payments, "compliance").template == by_line
    by_source = template(cast, "Rules", source="compliance")
    assert best_match(cast.payments, "compliance").template == by_source
    both = template(cast, "Payment rules", line=cast.payments, source="compliance")
    found = best_match(cast.payments, "compliance")
    assert (found.template, found.why) == (
        both,
        "It is the template for Payments where the source is Compliance.",
    )
    assert best_match(cast.payments, "growth").template == by_line
    assert best_match(cast.cards, "growth").template == default


def test_a_new_rfc_says_which_template_it_took_and_why(cast, as_, default):
    template(cast, "Payments", line=cast.payments)
    browser = as_(cast.product_manager)
    said = browser.get(f"/rfcs/templates/match?line={cast.payments.pk}").json()["said"]
    assert said == "Payments v1. It is the template for Payments."
    browser.post(
        "/rfcs/new",
        {"title": "A", "stands_alone_reason": "B", "line": cast.payments.pk, "template": ""},
    )
    rfc = RFC.objects.get()
    assert (rfc.template.name, rfc.template_reason) == (
        "Payments",
        "It is the template for Payments.",
    )
    assert rfc.draft.body == "## Scope\n\n<!-- What is in? -->\n"
    browser.post(
        "/rfcs/new",
        {
            "title": "C",
            "stands_alone_reason": "B",
            "line": cast.payments.pk,
            "template": default.pk,
        },
    )
    assert RFC.objects.get(title="C").template == default


def test_a_change_makes_a_version_and_rfcs_keep_theirs(cast, default):
    begun = make.draft_rfc(cast)
    second = write_template(
        actor=cast.administrator, name="x", sections=SPEC, replaces=default, note="Shorter"
    )
    assert (str(second), second.current) == ("Product change v2", True)
    begun.refresh_from_db()
    assert begun.template == default
    assert make.draft_rfc(cast).template == second
    again = write_template(actor=cast.administrator, name="x", sections=SPEC, replaces=second)
    assert again == second
    with pytest.raises(Conflict, match="Product change v2 is in use by now"):
        write_template(actor=cast.administrator, name="x", sections=SPEC, replaces=default)


def test_the_database_keeps_versions_and_one_per_place(cast, default):
    with pytest.raises(DatabaseError), transaction.atomic():
        default.sections.update(guidance="Another question?")
    with pytest.raises(DatabaseError), transaction.atomic():
        RFCTemplate.objects.filter(pk=default.pk).update(name="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        RFCTemplate.objects.create(name="Second default", current=True)


def test_who_may_and_what_may_not_be(cast, default):
    with pytest.raises(NotYours):
        write_template(actor=cast.product_manager, name="X", sections=SPEC)
    with pytest.raises(NotAllowed, match="serves this line and source already"):
        template(cast, "Second")
    with pytest.raises(NotAllowed, match="Two sections are called"):
        write_template(actor=cast.administrator, name="X", line=cast.cards, sections=[*SPEC, *SPEC])
    with pytest.raises(NotAllowed, match="at least one section"):
        write_template(actor=cast.administrator, name="X", line=cast.cards, sections=[])
    with pytest.raises(NotAllowed, match="blank page"):
        retire_template(actor=cast.administrator, template=default)
    cards = template(cast, "Cards", line=cast.cards)
    retire_template(actor=cast.administrator, template=cards)
    assert best_match(cast.cards, "").template == default


def data(template, **more):
    rows = list(template.sections.all())
    told = {"sections-TOTAL_FORMS": str(len(rows)), "sections-INITIAL_FORMS": "0", "line": ""}
    for at, row in enumerate(rows):
        told |= {
            f"sections-{at}-heading": row.heading,
            f"sections-{at}-guidance": row.guidance,
            f"sections-{at}-functions": row.functions,
        }
        told |= {f"sections-{at}-required": "on"} if row.required else {}
        told |= {f"sections-{at}-material": "on"} if row.material else {}
    return told | more


def test_the_page_previews_what_a_change_affects_then_saves_it(cast, as_, default):
    make.draft_rfc(cast)
    browser, path = as_(cast.administrator), f"/rfcs/templates/{default.pk}/edit"
    assert browser.get(path).status_code == 200
    changed = data(default, **{"sections-0-guidance": "What, in two sentences?"})
    html = browser.post(path, changed | {"act": "preview"}).content.decode()
    assert "1 undecided RFC began with Product change v1 and keeps it." in html
    assert "another question" in html
    assert RFCTemplate.objects.count() == 1
    same = browser.post(path, data(default) | {"act": "preview"}).content.decode()
    assert "Nothing changed, so saving makes no new version." in same
    assert browser.post(path, changed | {"act": "save"}).status_code == 302
    newest = RFCTemplate.objects.get(current=True)
    assert newest.version == 2
    assert newest.sections.first().guidance == "What, in two sentences?"
    assert [s.heading for s in newest.sections.all()] == [s.heading for s in default.sections.all()]
    page = browser.get(newest.get_absolute_url()).content.decode()
    assert "Since v1" in page
    assert browser.get(path).url == default.get_absolute_url()


def test_sections_are_added_moved_and_left_out(cast, as_, default):
    browser, path = as_(cast.administrator), f"/rfcs/templates/{default.pk}/edit"
    more = browser.post(path, data(default) | {"act": "add"})
    assert more.context["sections"].total_form_count() == 11
    told = data(default) | {
        "act": "save",
        "sections-TOTAL_FORMS": "11",
        "sections-10-heading": "Costs",
        "sections-10-guidance": "What does it cost?",
        "sections-10-ORDER": "1",
        "sections-9-DELETE": "on",
    }
    told |= {f"sections-{at}-ORDER": str(at + 2) for at in range(10)}
    browser.post(path, told)
    headings = [s.heading for s in RFCTemplate.objects.get(current=True).sections.all()]
    assert headings[:2] == ["Costs", "Summary"]
    assert "Open questions" not in headings


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("heading", "", "Name the section, or clear its question too."),
        ("guidance", "", "Say what the author has to answer here."),
        ("guidance", "What -- and why?", "Two hyphens would end the comment"),
        ("heading", "*Scope*", "Write the heading as plain words"),
        ("heading", "Motivation", "Two sections are called “Motivation”"),
    ],
)
def test_bad_sections_get_a_sentence_and_keep_the_text(cast, as_, default, field, value, sentence):
    told = data(default, act="save", **{f"sections-0-{field}": value})
    answer = as_(cast.administrator).post(f"/rfcs/templates/{default.pk}/edit", told)
    html = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code in (409, 422)
    assert sentence in html
    assert "Whose problem is it" in html


def test_the_api_reads_templates(cast, api_as, default):
    rows = api_as(cast.reader).get("/api/v1/rfc-templates/").data["results"]
    assert [(row["name"], row["version"], row["current"]) for row in rows] == [
        ("Product change", 1, True)
    ]
    one = api_as(cast.reader).get(f"/api/v1/rfc-templates/{default.pk}/").data
    assert one["sections"][3]["functions"][0] == "compliance"


def test_the_api_starts_an_rfc_from_a_named_template(cast, api_as, default):
    chosen = template(cast, "Cards", line=cast.cards)
    told = {"title": "A", "line": "payments", "stands_alone_reason": "B", "template": chosen.pk}
    made = api_as(cast.product_manager).post("/api/v1/rfcs/", told, format="json")
    assert (made.status_code, made.data["template"]) == (201, chosen.pk)
    assert made.data["template_reason"] == "Whoever started the RFC chose it."
    retire_template(actor=cast.administrator, template=chosen)
    refused = api_as(cast.product_manager).post("/api/v1/rfcs/", told, format="json")
    assert refused.json()["errors"][0]["pointer"] == "/template"


def test_the_list_costs_the_same_for_one_and_three(cast, as_, default):
    browser = as_(cast.reader)
    browser.get("/rfcs/templates")

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/rfcs/templates").status_code == 200
        return len(seen)

    few = cost()
    template(cast, "Payments", line=cast.payments)
    template(cast, "Cards", line=cast.cards)
    assert cost() == few
