"""What programs may be told of initiatives, rankings, referrals, sessions and Jira (see webhooks)."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from initiatives.models import (
    Initiative,
    InitiativeComment,
    JiraItem,
    Ranking,
    Referral,
    ScoringSession,
)
from initiatives.signals import jira_settled
from webhooks.actions.listening import moved, on_created, on_step
from webhooks.actions.telling import tell
from webhooks.events import event

CREATED = event("initiative.created", _("An initiative was proposed"))
MOVED = event("initiative.phase_changed", _("An initiative changed its phase"))
COMMENTED = event("initiative.commented", _("Somebody commented on an initiative"))
COMMITTED = event("ranking.committed", _("A ranking was committed"))
REFERRED = event("referral.phase_changed", _("A referral across lines moved on"))
SESSION = event("scoring_session.phase_changed", _("A scoring session moved on"))
JIRA = {
    JiraItem.Sync.SYNCED: event("jira.issue_pushed", _("An issue is in step with Jira")),
    JiraItem.Sync.REFUSED: event("jira.issue_refused", _("Jira refused an issue")),
    JiraItem.Sync.GONE: event("jira.issue_gone", _("An issue is gone in Jira")),
}


def about(kind: str, initiative: Initiative, **ids: Any) -> None:
    """Tell of something about an initiative. Its page is named without words of its title."""
    tell(
        kind,
        initiative,
        path=f"/initiatives/{initiative.key}",
        api=f"/api/v1/initiatives/{initiative.key}/",
        initiative=initiative.key,
        line=initiative.line.slug if initiative.line else None,
        **ids,
    )


def initiative_moved(initiative: Initiative, record: Any) -> None:
    about(MOVED, initiative, **moved(record))


def commented(comment: InitiativeComment) -> None:
    about(COMMENTED, comment.initiative, comment=comment.pk)


def referral_moved(referral: Referral, record: Any) -> None:
    about(REFERRED, referral.initiative, **moved(record))


def ranking_moved(ranking: Ranking, record: Any) -> None:
    if record.step == "commit":
        tell(
            COMMITTED,
            ranking,
            path=ranking.get_absolute_url(),
            api=f"/api/v1/rankings/{ranking.pk}/",
            ranking=ranking.pk,
            line=ranking.line.slug,
            period=ranking.period,
            revision=ranking.revision,
        )


def session_moved(session: ScoringSession, record: Any) -> None:
    tell(
        SESSION,
        session,
        path=session.get_absolute_url(),
        api="",
        session=session.pk,
        line=session.line.slug,
        **moved(record),
    )


@receiver(jira_settled, sender=JiraItem, dispatch_uid="initiatives.tell_of_jira")
def settled(item: JiraItem, **_more: Any) -> None:
    about(JIRA[JiraItem.Sync(item.sync)], item.initiative, issue=item.key, level=item.level)


on_created(Initiative, lambda initiative: about(CREATED, initiative))
on_created(InitiativeComment, commented)
on_step(Initiative, initiative_moved)
on_step(Referral, referral_moved)
on_step(Ranking, ranking_moved)
on_step(ScoringSession, session_moved)
