"""Who gets what where RFCs are written: autosave, presence, pictures, templates, Markdown."""

import uuid
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rfc.actions.pictures import add_picture
from rfc.actions.unsaved import keep_unsaved
from tests.factories import rfc as make
from tests.laws.permissions import Row

WINDOW = uuid.UUID(int=7)
READ = {"anonymous": 302, "*": 200, "product_manager": 200}
WRITERS = {"anonymous": 302, "*": 403, "risk": 403, "administrator": 403}
ADMINS = {"anonymous": 302, "*": 403, "product_manager": 403}


def png():
    out = BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue(), "image/png")


def world(cast):
    rfc = make.published_rfc(cast)
    picture = add_picture(rfc=rfc, actor=cast.product_manager, upload=png())
    keep_unsaved(
        rfc=rfc, actor=cast.product_manager, window=WINDOW, base_version=1, title="T", body="Mine"
    )
    return {"rfc": rfc, "picture": picture, "template": rfc.template}


def one(w):
    return {"number": w["rfc"].number}


def kept(w):
    return {**one(w), "window": WINDOW}


def template(w):
    return {"pk": w["template"].pk}


def typed(w):
    draft = w["rfc"].draft
    return {"title": draft.title, "body": "x", "row_version": 1, "window": uuid.UUID(int=9)}


def sections(w):
    return {
        "act": "preview",
        "name": "Audit",
        "sections-TOTAL_FORMS": "1",
        "sections-INITIAL_FORMS": "0",
        "sections-0-heading": "Scope",
        "sections-0-guidance": "What?",
    }


ROWS = [
    Row("rfc_keep", {**WRITERS, "product_manager": 200}, one, method="post", data=typed),
    Row("rfc_kept", {"anonymous": 302, "*": 404, "product_manager": 200}, kept),
    Row("rfc_kept", {"anonymous": 302, "*": 302, "product_manager": 302}, kept, method="post"),
    Row("rfc_presence", READ, one, method="post", data={"window": str(WINDOW)}),
    Row(
        "rfc_pictures",
        {**WRITERS, "product_manager": 422},
        one,
        method="post",
        data=lambda _w: {"picture": SimpleUploadedFile("a.png", b"no picture")},
    ),
    Row(
        "rfc_picture",
        READ,
        lambda w: {**one(w), "public_id": w["picture"].public_id, "kind": "png"},
    ),
    Row("rfc_upload_draft", READ, one),
    Row(
        "rfc_upload_draft",
        {**WRITERS, "product_manager": 200},
        one,
        method="post",
        data=lambda _w: {"file": SimpleUploadedFile("a.md", b"## A\n\nb\n")},
    ),
    Row("rfc_upload", READ),
    Row(
        "rfc_upload",
        {"anonymous": 302, "reader": 403, "product_manager": 302},
        method="post",
        data=lambda _w: {"file": SimpleUploadedFile("a.md", b"# A\n\nb\n")},
    ),
    Row("rfc_templates", READ),
    Row("rfc_template", READ, template),
    Row("rfc_template_match", READ),
    Row("rfc_template_new", {**ADMINS, "administrator": 200}),
    Row("rfc_template_new", {**ADMINS, "administrator": 200}, method="post", data=sections),
    Row("rfc_template_edit", {**ADMINS, "administrator": 200}, template),
    Row(
        "rfc_template_edit",
        {**ADMINS, "administrator": 200},
        template,
        method="post",
        data=sections,
    ),
    Row("rfc_template_retire", {**ADMINS, "administrator": 200}, template),
    Row("rfc_template_retire", {**ADMINS, "administrator": 409}, template, method="post"),
    Row("suggest", READ),
    Row("card", READ, lambda w: {"name": w["rfc"].key}),
    Row("api_rfc_markdown", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc_markdown",
        # The table speaks JSON, which is no text; who may push is told in tests/rfc/test_plain.py.
        {"anonymous": 401, "*": 415, "product_manager": 415},
        one,
        method="put",
        headers={"If-Match": '"1"'},
    ),
    Row("api_rfc_pictures", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc_pictures",
        # As above: the table speaks JSON, a picture does not.
        {"anonymous": 401, "*": 415, "product_manager": 415},
        one,
        method="post",
    ),
    Row("api_rfc_templates", {"anonymous": 401, "*": 200}),
    Row("api_rfc_template", {"anonymous": 401, "*": 200}, template),
]
