"""A step through page, API, admin, bulk and command: the same result and the same sentences."""

import re
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from config.flow.errors import Refusal
from config.flow.telling import take_told
from initiatives.models import Initiative, InitiativeStep
from tests.factories.initiatives import proposed, triaged


def by_action(initiative, step, person, told, **_):
    try:
        take_told(initiative, step, actor=person, given=told)
    except Refusal as refusal:
        return refusal.sentences
    return []


def by_page(initiative, step, person, told, *, as_, **_):
    address = f"/initiatives/{initiative.key}/steps/{step}"
    answer = as_(person).post(address, told)
    if answer.status_code == 302:
        return []
    text = answer.content.decode()
    alert = re.search(r'aria-labelledby="refusal-title">.*?</div>', text, re.DOTALL)
    return [unescape(each) for each in re.findall(r"<li>(.*?)</li>", alert[0], re.DOTALL)]


def by_api(initiative, step, person, told, *, api_as, **_):
    address = f"/api/v1/initiatives/{initiative.key}/steps/{step}/"
    answer = api_as(person).post(address, told, format="json")
    return answer.json().get("sentences", []) if answer.status_code != 200 else []


def by_admin(initiative, step, person, told, *, as_, **_):
    person.is_staff = person.is_superuser = True
    person.save()
    address = f"/admin/initiatives/initiative/{initiative.pk}/steps/{step}"
    answer = as_(person).post(address, told, follow=True)
    said = [str(m) for m in answer.context["messages"]]
    return [text for text in said if "was taken" not in text]


def by_bulk(initiative, step, person, told, *, as_, **_):
    given = {**told, "step": step, "number": initiative.number, "apply": "1"}
    answer = as_(person).post("/initiatives/bulk", given)
    return answer.context["outcomes"][0].sentences


def by_command(initiative, step, person, told, **_):
    tell = [f"--tell={k}={v}" for k, v in told.items() if k != "note"]
    try:
        call_command(
            "step",
            "initiative",
            initiative.key,
            step,
            *tell,
            email=person.email,
            note=told.get("note", ""),
        )
    except CommandError as error:
        return str(error).split("\n")
    return []


DOORS = [by_action, by_page, by_api, by_admin, by_bulk, by_command]


def through_every_door(make, step, part, told, cast, **clients):
    """What each door answers: (sentences, phase afterwards, attempts on record)."""
    found = {}
    for door in DOORS:
        with transaction.atomic():
            initiative = make()
            said = door(initiative, step, getattr(cast, part), told, **clients)
            phase = Initiative.objects.values_list("phase", flat=True).get(pk=initiative.pk)
            records = InitiativeStep.objects.filter(subject=initiative, step=step)
            found[door.__name__] = (said, phase, list(records.values_list("taken", "refusal")))
            transaction.set_rollback(True)
        person = getattr(cast, part)
        person.refresh_from_db()
    return found


def agree(found):
    """The one answer all doors give."""
    answers = list(found.values())
    assert {door: answer for door, answer in found.items() if answer != answers[0]} == {}
    return answers[0]


@pytest.fixture
def doors(cast, as_, api_as):
    def ask(make, step, part, **told):
        return agree(through_every_door(make, step, part, told, cast, as_=as_, api_as=api_as))

    return ask


def test_a_step_that_is_open_is_taken(cast, doors):
    assert doors(lambda: triaged(cast), "accept", "product_manager") == (
        [],
        "discovery",
        [(True, "")],
    )


def test_unmet_gates_answer_with_every_sentence(cast, doors):
    said, phase, records = doors(lambda: proposed(cast), "accept", "product_manager")
    assert said == [
        "Nobody owns this yet; name the product manager who answers for it.",
        "Nobody has looked at the likely duplicates yet; confirm that this is a new one.",
    ]
    assert (phase, records) == ("intake", [(False, "gates-unmet")])


def test_a_step_of_somebody_else_names_who_may(cast, doors):
    said, phase, records = doors(lambda: triaged(cast), "accept", "reader")
    assert said == ["“Accept” belongs to a product manager of the line it is for (Petra Manager)."]
    assert (phase, records) == ("intake", [(False, "not-yours")])


def test_a_step_from_elsewhere_says_where_it_is(cast, doors):
    said, phase, _ = doors(lambda: proposed(cast), "start-rfc", "product_manager")
    assert phase == "intake"
    assert len(said) == 1
    assert said[0].startswith("“Start RFC” does not start from here: INI-")


def test_a_missing_reason_is_asked_for(cast, doors):
    said, phase, _ = doors(lambda: proposed(cast), "decline", "product_manager")
    assert (said, phase) == (["“Decline” needs a reason; write one or two sentences."], "intake")


def test_a_day_in_the_past_is_refused(cast, doors):
    said, phase, _ = doors(
        lambda: proposed(cast), "snooze", "product_manager", note="Later.", until="2020-01-01"
    )
    assert (said, phase) == (["Choose a day after today."], "intake")


def test_a_duplicate_names_its_original(cast, doors):
    original = proposed(cast, title="The original").key
    found = doors(
        lambda: proposed(cast),
        "mark-duplicate",
        "product_manager",
        note="The same.",
        original=original,
    )
    assert found == ([], "duplicate", [(True, "")])


def test_an_unknown_original_is_refused(cast, doors):
    said, phase, _ = doors(
        lambda: proposed(cast),
        "mark-duplicate",
        "product_manager",
        note="The same.",
        original="INI-999999",
    )
    assert (said, phase) == (["There is no “INI-999999”; name the original by its key."], "intake")
