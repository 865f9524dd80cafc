"""Imports: anybody signed in may import; somebody else's import does not exist."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from config.sheets.actions import AT_ONCE
from config.sheets.models import Sheet
from initiatives.actions.sources import ship_sources
from tests.factories.sheets import as_csv, checked, handed_in, imported, line
from tests.laws.permissions import Row

PM, ADMIN = "product_manager", "administrator"


@dataclass
class World:
    new: Sheet
    ready: Sheet
    done: Sheet


def world(cast) -> World:
    ship_sources()
    owner = cast.product_manager
    return World(
        # Too many to be tried out in the request: the walk holds a transaction around it.
        new=handed_in(owner, as_csv([line(n) for n in range(AT_ONCE + 1)])),
        ready=checked(owner, [of_line(cast, 2)]),
        done=imported(owner, [of_line(cast, 3)]),
    )


def of_line(cast, n):
    """A row that a twin of this cast does not have already."""
    of = {"Problem": f"Agents of {cast.payments} wait.", "Title": f"{cast.payments} {n}"}
    return line(n, Number=f"{cast.payments}-{n}", **{"Business line": cast.payments.name}, **of)


def one(name):
    return lambda w: {"public_id": getattr(w, name).public_id}


def file(_):
    return {"kind": "requests", "file": SimpleUploadedFile("a.csv", as_csv([line(9)]))}


MAP = {"col_1": "problem", "col_2": "affected", "col_3": "source", "day_first": "yes"}
API_MAP = {"mapping": {"Problem": "problem", "Who has it": "affected", "Source": "source"}}
STAFFING = {"anonymous": 302, "*": 403, PM: 403, "business_leader": 200, "cards_leader": 200,
            "cpo": 200, ADMIN: 200}  # fmt: skip
SEEN = {"anonymous": 302, "*": 200}
OWN = {"anonymous": 302, "*": 404, PM: 200, ADMIN: 200}
ACT = {"anonymous": 302, "*": 404, PM: 302, ADMIN: 302}
API = {"anonymous": 401, "*": 404, PM: 200, ADMIN: 200}
API_ACT = {"anonymous": 401, "*": 404, PM: 202, ADMIN: 202}

ROWS = [
    Row("imports", SEEN),
    Row("import_new", SEEN, kwargs={"kind": "requests"}),
    Row("import_new", STAFFING, kwargs={"kind": "people"}),
    Row("import_sample", SEEN, kwargs={"kind": "people"}),
    Row("import_new", {"anonymous": 302, "*": 404}, kwargs={"kind": "ghosts"}),
    Row(
        "import_new",
        {"anonymous": 302, "*": 302},
        kwargs={"kind": "requests"},
        method="post",
        data=file,
    ),
    Row("import_sample", SEEN, kwargs={"kind": "requests"}),
    Row("sheet", OWN, kwargs=one("ready")),
    Row("sheet_read", OWN, kwargs=one("new")),
    Row("sheet_read", ACT, kwargs=one("new"), method="post",
        data={"encoding": "utf-8", "separator": ","}),
    Row("sheet_map", OWN, kwargs=one("new")),
    Row("sheet_map", ACT, kwargs=one("new"), method="post", data=MAP),
    Row("sheet_run", ACT, kwargs=one("ready"), method="post"),
    Row("sheet_undo", OWN, kwargs=one("done")),
    Row("sheet_undo", ACT, kwargs=one("done"), method="post"),
    Row("sheet_file", OWN, kwargs=one("done")),
    Row("api_imports", {"anonymous": 401, "*": 200}),
    Row("api_import", API, kwargs=one("ready")),
    Row("api_import", API_ACT, kwargs=one("new"), method="put", data=API_MAP),
    Row("api_import", API, kwargs=one("new"), method="patch", data={"separator": ","}),
    Row("api_import_rows", API, kwargs=one("ready")),
    Row("api_import_run", API_ACT, kwargs=one("ready"), method="post"),
    Row("api_import_undo", API_ACT, kwargs=one("done"), method="post"),
]  # fmt: skip
