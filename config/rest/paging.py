"""Cursor paging: `limit` (50, at most 200) and `cursor`; next and previous in body and Link.

Not offset pages: rows that arrive while somebody reads would be skipped or shown twice.
"""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class CursorPaging(CursorPagination):
    """Orders as the queryset does (FilterSets order by `sort`), with the id as tie-breaker."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = "-id"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        wanted = (
            queryset.query.order_by
            or getattr(view, "ordering", None)
            or (queryset.model._meta.ordering)
        )
        names = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        key = queryset.model._meta.pk.name
        names = tuple(name for name in names if isinstance(name, str)) or (f"-{key}",)
        has_tie = {key, f"-{key}", "pk", "-pk"} & set(names)
        return names if has_tie else (*names, f"-{key}")

    def get_paginated_response(self, data: Any) -> Response:
        ahead, back = self.get_next_link(), self.get_previous_link()
        links = [
            f'<{link}>; rel="{rel}"' for link, rel in ((ahead, "next"), (back, "prev")) if link
        ]
        headers = {"Link": ", ".join(links)} if links else {}
        return Response({"next": ahead, "previous": back, "results": data}, headers=headers)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }
