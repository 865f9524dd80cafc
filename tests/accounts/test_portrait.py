"""The picture of oneself: square pixels instead of initials, served to whoever is signed in."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from rest_framework.test import APIClient

from accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png(size=(640, 320), name="me.png", **more):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG", **more)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_picture_is_made_square_and_stands_for_the_person(client, cast):
    me = cast.product_manager
    client.force_login(me)
    hidden = PngInfo()
    hidden.add_text("Comment", "<script>alert(1)</script>")
    answer = client.post("/settings/picture", {"picture": png(pnginfo=hidden)}, follow=True)
    me.refresh_from_db()
    assert me.picture_url in answer.text
    client.force_login(cast.reader)
    shown = client.get(me.picture_url)
    pixels = body(shown)
    assert Image.open(BytesIO(pixels)).size == (192, 192)
    assert b"script" not in pixels
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    client.logout()
    assert client.get(me.picture_url).status_code == 302


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose a picture"),
        ({"picture": SimpleUploadedFile("me.svg", b"<svg onload='x()'/>")}, "is not a picture"),
        ({"picture": SimpleUploadedFile("me.png", b"")}, "is not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_and_the_old_one_stays(client, cast, given, sentence):
    me = cast.product_manager
    client.force_login(me)
    client.post("/settings/picture", {"picture": png()})
    me.refresh_from_db()
    before = me.picture_url
    for file in given.values():
        file.seek(0)
    assert sentence in client.post("/settings/picture", given, follow=True).text
    me.refresh_from_db()
    assert me.picture_url == before


def test_removing_brings_the_initials_back(client, cast):
    me = cast.product_manager
    client.force_login(me)
    client.post("/settings/picture", {"picture": png()})
    assert (
        "initials stand for you"
        in client.post("/settings/picture", {"remove": "1"}, follow=True).text
    )
    me.refresh_from_db()
    assert me.picture_url == ""
    assert client.get(f"/people/{me.pk}/picture").status_code == 404


def test_the_api_takes_and_removes_it(cast):
    api = APIClient()
    api.force_authenticate(cast.product_manager)
    assert api.put("/api/v1/me/picture/", {"picture": png()}, format="multipart").status_code == 200
    wrong = SimpleUploadedFile("me.txt", b"words")
    refused = api.put("/api/v1/me/picture/", {"picture": wrong}, format="multipart")
    assert refused.status_code == 400
    assert "is not a picture" in str(refused.json())
    assert api.delete("/api/v1/me/picture/").status_code == 204


def test_where_the_picture_is_not_loaded_no_question_is_asked(cast):
    person = Person.objects.only("name").get(pk=cast.designer.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert person.picture_url == ""
    assert len(asked) == 0
