"""Reads of API tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import ApiToken, BusinessLine, TokenSignIn
from accounts.models.token import digest_of, well_formed
from accounts.permissions import is_admin

USES_SHOWN = 20


@dataclass(frozen=True)
class TokenRow:
    """A token with the names of its lines; no names: every line."""

    token: ApiToken
    lines: list[str]


def tokens_for(person: Any, *, everybody: bool = False) -> QuerySet[ApiToken]:
    """One's own tokens; for administrators, those of services and of everybody."""
    rows = ApiToken.objects.select_related("person", "made_by", "revoked_by")
    return rows if everybody and is_admin(person) else rows.of(person)


def token_rows(tokens: Iterable[ApiToken]) -> list[TokenRow]:
    """Tokens as pages and the API show them. Two queries."""
    found = list(tokens)
    wanted = {pk for token in found for pk in token.line_ids or ()}
    names = dict(BusinessLine.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [
        TokenRow(token, [names[pk] for pk in token.line_ids or () if pk in names])
        for token in found
    ]


def sign_ins_of(token: ApiToken) -> list[TokenSignIn]:
    """Days and addresses of its use and refusals, newest first. One query."""
    return list(TokenSignIn.objects.filter(token=token)[:USES_SHOWN])


def token_of(secret: str) -> ApiToken | None:
    """The token of this secret with its person, judged by the database's clock: `live` says whether
    it opens the API now, `unseen` whether its last use was written a while ago. One query at most.
    """
    if not well_formed(secret):
        return None
    found = ApiToken.objects.filter(digest=digest_of(secret)).select_related("person").judged()
    return found.first()
