"""Reading an RFC or one of its revisions, comparing two, and taking it away as Markdown."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views import View

from config.flow.steps import steps
from config.templatetags.ui_marks import badge
from config.web.panels import panels
from rfc.models import RFC, Revision
from rfc.permissions import edits, functions_of
from rfc.queries.decided import still_needed_things
from rfc.queries.lists import BADGES
from rfc.queries.reading import (
    Block,
    Entry,
    Thread,
    blocks_of,
    changes_since,
    contents,
    full_text,
    function_rows,
    mark_quotes,
    revision_of,
    threads_of,
)
from rfc.standing import DECISION, Standing, standing
from rfc.text.differences import diff
from rfc.views.base import OneRFC

HIDDEN_STEPS = ("accept", "record-imported")
SHOWN_CHANGES = 4


class ReadRFC(OneRFC, View):
    """`/rfcs/RFC-7` and `/rfcs/RFC-7/v3`."""

    def get(self, request: HttpRequest, number: int, revision: int = 0) -> HttpResponse:
        found = revision_of(self.rfc, revision)
        if found is None and revision:
            raise Http404
        context = page(request, self.rfc, found)
        return render(request, "rfc/read.html", context)


class CompareRFC(OneRFC, View):
    """`/rfcs/RFC-7/compare/v2/v4`, and `/compare?old=2&new=4` from the form."""

    def get(self, request: HttpRequest, number: int, old: int = 0, new: int = 0) -> HttpResponse:
        if not old:
            return self.chosen(request)
        before, after = revision_of(self.rfc, old), revision_of(self.rfc, new)
        if before is None or after is None:
            return self.nearest(old, new)
        blocks = diff(full_text(before), full_text(after))
        context = {
            "rfc": self.rfc,
            "badge": BADGES[self.rfc.phase],
            "before": before,
            "after": after,
            "blocks": blocks,
            "title_changed": before.title != after.title,
            "added": sum(block.added for block in blocks),
            "removed": sum(block.removed for block in blocks),
            "numbers": range(1, self.rfc.revision_count + 1),
            "mine": approved_by(self.rfc, request.user),
        }
        return render(request, "rfc/compare.html", context)

    def chosen(self, request: HttpRequest) -> HttpResponse:
        newest = self.rfc.revision_count
        old = _number(request.GET.get("old"), max(newest - 1, 1))
        return self.nearest(old, _number(request.GET.get("new"), newest))

    def nearest(self, old: int, new: int) -> HttpResponse:
        """A revision that does not exist leads to the nearest one that does."""
        newest = self.rfc.revision_count
        if not newest:
            return redirect(self.rfc.get_absolute_url())
        old, new = (min(max(each, 1), newest) for each in (old, new))
        return redirect(f"{self.rfc.get_absolute_url()}/compare/v{old}/v{new}")


class MarkdownRFC(OneRFC, View):
    """`/rfcs/RFC-7.md`: the newest revision with a head another tool can read."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        found = revision_of(self.rfc)
        body = found.body if found else self.rfc.draft.body
        text = f"{_head(self.rfc, found)}{body}"
        answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.rfc.key}.md"'
        return answer


def page(request: HttpRequest, rfc: RFC, revision: Revision | None) -> dict[str, Any]:
    """Everything the reading page shows."""
    stands = standing(rfc)
    mine = functions_of(request.user, rfc)
    newest = revision is not None and revision.number == rfc.revision_count
    threads = threads_of(rfc, revision) if revision else []
    blocks = _blocks(rfc, revision, threads)
    answer = _my_answer(stands, mine)
    changed = _changes(rfc, revision, answer) if newest and revision else {}
    for block in blocks:
        block.changed = changed.get(block.slug)
    if answer and answer.position:
        badge_changes(blocks, answer.position.revision)
    listed = contents(rfc, stands, mine, threads) if newest else _plain(revision)
    taken = steps(rfc, request.user)
    return {
        "rfc": rfc,
        "revision": revision,
        "newest": newest,
        "badge": BADGES[rfc.phase],
        "blocks": blocks,
        "changed_asked": changed.get("decision-asked"),
        "contents": listed,
        "sealed": any(row.seal for row in listed),
        "seals_of": answer.label if answer else "",
        "threads": [t for t in threads if t.comment.resolved_at is None],
        "resolved": [t for t in threads if t.comment.resolved_at is not None],
        "functions": function_rows(stands, request.user),
        "stands": stands,
        "answer": answer,
        "since_href": since_href(rfc, answer),
        "my_functions": mine,
        "may_answer": bool(mine) and rfc.phase == RFC.IN_REVIEW and newest,
        "may_edit": edits(request.user, rfc),
        "steps": [step for step in taken if step.name not in HIDDEN_STEPS],
        "ask": next((step for step in taken if step.name == "ask-for-decision"), None),
        "needed": still_needed_things(rfc) if rfc.phase == RFC.IN_REVIEW else [],
        **_on_record(request, rfc, revision),
    }


def _on_record(request: HttpRequest, rfc: RFC, revision: Revision | None) -> dict[str, Any]:
    """What stands below the text: revisions, steps, positions, looks asked for."""
    looks = rfc.looks.filter(person_id=request.user.pk or 0, looked_at=None)
    return {
        "versions": versions(rfc, revision),
        "records": rfc.steps_taken.select_related("actor")[:30],
        "positions": rfc.positions.select_related("person", "revision", "resolution_owner"),
        "looks": looks.select_related("asked_by"),
        "panels": panels("rfc", request, rfc),
    }


def versions(rfc: RFC, shown: Revision | None) -> list[dict[str, Any]]:
    """The revisions, newest first. One query."""
    base = rfc.get_absolute_url()
    return [
        {
            "label": f"r{each.number}",
            "href": f"{base}/v{each.number}",
            "who": each.author.name,
            "when": each.created_at,
            "note": each.note,
            "current": shown is not None and each.number == shown.number,
            "compare_href": f"{base}/compare/v{each.number - 1}/v{each.number}"
            if each.number > 1
            else "",
        }
        for each in rfc.revisions.select_related("author").defer("body", "html", "toc")
    ]


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


def approved_by(rfc: RFC, person: Any) -> int | None:
    """The number of the revision this person approved last."""
    found = rfc.positions.filter(person=person, stance__startswith="approve")
    number: int | None = found.values_list("revision__number", flat=True).first()
    return number


def _blocks(rfc: RFC, revision: Revision | None, threads: list[Thread]) -> list[Block]:
    if revision is None or not revision.renderer_version:
        return []
    slugs = [section.slug for section in revision.sections.all() if section.slug != DECISION]
    blocks = blocks_of(revision.html, slugs)
    mark_quotes(blocks, threads)
    return blocks


def _my_answer(stands: list[Standing], mine: list[str]) -> Standing | None:
    """The function this person would answer for first: a stale one, an open one, any."""
    own = [each for each in stands if each.function in mine]
    rank = {"stale": 0, "waiting": 1, "recused": 2, "held": 3, "blocked": 4, "approved": 5}
    return min(own, key=lambda each: rank[each.state], default=None)


def _changes(rfc: RFC, revision: Revision, answer: Standing | None) -> dict[str, Any]:
    """Changed sections since this function's approval, for the text itself."""
    if answer is None or answer.state != "stale" or answer.position is None:
        return {}
    since = changes_since(rfc, revision, answer.position.revision)
    return {block.slug: block for block in since[:SHOWN_CHANGES]}


def _plain(revision: Revision | None) -> list[Entry]:
    """Contents of an older revision: no seals, they belong to the current text."""
    sections = revision.sections.all() if revision else []
    return [
        Entry(each.slug, each.heading, "", "")
        for each in sections
        if each.heading and each.slug != DECISION
    ]


def _head(rfc: RFC, revision: Revision | None) -> str:
    facts = {
        "rfc": rfc.key,
        "title": rfc.title,
        "state": rfc.phase,
        "revision": revision.number if revision else 0,
        "author": rfc.author.name,
        "initiative": rfc.initiative.key if rfc.initiative else "",
        "problem": rfc.summary_problem,
        "decision_asked": rfc.decision_asked,
    }
    lines = [f"{name}: {_scalar(value)}" for name, value in facts.items() if value not in ("", 0)]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _scalar(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
