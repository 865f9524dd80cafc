"""Whom an asked decision is told, and telling them: the list on the page is the list of mails."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News
from accounts.actions import tell as put_into_inboxes
from accounts.models import Membership, Person, Role, Tab
from config.flow.errors import NotAllowed, WrongState
from rfc.content import outline
from rfc.models import RFC, Delegation, Position, Revision, Stance
from rfc.permissions import edits
from rfc.reporting import level_of, reporting_table, stand_ins
from rfc.standing import Standing, standing
from rfc.subjects import subject_of


@dataclass
class Told:
    """One person who will be told, and why, a sentence per reason."""

    person: Person
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """Everybody an asked decision is told, and functions that nobody can answer for."""

    told: list[Told]
    unheld: list[str]

    @property
    def listed(self) -> str:
        """The list as one word, to see whether it is still the list that was shown."""
        return ",".join(str(pk) for pk in sorted(each.person.pk for each in self.told))

    @property
    def many(self) -> bool:
        """Whether so many people are asked about first."""
        return len(self.told) > settings.TELL_MANY


def whom_to_tell(rfc: RFC, actor: Any) -> Asked:
    """Holders of every function that has not approved this text, their stand-ins, the decider.

    Nobody hears of the own act. Where nobody holds a function, those it reports to are asked.
    A constant number of queries.
    """
    owing = [each for each in standing(rfc) if each.state != "approved"]
    holders = _holders(rfc)
    found: dict[int, Told] = {}
    unheld = []
    table = reporting_table() if any(not holders.get(each.function) for each in owing) else {}
    for each in owing:
        people = holders.get(each.function, [])
        if not people and (instead := _instead(rfc, each, holders, table)):
            people = instead
        if not people:
            unheld.append(each.label)
        for person, why in people:
            found.setdefault(person.pk, Told(person)).why.append(why)
    if rfc.decider is not None:
        decides = _("Decides when reviewers do not agree.")
        found.setdefault(rfc.decider.pk, Told(rfc.decider)).why.append(decides)
    found.pop(getattr(actor, "pk", 0), None)
    reached = [each for each in found.values() if each.person.is_active and each.person.email]
    return Asked(sorted(reached, key=lambda t: (t.person.name, t.person.pk)), unheld)


def would_tell(rfc: RFC, actor: Any) -> Asked:
    """Whom asking now would tell: judged by the draft where asking publishes it first."""
    if not (rfc.has_unpublished_edits and edits(actor, rfc)):
        return whom_to_tell(rfc, actor)
    guides = list(rfc.template.sections.all()) if rfc.template else []
    as_published = copy(rfc)
    parts = outline(rfc.draft.body, rfc.draft.decision_asked, guides)
    as_published.content = [part.as_content() for part in parts]
    return whom_to_tell(as_published, actor)


People = list[tuple[Person, str]]


def _holders(rfc: RFC) -> dict[str, People]:
    """Who holds each role where it counts for this RFC, and who stands in. Two queries."""
    here = Q(line=None, team=None) | Q(line=rfc.line_id) | Q(team__line=rfc.line_id)
    rows = Membership.objects.filter(ended_at=None, person__is_active=True).select_related("person")
    found: dict[str, People] = {}
    for row in rows.filter(here if rfc.line_id else Q()):
        label = Role(row.role).label
        found.setdefault(row.role, []).append((row.person, _("Answers for %s.") % label))
    in_force = Delegation.objects.in_force(timezone.localdate())
    delegations = in_force.filter(delegate__is_active=True).select_related("person", "delegate")
    for handed in delegations:
        if any(person.pk == handed.person_id for person, _why in found.get(handed.function, [])):
            why = _("Answers for %(function)s in place of %(who)s.") % {
                "function": handed.get_function_display(),
                "who": handed.person.name,
            }
            found[handed.function].append((handed.delegate, why))
    return found


def _instead(rfc: RFC, each: Standing, holders: dict[str, People], table: Any) -> People:
    """Those a function nobody holds here reports to: nearest line of reporting first."""
    for role, why in stand_ins(each.function, table, level_of(rfc)):
        if holders.get(role):
            return [(person, why) for person, _own in holders[role]]
    return []


def must_be_as_shown(asked: Asked, listed: str | None, *, many: bool) -> None:
    """Refuse when the list changed since it was shown, or is long and was not confirmed."""
    if listed is not None and listed != asked.listed:
        raise WrongState(
            "Who would be told has changed since this page was opened; look at the list again. "
            "Nobody was told."
        )
    if asked.many and not many:
        raise NotAllowed(
            f"This tells {len(asked.told)} people at once; confirm that all of them are meant. "
            "Nobody was told yet."
        )


def tell(rfc: RFC, asked: Asked, actor: Any, note: str = "") -> list[Person]:
    """Promise the mails of an asked decision, in the transaction of the step."""
    attempt = rfc.steps_taken.filter(step="ask-for-decision", taken=True).count()
    ends = rfc.window_ends_at
    told: list[Person] = []
    for each in asked.told:
        until = f" The comment window ends on {moment_for(each.person, ends)}." if ends else ""
        text = (
            f"{_name(actor)} asks for a decision on {rfc.key} “{rfc.title}”, "
            f"r{rfc.revision_count}.{until}\n\n{' '.join(each.why)}"
        )
        asks = f"\n\nDecision asked: {rfc.decision_asked}" if rfc.decision_asked else ""
        news = News(
            subject_of(rfc),
            "ask-for-decision",
            f"Decision asked: {rfc.key} {rfc.title}",
            text=f"{text}{asks}" + (f"\n\n{note.strip()}" if note.strip() else ""),
            key=f"rfc-decision:{rfc.pk}:{attempt}",
        )
        told += put_into_inboxes([each.person], news, tab=Tab.DECIDE, actor=actor)
    return told


def tell_of_stale(rfc: RFC, revision: Revision, stale: Iterable[Standing], actor: Any) -> None:
    """Whose approval no longer covers the text is asked again, once per revision."""
    people = Person.objects.in_bulk([each.position.person_id for each in stale if each.position])
    for each in stale:
        said = each.position
        if said is None or said.person_id not in people:
            continue
        sections = ", ".join(each.changed) or "the text"
        news = News(
            subject_of(rfc),
            "stale",
            f"Look again: {rfc.key} {rfc.title}",
            key=f"rfc-stale:{revision.pk}:{each.function}",
            text=f"You approved r{said.revision} for {each.label}; {rfc.key} is at "
            f"r{revision.number}, and {sections} changed. One click re-affirms after you have "
            "seen the difference.",
            path=f"{rfc.get_absolute_url()}/compare/v{said.revision}/v{revision.number}",
        )
        put_into_inboxes([people[said.person_id]], news, tab=Tab.DECIDE, actor=actor)


def ask_others(position: Position, actor: Any) -> list[Person]:
    """Somebody recused: the others of the function are asked, or those it reports to.

    Where there is nobody at all the authors hear it: without another holder nothing is accepted.
    """
    rfc, label = position.rfc, Role(position.function).label
    out = rfc.positions.filter(function=position.function, stance=Stance.RECUSE)
    recused = set(out.values_list("person", flat=True)) | {actor.pk}
    holders = _holders(rfc)
    owed = Standing(position.function, str(label), "", "recused")
    people = [each for each in holders.get(owed.function, []) if each[0].pk not in recused]
    people = people or _instead(rfc, owed, holders, reporting_table())
    others = {person for person, _why in people if person.pk not in recused}
    text = _("%(who)s recused: %(why)s") % {"who": position.person_name, "why": position.text}
    said = {"key": rfc.key, "role": label}
    if others:
        words = _("%(key)s waits for somebody else of %(role)s") % said
    else:
        words = _("Nobody else answers for %(role)s on %(key)s; an administrator gives the role")
        words, others = words % said, {rfc.author, *rfc.co_authors.all()}
    news = News(subject_of(rfc), "recused", words, text=text, key=f"rfc-recused:{position.pk}")
    return put_into_inboxes(others, news, tab=Tab.DECIDE, actor=actor)


def moment_for(person: Person, moment: datetime) -> str:
    """A moment in this person's zone, as a mail says it."""
    zone = ZoneInfo(person.time_zone)
    return f"{moment.astimezone(zone):%-d %B %Y, %H:%M} ({person.time_zone})"


def _name(actor: Any) -> str:
    return actor.name if actor is not None else "Gateline"
