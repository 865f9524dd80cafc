"""The badge of a mockup version: what its studies say."""

from typing import Any

from django.template import Library

from config.templatetags.ui_marks import badge
from initiatives.queries.design import verdict_badge

register = Library()


@register.simple_tag
def design_verdict(version: Any) -> Any:
    """Validated, not validated, unclear or unjudged, as a status badge."""
    kind, word = verdict_badge(version)
    return badge(kind, word.capitalize())
