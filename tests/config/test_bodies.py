"""JSON bodies that could mean two things, or nothing the database keeps, are refused in words."""

import pytest

HERE = "/api/v1/notes/"


@pytest.fixture
def send(cast, api_as):
    caller = api_as(cast.tpm)
    return lambda body: caller.generic("POST", HERE, body, content_type="application/json")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'{"title": "a", "title": "b"}', "twice"),
        (b"[" * 60 + b"]" * 60, "nested"),
        (b"[" * 100_000 + b"]" * 100_000, "nested"),
        (b'{"title": "a\\u0000"}', "NUL"),
        (b'{"a\\u0000": 1}', "NUL"),
        (b'["\\ud800"]', "half a character"),
        (b'{"title": "\xff"}', "no JSON"),
        (b'{"title": NaN}', "no JSON"),
        (b"1" * 5000, "no JSON"),
        (b"{", "no JSON"),
    ],
    ids=[
        "twice",
        "deep",
        "very deep",
        "nul",
        "nul in a name",
        "half",
        "no utf-8",
        "nan",
        "huge",
        "cut",
    ],
)
def test_what_cannot_be_read_one_way_is_refused(send, body, sentence):
    answer = send(body)
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]


def test_the_same_is_taken_when_it_can(send):
    assert send(b'{"text": "\\ud83d\\ude00"}').status_code in (201, 400)
    assert "NUL" not in send(b'{"text": "\\\\u0000"}').content.decode()


def test_more_bytes_than_are_read_are_refused(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    answer = send(b'"' + b"a" * (1 << 20) + b'"')
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["detail"]


def test_a_form_is_no_body_of_the_api(cast, api_as):
    answer = api_as(cast.tpm).post(HERE, {"text": "a"}, format="multipart")
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/v1/rfcs/?line=%00", 400), ("/rfcs/%00", 400), ("/rfcs?line=%00&q=%00a", 200)],
)
def test_no_address_holds_a_nul(cast, as_, address, status):
    assert as_(cast.tpm).get(address).status_code == status


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "１", "1e2", "null"])
def test_a_page_has_a_size_that_can_be(cast, api_as, limit):
    answer = api_as(cast.tpm).get("/api/v1/rfcs/", {"limit": limit})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize("zone", ["0", "Nowhere/Town", "../etc"])
def test_a_zone_is_a_zone(cast, api_as, zone):
    for address in ("/api/v1/me/", "/api/v1/lines/payments/"):
        refused = api_as(cast.administrator).patch(address, {"time_zone": zone}, format="json")
        assert refused.status_code == 400
        assert zone in refused.json()["errors"][0]["detail"]
