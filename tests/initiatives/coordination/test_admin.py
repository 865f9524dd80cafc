"""The admin shows what crosses lines and writes none of it."""

import pytest

from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line
from initiatives.actions.talk import comment
from tests.factories.walks import in_discovery

SHOWN = ("referral", "referralstep", "linecondition", "contribution", "linedisclaimer",
         "collisionnote", "initiativecomment", "follow")  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_everything_is_shown_and_nothing_is_added(name, cast, as_):
    made = in_discovery(cast).initiative
    share = add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    answer_for_line(share=share, actor=cast.cards_leader, answer="conditional", note="In May.")
    comment(initiative=made, actor=cast.growth, text="Look.")
    browser = as_(cast.administrator)
    assert browser.get(f"/admin/initiatives/{name}/").status_code == 200
    assert browser.get(f"/admin/initiatives/{name}/add/").status_code == 403
