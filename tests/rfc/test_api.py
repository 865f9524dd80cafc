"""The API of RFCs answers as the pages do: same rows, same steps, same sentences."""

import pytest
from django.core.management import CommandError, call_command

from rfc.models import RFC
from tests.factories import rfc as make


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast, flags=["money"])


def test_an_rfc_travels_through_the_api(cast, api_as):
    manager = api_as(cast.product_manager)
    made = manager.post(
        "/api/v1/rfcs/",
        {
            "title": "By API",
            "line": "payments",
            "stands_alone_reason": "A test",
            "body": make.body(),
        },
        format="json",
    )
    assert (made.status_code, made.headers["Location"]) == (
        201,
        f"/api/v1/rfcs/{made.data['key']}/",
    )
    base = made.headers["Location"]
    draft = manager.get(f"{base}draft/")
    text = make.body(scope="Written by API.")
    patch = manager.patch(
        f"{base}draft/", {"body": text}, format="json", headers={"If-Match": draft.headers["ETag"]}
    )
    assert patch.status_code == 200
    done = manager.post(
        f"{base}publish/",
        {"note": "First"},
        format="json",
        headers={"If-Match": patch.headers["ETag"]},
    )
    assert (done.status_code, done.data["number"]) == (201, 1)
    again = manager.post(
        f"{base}publish/", {}, format="json", headers={"If-Match": patch.headers["ETag"]}
    )
    assert again.status_code == 200
    asked = manager.post(f"{base}steps/ask-for-decision/", {}, format="json")
    assert (asked.status_code, asked.data["state"]) == (200, "in_review")
    answer = api_as(cast.architect).post(
        f"{base}positions",
        {"function": "architect", "stance": "approve", "revision": 1},
        format="json",
    )
    assert answer.status_code == 201
    seen = manager.get(base).data
    assert [(f["function"], f["state"]) for f in seen["functions"]] == [("architect", "approved")]
    assert manager.get(f"{base}revisions/1/").data["body"] == text
    assert len(manager.get(f"{base}positions/").data["results"]) == 1


def test_a_stale_write_is_refused_with_the_current_text(cast, api_as, rfc):
    manager, path = api_as(cast.product_manager), f"/api/v1/rfcs/{rfc.key}/draft/"
    tag = manager.get(path).headers["ETag"]
    assert manager.patch(path, {"body": "x"}, format="json").status_code == 428
    first = manager.patch(path, {"body": "## A\n\none"}, format="json", headers={"If-Match": tag})
    second = manager.patch(path, {"body": "## A\n\ntwo"}, format="json", headers={"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.headers["Content-Type"] == "application/problem+json"
    assert second.json()["current"]["body"] == "## A\n\none"


def test_a_refusal_is_a_problem_with_what_is_missing(cast, api_as):
    rfc = make.draft_rfc(cast, text="")
    answer = api_as(cast.product_manager).post(f"/api/v1/rfcs/{rfc.key}/steps/ask-for-decision")
    body = answer.json()
    assert (answer.status_code, body["type"], body["status"]) == (
        409,
        "/api/problems/gates-unmet",
        409,
    )
    assert body["missing"][0]["gate"] == "published_revision"
    assert body["missing"][0]["link"] == f"/rfcs/{rfc.key}/edit"
    assert api_as().get("/api/v1/rfcs/").status_code == 401
    assert api_as(cast.reader).get("/api/v1/rfcs/RFC-999/").status_code == 404
    bad = api_as(cast.product_manager).post("/api/v1/rfcs/", {"initiative": "INI-9"}, format="json")
    assert {e["pointer"] for e in bad.json()["errors"]} == {"/title", "/initiative"}


@pytest.mark.parametrize(
    "query", ["", "?state=in_review", "?mine=asked", "?q=settlement", "?line=cards", "?sort=title"]
)
def test_the_list_has_the_rows_of_the_page(cast, api_as, as_, rfc, query):
    make.accepted_rfc(cast, title="Another")
    keys = [row["key"] for row in api_as(cast.risk).get(f"/api/v1/rfcs/{query}").data["results"]]
    page = as_(cast.risk).get(f"/rfcs{query}")
    assert keys == [row.rfc.key for row in page.context["rows"]]


def test_cursor_pages_hold_every_row_once(cast, api_as):
    for number in range(5):
        make.draft_rfc(cast, title=f"RFC number {number}")
    seen, path = [], "/api/v1/rfcs/?limit=2"
    while path:
        data = api_as(cast.reader).get(path).data
        seen += [row["key"] for row in data["results"]]
        path = data["next"]
    assert sorted(seen) == [f"RFC-{n}" for n in range(1, 6)]


DOORS = ("page", "api", "admin", "command")


@pytest.mark.parametrize("door", DOORS)
def test_each_door_takes_a_step_alike(cast, as_, api_as, rfc, door):
    through(door, cast.business_leader, rfc, "decline", as_, api_as, note="Too early.")
    rfc.refresh_from_db()
    assert (rfc.phase, rfc.steps_taken.first().note) == ("declined", "Too early.")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("who", "step", "sentence"),
    [
        (
            "product_manager",
            "decline",
            "“Decline” belongs to the decider of the RFC or the business leader of its line (Bo Leader).",
        ),
        ("business_leader", "decline", "“Decline” needs a reason; write one or two sentences."),
        (
            "product_manager",
            "reopen",
            "“Reopen” does not start from here: RFC-1 Instant settlement is in “in review” now.",
        ),
        (
            "product_manager",
            "accept",
            "“Accept” belongs to Gateline itself: acceptance follows from the positions, nobody sets it.",
        ),
    ],
)
def test_each_door_refuses_with_the_same_sentence(
    cast, as_, api_as, rfc, door, who, step, sentence
):
    person = getattr(cast, who)
    assert through(door, person, rfc, step, as_, api_as) == [sentence]
    assert RFC.objects.get(pk=rfc.pk).phase == "in_review"


def through(door, person, rfc, step, as_, api_as, **told):
    """Take a step by one door; the sentences of the refusal, or nothing."""
    if door == "api":
        answer = api_as(person).post(f"/api/v1/rfcs/{rfc.key}/steps/{step}/", told, format="json")
        return answer.json().get("sentences")
    if door == "command":
        more = [f"--note={told['note']}"] if told else []
        try:
            call_command("step", "rfc", rfc.key, step, "--as", person.email, *more)
        except CommandError as refused:
            return str(refused).split("\n")
        return None
    if door == "admin":
        person.is_staff = person.is_superuser = True
        person.save()
        path = f"/admin/rfc/rfc/{rfc.pk}/steps/{step}"
        answer = as_(person).post(path, told, follow=True)
        assert answer.status_code == 200
        return [m.message for m in answer.context["messages"] if m.level_tag == "error"]
    answer = as_(person).post(f"/rfcs/{rfc.key}/steps/{step}", told)
    if answer.status_code == 302:
        return None
    context = answer.context
    missing = [s for need in context["missing"] for s in need["sentences"]]
    return list(context["sentences"]) or missing


def test_what_stands_beside_the_text_is_changed_with_the_version_that_was_read(cast, api_as, rfc):
    caller, path = api_as(cast.product_manager), f"/api/v1/rfcs/{rfc.key}/"
    tag = caller.get(path).headers["ETag"]
    told = {"language": "de", "flags": ["money", "prices"], "co_authors": [cast.tpm.pk]}
    assert caller.patch(path, told, format="json").status_code == 428
    changed = caller.patch(path, told, format="json", headers={"If-Match": tag})
    assert (changed.data["language"], set(changed.data["flags"])) == ("de", {"money", "prices"})
    assert [person["name"] for person in changed.data["co_authors"]] == [cast.tpm.name]
    assert rfc.revisions.first().language == "de"
    stale = caller.patch(path, {"language": "fr"}, format="json", headers={"If-Match": tag})
    assert stale.status_code == 412
    now = {"If-Match": changed.headers["ETag"]}
    bad = caller.patch(path, {"language": "xx"}, format="json", headers=now)
    assert (bad.status_code, bad.data["errors"][0]["pointer"]) == (400, "/language")
    assert (
        api_as(cast.risk).patch(path, {"language": "fr"}, format="json", headers=now).status_code
        == 403
    )
    cleared = caller.patch(path, {"language": ""}, format="json", headers=now)
    assert (cleared.data["language"], rfc.revisions.first().language) == ("", "en")


def test_the_language_of_a_decided_rfc_can_be_set_right_and_nothing_else(cast, api_as):
    rfc = make.accepted_rfc(cast)
    caller, path = api_as(cast.product_manager), f"/api/v1/rfcs/{rfc.key}/"
    tag = {"If-Match": caller.get(path).headers["ETag"]}
    for told in ({"stands_alone_reason": "Other"}, {"co_authors": [cast.tpm.pk]}):
        assert caller.patch(path, told, format="json", headers=tag).status_code == 409
    assert caller.patch(path, {"language": "de"}, format="json", headers=tag).status_code == 200
    assert rfc.revisions.first().language == "de"
