"""Many people at once: written down, given roles, told to whom they report; taken back as one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import (
    add_membership,
    add_person,
    change_last_day,
    end_membership,
    invite,
    rename_person,
    set_superiors,
    take_back_people,
)
from accounts.imports.fields import HELD, TODAY, UNTIL, Seat, people_fields
from accounts.imports.judge import PeopleJudge
from accounts.models import BusinessLine, Membership, Person, ReportsTo, SubTeam, Team
from accounts.permissions import may_staff_somewhere
from config.flow.errors import NotAllowed
from config.sheets.kinds import Field, Judge, Kind, Writer

ABOVE = ("divisional", "functional")


class People(Kind):
    """A list of people with their roles."""

    slug = "people"
    label = gettext_lazy("People")
    plural = gettext_lazy("people")
    lead = gettext_lazy(
        "Each row is a person, known by the e-mail address. New ones are written down, others get "
        "what the row adds; nobody is mailed unless you tick it."
    )
    own_key = "email"
    key_may_be_new = True
    label_field = "name"
    only_new = ("email", "invite")
    back_url = "/people"
    sample = (
        "Name,E-mail,Business line,Team,Role,Reports to (divisional),Reports to (functional),"
        "From,Until\r\n"
        "Mira Sol,mira.sol@company.example,,,,,,,\r\n"
        "Jan Opal,jan.opal@company.example,,,,mira.sol@company.example,,,\r\n"
    )

    def may_import(self, person: Any) -> bool:
        return super().may_import(person) and may_staff_somewhere(person)

    def fields(self, person: Any) -> list[Field]:
        return people_fields(person)

    def judge(self, person: Any, *, day_first: bool) -> Judge:
        return PeopleJudge(person, day_first=day_first)

    def fingerprint(self, values: dict[str, Any]) -> str:
        return str(values.get("email", ""))[:200]

    def writer(self, actor: Any) -> Writer:
        return PeopleWriter(actor)

    def existing(self, pks: Iterable[int]) -> set[int]:
        return set(Person.objects.filter(pk__in=list(pks)).values_list("pk", flat=True))

    def href_of(self, row: Any) -> str:
        return f"/people/{row.object_id}"

    def key_of(self, row: Any) -> str:
        return str(row.values.get("email", ""))

    def named(self, name: str) -> str:
        kind, _colon, code = name.partition(":")
        words = _("%s, last day") if f"{kind}:" == UNTIL else _("%s, from")
        return words % Seat.of(code)


class PeopleWriter(Writer):
    """Writes through the same actions as the pages; what rows name is read once."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.read: dict[tuple[Any, str], Any] = {}

    def create(self, values: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        seats = [Seat.of(n.removeprefix(HELD)) for n in values if n.startswith(HELD)]
        line = self._place(seats[0])["line"] if seats else None
        made = add_person(actor=self.actor, name=values["name"], email=values["email"], line=line)
        given = self._give(made, values)
        self._superiors(made, values)
        if values.get("invite"):
            invite(actor=self.actor, email=values["email"], name=values["name"], line=line)
        return made, {"given": given}

    def change(self, pk: int, values: dict[str, Any]) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        person = Person.objects.select_for_update(no_key=True).get(pk=pk)
        before: dict[str, Any] = {}
        if "name" in values:
            before["name"] = person.name
            person = rename_person(actor=self.actor, person=person, name=values["name"])
        before["given"] = self._give(person, values)
        given_new = {n.removeprefix(HELD) for n in values if n.startswith(HELD)}
        before["last_days"] = self._last_days(person, values, given_new)
        above = ReportsTo.objects.filter(person=person).select_related(*ABOVE).first()
        for kind in ABOVE:
            if kind in values:
                former = getattr(above, kind) if above else None
                before[kind] = former.email if former else None
        self._superiors(person, values)
        return person, {"after": {n: values[n] for n in ("name", *ABOVE) if n in values}}, before

    def _give(self, person: Person, values: dict[str, Any]) -> list[int]:
        given = []
        for name, since in values.items():
            if not name.startswith(HELD):
                continue
            code = name.removeprefix(HELD)
            until = values.get(UNTIL + code)
            held = add_membership(
                actor=self.actor,
                person=person,
                role=Seat.of(code).role,
                **self._place(Seat.of(code)),
                started=None if since == TODAY else date.fromisoformat(since),
                last_date=date.fromisoformat(until) if until else None,
            )
            given.append(held.pk)
        return given

    def _last_days(
        self, person: Person, values: dict[str, Any], new: set[str]
    ) -> dict[str, str | None]:
        """Other last days for roles that were held already. Former ones by role."""
        former: dict[str, str | None] = {}
        wanted = {n.removeprefix(UNTIL): v for n, v in values.items() if n.startswith(UNTIL)}
        held = list(person.memberships.filter(ended_at=None).select_related("line", "team__line"))
        for code, day in wanted.items():
            if code in new:
                continue
            mine = next((m for m in held if Seat.of(code).fits(Seat.held(m))), None)
            if mine is None:
                raise NotAllowed(_("%s no longer holds this role.") % person)
            former[str(mine.pk)] = mine.last_date.isoformat() if mine.last_date else None
            change_last_day(actor=self.actor, membership=mine, last_date=date.fromisoformat(day))
        return former

    def _superiors(self, person: Person, values: dict[str, Any]) -> None:
        told = {n: self._person(values[n]) for n in ABOVE if n in values}
        if told:
            person.__dict__.pop("_memberships", None)
            set_superiors(actor=self.actor, person=person, **told)

    def _person(self, email: str | None) -> Person | None:
        if email is None:
            return None
        found = Person.objects.filter(email__iexact=email).first()
        if found is None:
            raise NotAllowed(_("“%s” is not here, so nobody can report there.") % email)
        return found

    def _place(self, seat: Seat) -> dict[str, Any]:
        return {
            "line": self._once(BusinessLine, "slug", seat.line),
            "team": self._once(Team, "slug", seat.team),
            "sub_team": self._once(SubTeam, "pk", seat.sub_team),
        }

    def _once(self, model: Any, field: str, value: str) -> Any:
        if not value:
            return None
        if (model, value) not in self.read:
            rows = model.objects.all()
            if model is not BusinessLine:
                rows = rows.select_related("line" if model is Team else "team__line")
            self.read[model, value] = rows.filter(**{field: value}).first()
        if self.read[model, value] is None:
            raise NotAllowed(_("“%s” is gone since the dry run.") % value)
        return self.read[model, value]

    def remove(self, marks: dict[int, dict[str, Any]]) -> None:
        given = {pk: mark["given"] for pk, mark in marks.items()}
        take_back_people(actor=self.actor, given=given)

    def restore(self, pk: int, mark: dict[str, Any], before: dict[str, Any]) -> None:
        person = Person.objects.select_for_update(no_key=True).get(pk=pk)
        above = ReportsTo.objects.filter(person=person).select_related(*ABOVE).first()
        superiors = {k: getattr(above, k) if above else None for k in ABOVE}
        now = {"name": person.name, **{k: p.email if p else None for k, p in superiors.items()}}
        held = {m.pk: m for m in Membership.objects.filter(pk__in=before["given"])}
        ended = any(m.ended_at for m in held.values())
        if ended or any(now[name] != value for name, value in mark["after"].items()):
            raise NotAllowed(_("%s keeps its change: somebody edited it since.") % person)
        for membership in held.values():
            end_membership(actor=self.actor, membership=membership)
        for held_pk, day in before["last_days"].items():
            change_last_day(
                actor=self.actor, membership=Membership.objects.get(pk=held_pk),
                last_date=date.fromisoformat(day) if day else None,
            )  # fmt: skip
        if "name" in before:
            rename_person(actor=self.actor, person=person, name=before["name"])
        self._superiors(person, before)
