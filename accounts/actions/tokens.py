"""Making, renaming and revoking API tokens, and signing in with one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import (
    ApiToken,
    BusinessLine,
    Membership,
    Person,
    Scope,
    TokenKind,
    TokenSignIn,
)
from accounts.models.token import SHOWN, UNSEEN, digest_of, new_secret
from accounts.permissions import is_admin
from config.flow.errors import NotAllowed, NotYours
from config.rest.models import KeptAnswer


@transaction.atomic
def make_personal_token(
    *, actor: Person, name: str, scope: str, lines: Iterable[BusinessLine] = (), days: int
) -> tuple[ApiToken, str]:
    """A token that acts as the person who makes it. Answers it and its secret, once."""
    _must_come_in_person(actor)
    if scope == Scope.ADMIN and not is_admin(actor):
        raise NotYours(_("Only administrators make tokens that administer."))
    held = ApiToken.objects.of(actor).live().count()
    if held >= settings.API_TOKENS_MOST:
        raise NotAllowed(_("You hold %d tokens already. Revoke one that is no longer used.") % held)
    kind = TokenKind.PERSONAL
    return _make(actor, actor, kind=kind, name=name, scope=scope, lines=lines, days=days)


@transaction.atomic
def make_service_token(
    *,
    actor: Person,
    name: str,
    scope: str,
    lines: Iterable[BusinessLine] = (),
    days: int,
    role: str = "",
) -> tuple[ApiToken, str]:
    """A token of a program. The program becomes a person of its own who holds `role` in the lines
    (company-wide without any), so that whatever it does is on record under its own name.
    """
    _must_administer(actor)
    lines = list(lines)
    service = Person(name=name, is_service=True, is_staff=scope == Scope.ADMIN)
    service.set_unusable_password()
    service.save()
    if role:
        places: list[BusinessLine | None] = [*lines] or [None]
        Membership.objects.bulk_create(
            [Membership(person=service, role=role, line=line) for line in places]
        )
    kind = TokenKind.SERVICE
    return _make(actor, service, kind=kind, name=name, scope=scope, lines=lines, days=days)


@transaction.atomic
def rename_token(*, actor: Person, token: ApiToken, name: str) -> ApiToken:
    """Give a token another name; a service's own name follows."""
    _must_come_in_person(actor)
    locked = _locked(actor, token)
    locked.name = name
    locked.save(update_fields=["name"])
    if locked.kind == TokenKind.SERVICE:
        service = Person.objects.get(pk=locked.person_id)
        service.name = name
        service.save(update_fields=["name"])
    return locked


@transaction.atomic
def revoke_token(*, actor: Person, token: ApiToken) -> ApiToken:
    """Shut a token at once; kept answers of repeated requests go with it. A service is made
    inactive and its roles end. Revoking a revoked one changes nothing.
    """
    _must_come_in_person(actor)
    locked = _locked(actor, token)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by = timezone.now(), actor
        locked.save(update_fields=["revoked_at", "revoked_by"])
        KeptAnswer.objects.filter(caller=locked.digest).delete()
        if locked.kind == TokenKind.SERVICE:
            _retire(locked.person_id)
    return locked


def sign_in_with(token: ApiToken | None, *, address: str | None) -> ApiToken | None:
    """The token that `token_of` read, if it opens the API; refusals of known ones are kept too."""
    if token is None:
        return None
    outcome = _outcome(token)
    _note(token, address, outcome)
    return token if outcome == "signed_in" else None


def _make(
    actor: Person, person: Person, *, lines: Iterable[BusinessLine], days: int, **facts: Any
) -> tuple[ApiToken, str]:
    chosen = sorted(line.pk for line in lines)
    if chosen and facts["scope"] == Scope.ADMIN:
        raise NotAllowed(
            _("Administration concerns the whole company, so such a token has no line limit.")
        )
    if not 1 <= days <= settings.API_TOKEN_LONGEST_DAYS:
        most = settings.API_TOKEN_LONGEST_DAYS
        raise NotAllowed(_("A token lives between one day and %d days.") % most)
    secret = new_secret(facts["kind"])
    token = ApiToken.objects.create(
        person=person,
        made_by=actor,
        begin=secret[:SHOWN],
        digest=digest_of(secret),
        line_ids=chosen or None,
        expires_at=timezone.now() + timedelta(days=days),
        **facts,
    )
    return token, secret


def _outcome(token: ApiToken) -> str:
    if token.revoked_at:
        return "revoked"
    if not token.person.is_active:
        return "inactive"
    return "signed_in" if token.live else "expired"


def _note(token: ApiToken, address: str | None, outcome: str) -> None:
    if outcome == "signed_in":
        if not token.unseen:
            return
        # Of two requests at the same moment one writes.
        seen = ApiToken.objects.filter(UNSEEN, pk=token.pk)
        if not seen.update(last_used_at=Now(), last_used_from=address):
            return
    today = timezone.now().date()
    first = TokenSignIn(
        token=token, person_id=token.person_id, address=address, day=today, outcome=outcome
    )
    TokenSignIn.objects.bulk_create([first], ignore_conflicts=True)


def _locked(actor: Person, token: ApiToken) -> ApiToken:
    locked = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
    own = locked.kind == TokenKind.PERSONAL and locked.person_id == actor.pk
    if not own:
        _must_administer(actor)
    return locked


def _must_administer(actor: Person) -> None:
    _must_come_in_person(actor)
    if not is_admin(actor):
        raise NotYours(_("Tokens of services and of other people are an administrator’s."))


def _must_come_in_person(actor: Person) -> None:
    # A stolen token must not be able to make itself a successor, or to shut out its owner.
    if actor.token_scope not in {"", Scope.ADMIN}:
        raise NotYours(
            _("Tokens are managed on the page Settings, or with a token that administers.")
        )


def _retire(person_id: int) -> None:
    service = Person.objects.get(pk=person_id)
    for held in Membership.objects.filter(person=service, ended_at=None):
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
    service.is_active = False
    service.save(update_fields=["is_active"])
