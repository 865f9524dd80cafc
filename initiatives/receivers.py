"""What follows from a step, inside the step's own transaction: the doorman's news, passed on."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from accounts.subjects import Kind
from accounts.subjects import register as register_kind
from config.flow.signals import ship_defaults, step_taken
from initiatives.actions.asked import ask_lines
from initiatives.actions.framework import ship_frameworks
from initiatives.actions.imported import forget_imported, propose_imported
from initiatives.actions.jira_push import want_ticket
from initiatives.actions.news import tell_of_step
from initiatives.actions.sources import ship_sources
from initiatives.actions.splitting import keep_one_line, split_by_line
from initiatives.actions.steps import lock_promises, settle_accepted
from initiatives.jira.sync import bring_in_step
from initiatives.models import Initiative, JiraItem, Referral, SavedView, Ticket
from initiatives.signals import due_jira_item, ticket_changed
from rfc.signals import document_imported, document_unimported


@receiver(step_taken, sender=Initiative, dispatch_uid="initiatives.settle_accepted")
def accepted(subject: Initiative, record: Any, actor: Any, **_: Any) -> None:
    if record.step == "accept":
        settle_accepted(initiative=subject)
        ask_lines(subject, actor)


@receiver(step_taken, sender=Initiative, dispatch_uid="initiatives.lock_promises")
def promised(subject: Initiative, record: Any, **_: Any) -> None:
    if record.step == "start-rfc":
        lock_promises(initiative=subject, at=record.at)
    if record.step == "send-back" and subject.phase == "discovery":
        lock_promises(initiative=subject, at=None)


@receiver(step_taken, sender=Referral, dispatch_uid="initiatives.referral_answered")
def referral_answered(subject: Referral, record: Any, actor: Any, **_: Any) -> None:
    if record.step == "split":
        split_by_line(referral=subject, actor=actor, note=record.note)
    if record.step == "return-to-line":
        keep_one_line(referral=subject)


@receiver(step_taken, sender=Initiative, dispatch_uid="initiatives.tell_followers")
def followers_hear(subject: Initiative, record: Any, actor: Any, **_: Any) -> None:
    tell_of_step(subject, record, actor)


@receiver(ship_defaults, dispatch_uid="initiatives.ship_sources")
def sources_shipped(**_: Any) -> None:
    ship_sources()


@receiver(ship_defaults, dispatch_uid="initiatives.ship_frameworks")
def frameworks_shipped(**_: Any) -> None:
    ship_frameworks()


@receiver(document_imported, dispatch_uid="initiatives.propose_imported")
def cross_line_document(rfc: Any, teams: Any, status: str, **_: Any) -> None:
    propose_imported(rfc=rfc, teams=teams, status=status)


@receiver(document_unimported, dispatch_uid="initiatives.forget_imported")
def document_gone(rfc: Any, **_: Any) -> None:
    forget_imported(rfc=rfc)


@receiver(due_jira_item, sender=JiraItem, dispatch_uid="initiatives.bring_in_step")
def jira_item_is_due(item: JiraItem, **_: Any) -> None:
    bring_in_step(item)


@receiver(ticket_changed, sender=Ticket, dispatch_uid="initiatives.want_ticket")
def ticket_differs_from_jira(ticket: Ticket, **_: Any) -> None:
    want_ticket(ticket)


register_kind(
    Kind("initiative", gettext_lazy("Initiative"), "layers", Initiative.objects.visible_to)
)
register_kind(Kind("view", gettext_lazy("View"), "bookmark", SavedView.objects.visible_to))
