"""Writing on the page: private autosave, two texts at once, presence, pictures, preview."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from PIL import Image

from rfc.actions.unsaved import forget_old_unsaved
from rfc.models import Picture, Presence, UnsavedText
from tests.factories import rfc as make


@pytest.fixture
def rfc(cast):
    rfc = make.published_rfc(cast)
    rfc.co_authors.add(cast.tpm)
    return rfc


def told(rfc, **texts):
    draft = type(rfc.draft).objects.get(rfc=rfc)
    names = ("title", "summary_problem", "decision_asked", "body", "row_version")
    return {name: getattr(draft, name) for name in names} | texts


def keep(browser, rfc, window, **texts):
    return browser.post(f"/rfcs/{rfc.key}/edit/keep", told(rfc, **texts) | {"window": window})


def test_autosave_is_private_and_makes_nothing_of_the_draft(cast, as_, rfc):
    before, window = told(rfc), uuid.uuid4()
    answer = keep(as_(cast.product_manager), rfc, window, body=make.body(scope="Half a thought"))
    assert (answer.status_code, answer.json()["behind"]) == (200, "")
    assert told(rfc) == before
    assert (rfc.revisions.count(), rfc.draft.editors.count()) == (1, 0)
    offered = "You have an unsaved text from"
    mine = as_(cast.product_manager).get(f"/rfcs/{rfc.key}/edit").content.decode()
    assert offered in mine
    assert offered not in as_(cast.tpm).get(f"/rfcs/{rfc.key}/edit").content.decode()
    other = as_(cast.tpm).get(f"/rfcs/{rfc.key}/edit/kept/{window}")
    assert other.status_code == 404
    shown = as_(cast.product_manager).get(f"/rfcs/{rfc.key}/edit/kept/{window}")
    assert "<ins>Half a thought</ins>" in shown.content.decode() or "Half" in shown.content.decode()


def test_each_window_keeps_its_own_text(cast, as_, rfc):
    browser, windows = as_(cast.product_manager), [uuid.uuid4(), uuid.uuid4()]
    for window, words in zip(windows, ("One", "Two"), strict=True):
        keep(browser, rfc, window, body=make.body(scope=words))
    assert {row.body for row in UnsavedText.objects.all()} == {
        make.body(scope="One"),
        make.body(scope="Two"),
    }
    page = browser.get(f"/rfcs/{rfc.key}/edit").content.decode()
    assert "1 older unsaved text" in page
    assert page.count("Throw it away</button>") == 2
    keep(browser, rfc, windows[0])
    assert [row.window for row in UnsavedText.objects.all()] == [windows[1]]


def test_taking_an_unsaved_text_and_saving_it_ends_the_offer(cast, as_, rfc):
    browser, window = as_(cast.product_manager), uuid.uuid4()
    keep(browser, rfc, window, body=make.body(scope="Mine"))
    page = browser.get(f"/rfcs/{rfc.key}/edit?take={window}")
    assert page.context["form"].initial["body"] == make.body(scope="Mine")
    data = told(rfc, body=make.body(scope="Mine"), taken=window, window=uuid.uuid4())
    assert browser.post(f"/rfcs/{rfc.key}/edit", data).status_code == 302
    assert "Mine" in told(rfc)["body"]
    assert not UnsavedText.objects.exists()
    assert browser.get(f"/rfcs/{rfc.key}/edit?take={window}").status_code == 404


def test_an_unsaved_text_can_be_thrown_away_and_ages(cast, as_, rfc):
    browser, window = as_(cast.product_manager), uuid.uuid4()
    keep(browser, rfc, window, body="x")
    assert forget_old_unsaved() == 0
    assert as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit/kept/{window}").status_code == 302
    assert UnsavedText.objects.exists()
    browser.post(f"/rfcs/{rfc.key}/edit/kept/{window}")
    assert not UnsavedText.objects.exists()
    keep(browser, rfc, window, body="x")
    UnsavedText.objects.update(kept_at="2020-01-01T00:00:00Z")
    assert forget_old_unsaved() == 1


def test_autosave_belongs_to_writers(cast, as_, rfc):
    answer = keep(as_(cast.reader), rfc, uuid.uuid4(), body="x")
    assert answer.status_code == 403
    assert "is written by Petra Manager" in answer.json()["said"]
    assert keep(as_(cast.tpm), rfc, "no-uuid", body="x").status_code == 422


def test_sections_changed_apart_are_merged_and_said(cast, as_, rfc):
    first = told(rfc, body=make.body(scope="From Tariq"))
    second = told(rfc, body=make.body(solution="From Petra"))
    assert as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", first).status_code == 302
    page = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/edit", second, follow=True)
    assert "Saved together with what others saved meanwhile in Scope." in page.content.decode()
    assert told(rfc)["body"] == make.body(scope="From Tariq", solution="From Petra")
    assert set(rfc.draft.editors.all()) == {cast.tpm, cast.product_manager}


def test_a_merged_text_is_not_published_unread(cast, as_, rfc):
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="A")))
    stale = told(rfc, body=make.body(solution="B"), row_version=1, act="publish")
    page = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/edit", stale, follow=True)
    assert "Saved, not published" in page.content.decode()
    assert rfc.revisions.count() == 1


@pytest.mark.parametrize(
    ("choice", "words"),
    [("mine", ["Petra"]), ("theirs", ["Tariq"]), ("both", ["Tariq", "Petra"])],
)
def test_one_section_changed_twice_is_asked_about(cast, as_, rfc, choice, words):
    browser, mine = as_(cast.product_manager), told(rfc, body=make.body(scope="Petra"))
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="Tariq")))
    asked = browser.post(f"/rfcs/{rfc.key}/edit", mine)
    assert asked.status_code == 409
    assert [clash.name for clash in asked.context["clashes"]] == ["scope"]
    again = browser.post(f"/rfcs/{rfc.key}/edit", mine | {"seen": "2"})
    assert again.status_code == 409
    answer = browser.post(
        f"/rfcs/{rfc.key}/edit", mine | {"seen": "2", "choice-scope": choice, "act": "save"}
    )
    assert answer.status_code == 302
    body = told(rfc)["body"]
    assert [word for word in ("Tariq", "Petra") if word in body] == words


def test_a_choice_about_another_text_is_asked_again(cast, as_, rfc):
    mine = told(rfc, body=make.body(scope="Petra"))
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="Tariq")))
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="Tariq again")))
    answer = as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/edit", mine | {"seen": "2", "choice-scope": "mine"}
    )
    assert answer.status_code == 409
    assert "Tariq again" in told(rfc)["body"]


def test_leaving_the_page_of_two_texts_loses_nothing(cast, as_, rfc):
    browser, mine = as_(cast.product_manager), told(rfc, body=make.body(scope="Petra"))
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="Tariq")))
    browser.post(f"/rfcs/{rfc.key}/edit", mine)
    kept = UnsavedText.objects.get()
    assert (kept.person, kept.body) == (cast.product_manager, make.body(scope="Petra"))


def test_both_texts_can_be_opened_in_the_editor(cast, as_, rfc):
    mine = told(rfc, body=make.body(scope="Petra"))
    as_(cast.tpm).post(f"/rfcs/{rfc.key}/edit", told(rfc, body=make.body(scope="Tariq")))
    page = as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/edit", mine | {"seen": "2", "choice-scope": "both", "act": "open"}
    )
    form = page.context["form"]
    assert (page.status_code, form.initial["row_version"]) == (200, 2)
    assert "Tariq\n\nPetra" in form.initial["body"]
    assert "Petra" not in told(rfc)["body"]


def test_who_is_here_is_seen_by_others_and_ends(cast, as_, rfc):
    here, window = f"/rfcs/{rfc.key}/presence", str(uuid.uuid4())
    says = {"window": window, "section": "scope", "writing": "1"}
    assert "Tariq" not in as_(cast.tpm).post(here, says).content.decode()
    seen = as_(cast.product_manager).post(here, {"window": str(uuid.uuid4())}).content.decode()
    assert "Tariq Planner" in seen
    assert "writes in Scope" in seen
    as_(cast.tpm).post(here, says | {"hidden": "1"})
    assert Presence.objects.filter(person=cast.tpm, until__gt=Now()).count() == 1
    as_(cast.tpm).post(here, {"window": window, "gone": "1"})
    assert not Presence.objects.filter(person=cast.tpm).exists()
    as_(cast.tpm).post(here, says)
    Presence.objects.filter(person=cast.tpm).update(until="2020-01-01T00:00:00Z")
    seen = as_(cast.product_manager).post(here, {"window": str(uuid.uuid4())}).content.decode()
    assert "Tariq" not in seen


def png(colour="red", size=(8, 6)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile("flow [1].png", out.getvalue(), "image/png")


def test_a_dropped_picture_is_kept_once_and_shown_in_the_text(cast, as_, rfc):
    browser, path = as_(cast.tpm), f"/rfcs/{rfc.key}/pictures"
    made = browser.post(path, {"picture": png()})
    url, markdown = made.json()["url"], made.json()["markdown"]
    assert (made.status_code, markdown) == (201, f"![flow (1)]({url})")
    assert browser.post(path, {"picture": png()}).json()["url"] == url
    shown = as_(cast.reader).get(url)
    assert (
        shown.headers["Content-Security-Policy"]
        == "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert as_().get(url).status_code == 302
    preview = browser.post(f"/rfcs/{rfc.key}/preview", {"text": f"## Scope\n\n{markdown}\n"})
    assert f'<img src="{url}" alt="flow (1)"' in preview.content.decode()
    other = make.draft_rfc(cast)
    assert as_(cast.reader).get(url.replace(rfc.key, other.key)).status_code == 404


def test_the_api_keeps_pictures_alike(cast, api_as, rfc):
    path = f"/api/v1/rfcs/{rfc.key}/pictures/"
    made = api_as(cast.tpm).post(path, {"picture": png("blue")}, format="multipart")
    assert (made.status_code, made.data["width"]) == (201, 8)
    assert made.data["markdown"] == f"![flow (1)]({made.data['url']})"
    assert [row["url"] for row in api_as(cast.reader).get(path).data] == [made.data["url"]]
    bad = SimpleUploadedFile("x.png", b"no")
    assert api_as(cast.tpm).post(path, {"picture": bad}, format="multipart").status_code == 409
    refused = api_as(cast.reader).post(path, {"picture": png()}, format="multipart")
    assert refused.status_code == 403


def test_what_is_no_picture_is_refused_with_a_sentence(cast, as_, rfc):
    path = f"/rfcs/{rfc.key}/pictures"
    for name, said in (
        ("run.png", "“run.png” is not a picture; drop a PNG, JPEG, WebP or GIF."),
        ("run.svg", "“run.svg” is not an SVG drawing."),
    ):
        answer = as_(cast.tpm).post(path, {"picture": SimpleUploadedFile(name, b"<p>no</p>")})
        assert (answer.status_code, answer.json()["said"]) == (422, said)
    assert as_(cast.tpm).post(path, {}).status_code == 422
    assert as_(cast.reader).post(path, {"picture": png()}).status_code == 403
    assert not Picture.objects.exists()


def test_a_dropped_drawing_is_linked_and_only_ever_saved(cast, as_, rfc):
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    made = as_(cast.tpm).post(
        f"/rfcs/{rfc.key}/pictures", {"picture": SimpleUploadedFile("flow [1].SVG", drawn)}
    )
    url, markdown = made.json()["url"], made.json()["markdown"]
    assert (made.status_code, markdown) == (201, f"[flow (1).SVG]({url})")
    assert made.json()["said"].endswith("is a drawing: readers save it, it is not shown.")
    saved = as_(cast.reader).get(url)
    assert b"".join(saved.streaming_content) == drawn
    assert saved["Content-Disposition"] == 'attachment; filename="flow [1].SVG"'
    assert saved["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    text = f"## Scope\n\n{markdown}\n"
    preview = as_(cast.tpm).post(f"/rfcs/{rfc.key}/preview", {"text": text}).content.decode()
    assert f'href="{url}"' in preview
    assert "<img" not in preview


def test_the_preview_shows_questions_that_readers_never_see(cast, as_):
    rfc = make.draft_rfc(cast, text=None)
    text = "## Summary\n\n<!-- x -->\n\n## Scope\n\nAll of it.\n"
    html = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/preview", {"text": text})
    shown = html.content.decode()
    assert "What do you ask to decide, in three sentences" in shown
    assert "What is in, what is out" not in shown
    make.edit(rfc, cast.product_manager, body=text)
    read = as_(cast.reader).get(f"/rfcs/{rfc.key}").content.decode()
    assert "What do you ask to decide" not in read


def test_a_large_text_does_not_hold_a_request(cast, as_, rfc, monkeypatch):
    monkeypatch.setattr("rfc.text.rendering.render", lambda *_a, **_k: pytest.fail("rendered"))
    text = "## Scope\n\n" + "words " * 20_000
    html = as_(cast.tpm).post(f"/rfcs/{rfc.key}/preview", {"text": text}).content.decode()
    assert "too long for a live preview" in html
