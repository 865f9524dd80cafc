"""Where a text mentions an RFC that another one replaced, the reader is told so on the spot."""

import re
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rfc.models import RFC
from rfc.queries.reading import Block

_LINK = re.compile(r'<a\b[^>]*\bhref="/rfcs/RFC-(\d{1,9})(?=["/#?-])[^>]*>.*?</a>', re.DOTALL)


def tell_replaced(blocks: Iterable[Block]) -> None:
    """Put “superseded by RFC-9” behind each link to an RFC that was. One query where any is linked."""
    blocks = list(blocks)
    numbers = {int(n) for block in blocks for n in _LINK.findall(str(block.rest))}
    if not numbers:
        return
    rows = RFC.objects.filter(number__in=numbers, phase=RFC.SUPERSEDED)
    successor = dict(rows.values_list("number", "superseded_by__number"))
    if not successor:
        return

    def told(match: re.Match[str]) -> str:
        by = successor.get(int(match[1]))
        if by is None:
            return match[0]
        link = format_html('<a href="/rfcs/RFC-{}">RFC-{}</a>', by, by)
        note = format_html(
            ' <span class="badge risk"><span>{} {}</span></span>', _("superseded by"), link
        )
        return f"{match[0]}{note}"

    for block in blocks:
        html = _LINK.sub(told, str(block.rest))
        block.rest = mark_safe(html)  # noqa: S308 - stored after cleaning; what came in is ours
