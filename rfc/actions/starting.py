"""Starting an RFC: number, template, first draft, required functions, decider."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import Role
from accounts.permissions import people_with_role
from config.flow.errors import NotYours
from config.flow.keys import next_number
from rfc.actions.functions import settle_functions
from rfc.actions.templates import choose_template, starting_text
from rfc.content import text_hash
from rfc.models import RFC, Draft, RFCTemplate
from rfc.permissions import may_start_rfc
from rfc.required import FLAGS


@transaction.atomic
def start_rfc(  # noqa: PLR0913 - everything an RFC may start with, by keyword
    *,
    actor: Any,
    title: str,
    initiative: Any = None,
    line: Any = None,
    stands_alone_reason: str = "",
    flags: Iterable[str] = (),
    summary_problem: str = "",
    decision_asked: str = "",
    body: str | None = None,
    author: Any = None,
    decider: Any = None,
    template: RFCTemplate | None = None,
) -> RFC:
    """Start an RFC with a draft from a template (or `body`). NotYours unless `actor` writes RFCs.

    Line, source and team come from the initiative; without `template` the one that fits line and
    source best is taken. The business leader of the line is proposed
    as the decider. Nothing is published.
    """
    _writers_only(actor)
    line = initiative.line if initiative is not None else line
    source = initiative.source.slug if initiative is not None else ""
    chosen = choose_template(line=line, source=source, wanted=template)
    rfc = RFC.objects.create(
        number=next_number("RFC"),
        title=title.strip(),
        author=author or actor,
        decider=decider or proposed_decider(line),
        initiative=initiative,
        line=line,
        owning_team=initiative.team if initiative is not None else None,
        source=source,
        stands_alone_reason=stands_alone_reason.strip(),
        flags=[flag for flag in FLAGS if flag in set(flags)],
        summary_problem=summary_problem.strip(),
        decision_asked=decision_asked.strip(),
        template=chosen.template,
        template_reason=chosen.why,
    )
    text = starting_text(chosen.template) if body is None else body
    open_draft(rfc, body=text, writer=author or actor)
    settle_functions(rfc)
    return rfc


def _writers_only(actor: Any) -> None:
    if actor is not None and not may_start_rfc(actor):
        raise NotYours(
            "RFCs are started by product managers, technical product managers, designers, "
            "architects and leaders. Hand in an initiative instead; its product manager writes."
        )


def open_draft(rfc: RFC, *, body: str, writer: Any) -> Draft:
    """The first draft of an RFC; it stays and becomes the draft of every next revision."""
    draft = Draft.objects.create(
        rfc=rfc,
        title=rfc.title,
        summary_problem=rfc.summary_problem,
        decision_asked=rfc.decision_asked,
        body=body,
        updated_by=writer,
    )
    draft.editors.add(writer)
    rfc.draft_hash = text_hash(rfc.title, rfc.summary_problem, rfc.decision_asked, body)
    rfc.save(update_fields=["draft_hash"])
    return draft


def proposed_decider(line: Any) -> Any:
    """The business leader of the line, as far as there is one."""
    leaders = people_with_role(Role.BUSINESS_LEADER, line=line) if line is not None else []
    return leaders[0] if leaders else None
