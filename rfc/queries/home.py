"""What RFCs want from one person: positions to take, looks, own RFCs that wait for an act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from config.batch import Asker, alone
from config.web.words import beginning
from rfc.models import RFC, Look, Position, Stance
from rfc.permissions import held_functions
from rfc.queries.idle import LIVE, moved_at
from rfc.queries.reviewing import asked_of_functions
from rfc.standing import Standing, standings

Kind = Literal["position", "reaffirm", "look", "publish", "unblock", "expiry"]


@dataclass(frozen=True)
class Awaited:
    """One thing. `why` is a whole sentence, `since` when it began to wait."""

    kind: Kind
    rfc: RFC
    why: str
    action: str
    href: str
    since: datetime
    function: str = ""


def awaiting(person: Any) -> list[Awaited]:
    """Everything RFCs wait for from this person, longest waiting first. Four queries."""
    return alone(_awaiting(person))


def _awaiting(person: Any) -> Asker:
    yield from (yield from awaited_by(person))


def awaited_by(person: Any) -> Asker:
    """The same, asked together with others; returned, not answered."""
    waiting, look, own, blocks = yield lambda: _asked(person)
    found = [*_positions(person, waiting), *_looks(look), *_own(own), *_blocked(blocks, person)]
    return sorted(found, key=lambda each: each.since)


def _asked(person: Any) -> tuple[Any, ...]:
    """RFCs that ask for a position, looks asked for, own RFCs, open blocks."""
    asked = RFC.objects.visible_to(person).filter(phase=RFC.IN_REVIEW)
    # Nothing is asked of somebody who reviews for no function.
    asked = asked.filter(asked_of_functions(person)) if held_functions(person) else asked.none()
    mine = RFC.objects.filter(author=person, phase__in=LIVE).annotate(moved=moved_at())
    looks = Look.objects.filter(person=person, looked_at=None).select_related("rfc", "asked_by")
    return asked.distinct(), looks, mine, _open_blocks(person)


def _positions(person: Any, asked: list[RFC]) -> list[Awaited]:
    if not asked:
        return []
    held = held_functions(person)
    stands = standings(asked)
    return [
        _ask(rfc, each, person)
        for rfc in asked
        for each in stands[rfc.pk]
        if any(h.function == each.function and h.counts_in(rfc.line_id) for h in held)
        and _is_mine(each, person)
    ]


def _is_mine(each: Standing, person: Any) -> bool:
    """Nobody of the function has answered, or this very person has to answer again."""
    said = each.position
    if each.state in ("waiting", "stale"):
        return True
    return each.state == "recused" and said is not None and said.person_id != person.pk


def _ask(rfc: RFC, each: Standing, person: Any) -> Awaited:
    since = rfc.review_opened_at or rfc.changed_at
    if each.state == "stale" and each.position and each.position.person_id == person.pk:
        why = _("%(sections)s changed since you approved r%(number)s for %(function)s.") % {
            "sections": ", ".join(each.changed),
            "number": each.position.revision,
            "function": each.label,
        }
        return Awaited(
            "reaffirm",
            rfc,
            why,
            _("Look at the change"),
            f"{rfc.get_absolute_url()}/compare/v{each.position.revision}/v{rfc.revision_count}",
            rfc.changed_at,
            each.function,
        )
    why = _("A decision is asked; %(function)s has not answered on r%(number)s.") % {
        "function": each.label,
        "number": rfc.revision_count,
    }
    return Awaited(
        "position", rfc, why, _("Review"), f"{rfc.get_absolute_url()}#review", since, each.function
    )


def _looks(open_looks: Iterable[Look]) -> list[Awaited]:
    return [
        Awaited(
            "look",
            look.rfc,
            _("%(name)s asks you to have a look. %(note)s")
            % {"name": look.asked_by.name, "note": look.note},
            _("Read"),
            look.rfc.get_absolute_url(),
            look.at,
        )
        for look in open_looks
    ]


def _open_blocks(person: Any) -> Any:
    """Open blocks this person has to resolve, and own ones where a newer text is out."""
    later = Position.objects.filter(
        rfc=OuterRef("rfc"), function=OuterRef("function"), person=OuterRef("person")
    ).filter(pk__gt=OuterRef("pk"))
    own = Q(person=person, revision__number__lt=F("rfc__revision_count"))
    return (
        Position.objects.filter(
            Q(resolution_owner=person) | own,
            ~Exists(later),
            stance=Stance.BLOCK,
            closed_at=None,
            rfc__in=RFC.objects.visible_to(person).filter(phase=RFC.IN_REVIEW).order_by(),
        )
        .select_related("rfc")
        .annotate(number=F("revision__number"))
    )


def _blocked(blocks: Iterable[Any], person: Any) -> Iterator[Awaited]:
    for block in blocks:
        said = {
            "who": block.person_name,
            "text": beginning(block.text),
            "old": block.number,
            "new": block.rfc.revision_count,
        }
        if block.person_id == person.pk:
            why = _("r%(new)s is out since you blocked r%(old)s; close the block or answer anew.")
            action = _("Look")
        else:
            why = _("%(who)s blocks it and names you to resolve it: “%(text)s”")
            action = _("Resolve")
        here = f"{block.rfc.get_absolute_url()}#position-{block.pk}"
        yield Awaited("unblock", block.rfc, why % said, action, here, block.at, block.function)


def _own(mine: Iterable[Any]) -> Iterator[Awaited]:
    """Own RFCs that hold unpublished edits, so that reviewers judge an older text, and own ones
    that expire soon because nothing happened for long.
    """
    for rfc in mine:
        here = rfc.get_absolute_url()
        if rfc.revision_count and rfc.has_unpublished_edits:
            why = _("Your draft holds edits that r%(number)s does not.") % {
                "number": rfc.revision_count
            }
            yield Awaited("publish", rfc, why, _("Publish"), f"{here}/edit", rfc.changed_at)
        if rfc.expiry_warned_at and rfc.moved <= rfc.expiry_warned_at:
            why = _("Nothing happened to it for long; it expires soon unless somebody acts.")
            yield Awaited("expiry", rfc, why, _("Look"), here, rfc.changed_at)
