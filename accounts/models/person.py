"""A person: signs in by e-mail address, or is known by a handle only (imported, inactive)."""

from pathlib import PurePath
from typing import Any

import pghistory
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.flow.visibility import limit_of
from config.prepared import Prepared
from config.web.zones import known_zone


def _held(person: int) -> Any:
    """What a person is now, each with its line or team."""
    memberships: Any = Person._meta.get_field("memberships").related_model
    now = memberships.objects.filter(person=person, ended_at=None)
    return now.select_related("line", "team__line")


HELD = Prepared(_held, int)


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people."""

    def visible_to(self, person: Any) -> "PersonQuerySet":
        """Everybody signed in sees everybody; a narrowed sign-in those who work in its lines."""
        if not getattr(person, "is_authenticated", False):
            return self.none()
        lines = limit_of(person)
        if lines is None:
            return self
        held = Q(memberships__line__in=lines) | Q(memberships__team__line__in=lines)
        there = Person.objects.filter(held, memberships__ended_at=None).order_by()
        return self.filter(Q(pk__in=there.values("pk")) | Q(pk=person.pk))

    def active(self) -> "PersonQuerySet":
        """People who can sign in; services are none."""
        return self.filter(is_active=True, is_service=False)


class PersonManager(BaseUserManager["Person"]):
    """Creates people; the base class supplies address normalisation."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def visible_to(self, person: Any) -> PersonQuerySet:
        return self.get_queryset().visible_to(person)

    def active(self) -> PersonQuerySet:
        return self.get_queryset().active()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """An administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who acts here. `handle` is the name used in imported documents."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("Like my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        ROOMY = "roomy", _("Roomy")
        USUAL = "", _("Usual")
        DENSE = "dense", _("Dense")

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    handle = models.CharField(max_length=120, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    # A program with tokens of its own; it never signs in with a password and gets no mail.
    is_service = models.BooleanField(_("service"), default=False, editable=False)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    picture = models.FileField(upload_to="people/", max_length=100, blank=True)
    density = models.CharField(
        _("rows of lists"), max_length=5, choices=Density, default=Density.USUAL, blank=True
    )
    letter_keys = models.BooleanField(_("letter shortcuts"), default=True)
    home_line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()

    # How this sign-in was narrowed, where it was (an API token): never stored with the person.
    token_scope = ""
    limited_to: frozenset[int] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_active=False)
                | models.Q(email__isnull=False)
                | models.Q(is_service=True),
                name="person_active_has_email",
            ),
            models.UniqueConstraint(Lower("email"), name="person_email_any_case"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = [w for w in self.name.replace("@", "").split() if w]
        return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    @property
    def never_came(self) -> bool:
        """Whether the person was written down by others and has no way in yet but an invitation or
        the company's sign-in.
        """
        return self.last_login is None and not self.has_usable_password()

    @property
    def picture_url(self) -> str:
        """Where the picture is served, or nothing. Reads only what is loaded: lists load less."""
        name = str(vars(self).get("picture") or "")
        return f"/people/{self.pk}/picture?{PurePath(name).stem[:12]}" if name else ""

    def get_absolute_url(self) -> str:
        return f"/people/{self.pk}"

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    def get_full_name(self) -> str:
        return self.name

    def current_memberships(self) -> list[Any]:
        """Memberships that have not ended, read once per loaded person."""
        if "_memberships" not in self.__dict__:
            found = HELD.rows(self.pk)
            for membership in found:
                membership.person = self
            self.__dict__["_memberships"] = found
        return list(self.__dict__["_memberships"])

    def role_snapshot(self) -> str:
        """The roles held now, in words, as records keep them."""
        words = [str(m) for m in self.current_memberships()]
        return "; ".join([*words, "Administrator"] if self.is_staff else words)[:400]
