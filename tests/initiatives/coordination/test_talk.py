"""Talk, mentions, following, taking edits back, and Home that tells of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Letter
from config.flow.errors import NotYours, WrongState
from initiatives.actions import talk
from initiatives.actions.follow import follow, unfollow
from initiatives.actions.home import look_at_home, put_greeting_away
from initiatives.actions.people import assign
from initiatives.models import Follow, HomeLook, Initiative
from initiatives.queries.following import followers, following
from initiatives.queries.home import Need, everything_for
from initiatives.queries.talk import threads
from initiatives.queries.values import promised_values
from tests.factories.initiatives import in_phase, proposed
from tests.factories.walks import believed


def say(made, actor, text, **more):
    return talk.comment(initiative=made, actor=actor, text=text, **more)


def kinds(person):
    return [row.kind for row in everything_for(type(person).objects.get(pk=person.pk))]


def test_a_mention_is_told_once_and_answered(cast):
    made = in_phase(cast, "discovery")
    said = say(made, cast.product_manager, "@growth and @role/growth, is this true? @nobody")
    assert [m.person for m in said.mentions.all()] == [cast.growth]
    assert Letter.objects.filter(key__startswith=f"mention:initiative:{said.pk}").count() == 1
    assert "mention" in kinds(cast.growth)
    say(made, cast.growth, "It is.", answers=said)
    assert "mention" not in kinds(cast.growth)


def test_an_edit_is_marked_and_tells_only_whom_it_names_anew(cast):
    made = in_phase(cast, "discovery")
    said = say(made, cast.product_manager, "@growth look.")
    with pytest.raises(NotYours):
        talk.edit_comment(comment=said, actor=cast.growth, text="No.")
    talk.edit_comment(comment=said, actor=cast.product_manager, text="@growth and @risk look.")
    assert {m.person for m in said.mentions.all()} == {cast.growth, cast.risk}
    said.refresh_from_db()
    assert said.edited_at is not None


def test_a_thread_is_settled_by_its_author_or_the_manager_and_an_answer_opens_it(cast):
    made = in_phase(cast, "discovery")
    said = say(made, cast.growth, "@risk is this safe?")
    with pytest.raises(NotYours):
        talk.resolve_thread(comment=said, actor=cast.reader)
    talk.resolve_thread(comment=said, actor=cast.product_manager)
    assert "mention" not in kinds(cast.risk)
    with pytest.raises(WrongState):
        talk.resolve_thread(comment=said, actor=cast.growth)
    say(made, cast.risk, "Not yet.", answers=said)
    assert [t.resolved for t in threads(made, cast.growth)] == [False]


def test_words_are_escaped_and_mentions_lead_to_people(cast):
    made = in_phase(cast, "discovery")
    say(made, cast.growth, "<script>x</script> @risk\n@team/checkout")
    html = threads(made, cast.growth)[0].notes[0].html
    assert "<script>" not in html
    assert f'href="/people/{cast.risk.pk}"' in html
    assert "@Checkout" in html


def test_threads_cost_the_same_however_many(cast, django_assert_max_num_queries):
    made = in_phase(cast, "discovery")
    for n in range(4):
        say(made, cast.risk, f"@growth and @team/checkout: {n}", answers=say(made, cast.risk, "A"))
    with django_assert_max_num_queries(7):
        assert len(threads(made, cast.growth)) == 4


def test_owner_requester_and_mentioned_follow_and_leaving_lasts(cast):
    made = in_phase(cast, "discovery")
    assert {p.name for p in followers(made)} == {"Petra Manager", "Rae Requester"}
    say(made, cast.product_manager, "@growth look.")
    assert cast.growth in followers(made)
    unfollow(initiative=made, actor=cast.growth)
    say(made, cast.product_manager, "@growth again.")
    assert cast.growth not in followers(made)
    follow(initiative=made, actor=cast.growth)
    assert following(made, cast.growth).mine
    unfollow(initiative=made, actor=cast.product_manager)
    assign(initiative=made, actor=cast.product_manager, seat="owner", person=cast.product_manager)
    assert not following(made, cast.product_manager).mine


def test_a_raw_insert_follows_too(cast):
    made = proposed(cast)
    assert Follow.objects.get(initiative=made).why == "requester"


def test_pages_of_talk_keep_texts_and_refuse(cast, as_):
    made = in_phase(cast, "discovery")
    said = say(made, cast.growth, "Look.")
    base = f"/initiatives/{made.key}/comments/{said.pk}"
    browser, reader = as_(cast.growth), as_(cast.reader)
    assert "Look." in browser.get(f"{base}/edit").content.decode()
    assert reader.get(f"{base}/edit").status_code == 403
    assert reader.post(f"{base}/edit", {"text": "No."}).status_code == 403
    assert browser.post(f"{base}/answer", {"text": " "}).status_code == 422
    assert browser.post(f"{base}/other").status_code == 404
    assert reader.post(f"{base}/resolve").status_code == 403
    assert browser.post(f"{base}/resolve").status_code == 302
    assert "Settled by" in browser.get(f"/initiatives/{made.key}/activity").content.decode()
    assert browser.post(f"{base}/reopen").status_code == 302
    assert browser.post(f"/initiatives/{made.key}/follow").status_code == 302
    assert "Following" in browser.get(made.get_absolute_url()).content.decode()
    assert browser.post(f"/initiatives/{made.key}/follow", {"stop": "1"}).status_code == 302


def test_a_promise_is_worth_its_share_of_the_gap_a_week(cast):
    made = believed(cast).initiative
    promise = made.promises.get()
    goal = promise.kpi.targets.get(phase="committed")
    weeks = Decimal((promise.by_date - timezone.localdate()).days) / 7
    middle = (promise.low + promise.high) / 2 - goal.baseline_value
    worth = promised_values([made.pk])[made.pk]
    assert worth.share == pytest.approx(float(middle / (goal.value - goal.baseline_value) / weeks))
    assert worth.words.endswith("%")


def test_the_order_of_home_is_a_setting(settings):
    rows = [
        Need(title="old", href="/", meta="", action="Open", age=9, expected=1),
        Need(title="dear", href="/", meta="", action="Open", value=5),
    ]
    assert [r.title for r in sorted(rows, key=lambda r: r.order)] == ["old", "dear"]
    settings.HOME_ORDER = ("value", "age", "blocked", "legal")
    assert [r.title for r in sorted(rows, key=lambda r: r.order)] == ["dear", "old"]


def test_a_visit_goes_on_and_a_new_one_marks_what_moved(cast, as_):
    person = cast.product_manager
    look_at_home(person=person)
    assert HomeLook.objects.get().before_at is None
    earlier = timezone.now() - timedelta(hours=5)
    HomeLook.objects.update(seen_at=earlier)
    in_phase(cast, "discovery")
    text = as_(person).get("/").content.decode()
    assert "Since you last looked" in text
    assert "marks-new" in text
    assert HomeLook.objects.get().before_at == earlier
    look_at_home(person=person)
    assert HomeLook.objects.get().before_at == earlier


def test_a_newcomer_is_greeted_until_it_is_put_away(cast, as_):
    browser = as_(cast.requester)
    text = browser.get("/").content.decode()
    assert "three true things" in text
    assert "Hand in a need" in text
    assert browser.post("/").status_code == 302
    assert "three true things" not in browser.get("/").content.decode()
    put_greeting_away(actor=cast.requester)
    type(cast.reader).objects.filter(pk=cast.reader.pk).update(
        joined_at=timezone.now() - timedelta(days=31)
    )
    assert "three true things" not in as_(cast.reader).get("/").content.decode()


def test_rows_of_each_role(cast):
    made = believed(cast).initiative
    long_ago = timezone.localdate() - timedelta(days=120)
    made.evidence.update(collected_date=long_ago)
    assert "evidence" in kinds(cast.product_manager)
    design = in_phase(cast, "ux_design", title="To draw")
    rows = [r for r in everything_for(cast.designer) if r.about == design.pk]
    assert [(r.kind, r.action) for r in rows] == [("design", "Add version")]
    deep = in_phase(cast, "deep_dive", title="Slow")
    Initiative.objects.filter(pk=deep.pk).update(
        state_entered_at=timezone.now() - timedelta(days=30)
    )
    assert "late" in kinds(cast.cpo)


def test_how_an_idea_becomes_a_release_counts_live(cast, as_):
    in_phase(cast, "deep_dive")
    text = as_(cast.reader).get("/help").content.decode()
    assert text.count("Responsible") == 8
    assert "1 live" in text
