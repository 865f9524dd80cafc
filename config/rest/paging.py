"""Cursor paging: `limit` (50, at most 200) and `cursor`; next and previous in body and Link.

Not offset pages: rows that arrive while somebody reads would be skipped or shown twice.
"""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class CursorPaging(CursorPagination):
    """Orders as the queryset does (FilterSets order by `sort`), with the id as tie-breaker."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = "-id"

    def get_page_size(self, request: Any) -> int:
        """What `limit` asks for. Raises ValidationError for anything but 1 to 200."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        # No more than three digits of our own are read as a number.
        if not re.fullmatch("[0-9]{1,3}", asked) or not 1 <= int(asked) <= self.max_page_size:
            told = _("A page has 1 to %(most)d rows.") % {"most": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [told]})
        return int(asked)

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

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for each in parameters:
            if each["name"] == self.page_size_query_param:
                each["schema"] |= {"minimum": 1, "maximum": self.max_page_size}
        return parameters
