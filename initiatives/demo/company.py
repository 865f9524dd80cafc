"""The people, lines and teams of Harbourlight. Everybody is fictional."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from accounts.actions import add_membership, set_superiors, start_line
from accounts.models import BusinessLine, Membership, Person, Role, SubTeam, Team

DOMAIN = "harbourlight.example"

# (slug, name, purpose, team slug, team name, start-up)
LINES = (
    (
        "payments",
        "Payments",
        "Money moves between shops and people.",
        "checkout",
        "Checkout",
        False,
    ),
    ("savings", "Savings", "People put money aside and see it grow.", "goals", "Goals", False),
    (
        "lending",
        "Lending",
        "Small shops borrow for their stock.",
        "stock-loans",
        "Stock loans",
        True,
    ),
)

# (role, first part of the address, name per line); a blank name means the line shares another's.
STAFF = (
    (Role.PRODUCT_MANAGER, "pm", ("Amara Quill", "Tobias Fenn", "Ines Varga")),
    (Role.BUSINESS_LEADER, "bl", ("Rosalind Okoro", "Henrik Dahl", "")),
    (Role.DESIGNER, "designer", ("Yuki Brandt", "Marisol Kay", "")),
    (Role.TPM, "tpm", ("Farid Nolan", "Greta Lind", "Pavel Osei")),
    (Role.ARCHITECT, "architect", ("Nadia Holm", "Sergio Blythe", "Kofi Marsh")),
    (Role.ENGINEER, "engineer", ("Bea Lindqvist", "Jonas Abara", "Mina Torres")),
    (Role.QA, "qa", ("Otis Wren", "Lena Fischer", "")),
    (Role.GROWTH, "growth", ("Selma Adeyemi", "Carlo Rook", "Juno Pike")),
)
# The engineering sub-team of a team, and the second one of Checkout.
IN_CORE = (Role.TPM, Role.ARCHITECT, Role.ENGINEER)
TERMINALS = (
    (Role.TPM, "tpm.terminals", "Hugo Sand"),
    (Role.ARCHITECT, "architect.terminals", "Priya Stone"),
    (Role.ENGINEER, "engineer.terminals", "Nils Garde"),
)
COMPANY = (
    (Role.CPO, "cpo", "Imogen Castellan"),
    (Role.VP_ENGINEERING, "vpe", "Ravi Sundqvist"),
    (Role.SECURITY, "security", "Thea Brook"),
    (Role.COMPLIANCE, "compliance", "Desmond Pryce"),
    (Role.RISK, "risk", "Katya Lorne"),
    (Role.FINANCE, "finance", "Umberto Vale"),
    (Role.OPERATIONS, "operations", "Winnie Castro"),
    (Role.SUPPORT, "support", "Leo Hartwell"),
    (Role.REQUESTER, "requester", "Poppy Sandoval"),
    (Role.READER, "reader", "Edgar Nwosu"),
)


@dataclass
class Line:
    """A line with its team and its people by role; company-wide people are among them."""

    line: BusinessLine
    team: Team
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Person:
        return self.people[role]


@dataclass
class Company:
    """Everything the stories need, and the logins shown at the start."""

    lines: dict[str, Line]
    shared: dict[str, Person]
    administrator: Person
    logins: list[dict[str, str]]


def found_company(password: str) -> Company:
    """Write lines, teams, people and roles. `password` opens every demo account."""
    shared = {role.value: _person(part, name, password) for role, part, name in COMPANY}
    for role, _part, _name in COMPANY:
        Membership.objects.create(person=shared[role.value], role=role)
    lines = {row[0]: _line(row, n, shared, password) for n, row in enumerate(LINES)}
    _terminals(lines["payments"], password)
    administrator = _person("admin", "Ottoline Reyes", password, is_staff=True, is_superuser=True)
    _superiors(lines["payments"], administrator)
    logins = _logins(lines["payments"], shared, administrator, password)
    return Company(lines, shared, administrator, logins)


def _line(
    row: tuple[str, str, str, str, str, bool], n: int, shared: dict[str, Person], password: str
) -> Line:
    slug, name, purpose, team_slug, team_name, start_up = row
    people = {
        role: _person(part if n == 0 else f"{part}.{slug}", names[n], password)
        for role, part, names in STAFF
        if names[n]
    }
    if start_up:
        start_line(
            actor=shared["cpo"], name=name, purpose=purpose, team=team_name,
            product_manager=people[Role.PRODUCT_MANAGER], backfill_order=[],
        )  # fmt: skip
        line = BusinessLine.objects.get(slug=slug)
        team = line.teams.get(slug=team_slug)
        del people[Role.PRODUCT_MANAGER]
    else:
        line = BusinessLine.objects.create(slug=slug, name=name, purpose=purpose)
        team = Team.objects.create(line=line, slug=team_slug, name=team_name)
    core = SubTeam.objects.create(team=team, function=Role.ENGINEER, name="Core")
    for role, person in people.items():
        where: dict[str, Any] = {"line": line}
        if role != Role.BUSINESS_LEADER:
            where["team"] = team
        if role in IN_CORE:
            where["sub_team"] = core
        add_membership(actor=shared["cpo"], person=person, role=role, **where)
    built = Line(line, team, dict(shared))
    held = Membership.objects.filter(team=team) | Membership.objects.filter(line=line)
    for membership in held.filter(ended_at=None).select_related("person"):
        built.people[membership.role] = membership.person
    return built


def _terminals(payments: Line, password: str) -> None:
    """A second engineering sub-team: each has a technical product manager and an architect."""
    officer = payments["cpo"]
    sub = SubTeam.objects.create(team=payments.team, function=Role.ENGINEER, name="Terminals")
    for role, part, name in TERMINALS:
        add_membership(
            actor=officer, person=_person(part, name, password), role=role, line=payments.line,
            team=payments.team, sub_team=sub,
        )  # fmt: skip


def _superiors(payments: Line, administrator: Person) -> None:
    """To whom some people of Payments report by name."""
    chain = (Role.ENGINEER, Role.TPM, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, Role.CPO)
    for role, above in pairwise(chain):
        set_superiors(actor=administrator, person=payments[role], divisional=payments[above])
    set_superiors(
        actor=administrator, person=payments[Role.ENGINEER],
        functional=payments[Role.VP_ENGINEERING],
    )  # fmt: skip


def _person(part: str, name: str, password: str, **more: bool) -> Person:
    return Person.objects.create_user(f"{part}@{DOMAIN}", password, name=name, **more)


def _logins(
    line: Line, shared: dict[str, Person], administrator: Person, password: str
) -> list[dict[str, str]]:
    people = {**line.people, **shared, "administrator": administrator}
    return [
        {"role": role, "email": str(person.email), "password": password}
        for role, person in people.items()
    ]
