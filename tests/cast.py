"""The shared cast: one person per role in the line Payments, a second line, and an outsider.

`build_cast()` writes people, lines, teams and memberships and nothing else. Everybody's password
is `PASSWORD`; addresses are `<name>@example.com`.
"""

from dataclasses import dataclass, fields

from accounts.models import BusinessLine, Membership, Person, Role, SubTeam, Team

PASSWORD = "a long enough passphrase"


@dataclass(frozen=True)
class Cast:
    payments: BusinessLine
    cards: BusinessLine
    checkout: Team
    issuing: Team
    engineering: SubTeam
    product_manager: Person
    business_leader: Person
    cpo: Person
    designer: Person
    second_designer: Person
    tpm: Person
    architect: Person
    engineer: Person
    qa: Person
    security: Person
    vp_engineering: Person
    compliance: Person
    risk: Person
    finance: Person
    second_risk: Person
    growth: Person
    operations: Person
    support: Person
    requester: Person
    outsider: Person
    cards_leader: Person
    reader: Person
    administrator: Person

    def people(self) -> dict[str, Person]:
        """Everybody by the name of their part."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in found.items() if isinstance(value, Person)}


# part: (name, role, where)
PARTS = {
    "product_manager": ("Petra Manager", Role.PRODUCT_MANAGER, "checkout"),
    "business_leader": ("Bo Leader", Role.BUSINESS_LEADER, "payments"),
    "cpo": ("Cleo Officer", Role.CPO, ""),
    "designer": ("Dana Designer", Role.DESIGNER, "checkout"),
    "second_designer": ("Drew Designer", Role.DESIGNER, "payments"),
    "tpm": ("Tariq Planner", Role.TPM, "checkout"),
    "architect": ("Ari Architect", Role.ARCHITECT, "checkout"),
    "engineer": ("Eli Engineer", Role.ENGINEER, "checkout"),
    "qa": ("Quinn Tester", Role.QA, "payments"),
    "security": ("Sam Security", Role.SECURITY, ""),
    "vp_engineering": ("Vera President", Role.VP_ENGINEERING, "payments"),
    "compliance": ("Coma Pliance", Role.COMPLIANCE, "payments"),
    "risk": ("Rika Risk", Role.RISK, "payments"),
    "second_risk": ("Robin Risk", Role.RISK, "payments"),
    "finance": ("Fin Ance", Role.FINANCE, "payments"),
    "growth": ("Gus Growth", Role.GROWTH, "payments"),
    "operations": ("Ola Operations", Role.OPERATIONS, "payments"),
    "support": ("Sue Support", Role.SUPPORT, "payments"),
    "requester": ("Rae Requester", Role.REQUESTER, ""),
    "outsider": ("Otto Outsider", Role.PRODUCT_MANAGER, "issuing"),
    "cards_leader": ("Cora Leader", Role.BUSINESS_LEADER, "cards"),
    "reader": ("Rea Reader", Role.READER, ""),
}


def build_cast(twin: str = "") -> Cast:
    """The cast; with a word before every slug, name and address, another one beside it."""
    payments = BusinessLine.objects.create(slug=f"{twin}payments", name=f"{twin}Payments")
    cards = BusinessLine.objects.create(slug=f"{twin}cards", name=f"{twin}Cards")
    checkout = Team.objects.create(line=payments, slug=f"{twin}checkout", name=f"{twin}Checkout")
    issuing = Team.objects.create(line=cards, slug=f"{twin}issuing", name=f"{twin}Issuing")
    places = {
        "payments": {"line": payments},
        "cards": {"line": cards},
        "checkout": {"line": payments, "team": checkout},
        "issuing": {"line": cards, "team": issuing},
        "": {},
    }
    people = {}
    for part, (name, role, where) in PARTS.items():
        people[part] = _person(f"{twin}{part}", name)
        Membership.objects.create(person=people[part], role=role, **places[where])
    engineering = SubTeam.objects.create(team=checkout, function=Role.ENGINEER, name="Core")
    administrator = _person(
        f"{twin}administrator", "Ada Administrator", is_staff=True, is_superuser=True
    )
    return Cast(
        payments=payments,
        cards=cards,
        checkout=checkout,
        issuing=issuing,
        engineering=engineering,
        administrator=administrator,
        **people,
    )


def _person(part: str, name: str, **more) -> Person:
    address = f"{part.replace('_', '.')}@example.com"
    return Person.objects.create_user(address, PASSWORD, name=name, **more)
