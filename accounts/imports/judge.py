"""Reads rows of people: names become places and roles, and whatever does not fit is said."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.membership import start_of
from accounts.imports.fields import HELD, SHORT, TODAY, UNTIL, Seat
from accounts.models import (
    EXCLUSIVE_ROLES,
    BusinessLine,
    Membership,
    Person,
    ReportsTo,
    Role,
    SubTeam,
    Team,
)
from accounts.permissions import is_admin, lines_staffed_by, may_found
from config.flow.errors import NotAllowed
from config.sheets.days import day_of
from config.sheets.guessing import folded
from config.sheets.kinds import Judge, Judged, Problem, Target

LONGEST = 120


class PeopleJudge(Judge):
    """Everything a row may name is read once."""

    def __init__(self, person: Any, *, day_first: bool) -> None:
        self.person, self.day_first = person, day_first
        self.founds, self.administers = may_found(person), is_admin(person)
        self.staffed = lines_staffed_by(person)
        lines = list(BusinessLine.objects.visible_to(person).open())
        self.lines = {folded(w): line for line in lines for w in (line.slug, line.name)}
        self.line_names = ", ".join(line.name for line in lines)
        teams = Team.objects.visible_to(person).open().filter(line__closed_at=None)
        self.teams: list[Team] = list(teams.select_related("line"))
        subs = SubTeam.objects.visible_to(person).open()
        self.sub_teams = {(s.team_id, folded(s.name)): s.pk for s in subs}
        self.roles: dict[str, str] = {w: r.value for w, r in SHORT.items()}
        for role in Role:
            self.roles |= {folded(str(role.label)): role.value, folded(role.value): role.value}
        known = Person.objects.active().values_list("email", flat=True)
        self.addresses = {email.lower() for email in known if email}
        self.held: dict[int, list[Membership]] = {}
        self.people: dict[int, Person] = {}

    def judged(self, given: dict[str, str]) -> Judged:
        told = Judged()
        self._email(given.get("email", "").strip().lower(), told)
        name = given.get("name", "")
        if not name:
            told.problems.append(Problem("name", "", "missing", _("The row names nobody.")))
        elif len(name) > LONGEST:
            said = _("A name has at most %d characters.") % LONGEST
            told.problems.append(Problem("name", name, "too_long", said))
        else:
            told.values["name"] = name
        self._seats(given, told)
        self._superiors(given, told)
        if given.get("invite"):
            told.values["invite"] = "yes"
        if not told.problems:
            # Whoever stands further down may report to this person.
            self.addresses.add(told.values["email"])
        return told

    def _email(self, text: str, told: Judged) -> None:
        if not text:
            said = _("The row has no e-mail address, which is its key.")
            told.problems.append(Problem("email", "", "no_key", said))
            return
        try:
            validate_email(text)
        except ValidationError:
            said = _("“%s” is no e-mail address.") % text
            told.problems.append(Problem("email", text, "no_address", said))
        else:
            told.values["email"] = text

    def _superiors(self, given: dict[str, str], told: Judged) -> None:
        for kind in ("divisional", "functional"):
            text = given.get(kind, "").strip().lower()
            if not text:
                continue
            if text == told.values.get("email"):
                said = _("Nobody reports to oneself.")
                told.problems.append(Problem(kind, text, "circle", said))
            elif text not in self.addresses:
                said = _(
                    "Nobody with the address “%s” is here or stands further up in the file; put "
                    "the superior's row first."
                )
                told.problems.append(Problem(kind, text, "unknown", said % text))
            else:
                told.values[kind] = text

    def _seats(self, given: dict[str, str], told: Judged) -> None:
        before = len(told.problems)
        roles = self._roles(given.get("role", ""), told)
        line = self._line(given.get("line", ""), told)
        teams = self._teams(given.get("team", ""), line, told)
        sub_team = self._sub_team(given.get("sub_team", ""), teams, told)
        days = {n: self._day(n, given.get(n, ""), told) for n in ("from", "until")}
        if not roles:
            for name in ("team", "line"):
                if given.get(name) and len(told.problems) == before:
                    said = _("The row names a place and no role there.")
                    told.problems.append(Problem(name, given[name], "no_role", said))
            return
        if len(told.problems) > before:
            return
        for role in roles:
            self._exclusive(role, teams, given, told)
            self._yours(role, line, teams, told)
            places: list[Team | None] = [*teams] or [None]
            for team in places:
                where = team.line if team else line
                self._fit(days, where, given, told)
                seat = Seat(role, where.slug if where else "", team.slug if team else "", sub_team)
                told.values[HELD + seat.code] = (days["from"] and days["from"].isoformat()) or TODAY
                if days["until"]:
                    told.values[UNTIL + seat.code] = days["until"].isoformat()

    def _roles(self, text: str, told: Judged) -> list[str]:
        found = []
        for word in _split(text):
            role = self.roles.get(folded(word))
            if role is None:
                names = ", ".join(str(r.label) for r in Role)
                said = _("“%(text)s” is no role. Roles are: %(names)s.")
                told.problems.append(
                    Problem("role", word, "unknown", said % {"text": word, "names": names})
                )
            else:
                found.append(role)
        return list(dict.fromkeys(found))

    def _line(self, text: str, told: Judged) -> BusinessLine | None:
        found = self.lines.get(folded(text)) if text else None
        if text and found is None:
            said = _("There is no line “%(text)s”. Lines are: %(names)s.")
            told.problems.append(
                Problem("line", text, "unknown", said % {"text": text, "names": self.line_names})
            )
        return found

    def _teams(self, text: str, line: BusinessLine | None, told: Judged) -> list[Team]:
        found = []
        for word in _split(text):
            named = [t for t in self.teams if folded(word) in (folded(t.slug), folded(t.name))]
            here = [t for t in named if line is None or t.line_id == line.pk]
            if len(here) == 1:
                found.append(here[0])
                continue
            if here:
                said = _("Several lines have a team “%s”; name the line.") % word
            elif named:
                said = _("%(team)s is a team of %(line)s.") % {
                    "team": named[0].name, "line": named[0].line.name}  # fmt: skip
            else:
                said = _("There is no team “%s”; found it first, or correct the name.") % word
            told.problems.append(Problem("team", word, "unknown", said))
        return found

    def _sub_team(self, text: str, teams: list[Team], told: Judged) -> str:
        if not text:
            return ""
        found = self.sub_teams.get((teams[0].pk, folded(text))) if len(teams) == 1 else None
        if found is None:
            said = _("There is no sub-team “%s” in that team.") % text
            told.problems.append(Problem("sub_team", text, "unknown", said))
        return str(found or "")

    def _day(self, name: str, text: str, told: Judged) -> date | None:
        found = day_of(text, day_first=self.day_first) if text else None
        if text and found is None:
            said = _("“%s” is no day; write it as year-month-day, such as 2026-12-01.") % text
            told.problems.append(Problem(name, text, "no_date", said))
        return found

    def _fit(
        self,
        days: dict[str, date | None],
        line: BusinessLine | None,
        given: dict[str, str],
        told: Judged,
    ) -> None:
        try:
            start_of(days["from"], line, days["until"])
        except NotAllowed as refusal:
            today = timezone.now().date()
            late = days["from"] is not None and days["from"] > today
            name = "from" if late else "until"
            if not any(p.code == "day_unfit" for p in told.problems):
                said = " ".join(refusal.sentences)
                told.problems.append(Problem(name, given.get(name, ""), "day_unfit", said))

    def _exclusive(self, role: str, teams: list[Team], given: dict[str, str], told: Judged) -> None:
        if role in EXCLUSIVE_ROLES and len(teams) > 1:
            said = _("A %(role)s belongs to exactly one team; name one.") % {
                "role": Role(role).label.lower()}  # fmt: skip
            told.problems.append(Problem("team", given["team"], "one_team", said))

    def _yours(self, role: str, line: BusinessLine | None, teams: list[Team], told: Judged) -> None:
        places = {t.line.pk: t.line for t in teams} or ({line.pk: line} if line else {})
        said = ""
        if role == Role.CPO and places:
            said = _("The chief product officer holds the role for the whole company.")
        elif not places and not self.administers:
            said = _("Roles for the whole company are given by administrators; name a line.")
        elif self.staffed is not None and not set(places) <= self.staffed:
            names = ", ".join(p.name for pk, p in places.items() if pk not in self.staffed)
            said = _("Roles in %s are given by administrators, the CPO and its leader.") % names
        if said:
            told.problems.append(Problem("role", str(Role(role).label), "not_yours", said))

    def own_keys(self, rows: Sequence[Judged]) -> dict[str, int]:
        wanted = [row.values["email"] for row in rows if row.values.get("email")]
        # Addresses are kept in lower case; older ones may not be.
        found = Person.objects.filter(email__in=wanted).values_list("email", "pk")
        return {email.lower(): pk for email, pk in found if email}

    def targets(self, pks: Iterable[int]) -> dict[int, Target]:
        wanted = list(pks)
        self.people |= {p.pk: p for p in Person.objects.filter(pk__in=wanted)}
        for pk in wanted:
            self.held[pk] = []
        rows = Membership.objects.filter(person__in=wanted).select_related("line", "team__line")
        for held in rows:
            self.held[held.person_id].append(held)
        above = {
            r.person_id: r
            for r in ReportsTo.objects.filter(person__in=wanted).select_related(
                "divisional", "functional"
            )
        }
        return {pk: self._target(self.people[pk], above.get(pk)) for pk in wanted
                if pk in self.people}  # fmt: skip

    def _target(self, person: Person, above: ReportsTo | None) -> Target:
        now = {
            "name": person.name,
            "divisional": above.divisional.email if above and above.divisional else None,
            "functional": above.functional.email if above and above.functional else None,
        }
        return Target(person.pk, person.name, now)

    def settled(self, values: dict[str, Any], target: Target | None) -> list[Problem]:
        codes = [n.removeprefix(HELD) for n in values if n.startswith(HELD)]
        if target is None:
            if codes or self.founds:
                return []
            said = _("Somebody new needs a role in a line of yours.")
            return [Problem("role", "", "no_role", said)]
        person, held = self.people[target.pk], self.held[target.pk]
        found = []
        if not person.is_active and codes:
            said = _("%s cannot sign in; activate the person before giving a role.") % person
            found.append(Problem("email", str(person.email), "inactive", said))
        if values.get("name", person.name) != person.name and not self.founds:
            said = _("Names of others are changed by administrators and the CPO.")
            found.append(Problem("name", values["name"], "not_yours", said))
        kept = {m.in_line_id for m in held if m.ended_at is None}
        for kind in ("divisional", "functional"):
            new = values.get(kind) not in (None, target.now[kind])
            if new and self.staffed is not None and not (kept & self.staffed or codes):
                said = _("To whom %s reports is said by whoever keeps the person's line.") % person
                found.append(Problem(kind, values[kind], "not_yours", said))
        for code in codes:
            found += self._against(code, values, target, held)
        return found

    def _against(
        self, code: str, values: dict[str, Any], target: Target, held: list[Membership]
    ) -> list[Problem]:
        seat, since = Seat.of(code), values[HELD + code]
        mine = next((m for m in held if m.ended_at is None and seat.fits(Seat.held(m))), None)
        if mine is None:
            return self._elsewhere(seat, since, target, held)
        del values[HELD + code]
        target.now[UNTIL + code] = mine.last_date.isoformat() if mine.last_date else None
        began = timezone.localtime(mine.started_at, _zone(mine)).date().isoformat()
        if since in (TODAY, began):
            return []
        said = _("%(who)s holds this role since %(day)s already; leave the day out, or end it.")
        told = {"who": target.label, "day": began}
        return [Problem("from", since, "held_already", said % told)]

    def _elsewhere(
        self, seat: Seat, since: str, target: Target, held: list[Membership]
    ) -> list[Problem]:
        """A role that belongs to one team, while such a one is held in another one."""
        if seat.role not in EXCLUSIVE_ROLES or not seat.team:
            return []
        day = timezone.now().date() if since == TODAY else date.fromisoformat(since)
        for other in held:
            there = other.team
            if other.role not in EXCLUSIVE_ROLES or there is None or there.slug == seat.team:
                continue
            if other.ended_at is not None and other.ended_at.date() <= day:
                continue
            said = _(
                "%(who)s is %(other)s of %(team)s (%(line)s) in that time. A %(role)s belongs to "
                "exactly one team: end the other role first, or name that team."
            ) % {
                "who": target.label, "other": other.get_role_display().lower(),
                "team": there, "line": there.line, "role": Role(seat.role).label.lower(),
            }  # fmt: skip
            return [Problem("team", there.name, "elsewhere", said)]
        return []


def _zone(held: Membership) -> Any:
    line = held.team.line if held.team else held.line
    return ZoneInfo(line.time_zone if line else "UTC")


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]
