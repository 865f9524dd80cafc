"""Studies: a mockup version tried with customers, and the verdict on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.models import MockupVersion, Study, StudyTask


@dataclass(frozen=True)
class TaskResult:
    """One task: how many tried it and how many of them succeeded."""

    text: str
    tried: int
    succeeded: int


@transaction.atomic
def record_study(  # noqa: PLR0913 - one form, one call
    *,
    version: MockupVersion,
    actor: Any,
    goal: str,
    segment: str,
    participants: int,
    held_date: date,
    tasks: Sequence[TaskResult],
    findings: str = "",
) -> Study:
    """Record a study with its tasks; it waits for a verdict by someone else."""
    initiative = version.mockup_set.initiative
    if not (may.designs_for(actor, initiative) or may.manages(actor, initiative)):
        raise NotYours("Studies are recorded by the UX designer or the product manager.")
    _must_add_up(participants, tasks)
    study = Study.objects.create(
        version=version,
        author=actor,
        goal=goal.strip(),
        segment=segment.strip(),
        participants=participants,
        held_date=held_date,
        findings=findings.strip(),
    )
    StudyTask.objects.bulk_create(
        StudyTask(
            study=study,
            text=t.text.strip(),
            tried=t.tried,
            succeeded=t.succeeded,
            ordinal=n,
        )
        for n, t in enumerate(tasks)
    )
    return study


def _must_add_up(participants: int, tasks: Sequence[TaskResult]) -> None:
    if participants < 1:
        raise NotAllowed("A study has at least one participant.")
    if not tasks:
        raise NotAllowed("Name at least one task the customers tried.")
    for task in tasks:
        if task.succeeded > task.tried:
            raise NotAllowed(f"“{task.text}”: more succeeded than tried.")
        if task.tried > participants:
            raise NotAllowed(f"“{task.text}”: more tried it than took part.")


@transaction.atomic
def judge_study(*, study: Study, actor: Any, verdict: str, reason: str) -> Study:
    """Give the verdict, once. Refuses whoever drew the version or recorded the study alone."""
    initiative = study.version.mockup_set.initiative
    if not may.may_judge_study(actor, initiative):
        raise NotYours(
            "A study is judged by a product manager, business leader, designer or growth manager "
            "of the line, or the CPO."
        )
    if actor.pk == study.version.author_id:
        raise NotAllowed("You drew this version; someone else must judge whether it works.")
    locked = Study.objects.select_for_update().get(pk=study.pk)
    if locked.verdict:
        raise NotAllowed(f"{locked.judge} judged this study already; record a new one.")
    if not reason.strip():
        raise NotAllowed("Give the reason for the verdict.")
    locked.verdict = Study.Verdict(verdict)
    locked.verdict_reason = reason.strip()
    locked.judge = actor
    locked.judged_at = timezone.now()
    locked.save(update_fields=["verdict", "verdict_reason", "judge", "judged_at"])
    return locked
