"""Handing in, the receipt, triage in one go, likely duplicates, lines and people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import BusinessLine
from config.flow.errors import NotAllowed, NotYours
from config.flow.steps import take
from initiatives.actions.lines import add_line, remove_line
from initiatives.actions.people import assign
from initiatives.actions.steps import take_step
from initiatives.models import Initiative, Referral
from initiatives.queries.duplicates import likely_duplicates
from tests.factories.initiatives import in_phase, proposed, source, triaged


def hand_in(browser, **more):
    source()
    form = {
        "problem": "Agents wait two days. They close at six.",
        "affected": "Agents",
        "source": "growth",
        **more,
    }
    return browser.post("/initiatives/new", form)


def test_three_answers_give_a_receipt(cast, as_):
    answer = hand_in(as_(cast.reader))
    made = Initiative.objects.get()
    assert answer.url == f"/initiatives/{made.key}/receipt"
    assert (made.title, made.phase, made.requester) == (
        "Agents wait two days",
        "intake",
        cast.reader,
    )
    page = as_(cast.reader).get(answer.url).content.decode()
    assert "Product management triages within 3 working days, by " in page


def test_what_was_typed_stays_when_something_is_missing(cast, as_):
    answer = hand_in(as_(cast.reader), affected="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Agents wait two days. They close at six." in text
    assert Initiative.objects.count() == 0


def test_the_source_shows_its_own_questions_and_keeps_the_text(cast, as_):
    answer = hand_in(as_(cast.reader), source="compliance", show="questions")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="source_rule_text"' in text
    assert "They close at six." in text


def test_a_file_is_kept_and_only_ever_downloaded(cast, as_):
    upload = SimpleUploadedFile("../../a list.html", b"<script>alert(1)</script>")
    hand_in(as_(cast.reader), attachments=upload)
    kept = Initiative.objects.get().attachments.get()
    answer = as_(cast.reader).get(f"/initiatives/{kept.initiative.key}/files/{kept.pk}")
    assert kept.original_name == "a list.html"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a list.html"'
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_accepting_names_owner_and_line_and_looks_at_duplicates(cast, as_):
    made = proposed(cast, line=None)
    answer = as_(cast.product_manager).post(
        f"/initiatives/{made.key}/accept",
        {"owner": cast.product_manager.pk, "line": "payments"},
    )
    made.refresh_from_db()
    assert answer.url == f"/intake?done={made.key}"
    assert (made.phase, made.owner, made.line) == ("discovery", cast.product_manager, cast.payments)
    assert [row.line for row in made.lines.all()] == [cast.payments]
    assert made.duplicates_checked_by == cast.product_manager


def test_accepting_what_somebody_handled_changes_nothing(cast, as_):
    made = in_phase(cast, "declined")
    answer = as_(cast.product_manager).post(
        f"/initiatives/{made.key}/accept",
        {"owner": cast.product_manager.pk, "line": "payments"},
    )
    made.refresh_from_db()
    assert answer.status_code == 409
    assert made.owner is None


@pytest.mark.parametrize(
    ("step", "told", "sentence"),
    [
        ("decline", {}, "It was declined and will not be done as it stands."),
        ("snooze", {"until": "2199-01-01"}, "It sleeps until 1 January 2199"),
    ],
)
def test_the_requester_reads_the_reason(step, told, sentence, cast, as_):
    made = proposed(cast)
    as_(cast.product_manager).post(
        f"/initiatives/{made.key}/steps/{step}", {"note": "Wait for the new law.", **told}
    )
    page = as_(cast.requester).get(f"/initiatives/{made.key}/receipt").content.decode()
    assert sentence in page
    assert "Wait for the new law." in page


def test_titles_alike_are_likely_duplicates_with_the_reason(cast):
    known = proposed(cast, title="Instant settlement for POS agents", problem="Slow payouts.")
    proposed(cast, title="Card freeze from the lock screen", problem="People call support.")
    made = proposed(cast, title="Instant settlement for agents", problem="Closing at six.")
    found = likely_duplicates(cast.product_manager, made)
    assert [row.key for row in found] == [known.key]
    assert found[0].reason.startswith("title ")
    assert found[0].reason.endswith(" % alike, same source")


def test_a_duplicate_of_a_duplicate_joins_the_original(cast):
    original = proposed(cast, title="First")
    middle = take_step(
        proposed(cast, title="Second"),
        "mark-duplicate",
        actor=cast.product_manager,
        note="Same.",
        original=original.key,
    )
    last = take_step(
        proposed(cast, title="Third"),
        "mark-duplicate",
        actor=cast.product_manager,
        note="Same.",
        original=middle.key,
    )
    assert last.duplicate_of == original


def test_a_second_line_asks_for_a_referral_once(cast):
    made = in_phase(cast, "discovery")
    assert not Referral.objects.filter(initiative=made).exists()
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    assert Referral.objects.get(initiative=made).phase == "asked"
    with pytest.raises(NotAllowed):
        add_line(initiative=made, actor=cast.product_manager, line=cast.cards)


def test_a_line_added_to_a_settled_referral_asks_the_cpo_again(cast):
    made = in_phase(cast, "discovery")
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    referral = Referral.objects.get(initiative=made)
    take(referral, "return-to-line", actor=cast.cpo, note="One line.", line=cast.payments)
    loans = BusinessLine.objects.create(slug="loans", name="Loans")
    add_line(initiative=made, actor=cast.product_manager, line=loans)
    referral.refresh_from_db()
    record = referral.steps_taken.first()
    assert (referral.phase, record.step, record.actor_name, record.note) == (
        "asked",
        "ask-again",
        "Gateline",
        "Loans was added.",
    )


def test_the_lead_line_stays_and_others_leave(cast):
    made = in_phase(cast, "discovery")
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    with pytest.raises(NotAllowed):
        remove_line(initiative=made, actor=cast.product_manager, line=cast.payments)
    remove_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    assert made.lines.count() == 1


def test_lines_are_named_by_those_who_manage(cast):
    made = in_phase(cast, "discovery")
    with pytest.raises(NotYours):
        add_line(initiative=made, actor=cast.reader, line=cast.cards)


def test_an_owner_is_a_product_manager_of_the_line(cast):
    made = proposed(cast)
    with pytest.raises(NotAllowed, match="Otto Outsider is not a product manager in Payments."):
        assign(initiative=made, actor=cast.product_manager, seat="owner", person=cast.outsider)


def test_a_designer_names_the_designer(cast):
    made = in_phase(cast, "discovery")
    saved = assign(initiative=made, actor=cast.designer, seat="designer", person=cast.designer)
    assert saved.designer == cast.designer
    with pytest.raises(NotYours):
        assign(initiative=made, actor=cast.reader, seat="designer", person=cast.designer)


def test_edits_comments_and_steps_stand_in_the_activity(cast, as_):
    made = triaged(cast)
    browser = as_(cast.product_manager)
    form = {
        "title": "A better title",
        "problem": made.problem,
        "affected": made.affected,
        "source": made.source_id,
        "line": cast.payments.pk,
        "row_version": made.row_version,
    }
    assert browser.post(f"/initiatives/{made.key}/edit", form).status_code == 302
    browser.post(f"/initiatives/{made.key}/activity", {"text": "Numbers on Friday."})
    browser.post(f"/initiatives/{made.key}/steps/accept")
    page = browser.get(f"/initiatives/{made.key}/activity")
    said = [(act.kind, str(act.who), act.text) for act in page.context["acts"]]
    assert set(said) == {
        ("step", "Petra Manager", "moved it from Intake to Discovery"),
        ("comment", "Petra Manager", "commented"),
        ("edit", "Petra Manager", "changed the title"),
        ("edit", "Petra Manager", "changed the owner"),
        ("edit", "Petra Manager", "looked at its likely duplicates"),
        ("created", "Rae Requester", "handed it in"),
    }
