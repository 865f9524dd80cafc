"""JSON bodies: read strictly, and refused in a sentence where they could mean two things or none.

RFC 8259 leaves open what a name given twice means, how deep a body may be nested and whether half
a character is text. Here the first two are refused, and so are a NUL and halves of characters,
which PostgreSQL cannot keep.
"""

import json
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

DEEPEST = 50


class TooLarge(APIException):
    """The body has more bytes than are read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"

    def __init__(self) -> None:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        super().__init__(_("The body is larger than %(most)d MB.") % {"most": most})


class StrictJSONParser(JSONParser):
    """The one reader of JSON bodies."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> Any:
        """Raises TooLarge or ParseError."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        sent = stream.read(most + 1)
        if len(sent) > most:
            raise TooLarge
        try:
            found = json.loads(
                sent.decode(), object_pairs_hook=_once, parse_constant=strict_constant
            )
        except RecursionError as error:
            raise ParseError(_too_deep()) from error
        except ValueError as error:
            raise ParseError(_("This is no JSON: %(why)s") % {"why": error}) from error
        _judge(found, 0)
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs. Raises ParseError for a name given twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ParseError(_("A name stands twice in one object of the body."))
    return found


def _judge(found: Any, depth: int) -> None:
    """Raises ParseError for what is nested too deeply or cannot be kept as text."""
    if depth > DEEPEST:
        raise ParseError(_too_deep())
    if isinstance(found, str):
        if not _keeps(found):
            raise ParseError(_("A text of the body holds a NUL or half a character."))
    elif isinstance(found, dict):
        for name, value in found.items():
            _judge(name, depth)
            _judge(value, depth + 1)
    elif isinstance(found, list):
        for value in found:
            _judge(value, depth + 1)


def _keeps(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _too_deep() -> str:
    return _("The body is nested more than %(most)d deep.") % {"most": DEEPEST}
