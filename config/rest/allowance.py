"""How much may be asked of the API: so many requests a minute by token, person or address.

Counted in PostgreSQL (ADR 0100), so every process sees one count. Every answer below `/api/v1/`
says what is left: `RateLimit` and `RateLimit-Policy` (IETF draft "RateLimit header fields for
HTTP", 11) and the older X-RateLimit trio, whose reset is a Unix time. Too much is 429 with
`Retry-After`. A request counts before it is worked on, whatever becomes of it. Pages that cost much
(`HEAVY_ROUTES`) are counted too, by the person.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from config.flow.errors import Refusal
from config.rest.models import Allowance
from config.rest.problems import early_problem
from config.rest.slashes import API
from config.rest.tokens import token_of
from config.web.refusals import refused

WINDOW = 60
# One statement, so that requests at the same moment cannot both read the count before either wrote.
COUNT = """
INSERT INTO rest_allowance AS had (caller, since, asked)
VALUES (%(caller)s, statement_timestamp(), 1)
ON CONFLICT (caller) DO UPDATE SET
  asked = CASE WHEN had.since <= statement_timestamp() - make_interval(secs => %(window)s)
    THEN 1 ELSE LEAST(had.asked + 1, 1000000000) END,
  since = CASE WHEN had.since <= statement_timestamp() - make_interval(secs => %(window)s)
    THEN statement_timestamp() ELSE had.since END
RETURNING asked,
  ceil(extract(epoch FROM had.since + make_interval(secs => %(window)s) - statement_timestamp()))
"""


@dataclass(frozen=True)
class Counted:
    """Where a caller stands after this request. `reset` is seconds until the window ends."""

    policy: str
    most: int
    asked: int
    reset: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.asked)

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.most};w={WINDOW}',
            "RateLimit": f'"{self.policy}";r={self.left};t={self.reset}',
            "X-RateLimit-Limit": str(self.most),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": str(int(time.time()) + self.reset),
        }


class AllowanceMiddleware:
    """Counts each request of the API outside any transaction of its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return self.get_response(request)
        counted = count(*caller_of(request))
        over = counted.asked > counted.most
        answer = _too_many(request, counted) if over else self.get_response(request)
        for name, value in counted.headers().items():
            answer.headers[name] = value
        return answer

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Pages that cost much are counted by the person who asks."""
        match = request.resolver_match
        policy = settings.HEAVY_ROUTES.get(match.url_name or "") if match else None
        person: Any = getattr(request, "user", None)
        if policy is None or not getattr(person, "pk", None):
            return None
        counted = count(policy, f"{policy}:{person.pk}")
        if counted.asked <= counted.most:
            return None
        answer = refused(request, TooMuch(_told(counted)))
        answer.headers["Retry-After"] = str(counted.reset)
        return answer


class TooMuch(Refusal):
    """Asked too often; says when to ask again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many"
    title = "Too many requests"


def caller_of(request: HttpRequest) -> tuple[str, str]:
    """The policy and the name counted under. A token that opens nothing counts for its address."""
    if sent := request.headers.get("Authorization", "").split():
        token = token_of(request, sent[-1])
        if token is not None and token.live:
            return "token", f"token:{token.pk}"
    else:
        person: Any = getattr(request, "user", None)
        if getattr(person, "pk", None):
            return "person", f"person:{person.pk}"
    return "anonymous", _place(request.META.get("REMOTE_ADDR", ""))


def count(policy: str, caller: str) -> Counted:
    """Count one request of this caller."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"caller": caller, "window": WINDOW})
        asked, reset = cursor.fetchone()
    return Counted(policy, settings.API_RATES[policy], asked, max(1, int(reset)))


def forget_counts() -> int:
    """Delete the counts of windows that ended; says how many."""
    ended = Now() - timedelta(seconds=WINDOW)
    return Allowance.objects.filter(since__lt=ended).delete()[0]


def _place(address: str) -> str:
    # One household holds a whole /64 of IPv6; the table holds no addresses.
    try:
        known = ip_address(address)
    except ValueError:
        return salted_hmac("gateline.allowance", "nowhere").hexdigest()[:64]
    place = str(ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
    return salted_hmac("gateline.allowance", place).hexdigest()[:64]


def _told(counted: Counted) -> str:
    return _("More than %(most)d requests in a minute. Ask again in %(wait)d seconds.") % {
        "most": counted.most,
        "wait": counted.reset,
    }


def _too_many(request: HttpRequest, counted: Counted) -> HttpResponse:
    code = HTTPStatus.TOO_MANY_REQUESTS
    answer = early_problem(request, code, "too-many", _("Too many requests"), _told(counted))
    answer.headers["Retry-After"] = str(counted.reset)
    return answer
