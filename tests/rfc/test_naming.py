"""Names in the text of an RFC: whoever a revision newly names is told once."""

import pytest

from accounts.models import Letter, Membership, Person, Role
from rfc.actions.naming import MOST_TOLD
from rfc.text.prose import prose
from tests.factories import rfc as make

pytestmark = pytest.mark.django_db


def at(person):
    return f"@{person.email.partition('@')[0]}"


def told():
    found = Letter.objects.filter(key__startswith="named:")
    return sorted(found.values_list("person__name", flat=True))


def test_who_is_newly_named_is_told_when_the_revision_is_out_and_not_before(cast):
    rfc = make.published_rfc(cast, text=make.body(scope=f"{at(cast.risk)} set the limit."))
    assert told() == [cast.risk.name]
    make.save_draft(
        rfc=rfc,
        actor=cast.product_manager,
        seen_version=None,
        body=make.body(scope=f"{at(cast.risk)} and {at(cast.finance)} set the limit."),
    )
    assert told() == [cast.risk.name]
    make.edit(rfc, cast.product_manager, title="Same names")
    assert told() == sorted([cast.risk.name, cast.finance.name])
    letter = Letter.objects.get(person=cast.finance)
    assert letter.path == f"/rfcs/{rfc.key}"
    assert f"{at(cast.finance)} set the limit." in letter.text
    assert f"r2 of {rfc.key}" in letter.text


def test_nobody_is_told_twice_about_one_rfc(cast):
    rfc = make.published_rfc(cast, text=make.body(scope=f"{at(cast.risk)} said so."))
    make.edit(rfc, cast.product_manager, body=make.body(scope="Somebody said so."))
    make.edit(rfc, cast.product_manager, body=make.body(scope=f"Again {at(cast.risk)}."))
    assert told() == [cast.risk.name]


def test_who_stood_in_the_text_already_is_not_told_by_a_later_edit(cast):
    rfc = make.published_rfc(cast, text=make.body(scope=f"{at(cast.risk)} said so."))
    Letter.objects.all().delete()
    make.edit(rfc, cast.product_manager, body=make.body(scope=f"{at(cast.risk)} said it."))
    assert told() == []


def test_neither_authors_nor_code_comments_and_strangers_tell_anybody(cast):
    cast.designer.is_active = False
    cast.designer.save()
    scope = (
        f"{at(cast.product_manager)} wrote `{at(cast.risk)}`, <!-- {at(cast.finance)} --> "
        f"{at(cast.designer)} left.\n\n- item\n\n  ```\n  {at(cast.support)}\n  ```\n"
    )
    rfc = make.published_rfc(cast, text=make.body(scope=scope))
    assert told() == []
    rfc.co_authors.add(cast.tpm)
    make.edit(rfc, cast.tpm, body=make.body(scope=f"{at(cast.tpm)}, {at(cast.product_manager)}"))
    assert told() == []


def test_a_role_reaches_its_holders_and_a_crowd_is_not_told_but_said(cast, as_):
    rfc = make.draft_rfc(cast, text=make.body(scope="@role/risk looks."))
    make.publish_revision(rfc=rfc, actor=cast.product_manager)
    assert told() == sorted([cast.risk.name, cast.second_risk.name])
    for n in range(MOST_TOLD + 1):
        person = Person.objects.create_user(f"e{n}@example.com", "long enough words", name=f"E{n}")
        Membership.objects.create(person=person, role=Role.QA, line=cast.payments)
    text = make.body(scope="@role/qa look.")
    told_of = {"text": text}
    seen = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/preview", told_of).content.decode()
    assert f"newly names {MOST_TOLD + 2} people" in seen
    make.edit(rfc, cast.product_manager, body=text)
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a `b` c", "a   c"),
        ("a ``b ` c`` d", "a   d"),
        ("a\n```\nb\n```\nc", "a\n \nc"),
        ("a\n````\n```\nb\n````\nc", "a\n \nc"),
        ("a\n~~~ x\nb", "a\n "),
        ("a <!-- b\nc --> d", "a   d"),
        ("a https://x.example/@b c", "a   c"),
        ("a ` b", "a ` b"),
    ],
)
def test_prose_leaves_out_code_comments_and_addresses(text, left):
    assert prose(text) == left
