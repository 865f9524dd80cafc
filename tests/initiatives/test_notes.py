"""Research notes, their quotes, and what the database keeps about evidence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from initiatives.actions.belief import archive_evidence, judge_evidence, mark_link, record_evidence
from initiatives.actions.files import attach
from initiatives.actions.notes import edit_note, place_of, quote_note, write_note
from initiatives.models import Evidence, Hypothesis, ResearchNote, ValidationVerdict
from initiatives.queries.notes import pieces, quotes_of
from tests.factories.initiatives import in_phase, proposed
from tests.factories.walks import believed

pytestmark = pytest.mark.django_db

TEXT = (
    "We met eight stall owners.\n\nThe first said: I close at six because\n"
    "tomorrow's money pays no stock. The second has no such trouble."
)
FACTS = {
    "title": "Stall owners, October",
    "text": TEXT,
    "method": "interview",
    "kind": "qualitative",
    "origin": "Interviews at two markets",
    "sample": 8,
    "from_customers": True,
    "link": "https://example.com/notes",
}


def note_of(person, **more):
    return write_note(actor=person, collected_date=timezone.localdate(), **{**FACTS, **more})


def tie(cast, note, initiative, **more):
    told = {"quote": "I close at six because tomorrow's money pays no stock.", "points": "for"}
    return quote_note(note=note, initiative=initiative, actor=cast.product_manager, **told | more)


def test_a_quote_carries_the_note_and_serves_several_initiatives(cast):
    note = note_of(cast.growth)
    one, two = in_phase(cast, "discovery"), in_phase(cast, "discovery", title="Another")
    made = tie(cast, note, one)
    tie(
        cast,
        note,
        two,
        quote="The second has no such trouble.",
        points="against",
        finding="Not all.",
    )
    assert TEXT[made.note_start :].startswith(made.quote)
    assert (made.collector, made.method, made.sample) == (cast.growth, "interview", 8)
    assert [q.initiative for q in quotes_of(note, cast.reader)] == [one, two]
    assert two.evidence.get().points == "against"


def test_words_that_are_not_there_or_are_tied_already_are_refused(cast):
    note, made = note_of(cast.growth), in_phase(cast, "discovery")
    tie(cast, note, made)
    with pytest.raises(NotAllowed, match="do not stand in the note"):
        tie(cast, note, made, quote="I never close.")
    with pytest.raises(NotAllowed, match="quotes these words already"):
        tie(cast, note, made)
    with pytest.raises(NotYours):
        quote_note(note=note, initiative=made, actor=cast.reader, quote="eight", points="for")


def test_of_several_places_the_nearest_counts():
    assert place_of("a b a b", "a b", 3) == (4, "a b")
    assert place_of("a b a b", "“a b”") == (0, "a b")


def test_overlapping_quotes_are_drawn_once_each():
    text = "one two three"
    first = Evidence(note_start=0, quote="one two")
    second = Evidence(note_start=4, quote="two three")
    found = [(p.text, len(p.quotes), len(p.begins)) for p in pieces(text, [first, second])]
    assert found == [("one ", 1, 1), ("two", 2, 1), (" three", 1, 0)]


def test_a_quoted_text_stays_and_other_facts_may_change(cast):
    note = note_of(cast.growth)
    tie(cast, note, in_phase(cast, "discovery"))
    with pytest.raises(NotAllowed, match="stays as it is"):
        edit_note(note=note, actor=cast.growth, seen_version=1, text="Something else")
    assert edit_note(note=note, actor=cast.growth, seen_version=1, title="T").title == "T"
    with pytest.raises(NotYours):
        edit_note(note=note, actor=cast.reader, seen_version=None, title="Mine")


def test_the_page_ties_words_with_scripts_off_and_marks_them(cast, as_):
    note, made = note_of(cast.growth), in_phase(cast, "discovery")
    browser = as_(cast.product_manager)
    here = note.get_absolute_url()
    form = {
        "quote": "no such trouble",
        "initiative": f"{made.key} {made.title}",
        "points": "against",
    }
    answer = browser.post(here, form)
    item = made.evidence.get()
    assert answer.url == f"{here}#q-{item.pk}"
    page = browser.get(here).content.decode()
    assert '<mark class="said against">no such trouble</mark>' in page
    evidence = browser.get(f"/initiatives/{made.key}/evidence").content.decode()
    assert f'href="{here}#q-{item.pk}"' in evidence


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"initiative": "INI-999"}, 422, "There is no INI-999."),
        ({"initiative": "nothing like it"}, 422, "No title holds these words"),
        ({"initiative": "Instant"}, 422, "Several titles hold these words"),
        ({"quote": "never said"}, 409, "do not stand in the note"),
        ({"quote": ""}, 422, "required"),
    ],
)
def test_what_cannot_be_tied_keeps_the_words(form, status, sentence, cast, as_):
    note, made = note_of(cast.growth), in_phase(cast, "discovery")
    proposed(cast, title="Instant refunds")
    told = {"quote": "no such trouble", "initiative": made.key, "points": "for", **form}
    answer = as_(cast.product_manager).post(note.get_absolute_url(), told)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert told["quote"] in page
    assert not Evidence.objects.exists()


def test_notes_are_written_searched_and_changed_on_pages(cast, as_):
    browser = as_(cast.growth)
    form = {**FACTS, "collected_date": timezone.localdate().isoformat()}
    assert browser.post("/notes/new", {**form, "text": ""}).status_code == 422
    here = browser.post("/notes/new", form).url
    assert "Stall owners" in browser.get("/notes?q=stock").content.decode()
    assert "Nothing holds these words" in browser.get("/notes?q=zebra").content.decode()
    note = ResearchNote.objects.get()
    edited = {**form, "title": "Better", "row_version": note.row_version}
    assert browser.post(f"{here}/edit", edited).url == here
    answer = browser.post(f"{here}/edit", {**edited, "title": "Later"})
    assert answer.status_code == 409
    assert "Somebody saved this while you were writing" in answer.content.decode()
    browser.post(f"{here}/link")
    page = browser.get(here).content.decode()
    assert "Link broken" in page
    assert "the text remains." in page


def test_pages_ask_the_same_for_any_number_of_notes_and_quotes(cast, as_):
    browser = as_(cast.growth)
    note, made = note_of(cast.growth), in_phase(cast, "discovery")
    tie(cast, note, made)
    paths = ["/notes", note.get_absolute_url(), f"/initiatives/{made.key}/evidence"]

    def queries():
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                browser.get(path)
            found.append(len(seen))
        return found

    queries()
    few = queries()
    for words in ("eight stall owners", "no such trouble"):
        tie(cast, note_of(cast.support), made, quote=words, points="unclear")
        tie(cast, note, made, quote=words)
    assert queries() == few


def test_a_broken_link_is_marked_and_the_text_remains(cast, as_):
    made = believed(cast).initiative
    item = made.evidence.first()
    Evidence.objects.filter(pk=item.pk).update(link="https://example.com/gone")
    page = as_(cast.product_manager).post(
        f"/initiatives/{made.key}/evidence", {"form": "link", "link-item": item.pk}, follow=True
    )
    text = page.content.decode()
    assert "Link broken" in text
    assert item.finding in text
    item.refresh_from_db()
    with pytest.raises(NotYours):
        mark_link(evidence=item, actor=cast.reader)


def test_files_come_with_evidence_and_programs_do_not(cast, as_):
    made = in_phase(cast, "discovery")
    form = {
        "form": "evidence", "evidence-finding": "One in five.", "evidence-method": "data",
        "evidence-kind": "quantitative", "evidence-points": "for", "evidence-origin": "Ledger",
        "evidence-collected_date": timezone.localdate().isoformat(), "evidence-sample": 12480,
    }  # fmt: skip
    browser = as_(cast.product_manager)
    here = f"/initiatives/{made.key}/evidence"
    bad = SimpleUploadedFile("run.exe", b"MZ\x90")
    answer = browser.post(here, {**form, "evidence-attachments": bad})
    assert answer.status_code == 409
    assert "is a program" in answer.content.decode()
    assert not made.evidence.exists()
    good = SimpleUploadedFile("numbers.csv", b"a,b\n1,2\n")
    assert browser.post(here, {**form, "evidence-attachments": good}).status_code == 302
    kept = made.evidence.get().attachments.get()
    answer = browser.get(f"/initiatives/{made.key}/files/{kept.pk}")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.sh", b"echo"), ("a.txt", b"#!/bin/sh"), ("a.txt", b"\x7fELF"), ("a.png", b"<svg>"),
     ("a.pdf", b"hello")],
)  # fmt: skip
def test_a_file_is_what_its_name_says(name, data, cast):
    made = proposed(cast)
    with pytest.raises(NotAllowed):
        attach(initiative=made, actor=cast.requester, upload=SimpleUploadedFile(name, data))


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def test_the_database_freezes_the_hypothesis_with_the_first_result(cast):
    made = believed(cast).initiative
    told = Hypothesis.objects.get(initiative=made)
    assert told.frozen_at is not None
    refused(lambda: Hypothesis.objects.filter(pk=told.pk).update(target=1))
    refused(lambda: Hypothesis.objects.filter(pk=told.pk).delete())


def test_the_database_lets_nobody_judge_what_only_they_collected(cast):
    made = in_phase(cast, "discovery")
    told = {
        "method": "interview", "kind": "qualitative", "points": "for", "finding": "Yes.",
        "origin": "One call", "collected_date": timezone.localdate(),
    }  # fmt: skip

    def judge(person):
        return lambda: ValidationVerdict.objects.create(
            initiative=made, outcome="supported", reason="R", judge=person
        )

    refused(judge(cast.product_manager))
    item = record_evidence(initiative=made, actor=cast.product_manager, **told)
    refused(judge(cast.product_manager))
    with pytest.raises(NotAllowed, match="You collected all of this evidence"):
        judge_evidence(initiative=made, actor=cast.product_manager, outcome="supported", reason="R")
    judge(cast.business_leader)()
    archive_evidence(evidence=item, actor=cast.product_manager)
    refused(judge(cast.business_leader))


def test_the_api_writes_and_quotes_notes(cast, api_as):
    caller = api_as(cast.product_manager)
    made = in_phase(cast, "discovery")
    form = {**FACTS, "collected_date": timezone.localdate().isoformat()}
    answer = caller.post("/api/v1/notes/", form, format="json")
    assert answer.status_code == 201
    here = f"/api/v1/notes/{answer.json()['id']}/"
    quote = {"quote": "no such trouble", "initiative": made.number, "points": "against"}
    item = caller.post(f"{here}quotes/", quote, format="json").json()
    assert (item["note"], item["points"]) == (answer.json()["id"], "against")
    assert caller.post(f"{here}quotes/", quote, format="json").status_code == 409
    assert caller.get("/api/v1/notes/?q=stock").json()["results"][0]["quoted"] == 1
    assert caller.patch(here, {"title": "T"}, format="json").status_code == 428
    patched = caller.patch(here, {"title": "T"}, format="json", headers={"If-Match": '"1"'})
    assert patched.json()["title"] == "T"
    mark = f"/api/v1/initiatives/{made.key}/evidence/{item['id']}/"
    marked = caller.patch(mark, {"link_broken": True, "archived": True}, format="json").json()
    assert marked["link_broken_at"]
    assert marked["archived_at"]
