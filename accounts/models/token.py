"""API tokens: a secret that acts as a person, narrowed by scope, lines and time.

The secret itself is nowhere in the database: only its SHA-256. It is shown once, when it is made.
"""

import secrets
import zlib
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# 43 characters of 62 hold 256 bits; the six behind them let a scanner tell a token from noise.
BODY, CHECK = 43, 6
SHOWN = 10


class Scope(models.TextChoices):
    """How far a token reaches; each includes those before it."""

    READ = "read", _("Read")
    COMMENT = "comment", _("Read and comment")
    WRITE = "write", _("Read, comment and change")
    ADMIN = "admin", _("Everything, administration too")


class TokenKind(models.TextChoices):
    """For whom a token acts; the beginning of its secret says so."""

    PERSONAL = "personal", _("Personal")
    SERVICE = "service", _("Service")


PREFIXES = {TokenKind.PERSONAL: "gtlp_", TokenKind.SERVICE: "gtls_"}


def new_secret(kind: str) -> str:
    """A secret of 256 bits with its prefix and checksum."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY))
    return f"{PREFIXES[TokenKind(kind)]}{body}{_checksum(body)}"


def well_formed(secret: str) -> bool:
    """Whether this could be one of ours: prefix, length and checksum."""
    prefix, rest = secret[:5], secret[5:]
    right = prefix in PREFIXES.values() and len(rest) == BODY + CHECK
    return right and rest[BODY:] == _checksum(rest[:BODY])


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 bits, so a plain hash cannot be guessed back."""
    return sha256(secret.encode()).hexdigest()


def _checksum(body: str) -> str:
    left, text = zlib.crc32(body.encode()), ""
    for _place in range(CHECK):
        left, digit = divmod(left, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text


# By the database's clock, which every process shares.
LIVE = Q(revoked_at=None, expires_at__gt=Now(), person__is_active=True)
# Last use is written at most this often; a busy token must not write at every request.
SEEN_EVERY = timedelta(minutes=1)
UNSEEN = Q(last_used_at=None) | Q(last_used_at__lt=Now() - SEEN_EVERY)


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def of(self, person: Any) -> "TokenQuerySet":
        """One's own personal tokens."""
        return self.filter(person_id=person.pk, kind=TokenKind.PERSONAL)

    def live(self) -> "TokenQuerySet":
        """Tokens that open the API now, by the database's clock."""
        return self.filter(LIVE)

    def judged(self) -> "TokenQuerySet":
        """Each with `live` and `unseen`: whether it opens the API, and whether its use is to be
        written down again.
        """
        live = ExpressionWrapper(LIVE, output_field=models.BooleanField())
        unseen = ExpressionWrapper(UNSEEN, output_field=models.BooleanField())
        return self.annotate(live=live, unseen=unseen)


@pghistory.track(exclude=["digest", "last_used_at", "last_used_from"])
class ApiToken(models.Model):
    """One token. `begin` is the start of the secret, so that its owner recognises it."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=TokenKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begin = models.CharField(max_length=SHOWN, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=7, choices=Scope)
    # Ids of the lines it is narrowed to; empty is none at all, null is every line.
    line_ids = ArrayField(models.BigIntegerField(), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_from = models.GenericIPAddressField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Set by `judged` alone.
    live: bool
    unseen: bool
    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="token_known_scope"),
            models.CheckConstraint(condition=Q(kind__in=TokenKind.values), name="token_known_kind"),
            models.CheckConstraint(
                condition=Q(line_ids=None) | ~Q(scope="admin"), name="token_admin_is_not_limited"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """One of live, expired and revoked."""
        if self.revoked_at:
            return "revoked"
        return "live" if self.expires_at > timezone.now() and self.person.is_active else "expired"


class TokenSignIn(models.Model):
    """The first use of a token from an address on a day: what the audit trail keeps of signing in.

    `outcome` also names refusals (expired, revoked), so that a token somebody found is noticed.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="sign_ins")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True)
    day = models.DateField()
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["token", "address", "day", "outcome"],
                nulls_distinct=False,
                name="token_sign_in_once_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.token}: {self.outcome} {self.day}"
