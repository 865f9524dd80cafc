"""Texts in which initiatives meet, as the database compares and indexes them."""

from typing import Any, ClassVar

from django.db.models import CharField, Func, TextField
from django.db.models.fields.json import KeyTextTransform


class SameWords(Func):
    """A text without regard to case and spaces. An index of it is a hash: texts may be long."""

    template = "regexp_replace(lower(btrim(%(expressions)s)), '\\s+', ' ', 'g')"
    output_field: ClassVar = CharField()


class Services(Func):
    """The affected services a source asked for, one by one, in lower case."""

    template = "regexp_split_to_array(lower(btrim(%(expressions)s)), '\\s*[,;\\n]\\s*')"
    output_field: ClassVar = TextField()

    def __init__(self, column: str, **extra: Any) -> None:
        super().__init__(KeyTextTransform("affected_services", column), **extra)
