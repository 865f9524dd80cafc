"""The people, lines and teams of Harbourlight. Everybody is fictional."""

from dataclasses import dataclass, field

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
    administrator = _person("admin", "Ottoline Reyes", password, is_staff=True, is_superuser=True)
    logins = _logins(lines["payments"], shared, administrator, password)
    return Company(lines, shared, administrator, logins)


def _line(
    row: tuple[str, str, str, str, str, bool], n: int, shared: dict[str, Person], password: str
) -> Line:
    slug, name, purpose, team_slug, team_name, start_up = row
    line = BusinessLine.objects.create(slug=slug, name=name, purpose=purpose, start_up=start_up)
    team = Team.objects.create(line=line, slug=team_slug, name=team_name)
    core = SubTeam.objects.create(team=team, function=Role.ENGINEER, name="Core")
    built = Line(line, team, dict(shared))
    for role, part, names in STAFF:
        acting = not names[n]
        person = (
            built["product_manager"]
            if acting
            else _person(part if n == 0 else f"{part}.{slug}", names[n], password)
        )
        in_team = {"team": team, "line": line} if role != Role.BUSINESS_LEADER else {"line": line}
        sub = {"sub_team": core} if role == Role.ENGINEER and not acting else {}
        Membership.objects.create(person=person, role=role, acting=acting, **in_team, **sub)
        built.people[role.value] = person
    return built


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
