"""Somebody leaves: everything held passes on, and every way in closes, in one transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.coming_back import note_history, passed, snapshot
from accounts.actions.entry import end_sessions
from accounts.actions.superiors import one_at_a_time
from accounts.actions.telling import News, tell
from accounts.handover import Held, held_by
from accounts.models import Departure, HandedOver, Person, Reason, Tab
from accounts.permissions import may_see_off
from config.flow.errors import NotAllowed, NotYours

FOR_ALL = "everything"


@transaction.atomic
def see_off(
    *, actor: Person, person: Person, successors: dict[str, Person | None], note: str = ""
) -> Departure:
    """Hand over what somebody holds and close the account. `successors` names one by kind of
    work, and one under "everything" for the kinds that name none. What was decided keeps the name.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not may_see_off(actor, locked):
        raise NotYours(
            _(
                "Somebody is seen off by administrators and the chief product officer, an "
                "administrator only by another one, and nobody by oneself."
            )
        )
    if not locked.is_active:
        raise NotAllowed(_("%s cannot sign in any more already.") % locked)
    for chosen in successors.values():
        if chosen is not None and (chosen.pk == locked.pk or not chosen.is_active):
            raise NotAllowed(_("%s cannot take it over; choose somebody who stays.") % chosen)
    departure = Departure.objects.create(
        person=locked, by=actor, person_roles=locked.role_snapshot(), note=note.strip()
    )
    one_at_a_time()
    taken: dict[int, list[str]] = {}
    said: list[str] = []
    for held in held_by(locked):
        successor = successor_of(held, successors)
        said += _objections(held, successor)
        if not said:
            _pass_on(departure, held, successor, actor)
            if successor is not None:
                taken.setdefault(successor.pk, []).extend(title for title, _href in held.pieces)
    if said:
        raise NotAllowed(*said)
    note_history(departure)
    _close(locked)
    _tell(departure, taken, actor)
    return departure


def successor_of(held: Held, successors: dict[str, Person | None]) -> Person | None:
    """Who takes over a kind of work: the one named for it, else the one for everything."""
    if held.holding.ends:
        return None
    if held.holding.slug in successors:
        return successors[held.holding.slug]
    return successors.get(FOR_ALL) if held.holding.follows else None


def _objections(held: Held, successor: Person | None) -> list[str]:
    holding = held.holding
    if successor is None:
        if not holding.must:
            return []
        return [_("%s: somebody has to take this over; name a successor.") % holding.label]
    found = (holding.unfit(row, successor) for row in held.rows)
    return list(dict.fromkeys(sentence for sentence in found if sentence))


def _pass_on(departure: Departure, held: Held, successor: Person | None, actor: Person) -> None:
    holding = held.holding
    for row, (title, href) in zip(held.rows, held.pieces, strict=True):
        before = snapshot(type(row)._base_manager.get(pk=row.pk))
        try:
            with transaction.atomic():
                holding.pass_on(row, successor, actor)
        except IntegrityError as error:
            said = _("%(label)s: “%(title)s” cannot pass to %(who)s, who has one already.")
            told = {"label": holding.label, "title": title, "who": successor}
            raise NotAllowed(said % told) from error
        HandedOver.objects.create(
            departure=departure, holding=holding.slug, object_id=row.pk, title=title[:300],
            href=href[:300], successor=successor, before=passed(before, row),
        )  # fmt: skip


def _close(person: Person) -> None:
    person.is_active = person.is_staff = person.is_superuser = False
    person.save(update_fields=["is_active", "is_staff", "is_superuser"])
    end_sessions(person=person)


def _tell(departure: Departure, taken: dict[int, list[str]], actor: Any) -> None:
    for person in Person.objects.filter(pk__in=taken):
        news = News(
            subject=None,
            act=f"handed_over:{departure.pk}",
            words=_("You take over from %s") % departure.person,
            text="\n".join(f"- {title}" for title in taken[person.pk]),
            path=departure.get_absolute_url(),
            key=f"departure:{departure.pk}",
        )
        tell({person: Reason.OWNER}, news, tab=Tab.FOLLOWING, actor=actor)
