"""Templates: the shipped one, a new version by an administrator, taking one out of use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.permissions import is_admin
from config.flow.errors import Conflict, NotAllowed, NotYours
from rfc.models import RFCTemplate, TemplateSection
from rfc.queries.templates import Chosen, best_match, changes, why_of
from rfc.text.headings import slugify
from rfc.text.template import DEFAULT_SECTIONS


@dataclass(frozen=True)
class SectionSpec:
    """A section as somebody wants it; its slug follows from the heading."""

    heading: str
    guidance: str
    required: bool = True
    material: bool = True
    functions: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The anchor a text's section of this heading gets."""
        return slugify(self.heading)


def choose_template(*, line: Any, source: str, wanted: RFCTemplate | None = None) -> Chosen:
    """The template somebody asked for, else the best match; the shipped one when there is none."""
    if wanted is not None:
        return Chosen(wanted, "Whoever started the RFC chose it.")
    found = best_match(line, source)
    if found is None:
        shipped = load_default_template()
        found = Chosen(shipped, why_of(shipped))
    return found


@transaction.atomic
def load_default_template() -> RFCTemplate:
    """The template Gateline comes with; one that is in use for everything is left alone."""
    default = RFCTemplate.objects.filter(line=None, source="")
    if found := default.filter(current=True).first():
        return found
    # One of an earlier release is known by its name and stays what it is.
    if earlier := default.order_by("-version", "-id").first():
        RFCTemplate.objects.filter(pk=earlier.pk).update(current=True)
        return earlier
    template = RFCTemplate.objects.create(name="Product change", version=1, current=True)
    _write_sections(
        template,
        [
            SectionSpec(
                guide.heading,
                guide.question,
                required=guide.slug != "open-questions",
                material=guide.material,
                functions=list(guide.functions),
            )
            for guide in DEFAULT_SECTIONS
        ],
    )
    return template


@transaction.atomic
def write_template(
    *,
    actor: Any,
    name: str,
    sections: Sequence[SectionSpec],
    line: Any = None,
    source: str = "",
    note: str = "",
    replaces: RFCTemplate | None = None,
) -> RFCTemplate:
    """Make a template, or the next version of `replaces`. What did not change makes none.

    RFCs keep the version they began with. NotYours unless `actor` is an administrator; Conflict
    when somebody made a version since; NotAllowed when another template serves line and source.
    """
    _administrator(actor)
    _complete(sections)
    if replaces is not None:
        replaces = RFCTemplate.objects.select_for_update(no_key=True).get(pk=replaces.pk)
        name = replaces.name
        if not replaces.current:
            raise _overtaken(replaces)
        before = list(replaces.sections.all())
        moved = (line, source) != (replaces.line, replaces.source)
        if not moved and all(each.kind == "same" for each in changes(before, sections)):
            return replaces
        RFCTemplate.objects.filter(pk=replaces.pk).update(current=False)
    _free(name, line, source, replaces)
    try:
        with transaction.atomic():
            told = {"line": line, "source": source, "note": note.strip(), "made_by": actor}
            template = _next_version(name, **told)
    except IntegrityError as error:
        raise Conflict(
            "Somebody made a template for the same line and source at this moment; look at it, "
            "then send yours again.",
            theirs=replaces,
            mine={},
        ) from error
    _write_sections(template, sections)
    return template


def _next_version(name: str, **told: Any) -> RFCTemplate:
    last = RFCTemplate.objects.filter(name=name).aggregate(last=Max("version"))["last"] or 0
    return RFCTemplate.objects.create(name=name, version=last + 1, current=True, **told)


@transaction.atomic
def retire_template(*, actor: Any, template: RFCTemplate) -> RFCTemplate:
    """Offer a template no more; RFCs that began with it keep it."""
    _administrator(actor)
    if template.line_id is None and not template.source:
        raise NotAllowed(
            f"{template.name} serves every RFC that no other template fits; change it instead, so "
            "that nobody starts from a blank page."
        )
    RFCTemplate.objects.filter(pk=template.pk).update(current=False)
    template.refresh_from_db()
    return template


def starting_text(template: RFCTemplate) -> str:
    """Each heading with its question as a comment, which is never printed."""
    return "\n".join(
        f"## {section.heading}\n\n<!-- {section.guidance} -->\n"
        for section in template.sections.all()
    )


def _administrator(actor: Any) -> None:
    if not is_admin(actor):
        raise NotYours("Templates are changed by administrators; tell one what is missing.")


def _complete(sections: Sequence[SectionSpec]) -> None:
    slugs = [each.slug for each in sections]
    if not slugs:
        raise NotAllowed("A template needs at least one section; without one the page is blank.")
    twice = sorted({each.heading for each in sections if slugs.count(each.slug) > 1})
    if twice:
        raise NotAllowed(
            f"Two sections are called “{twice[0]}”; give each its own heading, so that approvals "
            "know which one they judge."
        )


def _free(name: str, line: Any, source: str, replaces: RFCTemplate | None) -> None:
    if replaces is None and RFCTemplate.objects.filter(name=name).exists():
        raise NotAllowed(f"There is a template “{name}” already; change it, or choose a new name.")
    other = RFCTemplate.objects.filter(current=True, line=line, source=source).first()
    if other is not None:
        raise NotAllowed(
            f"{other} serves this line and source already; change it, or take it out of use first.",
            link=other.get_absolute_url(),
        )


def _overtaken(template: RFCTemplate) -> Conflict:
    newest = RFCTemplate.objects.filter(name=template.name, current=True).first()
    said = f"{newest} is in use by now" if newest else f"{template.name} was taken out of use"
    return Conflict(
        f"{said}; look at it, then make your change again. Yours is below.",
        theirs=newest or template,
        mine={},
    )


def _write_sections(template: RFCTemplate, sections: Sequence[SectionSpec]) -> None:
    TemplateSection.objects.bulk_create(
        TemplateSection(
            template=template,
            ordinal=at,
            heading=each.heading,
            slug=each.slug,
            guidance=each.guidance,
            material=each.material,
            required=each.required,
            functions=each.functions,
        )
        for at, each in enumerate(sections)
    )
