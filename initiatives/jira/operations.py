"""The operations Gateline uses, as data: method, path, and whether each may be repeated.

The only file that knows Jira's paths. What the calls mean is in `client.py`.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote


class Repeat(StrEnum):
    """What may be done when nobody knows whether a call happened (J81)."""

    YES = "repeatable"
    MARKER = "with marker"
    NEVER = "never"


@dataclass(frozen=True)
class Operation:
    """One call. `path` has `{names}` in braces; `reads` is false for anything that changes Jira."""

    name: str
    method: str
    path: str
    repeat: Repeat = Repeat.YES
    agile: bool = False
    reads: bool = False

    def fill(self, names: dict[str, str]) -> str:
        return self.path.format(**{key: quote(value, safe="") for key, value in names.items()})


def _read(name: str, path: str, *, method: str = "GET", agile: bool = False) -> Operation:
    return Operation(name, method, path, reads=True, agile=agile)


V3 = "/rest/api/3"
AGILE = "/rest/agile/1.0"
ISSUE = f"{V3}/issue/{{issue}}"

MYSELF = _read("myself", f"{V3}/myself")
SERVER_INFO = _read("server info", f"{V3}/serverInfo")
PERMISSIONS = _read("my permissions", f"{V3}/mypermissions")
PROJECT = _read("project", f"{V3}/project/{{project}}")
PROJECT_STATUSES = _read("project statuses", f"{V3}/project/{{project}}/statuses")
ISSUE_TYPES = _read("issue types", f"{V3}/issue/createmeta/{{project}}/issuetypes")
TYPE_FIELDS = _read("fields of a type", f"{V3}/issue/createmeta/{{project}}/issuetypes/{{type}}")
SEARCH = _read("search", f"{V3}/search/jql", method="POST")
COUNT = _read("count", f"{V3}/search/approximate-count", method="POST")
BULK_FETCH = _read("bulk fetch", f"{V3}/issue/bulkfetch", method="POST")
ISSUE_GET = _read("read issue", ISSUE)
CREATE = Operation("create issue", "POST", f"{V3}/issue", Repeat.MARKER)
BULK_CREATE = Operation("bulk create", "POST", f"{V3}/issue/bulk", Repeat.MARKER)
EDIT = Operation("edit issue", "PUT", ISSUE)
TRANSITIONS = _read("transitions", f"{ISSUE}/transitions")
TRANSITION = Operation("transition", "POST", f"{ISSUE}/transitions", Repeat.MARKER)
PROPERTY_GET = _read("read property", f"{ISSUE}/properties/{{key}}")
PROPERTY_SET = Operation("set property", "PUT", f"{ISSUE}/properties/{{key}}")
COMMENTS = _read("comments", f"{ISSUE}/comment")
COMMENT_ADD = Operation("add comment", "POST", f"{ISSUE}/comment", Repeat.MARKER)
REMOTE_LINK = _read("remote link", f"{ISSUE}/remotelink")
REMOTE_LINK_SET = Operation("set remote link", "POST", f"{ISSUE}/remotelink")
REMOTE_LINK_DELETE = Operation("delete remote link", "DELETE", f"{ISSUE}/remotelink")
LINK_TYPES = _read("link types", f"{V3}/issueLinkType")
LINK = Operation("link issues", "POST", f"{V3}/issueLink")
ATTACHMENT_META = _read("attachment limits", f"{V3}/attachment/meta")
ATTACH = Operation("attach file", "POST", f"{ISSUE}/attachments", Repeat.MARKER)
BOARDS = _read("boards", f"{AGILE}/board", agile=True)
BOARD_CONFIGURATION = _read(
    "board configuration", f"{AGILE}/board/{{board}}/configuration", agile=True
)
SPRINTS = _read("sprints", f"{AGILE}/board/{{board}}/sprint", agile=True)
SPRINT_CREATE = Operation("create sprint", "POST", f"{AGILE}/sprint", Repeat.NEVER, agile=True)
SPRINT_MOVE = Operation("move to sprint", "POST", f"{AGILE}/sprint/{{sprint}}/issue", agile=True)
ESTIMATE = Operation("estimate", "PUT", f"{AGILE}/issue/{{issue}}/estimation", agile=True)
