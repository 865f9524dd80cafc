"""People named with @ in the text of an RFC: told once, when the revision that names them is out."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.mentions import Named, named_in
from accounts.models import Person, Tab
from rfc.models import RFC, Revision
from rfc.subjects import subject_of
from rfc.text.prose import prose

# A text that newly names more people (a large team, a role) tells none of them by itself.
MOST_TOLD = 15


def tell_named(revision: Revision, before: str, actor: Any) -> list[Person]:
    """Promise a mail to each person a revision names and the text `before` it did not.

    In the transaction of the revision. Neither its author nor who publishes it is told, nor
    anybody twice about one RFC, nor who may not see it; who is told.
    """
    rfc = revision.rfc
    new = newly_named(rfc, revision.body, before, actor)
    if len(new) > MOST_TOLD:
        return []
    told: list[Person] = []
    for person, named in new.items():
        said = {"who": actor.name, "key": rfc.key, "title": revision.title, "r": revision.number}
        news = News(
            subject_of(rfc),
            "named",
            _("%(who)s names you in r%(r)s of %(key)s %(title)s") % said,
            text=_passage(revision.body, named),
            key=f"named:{rfc.key}",
        )
        told += tell([person], news, tab=Tab.MENTIONS, actor=actor)
    return told


def newly_named(rfc: RFC, text: str, before: str, actor: Any) -> dict[Person, Named]:
    """Whom a text names that an earlier one did not, with how; only who may see the RFC."""
    known = _reached(rfc, before)
    new = {p: named for p, named in _reached(rfc, text).items() if p not in known}
    own = {getattr(actor, "pk", None), rfc.author_id}
    return {
        person: named
        for person, named in new.items()
        if person.pk not in own and RFC.objects.visible_to(person).filter(pk=rfc.pk).exists()
    }


def too_many_named(rfc: RFC, text: str, actor: Any) -> list[str]:
    """A sentence where publishing the text would tell nobody, because it names too many."""
    newest = rfc.revisions.values_list("body", flat=True).first() or ""
    count = len(newly_named(rfc, text, newest, actor))
    said = _(
        "The text newly names %(n)d people; above %(most)d nobody is told by being named. "
        "Ask for a look: that reaches as many as you choose."
    )
    return [said % {"n": count, "most": MOST_TOLD}] if count > MOST_TOLD else []


def _reached(rfc: RFC, text: str) -> dict[Person, Named]:
    found: dict[Person, Named] = {}
    for named in named_in(prose(text), line=rfc.line_id):
        for person in named.people:
            found.setdefault(person, named)
    return found


def _passage(text: str, named: Named) -> str:
    """The line that names them."""
    mark = f"@{named.written}"
    line = next((line for line in prose(text).splitlines() if mark in line), mark)
    return " ".join(line.split())[:400]
