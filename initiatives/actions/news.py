"""Telling those who follow an initiative what became of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions import News, audience, tell
from accounts.models import Person, Reason, Tab
from initiatives.models import Follow, Initiative
from initiatives.phases import words as phase_words
from initiatives.subjects import subject_of

REASONS = {
    Follow.Why.OWN: Reason.FOLLOWED,
    Follow.Why.OWNER: Reason.OWNER,
    Follow.Why.REQUESTER: Reason.REQUESTER,
    Follow.Why.MENTIONED: Reason.MENTIONED,
}


def followers_of(initiative: Initiative) -> dict[Person, str]:
    """Who follows it or its team, and why. Two queries."""
    rows = list(Follow.objects.filter(initiative=initiative).select_related("person"))
    told = {row.person: REASONS[Follow.Why(row.why)] for row in rows if row.left_at is None}
    left = {row.person_id for row in rows if row.left_at is not None}
    if initiative.team_id is not None:
        for person in audience("team", initiative.team_id):
            if person.pk not in left:
                told.setdefault(person, Reason.TEAM)
    return {person: str(reason) for person, reason in told.items()}


def tell_followers(
    initiative: Initiative,
    act: str,
    words: str,
    *,
    actor: Any,
    text: str = "",
    path: str = "",
    without: Iterable[Person] = (),
) -> list[Person]:
    """Put what happened into the inboxes of those who follow, except `without`; who is told."""
    already = set(without)
    people = {p: why for p, why in followers_of(initiative).items() if p not in already}
    news = News(subject_of(initiative), act, words, text=text, path=path)
    return tell(people, news, tab=Tab.FOLLOWING, actor=actor)


def tell_of_step(initiative: Initiative, record: Any, actor: Any) -> None:
    """A step was taken: followers hear of it, with its note."""
    said = {
        "who": actor or "Gateline",
        "key": initiative.key,
        "phase": phase_words(initiative.phase),
    }
    words = _("%(who)s moved %(key)s to “%(phase)s”") % said
    tell_followers(initiative, f"step:{record.step}", words, actor=actor, text=record.note)


def tell_of_edit(initiative: Initiative, changed: Iterable[str], actor: Any) -> None:
    """Fields were changed."""
    fields = {field.name: field for field in Initiative._meta.fields}
    names = [str(fields[name].verbose_name) for name in changed]
    if not names:
        return
    words = _("%(who)s edited %(key)s") % {"who": actor, "key": initiative.key}
    text = _("Changed: %s.") % ", ".join(names)
    tell_followers(initiative, "edit", words, actor=actor, text=text)


def tell_of_seat(initiative: Initiative, seat: str, role: str, actor: Any) -> None:
    """Somebody got or left a seat; whoever sits there now is told as well."""
    person = getattr(initiative, seat)
    said = {"who": actor, "person": person, "role": role, "key": initiative.key}
    if person is None:
        words = _("%(who)s took the %(role)s off %(key)s") % said
    else:
        words = _("%(who)s named %(person)s as %(role)s of %(key)s") % said
    told = tell_followers(initiative, f"seat:{seat}", words, actor=actor)
    if person is not None and person not in told:
        news = News(subject_of(initiative), f"seat:{seat}", words)
        tell({person: Reason.OWNER}, news, tab=Tab.FOLLOWING, actor=actor)
