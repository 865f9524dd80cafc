"""A referral over three lines with one declining, in a browser; every cross-line page accessible."""

import pytest

from accounts.models import BusinessLine, Membership, Person, Role
from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line
from initiatives.actions.talk import comment
from initiatives.models import Initiative, Referral
from tests.factories.initiatives import in_phase
from tests.factories.walks import believed

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_FOLDS = "for (const fold of document.querySelectorAll('details')) fold.open = true"


def savings(cast):
    """A third line with its leader."""
    line = BusinessLine.objects.create(slug="savings", name="Savings")
    leader = Person.objects.create_user("savings.leader@example.com", "x" * 20, name="Sid Leader")
    Membership.objects.create(person=leader, role=Role.BUSINESS_LEADER, line=line)
    return line, leader


def over_three_lines(cast):
    line, leader = savings(cast)
    made = believed(cast, affected="Small shops").initiative
    return made, line, leader


def say(page, scope, button):
    page.locator(scope).get_by_role("button", name=button).first.click()


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (1280, False), (390, True), (390, False)]
)
def test_a_referral_over_three_lines_with_one_declining(width, scripts, cast, page_as, fits):
    made, _line, leader = over_three_lines(cast)
    path = f"/initiatives/{made.key}/referral"
    desk = {"width": width, "scripts": scripts}

    page = page_as(cast.product_manager, **desk)
    for name in ("Cards", "Savings"):
        page.goto(path)
        fold = page.locator("details", has_text="Touch a further line").first
        fold.locator("summary").click()
        fold.get_by_label("Further line").select_option(label=name)
        fold.get_by_role("button", name="Ask this line").click()
    fits(page)

    page = page_as(cast.cards_leader, **desk)
    page.goto(path)
    form = page.locator("#answer form")
    form.get_by_label("Answer").select_option("conditional")
    form.get_by_label("Conditions").fill("After May.")
    form.get_by_label("Responsible").select_option(label="Cora Leader")
    form.get_by_label("Capacity in points").fill("8")
    form.get_by_role("button", name="Record answer").click()
    assert page.get_by_text("Accepts with conditions").first.is_visible()

    page = page_as(leader, **desk)
    page.goto(path)
    form = page.locator("#answer form")
    form.get_by_label("Answer").select_option("declined")
    form.get_by_role("button", name="Record answer").click()
    assert page.get_by_text("Write one or two sentences.").first.is_visible()
    form.get_by_label("Reason or remark").fill("No people until autumn.")
    form.get_by_role("button", name="Record answer").click()
    assert page.get_by_text("No people until autumn.").first.is_visible()

    page = page_as(cast.cpo, **desk)
    page.goto("/portfolio/referrals")
    fits(page)
    assert page.get_by_text("8 points").first.is_visible()
    page.get_by_role("link", name=made.title).first.click()
    page.get_by_role("button", name="Take coordination").first.click()
    assert Referral.objects.get(initiative=made).coordinator == cast.cpo
    assert [s.answer for s in made.lines.order_by("pk")] == ["none", "conditional", "declined"]

    page = page_as(cast.cards_leader, **desk)
    page.goto(path)
    page.get_by_label("How it was met").fill("It is June.")
    page.get_by_role("button", name="Met").click()
    assert page.get_by_text("It is June.").first.is_visible()
    fits(page)


def test_names_are_completed_in_comments_answers_and_messages(cast, page_as):
    made = in_phase(cast, "discovery")
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    said = comment(initiative=made, actor=cast.growth, text="Who decides?")
    page = page_as(cast.product_manager)
    here = f"/initiatives/{made.key}"
    for path, fold in (("activity", ""), ("activity", "Answer"), ("referral", "Write to a line"),
                       (f"comments/{said.pk}/answer", "")):  # fmt: skip
        page.goto(f"{here}/{path}")
        scope = page.locator("main")
        if fold:
            scope = page.locator("main details", has=page.locator("summary", has_text=fold)).last
            scope.locator("summary").click()
        field = scope.locator("textarea[name$=text]:visible").last
        field.press_sequentially(f"@{cast.designer.email[:4]}")
        page.get_by_role("option", name=cast.designer.name).wait_for()
        page.keyboard.press("Enter")
        assert field.input_value() == f"@{cast.designer.email.partition('@')[0]} "


def look(page, path, axe, fits, status=200):
    answer = page.goto(path)
    assert answer.status == status, path
    page.evaluate(OPEN_FOLDS)
    fits(page)
    axe(page)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_pages_with_nothing(width, theme, cast, page_as, axe, fits):
    page = page_as(cast.cpo, width=width, theme=theme)
    for path in ("/", "/portfolio", "/portfolio/referrals", "/portfolio/collisions", "/help",
                 "/portfolio/referrals?answer=declined"):  # fmt: skip
        look(page, path, axe, fits)


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_pages_with_everything(width, theme, cast, page_as, axe, fits):
    made, line, _leader = over_three_lines(cast)
    for each in (cast.cards, line):
        add_line(initiative=made, actor=cast.product_manager, line=each)
    share = made.lines.get(line=cast.cards)
    answer_for_line(
        share=share, actor=cast.cards_leader, answer="conditional", conditions=["May.", "Two."]
    )
    theirs = in_phase(cast, "discovery", title="Theirs", affected="Small shops")
    Initiative.objects.filter(pk=theirs.pk).update(line=cast.cards, owner=cast.outsider)
    Initiative.objects.filter(pk=made.pk).update(team=cast.issuing)
    asked = comment(
        initiative=made, actor=cast.growth, text="@cpo @product.manager who decides?", line=line
    )
    comment(initiative=made, actor=cast.growth, text="@cpo and here?")
    here = f"/initiatives/{made.key}"
    paths = ("/", "/portfolio", "/portfolio/referrals", "/portfolio/collisions",
             f"/portfolio/collisions/{made.key}/{theirs.key}", f"{here}/referral",
             f"{here}/activity", f"{here}/comments/{asked.pk}/answer", f"{here}", "/help")  # fmt: skip
    page = page_as(cast.cpo, width=width, theme=theme)
    for path in paths:
        look(page, path, axe, fits)
    page = page_as(cast.cards_leader, width=width, theme=theme)
    look(page, f"{here}/referral?answer=cards", axe, fits)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_pages_that_refuse(width, theme, cast, page_as, axe, fits):
    made = believed(cast).initiative
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    page = page_as(cast.cards_leader, width=width, theme=theme)
    page.goto(f"/initiatives/{made.key}/referral")
    form = page.locator("#answer form")
    form.get_by_label("Answer").select_option("declined")
    form.get_by_role("button", name="Record answer").click()
    assert page.title().startswith("Error:")
    fits(page)
    axe(page)
    page = page_as(cast.cpo, width=width, theme=theme)
    page.goto("/portfolio/referrals")
    page.get_by_role("button", name="Hand referrals on").click()
    fits(page)
    axe(page)


def test_keys_walk_the_matrix(cast, page_as):
    for n in range(2):
        made = in_phase(cast, "discovery", title=f"Number {n}")
        add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    page = page_as(cast.cpo)
    page.goto("/portfolio/referrals")
    titles = []
    for _ in range(2):
        page.keyboard.press("j")
        titles.append(page.evaluate("document.activeElement.textContent"))
    assert titles == ["Number 0", "Number 1"]
