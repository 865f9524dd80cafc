"""`Idempotency-Key` on every POST of the API: a request sent twice takes effect once.

The first answer is stored in the transaction of its effect, so neither exists without the other.
The same key with the same request gets that answer again (`Idempotency-Replayed: true`); with
another request 422; while the first is still running 409. Keys live `IDEMPOTENCY_HOURS`.
Refusals that may turn out otherwise on a second try (401, 403, 404, 409, 412, 428, 429) and
faults of ours are not stored. Source: the IETF draft "The Idempotency-Key HTTP Header Field".
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.rest.models import KeptAnswer
from config.rest.problems import early_problem
from config.rest.slashes import API
from config.rest.tokens import token_of
from config.seal import seal, unseal
from config.sealed import sealed_at

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Link", "Cache-Control")
# An answer nobody may store holds a secret: it rests sealed, bound to its caller and key.
SECRET = {"headers__Cache-Control": "no-store"}
REFUSED = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
# One statement takes the key and reads what it was answered. The row is written first (status 0:
# not answered yet), since a conflict sees what was committed a moment ago and a plain read may not.
TAKE = """
WITH held AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(%(number)s) AS mine)
INSERT INTO rest_keptanswer AS kept (caller, key, fingerprint, status, headers, body, at)
SELECT %(caller)s, %(key)s, %(fingerprint)s, 0, '{}', '', statement_timestamp() FROM held WHERE mine
ON CONFLICT (caller, key) DO UPDATE SET
  fingerprint = CASE WHEN kept.at > EXCLUDED.at - make_interval(hours => %(hours)s)
    THEN kept.fingerprint ELSE EXCLUDED.fingerprint END,
  status = CASE WHEN kept.at > EXCLUDED.at - make_interval(hours => %(hours)s)
    THEN kept.status ELSE 0 END,
  at = CASE WHEN kept.at > EXCLUDED.at - make_interval(hours => %(hours)s)
    THEN kept.at ELSE EXCLUDED.at END
RETURNING id, status <> 0
"""


@dataclass(frozen=True)
class Taken:
    """The row of a key this transaction holds, and whether it was answered before."""

    pk: int
    answered: bool


class IdempotencyMiddleware:
    """Wraps POSTs of the API that carry a key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER, "").strip()
        if request.method != "POST" or not key or not request.path_info.startswith(API):
            return self.get_response(request)
        if len(key) > LONGEST or not key.isprintable():
            return _bad_key(request)
        caller = caller_of(request)
        return self._once(request, caller, key) if caller else self.get_response(request)

    def _once(self, request: HttpRequest, caller: str, key: str) -> HttpResponse:
        fingerprint = fingerprint_of(request)
        with transaction.atomic():
            taken = _take(caller, key, fingerprint)
            if taken is None:
                return _in_flight(request)
            if taken.answered and not _opens(request):
                return self.get_response(request)
            if taken.answered:
                known = KeptAnswer.objects.get(pk=taken.pk)
                same = known.fingerprint == fingerprint
                return _again(known) if same else _other_request(request)
            answer = self.get_response(request)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
            elif answer.status_code < HTTPStatus.BAD_REQUEST or answer.status_code in REFUSED:
                _keep(taken, caller, key, answer)
            else:
                KeptAnswer.objects.filter(pk=taken.pk).delete()
            return answer


def caller_of(request: HttpRequest) -> str:
    """Who asks, as a hash: the token sent, or else the person signed in; "" for nobody. What a
    proxy asks of everybody by the same header is no token.
    """
    if sent := _token(request):
        return _hash(sent)
    person: Any = getattr(request, "user", None)
    return _hash(f"person {person.pk}") if getattr(person, "pk", None) else ""


def _token(request: HttpRequest) -> str:
    parts = request.headers.get("Authorization", "").split()
    return parts[1] if len(parts) == 2 and parts[0].lower() in {"bearer", "token"} else ""


def _opens(request: HttpRequest) -> bool:
    """Whether the token sent still opens anything: one that ended gets no kept answer either."""
    sent = _token(request)
    if not sent:
        return True
    token = token_of(request, sent)
    return token is not None and token.live


def fingerprint_of(request: HttpRequest) -> str:
    """Method, address and body. Of an upload the length stands for the body."""
    kind = request.content_type or ""
    length = request.headers.get("Content-Length", "")
    body = length.encode() if kind.startswith("multipart/") else request.body
    return _hash(f"{request.method} {request.get_full_path()} {kind}\n", body)


def forget_old() -> int:
    """Delete answers older than their keys live; says how many."""
    return KeptAnswer.objects.filter(at__lte=_oldest()).delete()[0]


def _oldest() -> Any:
    return Now() - timedelta(hours=settings.IDEMPOTENCY_HOURS)


def _take(caller: str, key: str, fingerprint: str) -> Taken | None:
    """Take the key for this transaction; None while another request holds it."""
    number = int.from_bytes(hashlib.sha256(f"{caller} {key}".encode()).digest()[:8], signed=True)
    told: dict[str, Any] = {
        "number": number,
        "caller": caller,
        "key": key,
        "fingerprint": fingerprint,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {**told, "hours": settings.IDEMPOTENCY_HOURS})
        found = cursor.fetchone()
    return Taken(*found) if found else None


def _keep(taken: Taken, caller: str, key: str, answer: HttpResponse) -> None:
    # DRF answers are rendered by now: the handler does it before middleware sees them. A token
    # that shut itself took its keys along; then there is no row to write to.
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    KeptAnswer.objects.filter(pk=taken.pk).update(
        status=answer.status_code, headers=headers, body=_rested(answer, caller, key)
    )


def _rested(answer: HttpResponse, caller: str, key: str) -> bytes:
    """The body as the database keeps it."""
    if answer.headers.get("Cache-Control") != "no-store":
        return bytes(answer.content)
    return seal(answer.content.decode(), bound_to=_bound(caller, key)).encode()


def _bound(caller: str, key: str) -> str:
    return f"rest.KeptAnswer:{caller}:{key}"


sealed_at("rest.KeptAnswer", "body", lambda kept: _bound(kept.caller, kept.key), only=SECRET)


def _again(known: KeptAnswer) -> HttpResponse:
    headers = {**known.headers, "Idempotency-Replayed": "true"}
    body = bytes(known.body)
    if known.headers.get("Cache-Control") == "no-store":
        body = unseal(body.decode(), bound_to=_bound(known.caller, known.key)).encode()
    return HttpResponse(body, status=known.status, headers=headers)


def _bad_key(request: HttpRequest) -> HttpResponse:
    detail = _("An Idempotency-Key has at most %d printable characters.") % LONGEST
    return _problem(request, HTTPStatus.BAD_REQUEST, "bad-input", detail)


def _in_flight(request: HttpRequest) -> HttpResponse:
    detail = _("The first request with this key is still being worked on; ask again shortly.")
    return _problem(request, HTTPStatus.CONFLICT, "key-in-use", detail)


def _other_request(request: HttpRequest) -> HttpResponse:
    detail = _("This key was used for another request; take a new key for a new request.")
    return _problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "key-reused", detail)


def _problem(request: HttpRequest, status: HTTPStatus, slug: str, detail: str) -> HttpResponse:
    title = _("This key cannot be used for this request")
    return early_problem(request, status, slug, title, detail)


def _hash(text: str, more: bytes = b"") -> str:
    return hashlib.sha256(text.encode() + more).hexdigest()
