"""People from a spreadsheet: dry run, import, import again, undo; nobody is mailed unasked."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions import accept_invitation, add_membership
from accounts.models import Invitation, InvitationMail, Membership, Person, ReportsTo, Role
from config.due.jobs import run_here
from config.sheets.actions import ask_to_run, hand_in, map_columns
from config.sheets.annotated import annotated
from config.sheets.kinds import kind_of
from config.sheets.models import SheetMapping
from tests.factories.sheets import again, as_csv, undone

pytestmark = pytest.mark.django_db

HEADERS = [
    "Name", "E-mail", "Line", "Team", "Role", "Reports to (divisional)",
    "Reports to (functional)", "From", "Until",
]  # fmt: skip


def row(n, **more):
    told = {
        "Name": f"Person {n}",
        "E-mail": f"person.{n}@harbour.example",
        "Line": "Payments",
        "Team": "Checkout",
        "Role": "Engineer",
        **more,
    }
    return [told.get(h, "") for h in HEADERS]


def checked(owner, rows, fixed=None):
    data = SimpleUploadedFile("people.csv", as_csv(rows, headers=HEADERS))
    sheet = hand_in(kind=kind_of("people"), owner=owner, upload=data)
    sheet = map_columns(
        sheet=sheet, actor=owner, mapping=sheet.mapping, fixed=fixed or {}, key_space="",
        day_first=True,
    )  # fmt: skip
    if sheet.check_job.finished_at is None:
        run_here(sheet.check_job)
    return again(sheet)


def run(sheet):
    sheet = ask_to_run(sheet=sheet, actor=sheet.owner)
    run_here(sheet.run_job)
    return again(sheet)


def outcomes(sheet, name="outcome"):
    return list(sheet.rows.order_by("line").values_list(name, flat=True))


def problems(sheet):
    return [
        (r.line, p["column"], p["code"]) for r in sheet.rows.order_by("line") for p in r.problems
    ]


def test_columns_are_guessed_from_what_people_call_them(cast):
    sheet = checked(cast.administrator, [row(1)])
    assert sheet.mapping == {
        "Name": "name", "E-mail": "email", "Line": "line", "Team": "team", "Role": "role",
        "Reports to (divisional)": "divisional", "Reports to (functional)": "functional",
        "From": "from", "Until": "until",
    }  # fmt: skip


def test_people_are_written_down_with_role_superiors_and_days_and_nobody_is_mailed(cast):
    until = timezone.now().date() + timedelta(days=90)
    rows = [
        row(1, From="2026-01-05", Until=until.isoformat(), **{
            "Reports to (divisional)": "product.manager@example.com"}),
        row(2, Role="Finance; Growth", **{"Reports to (functional)": "person.1@harbour.example"}),
    ]  # fmt: skip
    run(checked(cast.administrator, rows))
    one, two = Person.objects.filter(email__startswith="person.").order_by("email")
    held = one.memberships.get()
    assert (held.role, held.team, held.last_date) == ("engineer", cast.checkout, until)
    assert held.started_at.date().isoformat() == "2026-01-05"
    assert one.reports_to.divisional == cast.product_manager
    assert two.reports_to.functional == one
    assert set(two.memberships.values_list("role", flat=True)) == {"finance", "growth"}
    assert one.never_came
    assert not Invitation.objects.exists()


def test_a_tick_mails_each_new_person_and_is_not_remembered(cast):
    run(checked(cast.business_leader, [row(1)], fixed={"invite": "yes"}))
    sent = Invitation.objects.get()
    assert (sent.email, sent.line, sent.role) == ("person.1@harbour.example", cast.payments, "")
    assert InvitationMail.objects.count() == 1
    assert SheetMapping.objects.get(kind="people").fixed == {}
    run(checked(cast.business_leader, [row(1, Role="QA; engineer")], fixed={"invite": "yes"}))
    assert Invitation.objects.count() == 1, "who is here already is not invited"
    joined = accept_invitation(invitation=sent, name="Pia One", password="a long passphrase 1")
    assert joined.memberships.filter(ended_at=None).count() == 2


def test_the_same_file_again_is_the_same_and_what_differs_is_changed(cast):
    run(checked(cast.administrator, [row(1), row(2)]))
    later = (timezone.now().date() + timedelta(days=10)).isoformat()
    sheet = checked(
        cast.administrator,
        [row(1, **{"E-mail": "PERSON.1@harbour.example"}), row(2, Name="Pia Two", Until=later)],
    )
    assert outcomes(sheet) == ["same", "change"]
    run(sheet)
    two = Person.objects.get(email="person.2@harbour.example")
    assert (two.name, two.memberships.get().last_date.isoformat()) == ("Pia Two", later)


WRONG = [
    ({"E-mail": ""}, ("E-mail", "no_key")),
    ({"E-mail": "nobody at all"}, ("E-mail", "no_address")),
    ({"Name": ""}, ("Name", "missing")),
    ({"Line": "Wholesale", "Team": ""}, ("Line", "unknown")),
    ({"Team": "Issuing"}, ("Team", "unknown")),
    ({"Role": "Astrologer"}, ("Role", "unknown")),
    ({"Role": ""}, ("Team", "no_role")),
    ({"From": "31.02.2026"}, ("From", "no_date")),
    ({"From": "2030-01-01"}, ("From", "day_unfit")),
    ({"Until": "2020-01-01"}, ("Until", "day_unfit")),
    ({"Reports to (divisional)": "ghost@harbour.example"},
     ("Reports to (divisional)", "unknown")),
    ({"E-mail": "person.1@harbour.example"}, ("E-mail", "doubled_key")),
]  # fmt: skip


def test_of_a_thousand_rows_the_wrong_ones_are_left_out_with_column_and_reason(cast):
    table, expected = [], []
    for n in range(1, 1001):
        facts, told = WRONG[(n // 20) % len(WRONG)] if n % 20 == 0 else ({}, None)
        table.append(row(n, **facts))
        if told:
            expected.append((n + 1, *told))
    sheet = checked(cast.administrator, table)
    assert problems(sheet) == expected
    before = Person.objects.count()
    sheet = run(sheet)
    assert Person.objects.count() - before == 950
    assert outcomes(sheet, "done").count("skipped") == 50
    data, _kind, _name = annotated(sheet, only_left_out=True)
    lines = data.decode("utf-8-sig").splitlines()
    assert len(lines) == 51
    assert "Astrologer" in data.decode()
    sheet = undone(sheet)
    assert Person.objects.count() == before
    assert set(outcomes(sheet, "undone")) == {"removed", ""}


@pytest.mark.parametrize("role", ["PM", "TPM", "EA", "Product operations lead"])
def test_roles_of_one_team_are_refused_elsewhere_and_it_says_where(cast, role):
    add_membership(
        actor=cast.administrator, person=cast.reader, role=Role.TPM, line=cast.cards,
        team=cast.issuing,
    )  # fmt: skip
    sheet = checked(
        cast.administrator,
        [
            row(1, Role=role, Team="Checkout; Issuing", Line=""),
            row(2, Role=role, Team="Checkout", **{"E-mail": "reader@example.com"}),
            row(3, Role="Finance", Team="Checkout; Issuing", Line=""),
        ],
    )
    assert problems(sheet) == [
        (2, "Team", "one_team"), (3, "Team", "elsewhere")]  # fmt: skip
    said = sheet.rows.get(line=3).problems[0]["sentence"]
    assert "technical product manager of Issuing (Cards)" in said
    assert "exactly one team" in said
    run(sheet)
    shared = Membership.objects.filter(person__email="person.3@harbour.example")
    assert shared.count() == 2, "other functions may be shared between teams"


def test_a_leader_imports_into_the_own_line_only(cast):
    sheet = checked(
        cast.business_leader,
        [row(1), row(2, Line="Cards", Team="Issuing"), row(3, Line="", Team="", Role=""),
         row(4, Line="", Team="", Role="CPO"),
         row(5, Name="Another Name", **{"E-mail": "outsider@example.com"}, Role="", Team="",
             Line="")],
    )  # fmt: skip
    assert outcomes(sheet) == ["create", "skip", "skip", "skip", "skip"]
    assert [code for _l, _c, code in problems(sheet)] == [
        "not_yours", "no_role", "not_yours", "not_yours"]  # fmt: skip


def test_whoever_keeps_no_line_imports_nobody(cast, as_):
    answer = as_(cast.designer).get("/import/people")
    assert answer.status_code == 403
    data = SimpleUploadedFile("people.csv", as_csv([row(1)], headers=HEADERS))
    assert as_(cast.designer).post("/import/people", {"file": data}).status_code == 403


def test_undo_takes_roles_and_superiors_back_and_keeps_what_was_touched(cast):
    mine = {"E-mail": "reader@example.com", "Name": "Rea Changed",
            "Reports to (divisional)": "person.1@harbour.example"}  # fmt: skip
    sheet = run(checked(cast.administrator, [row(1), row(2), row(3, **mine)]))
    cast.reader.refresh_from_db()
    assert (cast.reader.name, ReportsTo.objects.get().divisional.name) == (
        "Rea Changed",
        "Person 1",
    )
    two = Person.objects.get(email="person.2@harbour.example")
    add_membership(actor=cast.administrator, person=two, role=Role.QA, line=cast.cards)
    sheet = undone(sheet)
    assert outcomes(sheet, "undone") == ["removed", "kept", "restored"]
    cast.reader.refresh_from_db()
    assert cast.reader.name == "Rea Reader"
    assert ReportsTo.objects.get().divisional is None
    assert not cast.reader.memberships.filter(role="engineer", ended_at=None).exists()


def test_a_line_of_reporting_never_runs_in_a_circle(cast):
    above = {"E-mail": "reader@example.com", "Team": "", "Line": "", "Role": "",
             "Reports to (divisional)": "requester@example.com"}  # fmt: skip
    run(checked(cast.administrator, [row(1, **above)]))
    back = {**above, "E-mail": "requester@example.com",
            "Reports to (divisional)": "reader@example.com"}  # fmt: skip
    sheet = run(checked(cast.administrator, [row(2, **back, Name="Rae Requester")]))
    assert outcomes(sheet, "done") == ["skipped"]
    assert "circle" in sheet.rows.get().problems[0]["sentence"]


def test_the_page_asks_for_the_tick_and_leaves_it_open(cast, as_):
    browser = as_(cast.administrator)
    data = SimpleUploadedFile("people.csv", as_csv([row(1)], headers=HEADERS))
    made = browser.post("/import/people", {"file": data})
    page = browser.get(f"{made.url}/map").content.decode()
    assert 'type="checkbox"' in page
    assert "checked" not in page.split("fixed_invite", 1)[1][:200]
    sent = {f"col_{n}": f for n, f in enumerate(
        ["name", "email", "line", "team", "role", "divisional", "functional", "from", "until"])}  # fmt: skip
    done = browser.post(f"{made.url}/map", {**sent, "day_first": "yes", "fixed_invite": "on"})
    assert done.status_code == 302
    seen = browser.get(made.url).content.decode()
    assert "Mail each new person an invitation" in seen
    assert "Person 1" in seen
