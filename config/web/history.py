"""Who changed a row, and in which request: the context every history row is written with."""

import uuid
from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware as Base

from config.logs import about


class HistoryMiddleware(Base):
    """Adds a reference per request; error pages show the same one."""

    def __call__(self, request: Any) -> Any:
        request.reference = uuid.uuid4().hex[:12]
        with about(request=request.reference):
            response: Any = super().__call__(request)  # type: ignore[no-untyped-call]
        response.headers.setdefault("X-Request-Id", request.reference)
        return response

    def get_context(self, request: Any) -> dict[str, Any]:
        return {**super().get_context(request), "request": request.reference}


def reference_of(request: HttpRequest) -> str:
    """The reference a person can quote."""
    return str(getattr(request, "reference", ""))
