"""Help, the API's description, and the import of RFCs."""

import uuid

from tests.laws.permissions import Row


def some_import(_world):
    return {"public_id": uuid.UUID(int=1)}


ROWS = [
    Row("help", {"anonymous": 302, "*": 200}),
    Row("api_schema", {"anonymous": 200, "*": 200}),
    Row("api_docs", {"anonymous": 200, "*": 200}),
    Row("rfc_import_new", {"anonymous": 302, "*": 403, "administrator": 200}),
    Row(
        "rfc_import_new",
        {"anonymous": 302, "*": 403, "administrator": 409},
        method="post",
        data={"folder": "/nowhere", "run": "dry"},
    ),
    Row("rfc_import", {"anonymous": 302, "*": 403, "administrator": 404}, kwargs=some_import),
    Row("rfc_import_conflicts", {"anonymous": 302, "*": 200}),
    Row("rfc_import_conflict", {"anonymous": 302, "*": 404}, {"pk": 1}, method="post"),
    Row(
        "rfc_import_folder",
        {"anonymous": 302, "*": 403, "administrator": 404},
        {"pk": 1},
        method="post",
        data={"act": "read"},
    ),
    Row(
        "rfc_import",
        {"anonymous": 302, "*": 403, "administrator": 404},
        method="post",
        kwargs=some_import,
        data={"run": "undo"},
    ),
]
