"""What waits in the inboxes of Harbourlight, so that whoever signs in first finds something; and a
chat room that is not connected yet.
"""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import follow_thing
from accounts.models import Notice, Tab
from initiatives.actions.talk import comment
from initiatives.demo.company import Company, Line
from initiatives.demo.walk import ahead
from initiatives.models import Initiative
from rfc.actions.comments import comment as remark
from rfc.actions.decisions import About, Said, record_decision
from rfc.models import RFC
from webhooks.delivery import sealed_secret
from webhooks.events import ROOM_KINDS
from webhooks.models import Endpoint

# (who writes, the text): on the RFC that is one approval away.
REMARKS = (
    ("product_manager", "@tpm can the flag be ready for the second sprint? @engineer "
     "and @qa: the 800 ms are measured at the till, please plan the test there."),
    ("risk", "@security who may close the flag is in the threat model, I hope? @vpe, who "
     "is on call at night?"),
    ("cpo", "@bl take this to the round of leaders. @reader, a good one for the "
     "course on RFCs."),
    ("operations", "@admin please give the duty officers of both regions an account."),
)  # fmt: skip
QUIET = ("tpm", "engineer", "qa", "business_leader", "vp_engineering", "security", "reader")
# So many entries of what somebody follows are still open.
WAITING = 5


def fill_inboxes(company: Company) -> None:
    """Mentions for everybody who had none, what is followed, and decisions to confirm."""
    line = company.lines["payments"]
    rfc = RFC.objects.filter(line=line.line, phase=RFC.IN_REVIEW).order_by("-number")[0]
    for role in QUIET:
        follow_thing(kind="rfc", pk=rfc.pk, actor=line[role])
    follow_thing(kind="rfc", pk=rfc.pk, actor=company.administrator)
    for role, text in REMARKS:
        remark(rfc=rfc, actor=line[role], text=text)
    _decisions(line, rfc)
    _about_an_initiative(line)
    _put_away()
    _unconnected_room(line)


def _put_away() -> None:
    """Of what people follow the newest few wait; the rest came over weeks and was put away."""
    now = timezone.now()
    told: Counter[int] = Counter()
    followed = list(Notice.objects.filter(tab=Tab.FOLLOWING).order_by("-at", "-pk"))
    for notice in followed:
        before = told[notice.person_id]
        told[notice.person_id] += 1
        notice.at = notice.begun_at = now - timedelta(hours=1 + 5 * before)
        if before >= WAITING:
            notice.done_at = notice.at + timedelta(hours=1)
    Notice.objects.bulk_update(followed, ["at", "begun_at", "done_at"])


def _decisions(line: Line, rfc: RFC) -> None:
    """Somebody wrote down what two leaders said in a meeting; each is asked to confirm it."""
    said = (
        ("business_leader", "Who carries the float of the pilot?", "Payments does, up to € 40 000.",
         "Savings has no budget line for it before spring."),
        ("vp_engineering", "Do we build the flag ourselves?", "No, the one of the platform team.",
         "It is watched day and night already."),
    )  # fmt: skip
    for role, question, decision, reason in said:
        record_decision(
            actor=line["product_manager"],
            decided_by=line[role],
            said=Said(question=question, decision=decision, reason=reason, line=line.line,
                      review_date=ahead(60)),
            about=About(rfcs=[rfc]),
        )  # fmt: skip


def _about_an_initiative(line: Line) -> None:
    """A remark that names the line's designer, architect and the compliance partner."""
    initiative = Initiative.objects.filter(line=line.line, phase="discovery").order_by("number")[0]
    comment(
        initiative=initiative,
        actor=line["tpm"],
        text="@compliance which notice do shops get before we store more? @designer has a "
        "draft, @architect the list of fields.",
    )


def _unconnected_room(line: Line) -> None:
    """There is no chat in the demo: the room is off, and says what to do."""
    room = Endpoint(
        name="#payments",
        form="slack",
        url="https://chat.harbourlight.example/…",
        kinds=sorted(ROOM_KINDS),
        line=line.line,
        keeper=line["business_leader"],
        is_on=False,
        off_at=timezone.now(),
        off_because=_("There is no chat in the demo. Change the address to one of yours, then "
                      "switch it on."),
    )  # fmt: skip
    room.secret_sealed = sealed_secret(room, "https://chat.harbourlight.example/hooks/none")
    room.save()
