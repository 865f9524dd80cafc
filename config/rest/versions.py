"""ETag and If-Match for rows with `row_version`."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from config.rest.problems import VersionNeeded
from config.whole import whole


def etag_of(row: Any) -> str:
    """The ETag of a row."""
    return f'"{row.row_version}"'


def sent_version(request: Request) -> int | None:
    """The version in If-Match, where one is sent."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    return whole(text, 18)


def seen_version(request: Request) -> int:
    """The version the client changes, from If-Match. Raises VersionNeeded (428) without one."""
    version = sent_version(request)
    if version is None:
        raise VersionNeeded
    return version


class Versioned:
    """For views of one versioned row: `versioned_response` answers with its ETag."""

    def versioned_response(self, row: Any, data: Any, status: int = 200) -> Response:
        return Response(data, status=status, headers={"ETag": etag_of(row)})
