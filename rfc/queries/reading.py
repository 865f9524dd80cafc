"""One RFC as it is read: contents with seals, text in blocks, threads, the review bar."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.flow.visibility import limit_of
from config.prepared import Prepared
from rfc.models import RFC, Revision
from rfc.queries.threads import Thread
from rfc.standing import DECISION, Standing, judged_by
from rfc.text.differences import DiffBlock, diff
from rfc.text.rendering import PREFIX

SEAL_OF = {
    "approved": "ok",
    "stale": "stale",
    "held": "open",
    "blocked": "off",
    "waiting": "open",
    "recused": "open",
}


# What the head of a page names.
HEAD = ("author", "line", "initiative", "decider", "superseded_by", "imported")
# Seals mean something while the text is judged, or stands as it was accepted.
REVIEWED = (RFC.IN_REVIEW, RFC.ACCEPTED, RFC.IMPLEMENTED)


@dataclass
class Block:
    """A section of the page: its heading and the rest, as stored safe HTML."""

    slug: str
    heading: SafeString
    rest: SafeString
    changed: DiffBlock | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    slug: str
    title: str
    seal: str
    note: str

    @property
    def anchor(self) -> str:
        """The id of the section on the page."""
        return PREFIX + self.slug


def rfc_for(person: Any) -> QuerySet[RFC]:
    """RFCs with everything the head of a page names."""
    found: QuerySet[RFC] = RFC.objects.visible_to(person).select_related(*HEAD, "draft__updated_by")
    return found


def rfc_to_read(person: Any) -> QuerySet[RFC]:
    """The same for pages about published text: without the draft, which may be as long as the text."""
    found: QuerySet[RFC] = rfc_for(person).select_related(None).select_related(*HEAD)
    return found


ONE = Prepared(lambda number, person: rfc_to_read(person).filter(number=number), int)


def published_rfc(person: Any, number: int) -> RFC:
    """One RFC for a page about its published text. Raises Http404 where a person may not see it."""
    shape = (person.is_authenticated and person.is_active, limit_of(person))
    found = ONE.rows(number, shape=shape, person=person)
    if not found:
        raise Http404
    one: RFC = found[0]
    return one


def revision_of(rfc: RFC, number: int | None = None) -> Revision | None:
    """One revision by number, or the newest; without the columns that only indexes need."""
    found = rfc.revisions.select_related("author").defer("toc", "words")
    return found.filter(number=number or rfc.revision_count).first()


def blocks_of(html: str, slugs: list[str]) -> list[Block]:
    """The stored HTML cut at the headings of its sections; what stands before has no slug."""
    wanted = "|".join(re.escape(slug) for slug in sorted(slugs, key=len, reverse=True))
    head = re.compile(rf'<h([1-6])\b[^>]*\bid="{PREFIX}({wanted})"[^>]*>.*?</h\1>', re.DOTALL)
    found = list(head.finditer(html)) if wanted else []
    if not found:
        return [Block("", _safe(""), _safe(html))]
    first = found[0].start()
    blocks = [Block("", _safe(""), _safe(html[:first]))] if html[:first].strip() else []
    ends = [match.start() for match in found[1:]] + [len(html)]
    for match, end in zip(found, ends, strict=True):
        rest = html[match.end() : end]
        blocks.append(Block(match[2], _safe(match[0]), _safe(rest)))
    return blocks


def contents(
    rfc: RFC, stands: list[Standing], mine: list[str], threads: list[Thread]
) -> list[Entry]:
    """The contents with seals: mine where I review, everybody's otherwise."""
    asked: dict[str, int] = {}
    for thread in threads:
        if thread.comment.resolved_at is None:
            asked[thread.section] = asked.get(thread.section, 0) + 1
    concerned = [each for each in stands if each.function in mine] or stands
    reviewed = rfc.phase in REVIEWED or (rfc.phase == RFC.DRAFT and any(s.position for s in stands))
    return [
        _entry(rfc, part, concerned if reviewed else [], asked.get(part["slug"], 0))
        for part in rfc.content
        if part["slug"] != DECISION and part["heading"]
    ]


def _entry(rfc: RFC, part: dict[str, Any], stands: list[Standing], questions: int) -> Entry:
    slug = part["slug"]
    judging = [each for each in stands if slug in judged_by(each.function, rfc.content)]
    seal, note = _seal(slug, judging)
    if questions:
        said = ngettext("%d open thread", "%d open threads", questions) % questions
        note = note or said
        seal = "question" if seal in ("ok", "") else seal
    return Entry(slug, part["heading"], seal, note)


def _seal(slug: str, judging: list[Standing]) -> tuple[str, str]:
    blocked = [each for each in judging if each.state == "blocked"]
    if blocked:
        return "off", _("%s blocks") % blocked[0].label
    stale = [each for each in judging if each.state == "stale" and slug in each.changed_slugs]
    if stale:
        number = stale[0].position.revision if stale[0].position else 0
        return "stale", _("changed since r%d") % number
    waiting = [each for each in judging if each.state in ("waiting", "held", "recused")]
    if waiting:
        return "open", _("%s open") % waiting[0].label
    return ("ok", "") if judging else ("", "")


def changes_since(rfc: RFC, revision: Revision, number: int) -> list[DiffBlock]:
    """What the text says differently from an earlier revision, by section."""
    earlier = rfc.revisions.only("rfc", "body", "decision_asked").filter(number=number).first()
    return diff(full_text(earlier), full_text(revision)) if earlier else []


def full_text(revision: Revision) -> str:
    """The body with the decision asked on top, as people judge it."""
    asked = revision.decision_asked.strip()
    return f"## {_('Decision asked')}\n\n{asked}\n\n{revision.body}" if asked else revision.body


def function_rows(stands: list[Standing], person: Any) -> list[dict[str, str]]:
    """The review bar's functions."""
    return [
        {
            "name": _("%s, you") % each.label if _is(each, person) else each.label,
            "state": SEAL_OF[each.state],
            "text": _said_of(each),
        }
        for each in stands
    ]


def _is(each: Standing, person: Any) -> bool:
    return each.position is not None and each.position.person_id == person.pk


def _said_of(each: Standing) -> str:
    said = each.position
    if said is None:
        return _("not answered")
    words = {
        "approved": _("with notes, r%d")
        if said.stance == "approve_with_notes"
        else _("approved r%d"),
        "stale": _("r%d, stale"),
        "held": _("holds, r%d"),
        "blocked": _("blocks, r%d"),
        "recused": _("recused, r%d"),
    }
    return words[each.state] % said.revision


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - stored after cleaning, or a literal
