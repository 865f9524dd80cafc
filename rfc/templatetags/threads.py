"""Threads as cards. A card is drawn once for everything it shows and then comes from memory."""

from datetime import date
from secrets import token_hex
from typing import Any

from django.db.models import Model
from django.template import Library
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rfc.models import RFC
from rfc.queries.threads import Thread
from rfc.text.known import Known

register = Library()

# In the place of the reader's token in a kept card; nobody can write it, for nobody knows it.
_TOKEN = token_hex(24)
_known: Known[str] = Known(4_000_000)


@register.simple_tag
def thread_card(thread: Thread, rfc: RFC, may_record: bool, token: Any) -> SafeString:
    """One thread with its answers, marks, acts and what this reader may do."""
    about = repr((_surroundings(rfc, may_record), _seen(thread)))
    card = _known.get(about)
    if card is None:
        shown = {"thread": thread, "rfc": rfc, "may_record": may_record, "csrf_token": _TOKEN}
        card = get_template("rfc/_thread.html").render(shown)
        _known.keep(card, about)
    return mark_safe(card.replace(_TOKEN, str(token)))  # noqa: S308 - drawn by a template


def _surroundings(rfc: RFC, may_record: bool) -> tuple[str, str, str, date, bool]:
    """What stands around the thread: moments read "today", in the zone and words of the reader."""
    zone = timezone.get_current_timezone_name()
    address = rfc.get_absolute_url()
    return (address, get_language() or "", zone, timezone.localdate(), may_record)


def _seen(thread: Thread) -> tuple[Any, ...]:
    """Every column of every row a card shows, so that no card outlives a change."""
    suggested = thread.suggestion
    return (
        (thread.number, thread.section, thread.heading, thread.where, thread.since),
        (thread.marked, thread.may_settle, thread.may_take, thread.unseen),
        _row(thread.anchor),
        thread.comment.revision.number,
        [
            # The words shown say more than the row: whether an RFC they name was replaced.
            (_row(n.comment), hash(n.text), _person(n.comment.author), n.mine, n.may_edit)
            for n in thread.notes
        ],
        _row(suggested),
        suggested and suggested.published_in and suggested.published_in.number,
        [(_row(act), act.actor.name) for act in thread.acts],
        [_row(decision) for decision in thread.decisions],
    )


def _row(row: Model | None) -> list[Any]:
    """The columns that were read, without related rows."""
    if row is None:
        return []
    known = vars(row)
    return [known.get(column.attname) for column in row._meta.concrete_fields]


def _person(person: Any) -> tuple[Any, ...]:
    return (person.pk, person.name, person.picture_url)
