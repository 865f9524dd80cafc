"""Bringing one item in step with Jira: the work of a `JiraItem` (J1 to J3, J9 to J13, J27 to J32).

Lives here: desired against synced against seen, then at most the calls that make them equal. Every
write of a row and every call that changes Jira holds the lease first. Does not live here: pure
decisions (`compare.py`, `mapping.py`), reading back (`reading.py`), HTTP (`client.py`).
"""

from django.db.models.functions import Now
from django.utils import timezone

from config.due.errors import GiveUp, TryLater
from config.due.faults import fault
from config.due.models import DueState
from config.seal import SealBroken
from initiatives.jira import errors, mapping
from initiatives.jira.client import Jira
from initiatives.jira.compare import Act, to_send
from initiatives.jira.desired import desired_of, marker_of
from initiatives.jira.lookup import look_for
from initiatives.jira.mapping import PROPERTY, DesiredIssue, Name
from initiatives.jira.reach import (
    CLOSED_SECONDS,
    offered,
    open_jira,
    rules_of,
    signed_out,
    slowed,
    wait_unless_usable,
)
from initiatives.jira.reading import Reading
from initiatives.jira.snapshot import synced_labels
from initiatives.models import JiraItem

PARENT_SECONDS = 300
GONE_SECONDS = 1200
READS_UNTIL_GONE = 3
IN_DOUBT = (JiraItem.Sync.SENDING, JiraItem.Sync.UNKNOWN)


def bring_in_step(item: JiraItem) -> None:
    """Do what is needed for one item. Raises TryLater, GiveUp or an error that counts."""
    connection = item.connection
    wait_unless_usable(connection)
    desired = desired_of(item)
    if desired is None or _not_wanted(item):
        return
    if item.parent and not item.parent.issue_id:
        raise TryLater(PARENT_SECONDS, "It waits for the issue above it.")
    try:
        with open_jira(connection) as jira:
            Push(item, desired, jira).run()
    except SealBroken as broken:
        raise GiveUp(f"{broken} Enter the token again on the connection's page.") from None
    except errors.BadCredentials as error:
        raise signed_out(connection, error) from None
    except errors.Limited as error:
        raise slowed(connection, error) from None
    except errors.Changed:
        raise TryLater(
            1, "Somebody wrote the issue at the same moment; it is read again."
        ) from None
    except (errors.WrongRequest, errors.Refused, errors.NotPermitted) as error:
        if item.sync in IN_DOUBT and not item.issue_id:
            raise  # The search was refused, not the create: the doubt stays.
        item.renew(sync=JiraItem.Sync.REFUSED, message=str(error))
    except errors.Gone as error:
        raise TryLater(CLOSED_SECONDS, f"Jira does not show it: {error}") from None


def _not_wanted(item: JiraItem) -> bool:
    """Never sent, and by now nobody wants it: left out of the plan, or its push was stopped."""
    if item.issue_id or item.sync in IN_DOUBT:
        return False
    if item.job and item.job.cancel_asked_at:
        item.renew(message="The push was stopped before this was sent.")
        return True
    ticket = item.ticket or (item.sub_task.ticket if item.sub_task else None)
    return bool(ticket and ticket.archived_at)


class Push:
    """One run for one item, with its client open."""

    def __init__(self, item: JiraItem, desired: DesiredIssue, jira: Jira) -> None:
        known = offered(item.connection)
        if known is None:
            raise TryLater(PARENT_SECONDS, "What the project offers was not read yet.")
        self.item, self.desired, self.jira = item, desired, jira
        self.known, self.rules = known, rules_of(known)
        self.parent_id = item.parent.issue_id if item.parent else ""
        self.said = item.message if item.sync == JiraItem.Sync.SYNCED else ""

    def run(self) -> None:
        if self.item.issue_id:
            self._update()
            return
        if self.item.sync in IN_DOUBT:
            found = look_for(self.item, self.jira)
            if found:
                self.said = found.said
                self._adopt(found.issue.id, found.issue.key)
                return
        self._create()

    def _create(self) -> None:
        made = mapping.compose(self.desired, self.known, self.rules, parent_id=self.parent_id)
        if made.refusals:
            raise errors.Refused(messages=made.refusals)
        sending = JiraItem.Sync.SENDING
        self.item.renew(sync=sending, sent_at=timezone.now(), probes=0, message="")
        fault("jira.intent")
        try:
            created = self.jira.create(made.fields, properties=made.properties)
        except errors.UnknownOutcome as error:
            self.item.renew(sync=JiraItem.Sync.UNKNOWN, message=str(error))
            raise TryLater(
                1, "Nobody knows whether Jira made this issue; it is looked for."
            ) from None
        except errors.JiraError:
            # Certainly not executed: nothing to look for, the next run may simply send.
            self.item.renew(sync=JiraItem.Sync.NEW)
            raise
        self._adopt(created.id, created.key)

    def _adopt(self, issue_id: str, key: str) -> None:
        """From here on the issue is ours by its number, then the rest of it is brought in step."""
        self.item.renew(issue_id=issue_id, key=key, sync=JiraItem.Sync.SENDING)
        fault("jira.adopted")
        self._update()

    def _call_children(self) -> None:
        """Rows below wait with a late due time until this one has an issue to stand under (J6)."""
        waiting = JiraItem.objects.filter(parent=self.item.pk, issue_id="", state=DueState.DUE)
        waiting.filter(lease_token=None, sync=JiraItem.Sync.NEW).update(due_at=Now())

    def _update(self) -> None:
        self._call_children()
        reading = self._read()
        if reading is None:
            return
        acts = reading.acts()
        send = to_send(acts)
        if send - {Name.POINTS} or not reading.knows_our_content:
            self._edit(send)
        if Name.POINTS in send:
            self._estimate()
        if self.item.sync != JiraItem.Sync.SYNCED:
            self._link_back()
        if send:
            reading = self._read() or reading
        noted = {n for n, act in acts.items() if act in {Act.NOTE, Act.TAKE_IN, Act.NOTHING}}
        self.item.renew(
            **reading.columns(
                settled=send | noted, open_acts=acts, labels_sent=Name.LABELS in send
            ),
            sync=JiraItem.Sync.SYNCED,
            message=self.said,
            probes=0,
        )

    def _edit(self, send: set[Name]) -> None:
        fields, update = mapping.edit_body(
            self.desired,
            send,
            self.known,
            self.rules,
            parent_id=self.parent_id,
            synced_labels=synced_labels(self.item),
        )
        self.item.renew()
        own = {PROPERTY: mapping.property_of(self.desired)}
        self.jira.edit(self.item.issue_id, fields=fields, update=update, properties=own)

    def _estimate(self) -> None:
        kind = self.known.type(self.rules.types.get(int(self.desired.level), ""))
        if kind and mapping.needs_estimate(self.desired, self.known, kind):
            self.item.renew()
            points, board = self.desired.points, self.known.board
            self.jira.estimate(self.item.issue_id, points, board=board)

    def _link_back(self) -> None:
        self.item.renew()
        self.jira.set_remote_link(
            self.item.issue_id,
            global_id=f"gateline={marker_of(self.item)}",
            url=self.desired.link,
            title=self.desired.link_label,
        )

    def _read(self) -> Reading | None:
        """The issue as it is; None when it is gone for good."""
        self.item.renew()
        names = mapping.read_fields(self.known, self.rules)
        try:
            issue = self.jira.issue(self.item.issue_id, fields=names, properties=[PROPERTY])
        except errors.Gone:
            self._missing()
            return None
        return Reading(
            self.item, self.desired, issue, self.known, self.rules, parent_id=self.parent_id
        )

    def _missing(self) -> None:
        """Gone, or not shown to this account. Three reads over an hour decide; never re-created."""
        self.jira.project(self.item.connection.project_key)
        self.item.renew(probes=self.item.probes + 1)
        if self.item.probes < READS_UNTIL_GONE:
            raise TryLater(GONE_SECONDS, "Jira does not show this issue; it is read again later.")
        said = "The issue is gone in Jira. Nothing is made again by itself."
        self.item.renew(sync=JiraItem.Sync.GONE, message=said)
