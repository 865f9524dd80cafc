"""How far a token reaches: one rule for every address of the API.

A method that only reads needs `read`. Any other needs `write`, unless the address' name stands in
`settings.API_COMMENT_ROUTES` (`comment`) or `settings.API_ADMIN_ROUTES` (`admin`, reading too).
The rule is asked while somebody signs in with a token, before any view runs.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS

ORDER = ("read", "comment", "write", "admin")


def needed(name: str, method: str) -> str:
    """The scope an address of this name asks for a method."""
    if name in settings.API_ADMIN_ROUTES:
        return "admin"
    if method in SAFE_METHODS:
        return "read"
    return "comment" if name in settings.API_COMMENT_ROUTES else "write"


def reaches(scope: str, wanted: str) -> bool:
    """Whether a scope includes another."""
    return ORDER.index(scope) >= ORDER.index(wanted)


def must_reach(request: Any, scope: str) -> None:
    """Raises PermissionDenied with the sentence to show when the scope is too small."""
    match = request.resolver_match
    wanted = needed(match.url_name if match else "", request.method)
    if not reaches(scope, wanted):
        raise PermissionDenied(
            _("This token may “%(held)s”; this needs “%(wanted)s”.")
            % {"held": scope, "wanted": wanted}
        )
