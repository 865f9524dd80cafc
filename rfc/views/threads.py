"""What the reading page shows beside the text: threads by filter, the form of a new one."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rfc.forms_talking import KINDS
from rfc.models import RFC, Suggestion
from rfc.permissions import edits, may_record_decision
from rfc.queries.threads import SHOWN, Thread, chosen, counts


def talk(request: HttpRequest, rfc: RFC, threads: list[Thread]) -> dict[str, Any]:
    """Open and resolved threads under the filter of the address (`?threads=mine`)."""
    asked = request.GET.get("threads", "")
    shown = asked if asked in SHOWN else ""
    listed = chosen(threads, shown, request.user) if shown else threads
    number = counts(threads, request.user)
    words = {"open": _("Open"), "resolved": _("Resolved"), "mine": _("Mine"), "all": _("All")}
    open_now = Suggestion.State.OPEN
    offered = [t for t in threads if t.suggestion and t.suggestion.state == open_now]
    return {
        "open": [t for t in listed if t.open],
        "resolved": [t for t in listed if not t.open],
        "fold": not shown,
        "total": len(threads),
        "filters": [
            {
                "words": words[name],
                "count": number[name],
                "href": f"?threads={name}#threads",
                "current": name == (shown or "open"),
            }
            for name in SHOWN
        ],
        "kinds": KINDS,
        "suggestions": len(offered),
        "may_take": edits(request.user, rfc),
        "may_record": may_record_decision(request.user),
    }
