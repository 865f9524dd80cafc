"""What hostile texts become is loaded without any policy: even then nothing runs, nothing leaves."""

from rfc.text.rendering import render
from tests.rfc.test_rendering import HOSTILE


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
