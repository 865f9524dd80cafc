"""Where browsers tell of violations of the content policy: counted, and named in the log."""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from config.web.metrics import POLICY_REPORTS
from config.whole import whole

log = logging.getLogger("gateline.policy")

MOST_BYTES = 16 * 1024
MOST_REPORTS = 20
# What a browser may name; anything else is counted as one, so that labels stay few.
DIRECTIVES = frozenset(
    {
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src",
        "style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src", "object-src",
        "base-uri", "form-action", "frame-ancestors", "frame-src", "worker-src", "media-src",
    }
)  # fmt: skip


# A browser sends these without cookie or token; nothing but a counter and a log line changes.
@csrf_exempt
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Take `application/csp-report` or `application/reports+json`; 400 to what is neither."""
    length = whole(request.headers.get("content-length") or "0")
    if length is None or length > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        told = _reports(json.loads(request.body))
    except ValueError:
        return HttpResponse(status=400)
    for report in told[:MOST_REPORTS]:
        _note(report)
    return HttpResponse(status=204)


def _reports(body: Any) -> list[dict[str, Any]]:
    """The reports of either format, as plain dictionaries. Raises ValueError."""
    rows = body if isinstance(body, list) else [body]
    told = [row.get("csp-report", row.get("body")) for row in rows if isinstance(row, dict)]
    found = [report for report in told if isinstance(report, dict)]
    if not found:
        message = "No report of a content policy."
        raise ValueError(message)
    return found


def _note(report: dict[str, Any]) -> None:
    named = report.get("effective-directive") or report.get("effectiveDirective")
    named = named or str(report.get("violated-directive", "")).split(" ")[0]
    directive = named if named in DIRECTIVES else "other"
    POLICY_REPORTS.labels(directive).inc()
    blocked = _place(report.get("blocked-uri") or report.get("blockedURL"))
    page = _place(report.get("document-uri") or report.get("documentURL"))
    log.warning(
        "content policy violated", extra={"directive": directive, "blocked": blocked, "page": page}
    )


def _place(address: Any) -> str:
    """Host and path, without query and fragment, which may name people; at most 200 characters."""
    try:
        parts = urlsplit(str(address or ""))
    except ValueError:
        return "unreadable"
    shown = f"{parts.scheme}:" if not parts.netloc and parts.scheme else parts.netloc
    return f"{shown}{parts.path if parts.netloc or not parts.scheme else ''}"[:200]
