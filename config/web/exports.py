"""Lists taken away as files: CSV that Excel opens and no cell of which runs, JSON, and an Atom feed.

Knows no app: a view gives the head and the rows of what it shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed

from config.web.rows import csv_lines

MOST_ROWS = 10_000


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed; `path` is below this site."""

    key: str
    title: str
    path: str
    author: str
    text: str
    changed: datetime


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV file; text that would be a formula gets a quote mark, numbers stay numbers."""
    text = "".join(csv_lines(head, rows))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def as_json(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The same rows as a list of objects."""
    found = [dict(zip(head, row, strict=True)) for row in rows]
    answer = JsonResponse({"results": found}, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


def as_atom(request: HttpRequest, title: str, entries: Iterable[FeedEntry]) -> HttpResponse:
    """A feed whose entries keep their identity over time; a change makes an entry new again."""
    here = request.build_absolute_uri()
    feed = Atom1Feed(title=title, link=here, description=title, feed_url=here)
    for entry in entries:
        link = request.build_absolute_uri(entry.path)
        feed.add_item(
            title=f"{entry.key} {entry.title}",
            link=link,
            description=entry.text,
            author_name=entry.author,
            unique_id=link,
            updateddate=entry.changed,
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer
