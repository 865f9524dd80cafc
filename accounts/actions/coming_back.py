"""Taking a leaving back: the account opens, and what nobody touched since goes back."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.superiors import one_at_a_time
from accounts.actions.telling import News, tell
from accounts.handover import Holding, holding_named
from accounts.models import Departure, HandedOver, Membership, Person, Reason, Tab
from accounts.permissions import may_see_off
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import VersionedModel, write

ROLES = "roles"


def snapshot(row: models.Model) -> dict[str, Any]:
    """The columns of a row as they rest in a record; what counts its changes is left out."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields
              if not f.generated and f.attname != "row_version"}  # fmt: skip
    return {name: _resting(value) for name, value in values.items()}


def passed(before: dict[str, Any], row: models.Model) -> dict[str, Any]:
    """What the handing over changed of a row."""
    after = snapshot(type(row)._base_manager.get(pk=row.pk))
    changed = [name for name in after if after[name] != before[name]]
    return {
        "was": {name: before[name] for name in changed},
        "is": {name: after[name] for name in changed},
    }


def note_history(departure: Departure) -> None:
    """Write beside each piece where its row's history stands, once everything is handed over."""
    pieces = list(departure.pieces.all())
    for piece in pieces:
        holding = holding_named(piece.holding)
        rows = _events(holding.model, piece.object_id) if holding else None
        newest = rows.order_by("-pgh_id").first() if rows is not None else None
        piece.before["event"] = newest.pgh_id if newest else 0
    HandedOver.objects.bulk_update(pieces, ["before"])


@transaction.atomic
def take_back_departure(*, actor: Person, departure: Departure) -> Departure:
    """Open the account again, with the roles of then, and give back each piece of work that nobody
    who took it over has touched. What stays says why. Tokens and sessions do not come back.
    """
    locked = Departure.objects.select_for_update(no_key=True).get(pk=departure.pk)
    person = Person.objects.select_for_update().get(pk=locked.person_id)
    must_take_back(actor, locked, person)
    one_at_a_time()
    person.is_active = True
    person.save(update_fields=["is_active"])
    pieces = list(locked.pieces.select_related("successor").order_by("pk"))
    # Judged before anything is written, for what is written here is no work of a successor.
    stay = {piece.pk: _why_it_stays(piece, _row_of(piece, locked=True)) for piece in pieces}
    stays: set[int] = set()
    for piece in pieces:
        piece.undo_said = (stay[piece.pk] or _give_back(piece, person))[:300]
        piece.undone = not piece.undo_said
        if piece.holding == ROLES:
            person.__dict__.pop("_memberships", None)
        elif not piece.undone and piece.successor_id:
            stays.add(piece.successor_id)
    _end_passed_roles(locked, pieces, stays)
    HandedOver.objects.bulk_update(pieces, ["undone", "undo_said"])
    locked.undone_at, locked.undone_by = timezone.now(), actor
    locked.save(update_fields=["undone_at", "undone_by"])
    _tell(locked, pieces, actor)
    return locked


def must_take_back(actor: Person, departure: Departure, person: Person) -> None:
    """Raise a refusal where it is not this person's to do, or too late."""
    if not may_see_off(actor, person):
        raise NotYours(
            _(
                "A leaving is taken back by whoever may see somebody off: administrators and the CPO."
            )
        )
    if departure.undone_at is not None:
        raise NotAllowed(_("It has been taken back already."))
    if not departure.may_be_undone:
        raise NotAllowed(_("It is too late: a leaving can be taken back for 14 days."))


def foretold(*, actor: Person, departure: Departure) -> list[HandedOver]:
    """What would become of each piece if the leaving were taken back now; nothing is written."""
    person = Person.objects.get(pk=departure.person_id)
    must_take_back(actor, departure, person)
    person.is_active = True
    pieces = list(departure.pieces.select_related("successor").order_by("pk"))
    held = Membership.objects.select_related("line", "team__line").in_bulk(
        [piece.object_id for piece in pieces if piece.holding == ROLES]
    )
    # As if the roles were back: other work may need them.
    person.__dict__["_memberships"] = list(held.values())
    for piece in pieces:
        row = _row_of(piece)
        piece.undo_said = _why_it_stays(piece, row) or _unfit(piece, person, row)
        piece.undone = not piece.undo_said
    return pieces


def _row_of(piece: HandedOver, *, locked: bool = False) -> models.Model | None:
    holding = holding_named(piece.holding)
    if holding is None:
        return None
    rows = holding.model._base_manager.filter(pk=piece.object_id)
    found: models.Model | None = (rows.select_for_update(no_key=True) if locked else rows).first()
    return found


def _give_back(piece: HandedOver, person: Person) -> str:
    """Give one piece back; answers why it stays, or nothing."""
    row = _row_of(piece, locked=True)
    said = _unfit(piece, person, row)
    if said or row is None:
        return said
    fields = {f.attname: f for f in row._meta.concrete_fields}
    was = {name: fields[name].to_python(value) for name, value in piece.before["was"].items()}
    try:
        with transaction.atomic():
            _put(row, was)
    except IntegrityError:
        return _("Something else stands in its place by now.")
    return ""


def _unfit(piece: HandedOver, person: Person, row: models.Model | None) -> str:
    """Why the person cannot hold it, by the rules of the work itself."""
    holding = holding_named(piece.holding)
    asked = holding is not None and holding.passing is None and row is not None
    return holding.unfit(row, person) if holding and asked else ""


def _why_it_stays(piece: HandedOver, row: models.Model | None) -> str:
    holding = holding_named(piece.holding)
    if holding is None or "was" not in piece.before:
        return _("It is not known how it was.")
    if not holding.returns:
        return _("It ended and does not come back.")
    if row is None:
        return _("It is gone.")
    return _touched(piece, row, holding)


def _touched(piece: HandedOver, row: models.Model, holding: Holding) -> str:
    told, now = piece.before, snapshot(row)
    if any(now.get(name) != value for name, value in told["is"].items()):
        return _("It passed on again since.")
    later = _events(type(row), row.pk).filter(pgh_id__gt=told["event"])
    who = piece.successor
    if who and later.filter(pgh_context__metadata__user=who.pk).exists():
        return _("%s has worked on it since.") % who
    open_ones = holding.rows(who) if who and holding.passing is None else None
    if open_ones is not None and not open_ones.filter(pk=row.pk).exists():
        return _("It is not open any more.")
    return ""


def _put(row: models.Model, was: dict[str, Any]) -> None:
    if isinstance(row, VersionedModel):
        write(row, seen_version=None, **was)
        return
    for name, value in was.items():
        setattr(row, name, value)
    row.save(update_fields=list(was))


def _end_passed_roles(departure: Departure, pieces: list[HandedOver], stays: set[int]) -> None:
    """Roles that passed on end again, except of somebody with whom a piece of work stays."""
    for piece in pieces:
        if piece.holding != ROLES or not piece.undone or piece.successor_id is None:
            continue
        if piece.successor_id in stays:
            continue
        own = Membership.objects.get(pk=piece.object_id)
        given = Membership.objects.filter(
            person=piece.successor_id, role=own.role, line=own.line_id, team=own.team_id,
            sub_team=own.sub_team_id, ended_at=None, started_at__gte=departure.at,
        )  # fmt: skip
        for membership in given.select_for_update(no_key=True):
            membership.ended_at = max(timezone.now(), membership.started_at)
            membership.save(update_fields=["ended_at"])


def _tell(departure: Departure, pieces: Iterable[HandedOver], actor: Person) -> None:
    back: dict[Person, list[str]] = {}
    for piece in pieces:
        if piece.undone and piece.successor is not None:
            back.setdefault(piece.successor, []).append(f"- {piece.title}")
    for person, titles in back.items():
        news = News(
            subject=None,
            act=f"came_back:{departure.pk}",
            words=_("%s is back and takes over again") % departure.person,
            text="\n".join(titles),
            path=departure.get_absolute_url(),
            key=f"came-back:{departure.pk}",
        )
        tell({person: Reason.OWNER}, news, tab=Tab.FOLLOWING, actor=actor)


def _events(model: type[models.Model], pk: int) -> Any:
    """The history of a row. Every kind of work that passes on is tracked."""
    found = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return found._default_manager.filter(pgh_obj_id=pk)


def _resting(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return str(value)
