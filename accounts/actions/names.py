"""Names of people, as they may stand in lists, mails and records."""

from django.utils.translation import gettext as _

from config.flow.errors import NotAllowed
from config.web.words import one_line


def a_name(text: str) -> str:
    """The name on one line, without signs that hide or turn; refuses one of which nothing is left."""
    name = one_line(text)
    if not name:
        raise NotAllowed(_("Write a name with letters that can be seen."))
    return name
