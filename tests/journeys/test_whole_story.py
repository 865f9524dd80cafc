"""One initiative, from a need to code in a sprint, walked by people on real pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.demo.papers import TEXT
from initiatives.demo.walk import picture
from initiatives.models import Initiative, ScreenState
from initiatives.permissions import DEEP_DIVE_FUNCTIONS
from rfc.models import RFC
from tests.factories.walks import measured_kpi
from tests.initiatives.jira.conftest import SandboxProcess
from tests.journeys.pages import Desk, fill
from tests.processes.crew import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/initiatives/INI-1"
# One epic, two stories, two sub-tasks each.
PUSHED = 7
FINDINGS = (
    {"finding": "Two of three who left had asked for it.", "method": "data",
     "kind": "quantitative", "points": "for", "sample": 1214, "origin": "Usage, autumn"},
    {"finding": "Twelve of fourteen describe the same work-around.", "method": "interview",
     "kind": "qualitative", "points": "for", "sample": 14, "origin": "Interviews, autumn",
     "quote": "I close at six because tomorrow's money does not pay tonight's bills."},
)  # fmt: skip


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def desk(cast, page_as):
    """`desk("tpm")`: the same browser of the same person each time."""
    desks = {}

    def sit(part):
        if part not in desks:
            desks[part] = Desk(page_as(getattr(cast, part)))
        return desks[part]

    return sit


def hand_in(desk):
    me = desk("requester").open("/initiatives/new")
    form = me.page.locator("form.pad")
    fill(form, {"problem": "Shops wait a night for their money. They close at six.",
                "affected": "Small shops, some 1 200", "source": "growth"})  # fmt: skip
    me.page.get_by_text("Line, KPI, deadline, files").click()
    fill(form, {"line": "payments"})
    me.press("Send").reads("Payments triages within 3 working days")


def triage(desk):
    desk("product_manager").open("/intake").reads("Shops wait a night for their money").press(
        "Accept"
    )
    me = (
        desk("product_manager")
        .open(HERE)
        .reads(
            "There is no quantitative evidence from real customers yet, such as a survey or data."
        )
    )
    me.page.locator(".badge", has_text="Discovery").first.wait_for()


def believe(desk, kpi):
    me = desk("product_manager").open(f"{HERE}/evidence").reads("No evidence yet")
    me.send("hypothesis", "Record hypothesis", says="The hypothesis is recorded.",
            change="Pay out at once", audience="Small shops", kpi=str(kpi.pk), target=60,
            by_date=day(120), pass_rule="Half of the way in eight weeks.")  # fmt: skip
    for finding in FINDINGS:
        me.send("evidence", "Record evidence", says="The evidence is recorded.",
                collected_date=day(-9), from_customers=True, **finding)  # fmt: skip
    me.reads("2 for · 0 against · 0 unclear", "frozen since the first evidence")
    judge = desk("growth").open(f"{HERE}/evidence").reads("Nobody has judged the evidence yet.")
    judge.send("verdict", "Record verdict", says="Your verdict is recorded.",
               outcome="supported", reason="Both say the same.")  # fmt: skip
    judge.no_longer_reads("Nobody has judged the evidence yet.")
    desk("product_manager").open(HERE).no_longer_reads("There is no quantitative evidence")


def promise_and_score(desk, kpi):
    me = desk("product_manager").open(f"{HERE}/metrics").reads("No promise yet")
    me.send("promise", "Record promise", says="The promise is recorded.", kpi=str(kpi.pk),
            low=57, high=63, by_date=day(130), method="Weekly value after release.")  # fmt: skip
    me.reads("57–63 %").open(f"{HERE}/evidence").reads("Incomplete")
    inputs = (("product_manager", "reach", 400), ("product_manager", "impact", 1.5),
              ("architect", "effort", 5))  # fmt: skip
    for part, factor, value in inputs:
        desk(part).open(f"{HERE}/evidence").send(
            "score", "Save input", says="Your input counts from now on.", factor=factor, value=value
        )
    desk("architect").no_longer_reads("Incomplete").reads("108.0")


def rank(desk):
    me = desk("product_manager").open("/ranking").reads("No ranking yet")
    fill(me.page.locator("#new form"), {"line": "payments", "period": "2026-Q4",
                                        "capacity_points": 60})  # fmt: skip
    me.press("Open draft").told("The draft is open.").reads(
        "The ranking is empty; add the initiatives that compete for this period."
    )
    me.send("add", "Add to ranking", says="INI-1 has a place.", points=8,
            initiative="INI-1")  # fmt: skip
    me.send("complete", "Declare complete", says="The set is declared complete.",
            asked=["growth", "qa"], silent=["qa"])  # fmt: skip
    me.press("Commit to this order").told("You committed to this order")
    me.reads("Business leader has not committed")
    leader = desk("business_leader").open("/ranking").follow("Payments, 2026-Q4")
    leader.press("Commit to this order").told("Both committed to this order")
    leader.reads("Committed ranking")


def write_rfc(desk):
    me = desk("product_manager").open(HERE).take("Start RFC", now="RFC")
    me.open(f"{HERE}/rfc").follow("Write the RFC")
    form = me.page.locator("form.pad")
    fill(form, {"title": "Instant payout", "flags": ["money", "user_facing"],
                "decision_asked": "Build it behind a flag."})  # fmt: skip
    me.press("Start the draft")
    body = TEXT.format(title="Instant payout", problem="Shops wait.", limit="€ 2,000",
                       kpi="Active shops", start="53 %", goal="60 %")  # fmt: skip
    me.page.locator('textarea[name="body"]').fill(body)
    me.press("Publish r1").told("r1 is published.")
    me.open("/rfcs/RFC-1").reads("Exposure is reviewed every morning by the duty risk officer.")
    me.press("Ask for a decision").reads("Who is told, by mail, at once")
    me.take("Ask for a decision and tell", now="In review", exact=False)


def decide(desk):
    desk("product_manager").open(HERE).reads("RFC-1 is “in review”, not accepted.")
    functions = RFC.objects.get().required_functions.values_list("function", flat=True)
    assert set(functions) == {"architect", "finance", "risk", "designer"}
    for function in functions:
        me = desk(function).open("/rfcs/RFC-1/position")
        fill(me.page.locator("form.pad"), {"function": function, "stance": "approve"})
        me.press("Take the position on r1").told("on r1.")
    desk("product_manager").open("/rfcs/RFC-1")
    desk("product_manager").page.locator(".badge", has_text="Accepted").first.wait_for()


def sketch(desk):
    me = desk("designer").open(f"{HERE}/design").reads("No screen yet", "No version yet")
    me.send("screen", "Add screen", says="“Payout” is in the grid.", name="Payout")
    me.send("version", "Open version", says="Version 1 is open.", fidelity="low", note="Sketch")
    upload(me, "filled")
    owner = desk("product_manager").open(HERE)
    owner.no_longer_reads("There is no mockup yet").take("Start design", now="UX design")


def upload(me, state):
    drawn = picture("Payout", state, "high")
    file = {"name": drawn.name, "mimeType": "image/png", "buffer": drawn.read()}
    me.send("picture", "Freeze picture", says="“Payout” is frozen into the version.",
            screen=str(_screen().pk), state=state, picture=file)  # fmt: skip


def _screen():
    return Initiative.objects.get().mockup_set.screens.get()


def draw(desk):
    me = desk("designer").open(HERE).reads("No high-fidelity version is pinned")
    me.open(f"{HERE}/design")
    me.send("version", "Open version", says="Version 2 is open.", fidelity="high")
    drawn = ("filled", "empty", "error")
    for state in drawn:
        upload(me, state)
    rest = [state.value for state in ScreenState if state not in drawn]
    me.send("exempt", "Record exemption", says="The exemption is recorded.",
            screen=str(_screen().pk), states=rest, reason="The page is served whole.")  # fmt: skip
    me.reads("0 holes").press("Pin v2").told("Version 2 is pinned.")
    me.send("study", "Record study", says="The study is recorded; someone else judges it.",
            goal="Do people finish?", segment="Shop owners", participants=6, task_1="Pay out",
            tried_1=6, succeeded_1=5)  # fmt: skip
    judge = desk("growth").open(f"{HERE}/design").reads("5 of 6")
    judge.send("judge", "Record verdict", says="Your verdict is recorded.",
               verdict="validated", reason="Five of six finished.")  # fmt: skip
    me.open(HERE).no_longer_reads("No high-fidelity version is pinned")
    me.take("Start deep-dive", now="Deep-dive")


def break_down(desk, cast):
    me = desk("tpm").open(f"{HERE}/delivery").reads("No ticket yet")
    for title in ("See the payout", "Confirm the payout"):
        me.send("ticket", "Add ticket", says=f"“{title}” is in the plan.", title=title,
                points=3, assignee=str(cast.engineer.pk), description="As a shop owner …",
                criteria="It works slowly too.\nA refusal says why.",
                sub_tasks="Service\nScreen")  # fmt: skip
    for title in ("See the payout", "Confirm the payout"):
        me.open(f"{HERE}/delivery").reads("0 test cases").follow(title)
        me.send("case", "Add test case", says="The test case is there.", title="Happy path")
    desk("architect").open(f"{HERE}/delivery").send(
        "architecture", "Save architecture", says="The architecture is saved.",
        architecture="One service beside the ledger.", non_functional="99 % below 800 ms.",
    )  # fmt: skip
    for function in DEEP_DIVE_FUNCTIONS:
        desk(str(function)).open(f"{HERE}/delivery").send(
            "sign_off", "Sign off", says="You signed off for", function=str(function)
        )
    me.open(HERE).take("Mark sprint-ready", now="Sprint-ready")


def plan_sprint(desk):
    me = desk("business_leader").open(f"{HERE}/delivery").reads("The line has no sprint yet.")
    me.send("sprint", "Open sprint", says="“S 1” is open.", name="S 1",
            goal="The first shops are paid at once.", start_date=day(1), end_date=day(14))  # fmt: skip
    sprint = Initiative.objects.get().line.sprints.get()
    me.send("plan", "Plan tickets", says="2 tickets are in", sprint=str(sprint.pk))


def push(desk, sandbox):
    desk("business_leader").open(HERE).reads("It opens when the sentence above is gone.")
    me = desk("tpm").open("/jira/payments")
    told = {"base_url": sandbox.url, "email": "gateline@example.com", "token": "sandbox-token",
            "project_key": "GATE"}  # fmt: skip
    fill(me.page.locator("form:has([name=project_key])"), told)
    me.press("Save and check")
    wait_until(lambda: me.open("/jira/payments").sees("The connection works."), step=0.5)
    me.open(f"{HERE}/push").reads("What a push would do", "See the payout")
    assert sandbox.issues() == [], "nothing is sent before somebody says so"
    me.press("Push to Jira").sees_job_end()
    wait_until(lambda: len(sandbox.issues()) == PUSHED)
    wait_until(lambda: me.open(f"{HERE}/push").sees("Nothing to push"), step=0.5)


def look_into_jira(desk, sandbox):
    issues = {each["summary"]: each for each in sandbox.issues()}
    me = desk("tpm").open(f"{HERE}/delivery")
    shown = issues["See the payout"]
    me.reads(shown["key"])
    sandbox("POST", f"issues/{shown['key']}/status", {"status": "In Progress"})
    me.open(f"{HERE}/push").press("Read now").sees_job_end()
    wait_until(lambda: me.open(f"{HERE}/delivery").sees("In Progress"), step=0.5)


def start_coding(desk):
    desk("business_leader").open(HERE).take("Start coding", now="Coding")


@pytest.fixture
def sandbox(settings, crew):
    """Jira's stand-in as a process of its own, and workers that may call it."""
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    crew.environment["GATELINE_OUTBOUND_HOSTS"] = "127.0.0.1"
    crew.relay().worker()
    process = SandboxProcess()
    yield process
    process.stop()


def test_a_need_becomes_code_in_a_sprint(desk, cast, settings, sandbox):
    settings.REVIEW_WINDOW_DAYS = 0
    kpi = measured_kpi(cast)
    hand_in(desk)
    triage(desk)
    believe(desk, kpi)
    promise_and_score(desk, kpi)
    rank(desk)
    write_rfc(desk)
    decide(desk)
    sketch(desk)
    draw(desk)
    break_down(desk, cast)
    plan_sprint(desk)
    push(desk, sandbox)
    look_into_jira(desk, sandbox)
    start_coding(desk)
