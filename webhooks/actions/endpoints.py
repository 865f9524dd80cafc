"""Endpoints are registered, changed, switched off and on, given a new secret, and removed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Person
from config import outbound
from config.flow.errors import NotAllowed, NotYours, WrongState
from config.flow.versions import write
from config.seal import SealBroken
from webhooks.delivery import sealed_secret, secrets_now
from webhooks.events import all_kinds
from webhooks.models import Endpoint
from webhooks.permissions import may_keep
from webhooks.signing import new_secret

ROOMS_OF = gettext_lazy(
    "Chat rooms of %(place)s belong to the leader and the TPM of its line, to the product manager of "
    "the team, and to administrators."
)


def must_keep(actor: Person, line: BusinessLine | None) -> None:
    """Raise NotYours for who may not keep webhooks there."""
    if may_keep(actor, line):
        return
    if line is None:
        raise NotYours(_("A webhook for the whole company is an administrator’s; choose a line."))
    raise NotYours(
        _("Webhooks of %(line)s belong to its leader, its TPM and to administrators.")
        % {"line": line}
    )


def must_keep_it(actor: Person, endpoint: Endpoint) -> None:
    """The same for a webhook or chat room that is there."""
    if endpoint.kept_by(actor):
        return
    if endpoint.is_room:
        raise NotYours(ROOMS_OF % {"place": endpoint.place})
    must_keep(actor, endpoint.line)


@transaction.atomic
def register_endpoint(
    *, actor: Person, name: str, url: str, kinds: Iterable[str], line: BusinessLine | None = None
) -> tuple[Endpoint, str]:
    """A new endpoint that is on, and its secret, which nobody is shown again."""
    must_keep(actor, line)
    facts = _checked(name=name, url=url, kinds=kinds)
    endpoint = Endpoint(line=line, keeper=actor, **facts)
    secret = new_secret()
    endpoint.secret_sealed = sealed_secret(endpoint, secret)
    endpoint.save()
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    *, actor: Person, endpoint: Endpoint, seen_version: int | None = None, **changes: Any
) -> Endpoint:
    """Another name, address or choice of events. Its line stays: make another webhook for it."""
    must_keep_it(actor, endpoint)
    if changes.get("url", "").strip() == endpoint.url:
        # It was judged when it was given, and is judged again whenever something is sent.
        del changes["url"]
    return write(endpoint, seen_version=seen_version, **_checked(**changes))


@transaction.atomic
def switch_endpoint(*, actor: Person, endpoint: Endpoint, on: bool) -> Endpoint:
    """Off: nothing is sent. On: whoever switches it on vouches for it from now on."""
    must_keep_it(actor, endpoint)
    row = _locked(endpoint)
    if row.is_on == on:
        raise WrongState(_("It is on already.") if on else _("It is off already."))
    row.is_on = on
    if on:
        row.off_at, row.off_because, row.keeper = None, "", actor
        row.failing_since = row.resting_until = None
    else:
        row.off_at = timezone.now()
        row.off_because = _("%(who)s switched it off.") % {"who": actor}
    row.save()
    return row


@transaction.atomic
def new_endpoint_secret(*, actor: Person, endpoint: Endpoint) -> tuple[Endpoint, str]:
    """A new secret. The one before stays valid for a day: both sign until then."""
    must_keep_it(actor, endpoint)
    if endpoint.is_room:
        raise NotAllowed(_("The secret of a chat room is its address; change the address."))
    row = _locked(endpoint)
    secret = new_secret()
    try:
        row.old_secret_sealed = sealed_secret(row, secrets_now(row)[0])
        row.old_secret_until = timezone.now() + timedelta(hours=settings.WEBHOOK_OLD_SECRET_HOURS)
    except SealBroken:
        # A secret that does not open signs nothing, so there is none to go on with.
        row.old_secret_sealed, row.old_secret_until = "", None
    row.secret_sealed = sealed_secret(row, secret)
    row.save()
    return row, secret


@transaction.atomic
def remove_endpoint(*, actor: Person, endpoint: Endpoint) -> None:
    """Remove it with its log. That it was there stays in the audit trail."""
    must_keep_it(actor, endpoint)
    endpoint.delete()


def _locked(endpoint: Endpoint) -> Endpoint:
    rows = Endpoint.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("line", "team__line", "keeper").get(pk=endpoint.pk)


def _checked(**facts: Any) -> dict[str, Any]:
    if "name" in facts:
        facts["name"] = named(facts["name"])
    if "url" in facts:
        facts["url"] = called(facts["url"])
    if "kinds" in facts:
        facts["kinds"] = sorted(set(facts["kinds"]))
        _must_be_known(facts["kinds"])
    return facts


def named(name: str) -> str:
    """A name that is not empty."""
    if not name.strip():
        raise NotAllowed(_("Give it a name."))
    return name.strip()


def called(url: str) -> str:
    """An address this deployment may call."""
    try:
        outbound.entry_for(url.strip(), outbound.deployment_allowed())
    except outbound.NotAllowedOut as refused:
        raise NotAllowed(str(refused)) from None
    return url.strip()


def _must_be_known(kinds: list[str]) -> None:
    if not kinds:
        raise NotAllowed(_("Choose at least one event."))
    strange = set(kinds) - {kind.name for kind in all_kinds()}
    if strange:
        raise NotAllowed(_("There is no event “%(name)s”.") % {"name": min(strange)})
