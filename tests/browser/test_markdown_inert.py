"""Hostile texts in a real browser: nothing runs, nothing leaves, nothing even tries.

Once without any policy, and by the thousand on the real pages with the real policy.
"""

from rfc.models import Revision
from rfc.text.rendering import render
from tests.browser.watching import ACTING, TOUCH, watch
from tests.factories import rfc as make
from tests.rfc.hostile_texts import corpus, mutations
from tests.rfc.test_hostile_texts import MUTATIONS
from tests.rfc.test_rendering import ATTRIBUTES, HOSTILE, TAGS

EACH = 200  # texts per revision that is really published
STORED = 1_000  # texts per page where their HTML is what was stored
ARTICLE, CHANGES = "article.rfc-text", "gl-changes"


def test_hostile_texts_run_nothing_and_ask_for_nothing(chromium):
    page = chromium.new_page()
    heard = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(str(error)))
    body = "".join(f"<section>{render(text).html}</section>" for text in HOSTILE)
    page.set_content(f"<!doctype html><main>{body}</main>")
    assert page.locator("section").count() == len(HOSTILE)
    page.evaluate("document.querySelectorAll('summary').forEach(e => e.click())")
    page.wait_for_timeout(300)
    assert heard == []
    assert (
        page.evaluate("document.querySelectorAll('script,style,iframe,form,[style]').length") == 0
    )
    page.close()


def batches(texts, size):
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def touched(page, where):
    """Everything in the text was touched; what of it could act."""
    count, wrong = page.evaluate(TOUCH, where)
    assert wrong == []
    return count


def test_thousands_of_texts_are_inert_on_the_pages_of_an_rfc(page_as, live_server, cast):
    page = page_as(cast.product_manager)
    seen = watch(page, live_server.url)
    texts = [*corpus(), *mutations(MUTATIONS)]
    rfc = make.published_rfc(cast)
    for batch in batches(texts, STORED):
        stored = [render(text, prefix=f"doc-{at}-").html for at, text in enumerate(batch)]
        assert page.evaluate(ACTING, [stored, sorted(TAGS - {"input"}), sorted(ATTRIBUTES)]) == []
        Revision.objects.filter(rfc=rfc).update(html="\n".join(stored))
        answer = page.goto(f"/rfcs/{rfc.key}")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert touched(page, ARTICLE) > len(batch)
    assert seen.anything == []


def test_hostile_revisions_are_inert_as_read_compared_and_previewed(page_as, live_server, cast):
    page = page_as(cast.product_manager)
    seen = watch(page, live_server.url)
    for batch in batches([*corpus()[::3], *mutations(MUTATIONS // 20, seed=7)], EACH):
        # A heading between them, so that each is read on its own and shown in its own block.
        told = [f"## Part {at}\n\n{text}\n\n".replace("\0", "") for at, text in enumerate(batch)]
        rfc = make.published_rfc(cast, text="".join(told))
        make.edit(rfc, cast.product_manager, body="".join(reversed(told)))
        compared = "/compare/v1/v2"
        for path, where in (
            ("", ARTICLE),
            (compared, CHANGES),
            (f"{compared}?view=rendered", CHANGES),
        ):
            assert page.goto(f"/rfcs/{rfc.key}{path}").status == 200
            assert touched(page, where) > 10
        page.goto(f"/rfcs/{rfc.key}/edit")
        page.get_by_role("button", name="Preview", exact=True).click()
        page.locator(".mdview .prose, .mdview .muted").first.wait_for()
        touched(page, ".mdview")
    assert seen.anything == []


def test_the_same_texts_do_act_where_nobody_cleans_them(chromium, live_server):
    context = chromium.new_context()
    page = context.new_page()
    seen = watch(page, live_server.url)
    page.goto(f"{live_server.url}/accounts/login/")
    page.route("**/*", lambda route: route.abort())
    page.evaluate(
        "(texts) => texts.forEach((text) => { const at = document.createElement('div');"
        " document.querySelector('main').append(at); at.innerHTML = text; })",
        [text for text in corpus() if "refresh" not in text],
    )
    wrong = page.evaluate(TOUCH, "main")[1]
    page.wait_for_timeout(300)
    context.close()
    assert len(wrong) > len(corpus()) / 3
    assert len(seen.asked) > 5
    assert len(seen.violated) > 50
