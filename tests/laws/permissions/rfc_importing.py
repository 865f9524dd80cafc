"""Who gets what on the API of imports."""

import tempfile
from pathlib import Path

from django.conf import settings

from config.due.jobs import start_job
from rfc.models import ImportedDocument, WatchedFolder
from tests.factories import rfc as make
from tests.laws.permissions import Row

ADMINS = {"anonymous": 401, "*": 403, "product_manager": 403}
NOBODY = {"anonymous": 401, "*": 403}


def world(cast):
    rfc = make.published_rfc(cast)
    admin = cast.administrator
    place = tempfile.gettempdir()
    job = start_job(
        kind="rfc.import", owner=admin, title="t", payload={"folder": place, "dry_run": False}
    )
    folder = WatchedFolder.objects.create(
        name=f"W {cast.payments.slug}",
        path=str(Path(settings.MEDIA_ROOT) / f"imports-{cast.payments.slug}"),
        every_minutes=60,
        added_by=admin,
    )
    known = ImportedDocument.objects.create(
        corpus="c", path="a.md", rfc=rfc, content_hash="1", theirs="Theirs.", theirs_hash="2"
    )
    return {"job": job, "folder": folder, "known": known}


def job(w):
    return {"public_id": w["job"].public_id}


def folder(w):
    return {"pk": w["folder"].pk}


def known(w):
    return {"pk": w["known"].pk}


TOLD = {"stands_alone_reason": "It is small."}
ROWS = [
    Row("api_rfc_imports", {**ADMINS, "administrator": 200}),
    # The folder is outside the roots of the installation.
    Row(
        "api_rfc_imports",
        {**ADMINS, "administrator": 409},
        method="post",
        data={"folder": "/etc"},
    ),
    Row("api_rfc_import_run", {**ADMINS, "administrator": 409}, job, "post"),
    Row("api_rfc_import_undo", {**ADMINS, "administrator": 202}, job, "post"),
    Row("api_rfc_import_folders", {**ADMINS, "administrator": 200}),
    Row(
        "api_rfc_import_folders",
        {**ADMINS, "administrator": 409},
        method="post",
        data={"name": "E", "path": "/etc", "every_minutes": 60},
    ),
    Row("api_rfc_import_folder", {**ADMINS, "administrator": 200}, folder),
    Row(
        "api_rfc_import_folder",
        {**ADMINS, "administrator": 200},
        folder,
        "patch",
        data={"active": False},
    ),
    Row("api_rfc_import_folder", {**ADMINS, "administrator": 204}, folder, "delete"),
    # Its folder is not there.
    Row("api_rfc_import_folder_read", {**ADMINS, "administrator": 409}, folder, "post"),
    Row("api_rfc_import_conflicts", {"anonymous": 401, "*": 200, "administrator": 200}),
    Row(
        "api_rfc_import_conflict",
        {**NOBODY, "product_manager": 200, "administrator": 200},
        known,
        "post",
        data={"take": "ours"},
    ),
    # The table speaks JSON, which is no Markdown.
    Row("api_rfc_from_markdown", {"anonymous": 401, "*": 415}, method="post", data=TOLD),
]
