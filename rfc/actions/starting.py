"""Starting an RFC: number, template, first draft, required functions, decider."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import Role
from accounts.permissions import people_with_role
from config.flow.errors import NotYours
from config.flow.keys import next_number
from rfc.actions.functions import settle_functions
from rfc.content import text_hash
from rfc.models import RFC, Draft, RFCTemplate, TemplateSection
from rfc.permissions import may_start_rfc
from rfc.required import FLAGS
from rfc.text.template import DEFAULT_SECTIONS


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
) -> RFC:
    """Start an RFC with a draft from the template (or `body`). NotYours unless `actor` writes RFCs.

    Line, source and team come from the initiative. The business leader of the line is proposed
    as the decider. Nothing is published.
    """
    if actor is not None and not may_start_rfc(actor):
        raise NotYours(
            "RFCs are started by product managers, technical product managers, designers, "
            "architects and leaders. Hand in an initiative instead; its product manager writes."
        )
    template = current_template()
    line = initiative.line if initiative is not None else line
    rfc = RFC.objects.create(
        number=next_number("RFC"),
        title=title.strip(),
        author=author or actor,
        decider=decider or proposed_decider(line),
        initiative=initiative,
        line=line,
        owning_team=initiative.team if initiative is not None else None,
        source=initiative.source.slug if initiative is not None else "",
        stands_alone_reason=stands_alone_reason.strip(),
        flags=[flag for flag in FLAGS if flag in set(flags)],
        summary_problem=summary_problem.strip(),
        decision_asked=decision_asked.strip(),
        template=template,
    )
    open_draft(rfc, body=starting_text(template) if body is None else body, writer=author or actor)
    settle_functions(rfc)
    return rfc


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


def current_template() -> RFCTemplate:
    """The newest active template; the default one is loaded when there is none."""
    found = RFCTemplate.objects.filter(active=True).order_by("-version", "-id").first()
    return found or load_default_template()


@transaction.atomic
def load_default_template() -> RFCTemplate:
    """Version 1 of the template Gateline comes with; loading it twice changes nothing."""
    template, made = RFCTemplate.objects.get_or_create(name="Product change", version=1)
    if made:
        TemplateSection.objects.bulk_create(
            TemplateSection(
                template=template,
                ordinal=at,
                heading=guide.heading,
                slug=guide.slug,
                guidance=guide.question,
                material=guide.material,
                required=guide.slug != "open-questions",
                functions=list(guide.functions),
            )
            for at, guide in enumerate(DEFAULT_SECTIONS)
        )
    return template


def starting_text(template: RFCTemplate) -> str:
    """Each heading with its question as a comment."""
    return "\n".join(
        f"## {section.heading}\n\n<!-- {section.guidance} -->\n"
        for section in template.sections.all()
    )
