"""Recording decisions, confirming them, looking at them again, superseding them. Never changing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.models import Tab
from config.flow.errors import NotAllowed, NotYours, WrongState
from config.flow.keys import next_number
from rfc.models import RFC, Comment, Decision, DecisionReview, DecisionSubject
from rfc.permissions import may_record_decision
from rfc.subjects import decided

TEXT_MOST = 8000


@dataclass(frozen=True)
class Said:
    """What a decision says, as it will stand for good."""

    question: str
    decision: str
    reason: str
    options: str = ""
    decided_date: date | None = None
    review_date: date | None = None
    line: Any = None


@dataclass(frozen=True)
class About:
    """What a decision is about. `thread` is the comment it came from."""

    rfcs: Iterable[RFC] = field(default_factory=tuple)
    initiatives: Iterable[Any] = field(default_factory=tuple)
    thread: Comment | None = None


@transaction.atomic
def record_decision(
    *,
    actor: Any,
    said: Said,
    decided_by: Any = None,
    about: About | None = None,
    supersedes: Decision | None = None,
) -> Decision:
    """Write a decision down for good. Somebody else's waits for that person's confirmation.

    A correction names what it `supersedes`; each decision has one successor at most.
    """
    if not may_record_decision(actor):
        raise NotYours(
            "Decisions are recorded by people who hold a role in a line or in the company; "
            "readers and requesters read them."
        )
    about = about or About()
    texts = _complete(said)
    decider = decided_by or actor
    if supersedes is not None:
        supersedes = Decision.objects.select_for_update(no_key=True).get(pk=supersedes.pk)
        _must_be_newest(supersedes)
    thread = about.thread
    made = Decision.objects.create(
        number=next_number("DEC"),
        **texts,
        decided_by=decider,
        decided_by_name=decider.name,
        decided_by_roles=decider.role_snapshot(),
        line=said.line or _line_of(about) or getattr(supersedes, "line", None),
        comment=Comment.objects.get(pk=thread.thread_id) if thread else None,
        supersedes=supersedes,
        recorded_by=actor,
        confirmed_at=timezone.now() if decider.pk == actor.pk else None,
    )
    _tie_to(made, actor, about, supersedes)
    if decider.pk != actor.pk:
        _ask_to_confirm(made, actor)
    return made


def _complete(said: Said) -> dict[str, Any]:
    texts = {
        "question": " ".join(said.question.split()),
        "options": _flat(said.options),
        "decision": _flat(said.decision),
        "reason": _flat(said.reason),
    }
    words = {"question": "the question", "decision": "what was decided", "reason": "why"}
    missing = [word for name, word in words.items() if not texts[name]]
    if missing:
        raise NotAllowed(f"Write down {' and '.join(missing)}; a decision without it helps nobody.")
    long = [name for name, text in texts.items() if len(text) > TEXT_MOST]
    if long or len(texts["question"]) > 300:
        raise NotAllowed(
            f"The question has at most 300 characters, every other part {TEXT_MOST}; "
            "link a document for more."
        )
    day = said.decided_date or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowed("A decision is recorded once it was made; the day lies in the future.")
    if said.review_date is not None and said.review_date <= day:
        raise NotAllowed("The review comes after the decision; choose a later day for it.")
    return {**texts, "decided_date": day, "review_date": said.review_date}


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _must_be_newest(old: Decision) -> None:
    newer = Decision.objects.filter(supersedes=old).first()
    if newer is not None:
        raise WrongState(
            f"{old.key} was superseded by {newer.key} already; supersede that one.",
            link=newer.get_absolute_url(),
        )


def _line_of(about: About) -> Any:
    for subject in (*about.rfcs, *about.initiatives):
        if subject.line_id is not None:
            return subject.line
    return about.thread.rfc.line if about.thread else None


def _tie_to(made: Decision, actor: Any, about: About, old: Decision | None) -> None:
    rfcs = {rfc.pk for rfc in about.rfcs}
    initiatives = {each.pk for each in about.initiatives}
    if about.thread is not None:
        rfcs.add(about.thread.rfc_id)
    if old is not None:
        for subject in old.subjects.all():
            if subject.rfc_id is not None:
                rfcs.add(subject.rfc_id)
            elif subject.initiative_id is not None:
                initiatives.add(subject.initiative_id)
    DecisionSubject.objects.bulk_create(
        [
            *(DecisionSubject(decision=made, rfc_id=pk, added_by=actor) for pk in sorted(rfcs)),
            *(
                DecisionSubject(decision=made, initiative_id=pk, added_by=actor)
                for pk in sorted(initiatives)
            ),
        ]
    )


def _ask_to_confirm(made: Decision, actor: Any) -> None:
    told = {"who": actor.name, "key": made.key}
    news = News(
        decided(made),
        "recorded",
        _("%(who)s recorded a decision of yours: %(key)s") % told,
        key=f"decision:{made.key}",
        text=_(
            "%(who)s recorded %(key)s as your decision. Please confirm it, or record another one "
            "in its place."
        )
        % told
        + f"\n\n{made.question}\n{made.decision}",
    )
    tell([made.decided_by], news, tab=Tab.DECIDE, actor=actor)


@transaction.atomic
def confirm_decision(*, decision: Decision, actor: Any) -> Decision:
    """Say that one's own decision was recorded rightly."""
    locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if locked.decided_by_id != actor.pk:
        raise NotYours(f"{locked.key} is confirmed by {locked.decided_by_name}, nobody else.")
    if locked.confirmed_at is not None:
        raise WrongState(f"{locked.key} is confirmed already.")
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["confirmed_at"])
    return locked


@transaction.atomic
def review_decision(
    *, decision: Decision, actor: Any, note: str, next_date: date | None = None
) -> DecisionReview:
    """Look again and find that it still holds. Where it does not, supersede it."""
    locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if not may_record_decision(actor):
        raise NotYours("Decisions are reviewed by people who hold a role; readers read them.")
    _must_be_newest(locked)
    if not note.strip():
        raise NotAllowed("Say in a sentence why the decision still holds.")
    if next_date is not None and next_date <= timezone.localdate():
        raise NotAllowed("Choose a day after today for the next review, or leave it open.")
    return DecisionReview.objects.create(
        decision=locked, reviewed_by=actor, note=note.strip(), next_date=next_date
    )


@transaction.atomic
def link_decision(
    *, decision: Decision, actor: Any, rfc: RFC | None = None, initiative: Any = None
) -> DecisionSubject:
    """Tie a decision to one more RFC or initiative; links are only ever added."""
    if not may_record_decision(actor):
        raise NotYours("Decisions are linked by people who hold a role; readers read them.")
    if (rfc is None) == (initiative is None):
        raise NotAllowed("Name one RFC or one initiative.")
    subject = rfc or initiative
    try:
        with transaction.atomic():
            return DecisionSubject.objects.create(
                decision=decision, rfc=rfc, initiative=initiative, added_by=actor
            )
    except IntegrityError as error:
        raise WrongState(f"{decision.key} is linked to {subject.key} already.") from error
