"""Where a text mentions an RFC that another one replaced, the reader is told so on the spot."""

import re
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rfc.models import RFC
from rfc.queries.reading import Block
from rfc.queries.threads import Thread

_LINK = re.compile(
    r'<a\b[^>]*\bhref="(?P<host>https?://[^"/]+)?/(?:rfcs/RFC-|r/)(?P<number>\d{1,9})(?=["/#?-])'
    r"[^>]*>.*?</a>",
    re.DOTALL,
)


def tell_replaced(blocks: Iterable[Block], threads: Iterable[Thread] = ()) -> None:
    """Put “superseded by RFC-9” behind each link to an RFC that was, in the text and its threads.

    One query where any is linked.
    """
    blocks = list(blocks)
    notes = [note for thread in threads for note in thread.notes]
    texts = [*(block.heading for block in blocks), *(block.rest for block in blocks)]
    told = with_replaced([*texts, *(note.text for note in notes)])
    for at, block in enumerate(blocks):
        block.heading, block.rest = told[at], told[at + len(blocks)]
    for note, text in zip(notes, told[len(texts) :], strict=True):
        note.text = text


def with_replaced(texts: Sequence[str]) -> list[SafeString]:
    """The same safe HTML, saying by what each linked RFC was replaced. One query at most."""
    numbers = {int(m["number"]) for text in texts for m in _LINK.finditer(text) if _ours(m)}
    rows = RFC.objects.filter(number__in=numbers, phase=RFC.SUPERSEDED) if numbers else None
    successor = dict(rows.values_list("number", "superseded_by__number")) if rows else {}

    def told(match: re.Match[str]) -> str:
        by = successor.get(int(match["number"])) if _ours(match) else None
        if by is None:
            return match[0]
        link = format_html('<a href="/rfcs/RFC-{}">RFC-{}</a>', by, by)
        note = format_html(
            ' <span class="badge risk"><span>{} {}</span></span>', _("superseded by"), link
        )
        return f"{match[0]}{note}"

    done = (_LINK.sub(told, text) if successor else text for text in texts)
    return [mark_safe(text) for text in done]  # noqa: S308 - stored after cleaning; the rest is ours


def _ours(match: re.Match[str]) -> bool:
    return match["host"] in (None, settings.BASE_URL)
