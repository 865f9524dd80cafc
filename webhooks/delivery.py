"""Sending one delivery: sign or put into a chat's words, send, judge the answer, and say when to
try again.

Only the status of an answer counts. Its body is never read, kept or shown: an address may lead to
something the keeper must not see, and no answer is too big that is not read.
"""

import random
import time
from dataclasses import dataclass
from datetime import timedelta

import httpcore
import httpx
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.telling import News, tell
from accounts.models import Reason, Tab
from config import outbound
from config.due.errors import TryLater
from config.due.faults import fault
from config.seal import SealBroken, seal, unseal
from config.sealed import sealed_at
from webhooks.chat import formed
from webhooks.models import Attempt, Delivery, Endpoint, Outcome
from webhooks.signing import headers

# Gaps between attempts, in seconds, each times 0.9 to 1.1: 75 hours in all.
GAPS = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
FAILS_FOR = timedelta(days=3)
# While an endpoint fails, others of its deliveries wait too: a tenth of the time it has failed.
LEAST_REST, LONGEST_REST = 5.0, 300.0
GONE = 410
SLOW_DOWN = (429, 503)
LONGEST_WISH = 3600
AGENT = "Gateline-Webhooks/1"


@dataclass(frozen=True)
class Answer:
    """What came back. `said` is a sentence; `wish` seconds the other side asked to be left alone."""

    milliseconds: int
    status: int | None = None
    said: str = ""
    wish: float = 0

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def bound(endpoint: Endpoint) -> str:
    """The row a secret belongs to."""
    return f"webhooks.Endpoint:{endpoint.public_id}"


def sealed_secret(endpoint: Endpoint, secret: str) -> str:
    """The secret as it rests in the endpoint's row."""
    return seal(secret, bound_to=bound(endpoint))


def secrets_now(endpoint: Endpoint) -> list[str]:
    """The secrets that are valid now, the newest first. Raises SealBroken."""
    kept = [endpoint.secret_sealed]
    if endpoint.old_secret_until and endpoint.old_secret_until > timezone.now():
        kept.append(endpoint.old_secret_sealed)
    return [unseal(sealed, bound_to=bound(endpoint)) for sealed in kept]


for _column in ("secret_sealed", "old_secret_sealed"):
    sealed_at("webhooks.Endpoint", _column, bound)


def deliver(delivery: Delivery) -> None:
    """One attempt. Ends the delivery, or raises TryLater with the next gap."""
    endpoint = delivery.endpoint
    if not endpoint.is_on or not still_kept(endpoint):
        delivery.renew(outcome=Outcome.STOPPED)
        return
    _wait_while_resting(endpoint)
    answer = _send(delivery, endpoint)
    fault("webhooks.sent")
    with transaction.atomic():
        delivery.renew(tries=delivery.tries + 1)
        _note(delivery, endpoint, answer)
    if delivery.outcome == Outcome.WAITING:
        raise TryLater(_pause(delivery.tries, answer), answer.said)


def still_kept(endpoint: Endpoint) -> bool:
    """Whether its keeper may still keep it; one without such a keeper is switched off."""
    if endpoint.kept_by(endpoint.keeper):
        return True
    said = _("%(who)s does not keep webhooks here any more.")
    if endpoint.is_room:
        said = _("%(who)s does not keep chat rooms here any more.")
    switch_off(endpoint, said % {"who": endpoint.keeper})
    return False


def switch_off(endpoint: Endpoint, why: str) -> bool:
    """Stop an endpoint that nobody switched off, and tell its keeper, by inbox and mail. False: it was off."""
    with transaction.atomic():
        running = Endpoint.objects.select_for_update(no_key=True).filter(pk=endpoint.pk, is_on=True)
        row = running.first()
        if row is None:
            return False
        row.is_on, row.off_at, row.off_because = False, timezone.now(), why[:300]
        row.save(update_fields=["is_on", "off_at", "off_because"])
        news = News(
            subject=None,
            act="webhook_off",
            words=(
                _("The chat room “%(name)s” was switched off")
                if row.is_room
                else _("The webhook “%(name)s” was switched off")
            )
            % {"name": row.name},
            text=_(
                "%(why)s\n\nNothing is sent to it until somebody switches it on again. What was "
                "not delivered can be sent again from its page."
            )
            % {"why": why},
            path=row.get_absolute_url(),
            key=f"webhook-off:{row.pk}:{row.off_at:%Y%m%d%H%M%S}",
        )
        tell({row.keeper: Reason.OWNER}, news, tab=Tab.DECIDE, actor=None)
    endpoint.refresh_from_db()
    return True


def _wait_while_resting(endpoint: Endpoint) -> None:
    until = endpoint.resting_until
    left = (until - timezone.now()).total_seconds() if until else 0
    if left > 0:
        raise TryLater(left * random.uniform(1.0, 1.2), _("It waits while the receiver fails."))  # noqa: S311 - jitter


def _send(delivery: Delivery, endpoint: Endpoint) -> Answer:
    started = time.monotonic()
    status, said, wish = _posted(delivery, endpoint)
    return Answer(int((time.monotonic() - started) * 1000), status, str(said)[:300], wish)


def _posted(delivery: Delivery, endpoint: Endpoint) -> tuple[int | None, str, float]:
    """Status, a sentence where it was not taken, and the pause the other side asked for."""
    try:
        secrets = secrets_now(endpoint)
        delivery.renew()
        url, body, told = _packed(delivery, endpoint, secrets)
        with (
            outbound.deadline(settings.WEBHOOK_SECONDS),
            outbound.client() as client,
            client.stream("POST", url, content=body, headers=told) as answer,
        ):
            return answer.status_code, _judged(answer.status_code), _wish(answer)
    except SealBroken:
        address = _("The address cannot be opened; give it anew.")
        secret = _("The secret cannot be opened; make a new one.")
        return None, address if endpoint.is_room else secret, 0
    except outbound.NotAllowedOut as refused:
        return None, str(refused), 0
    except (httpx.TimeoutException, httpcore.TimeoutException):
        said = _("No answer within %(seconds)d seconds.")
        return None, said % {"seconds": settings.WEBHOOK_SECONDS}, 0
    except (httpx.ConnectError, httpcore.ConnectError):
        return None, _("No connection: the name, the address or the certificate failed."), 0
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError):
        return None, _("The connection ended before there was an answer."), 0


def _packed(
    delivery: Delivery, endpoint: Endpoint, secrets: list[str]
) -> tuple[str, bytes, dict[str, str]]:
    """Address, body and headers. A room's address is its secret, and nothing is signed there."""
    told = {"content-type": "application/json", "user-agent": AGENT}
    if endpoint.is_room:
        return secrets[0], formed(endpoint.form, delivery.body), told
    body, now = delivery.body.encode(), int(timezone.now().timestamp())
    signed = headers(secrets, str(delivery.message_id), now, body)
    return endpoint.url, body, {**told, **signed}


def _judged(status: int) -> str:
    if status == GONE:
        return _("It is gone for good, says the receiver.")
    if 300 <= status < 400:
        return _("It answered with a redirect, and redirects are not followed.")
    return "" if status < 300 else _("It was not taken.")


def _wish(answer: httpx.Response) -> float:
    """The seconds of `Retry-After`, where it makes sense and is a number."""
    told = answer.headers.get("retry-after", "")
    asked = answer.status_code in SLOW_DOWN and told.isascii() and told.isdecimal()
    return min(float(told), LONGEST_WISH) if asked else 0


def _note(delivery: Delivery, endpoint: Endpoint, answer: Answer) -> None:
    """Keep the attempt, and what it says about the endpoint."""
    Attempt.objects.create(
        delivery=delivery,
        url=endpoint.url,
        milliseconds=answer.milliseconds,
        status=answer.status,
        said=answer.said,
    )
    rows = Endpoint.objects.filter(pk=endpoint.pk)
    if answer.taken:
        delivery.renew(outcome=Outcome.DELIVERED)
        rows.update(failing_since=None, resting_until=None, last_ok_at=timezone.now())
        return
    now = timezone.now()
    since = endpoint.failing_since or now
    rest = min(LONGEST_REST, max(LEAST_REST, (now - since).total_seconds() / 10))
    rows.update(
        failing_since=Coalesce("failing_since", now), resting_until=now + timedelta(seconds=rest)
    )
    if answer.status == GONE:
        delivery.renew(outcome=Outcome.GAVE_UP)
        switch_off(endpoint, answer.said)
    elif now - since >= FAILS_FOR:
        delivery.renew(outcome=Outcome.GAVE_UP)
        switch_off(
            endpoint, _("Nothing arrived for three days. Last: %(said)s") % {"said": answer.said}
        )
    elif delivery.tries > len(GAPS):
        delivery.renew(outcome=Outcome.GAVE_UP)


def _pause(tries: int, answer: Answer) -> float:
    gap = GAPS[min(tries, len(GAPS)) - 1] * random.uniform(0.9, 1.1)  # noqa: S311 - jitter
    return max(gap, answer.wish)
