"""What a template asks beside what is written: the guide of the editor, and the live preview."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rfc.content import says_something
from rfc.models import RFC
from rfc.models.drawing import drawn
from rfc.queries.reading import blocks_of
from rfc.text import rendering
from rfc.text.sections import sections


def guides(body: str, template: Any) -> list[dict[str, Any]]:
    """The template's questions and whether the text answers them."""
    if template is None:
        return []
    written = {s.slug: says_something(s.body) for s in sections(body)}
    return [
        {
            "slug": guide.slug,
            "heading": guide.heading,
            "guidance": guide.guidance,
            "required": guide.required,
            "seal": "ok" if written.get(guide.slug) else "open",
            "there": guide.slug in written,
        }
        for guide in template.sections.all()
    ]


def preview_of(rfc: RFC, text: str) -> dict[str, Any]:
    """The text as readers will see it; unanswered sections show their question to the author.

    A text too costly for a request is answered with a sentence instead.
    """
    if rendering.is_large(text):
        said = _(
            "This text is too long for a live preview; it is rendered in the background once published."
        )
        return {"said": said}
    done = drawn(rfc, text)
    open_ones = {g["slug"]: g for g in guides(text, rfc.template) if g["seal"] == "open"}
    blocks = blocks_of(done["html"], [section.slug for section in sections(text)])
    shown = [(block.heading, _question(open_ones.get(block.slug)), block.rest) for block in blocks]
    missing = [g["heading"] for g in open_ones.values() if g["required"] and not g["there"]]
    return {"blocks": shown, "notice": done.get("notice", ""), "missing": missing}


def _question(guide: dict[str, Any] | None) -> SafeString:
    if guide is None:
        return SafeString("")
    return format_html('<p class="question">{}</p>', guide["guidance"])
