"""Rows that a body names: what a narrowed sign-in does not see is as good as missing (ADR 0101).

A serializer is often made without its request, so who signed in is kept for the length of it.
"""

from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started
from rest_framework import serializers

from config.flow.visibility import limit_of

_person: ContextVar[Any] = ContextVar("gateline_narrowed_person", default=None)


def narrow_to(person: Any) -> None:
    """For the rest of this request, bodies name only what this person sees."""
    _person.set(person)


def _widen(**_more: Any) -> None:
    _person.set(None)


request_started.connect(_widen, dispatch_uid="rest.related.started")
request_finished.connect(_widen, dispatch_uid="rest.related.finished")


class _Seen:
    """Keeps a field to the rows that whoever signed in sees."""

    def rows(self) -> Any:
        """All that might be named."""
        return super().get_queryset()  # type: ignore[misc]

    def get_queryset(self) -> Any:
        rows = self.rows()
        person = _person.get()
        if rows is None or limit_of(person) is None:
            return rows
        seen = rows.model._default_manager.visible_to(person)
        return rows.filter(pk__in=seen.order_by().values("pk"))


class SlugOf(_Seen, serializers.SlugRelatedField):
    """A row by its slug, number or address."""


class IdOf(_Seen, serializers.PrimaryKeyRelatedField):
    """A row by its id."""
