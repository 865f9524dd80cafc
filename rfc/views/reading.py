"""Reading an RFC or one of its revisions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views import View

from config.flow.asking import one_reading
from config.flow.steps import steps
from config.templatetags.ui_marks import badge
from rfc.actions.seen import opened
from rfc.actions.writing import WRITABLE
from rfc.models import RFC, Revision
from rfc.permissions import edits, functions_of
from rfc.queries.lists import BADGES
from rfc.queries.page import OnPage, on_page
from rfc.queries.quotes import marked
from rfc.queries.reading import (
    REVIEWED,
    Block,
    Entry,
    blocks_of,
    changes_since,
    contents,
)
from rfc.queries.replaced import tell_replaced
from rfc.queries.summary import summary_of
from rfc.queries.threads import Thread, outline_of, threads_of
from rfc.standing import DECISION, Standing, standing
from rfc.text.differences import DiffBlock
from rfc.text.languages import OTHER
from rfc.views.base import OnePublished
from rfc.views.comparing import ahead
from rfc.views.review import review_context
from rfc.views.threads import talk

HIDDEN_STEPS = ("accept", "record-imported")
SHOWN_CHANGES = 4


class ReadRFC(OnePublished, View):
    """`/rfcs/RFC-7` and `/rfcs/RFC-7/v3`."""

    def get(self, request: HttpRequest, number: int, revision: int = 0) -> HttpResponse:
        if revision > self.rfc.revision_count:
            raise Http404
        context = page(request, self.rfc, revision or self.rfc.revision_count)
        found = context["revision"]
        if found is not None and not ahead(request):
            since = context["answer"].position.revision if context["shown"] else None
            opened(rfc=self.rfc, revision=found, person=request.user, compared=since)
        return render(request, "rfc/read.html", context)


@one_reading()
def page(request: HttpRequest, rfc: RFC, number: int) -> dict[str, Any]:
    """Everything the reading page shows of this revision; of none where nothing is published."""
    there = on_page(rfc, number, request.user)
    revision = there.revision
    stands = standing(rfc)
    mine = functions_of(request.user, rfc)
    newest = revision is not None and revision.number == rfc.revision_count
    threads = threads_of(rfc, revision, request.user, there.threads) if revision else []
    blocks = _blocks(rfc, revision, threads)
    answer = _my_answer(stands, mine)
    since = _changes(rfc, revision, answer) if newest and revision else []
    changed = {block.slug: block for block in since[:SHOWN_CHANGES]}
    mark_changes(blocks, changed, answer)
    listed = contents(rfc, stands, mine, threads) if newest else _plain(revision)
    taken = steps(rfc, request.user, without=HIDDEN_STEPS)
    shown = {
        "rfc": rfc,
        "revision": revision,
        "newest": newest,
        "badge": BADGES[rfc.phase],
        "blocks": blocks,
        "changed_asked": changed.get("decision-asked"),
        "contents": listed,
        "sealed": any(row.seal for row in listed),
        "seals_of": answer.label if answer else "",
        "talk": talk(request, rfc, threads),
        "slugs": [row.slug for row in listed],
        "stands": stands,
        # Whether the whole difference since the own approval stands on this page.
        "shown": 0 < len(since) <= SHOWN_CHANGES,
        "answer": answer,
        "since_href": since_href(rfc, answer),
        "my_functions": mine,
        "may_answer": bool(mine) and rfc.phase == RFC.IN_REVIEW and newest,
        "may_edit": edits(request.user, rfc) and rfc.phase in WRITABLE,
        "closed": rfc.phase not in (RFC.DRAFT, *REVIEWED),
        "steps": taken,
        "ask": next((step for step in taken if step.name == "ask-for-decision"), None),
        **_on_record(request, rfc, there),
    }
    return {**shown, **review_context(request.user, rfc, revision, shown)}


def _on_record(request: HttpRequest, rfc: RFC, there: OnPage) -> dict[str, Any]:
    """What stands around the text: summary, revisions, steps, positions, looks asked for."""
    summary = summary_of(request, rfc, there.revision)
    return {
        "summary": summary,
        "needed": summary.needed,
        "lang": lang_of(there.revision),
        "versions": versions(rfc, there),
        "records": there.records,
        "last_step": next((record for record in there.records if record.taken), None),
        "positions": there.positions,
        "decisions": there.decisions,
        "looks": there.looks,
        "replaced": RFC.objects.visible_to(request.user)
        .filter(superseded_by=rfc)
        .only("number", "title")
        .order_by("number"),
    }


def versions(rfc: RFC, there: OnPage) -> list[dict[str, Any]]:
    """The revisions, newest first."""
    base, shown = rfc.get_absolute_url(), there.revision
    return [
        {
            "label": f"r{number}",
            "href": f"{base}/v{number}",
            "who": who,
            "when": when,
            "note": name or note,
            "current": shown is not None and number == shown.number,
            "compare_href": f"{base}/compare/v{number - 1}/v{number}" if number > 1 else "",
        }
        for number, who, when, name, note in there.versions
    ]


def mark_changes(
    blocks: list[Block], changed: dict[str, DiffBlock], answer: Standing | None
) -> None:
    """Put what changed since the own approval into the sections where it changed."""
    for block in blocks:
        block.changed = changed.get(block.slug)
    if answer and answer.position:
        badge_changes(blocks, answer.position.revision)


def badge_changes(blocks: list[Block], number: int) -> None:
    """Say beside the heading how much changed since the approval."""
    for block in blocks:
        if block.changed is None:
            continue
        count = max(block.changed.added, block.changed.removed)
        said = ngettext(
            "%(count)d line changed since you approved r%(number)d",
            "%(count)d lines changed since you approved r%(number)d",
            count,
        ) % {"count": count, "number": number}
        head, end, rest = block.heading.rpartition("</h")
        block.heading = SafeString(f"{head} {badge('risk', said)}{end}{rest}")


def since_href(rfc: RFC, answer: Standing | None) -> str:
    """The comparison with the revision this function answered on, when that is an older one."""
    said = answer.position if answer else None
    if said is None or said.revision == rfc.revision_count:
        return ""
    return f"{rfc.get_absolute_url()}/compare/v{said.revision}/v{rfc.revision_count}"


def _blocks(rfc: RFC, revision: Revision | None, threads: list[Thread]) -> list[Block]:
    if revision is None or not revision.renderer_version:
        return []
    slugs = [slug for slug, _heading in outline_of(revision) if slug != DECISION]
    passages = [each.passage for each in threads if each.passage]
    html, found = marked(revision.html, revision.body, passages)
    for thread in threads:
        thread.marked = thread.comment.pk in found
    blocks = blocks_of(html, slugs)
    tell_replaced(blocks, threads)
    return blocks


def _my_answer(stands: list[Standing], mine: list[str]) -> Standing | None:
    """The function this person would answer for first: a stale one, an open one, any."""
    own = [each for each in stands if each.function in mine]
    rank = {"stale": 0, "waiting": 1, "recused": 2, "held": 3, "blocked": 4, "approved": 5}
    return min(own, key=lambda each: rank[each.state], default=None)


def _changes(rfc: RFC, revision: Revision, answer: Standing | None) -> list[DiffBlock]:
    """Changed sections since this function's approval, for the text itself."""
    if answer is None or answer.state != "stale" or answer.position is None:
        return []
    return changes_since(rfc, revision, answer.position.revision)


def _plain(revision: Revision | None) -> list[Entry]:
    """Contents of an older revision: no seals, they belong to the current text."""
    return [
        Entry(slug, heading, "", "")
        for slug, heading in (outline_of(revision) if revision else [])
        if heading and slug != DECISION
    ]


def lang_of(revision: Revision | None) -> str:
    """The language of the text as HTML names it; empty where nobody knows."""
    return revision.language if revision and revision.language != OTHER else ""
