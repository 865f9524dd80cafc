"""A push as a plan before it is an act (J4): create, change, unchanged, refused, with differences.

Lives here: rows in, a plan out, for the page, the API and `apply_push` alike. It reads the database
only: what Jira showed is what the last push or poll kept, so no page waits for Jira.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from config.flow.gates import Missing
from initiatives.jira import mapping
from initiatives.jira.catalogue import Catalogue
from initiatives.jira.desired import accepted_revision, desired_of
from initiatives.jira.mapping import DesiredIssue, Name
from initiatives.jira.reach import offered, rules_of
from initiatives.jira.snapshot import shown_before, synced_of, texts
from initiatives.models import Initiative, JiraConnection, JiraItem, SubTask, Ticket

PUSHABLE = ("sprint_ready", "coding", "build", "deployment")
OPS = ("create", "change", "unchanged", "refused")
COMPARED = tuple(name for name in Name if name is not Name.STATUS)
LABELS = {
    Name.SUMMARY: "Summary",
    Name.DESCRIPTION: "Description",
    Name.CRITERIA: "Acceptance criteria",
    Name.LABELS: "Labels",
    Name.PARENT: "Parent",
    Name.POINTS: "Points",
}


@dataclass(frozen=True)
class FieldChange:
    """One field that a push would send."""

    name: str
    label: str
    before: str
    after: str


@dataclass
class PlanItem:
    """One issue of the plan. `item` may be a row that was not saved yet."""

    item: JiraItem
    title: str
    op: str = "create"
    changes: list[FieldChange] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return {"epic": 0, "ticket": 1, "subtask": 2}[self.item.level]


@dataclass
class Plan:
    """What a push would do. `blocks` says why nothing may be pushed at all."""

    initiative: Initiative
    connection: JiraConnection | None
    revision: str = ""
    blocks: list[Missing] = field(default_factory=list)
    items: list[PlanItem] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        found = Counter(each.op for each in self.items)
        return {op: found[op] for op in OPS}

    @property
    def anything(self) -> bool:
        """Whether applying would send anything."""
        return bool(self.counts["create"] or self.counts["change"])

    def of(self, *ops: str) -> list[PlanItem]:
        return [each for each in self.items if each.op in ops]


def plan_push(initiative: Initiative) -> Plan:
    """The plan for an initiative as its rows are now. Eleven queries, whatever its size."""
    rows = JiraConnection.objects.select_related("line").filter(line=initiative.line_id)
    connection = rows.first() if initiative.line_id else None
    plan = Plan(initiative, connection, accepted_revision(initiative))
    plan.blocks = list(_blocks(plan))
    known = offered(connection) if connection else None
    if connection and known:
        plan.items = _Planner(plan, connection, known).items()
    return plan


def _blocks(plan: Plan) -> list[Missing]:
    initiative, connection = plan.initiative, plan.connection
    found = []
    if initiative.phase not in PUSHABLE:
        said = _("%(key)s is not sprint-ready; only complete work goes to Jira.")
        found.append(Missing(said % {"key": initiative.key}, link=initiative.get_absolute_url()))
    if not plan.revision:
        said = _("No RFC of it is accepted on its current content.")
        found.append(Missing(said, link=initiative.tab_url("rfc")))
    if connection is None:
        said = _("%(line)s has no connection to Jira yet.") % {"line": initiative.line or _("It")}
        link = f"/jira/{initiative.line.slug}" if initiative.line else "/jira"
        found.append(Missing(said, link=link, mender=_("the TPM or an administrator")))
    elif connection.state != JiraConnection.State.READY or not connection.catalogue:
        told = {"state": connection.get_state_display(), "note": connection.state_note}
        said = _("The connection cannot be used now: %(state)s. %(note)s") % told
        found.append(Missing(said.strip(), link=connection.get_absolute_url()))
    return found


class _Planner:
    def __init__(self, plan: Plan, connection: JiraConnection, known: Catalogue) -> None:
        self.plan, self.connection = plan, connection
        self.known, self.rules = known, rules_of(known)
        rows = JiraItem.objects.filter(connection=connection, initiative=plan.initiative)
        self.rows = list(rows.select_related("job"))
        self.by_id = {row.pk: row for row in self.rows}

    def items(self) -> list[PlanItem]:
        epic = self._item("epic")
        found = [self._judged(epic, self.plan.initiative.title)]
        parts = ("criteria", "test_cases", "sub_tasks")
        for ticket in self.plan.initiative.tickets.filter(archived_at=None).prefetch_related(
            *parts
        ):
            found += self._branch(epic, ticket)
        return found + self._left_behind()

    def _left_behind(self) -> list[PlanItem]:
        """Issues whose sub-task is gone here; they are never deleted there."""
        gone = [r for r in self.rows if r.level == "subtask" and r.issue_id and not r.sub_task_id]
        said = _("It left the plan here and is still in Jira; close it there.")
        return [
            PlanItem(
                row,
                row.snapshot.get("fields", {}).get("summary", {}).get("text") or row.key,
                "unchanged",
                warnings=[said],
            )
            for row in gone
        ]

    def _branch(self, epic: JiraItem, ticket: Ticket) -> list[PlanItem]:
        story = self._item("ticket", epic, ticket=ticket)
        said = lacks(ticket)
        found = [self._judged(story, ticket.title, said)]
        for row in ticket.sub_tasks.all():
            row.ticket = ticket
            part = self._item("subtask", story, sub_task=row)
            above = [_("The ticket above it is not complete.")] if said else []
            found.append(self._judged(part, row.title, above))
        return found

    def _item(
        self,
        level: str,
        parent: JiraItem | None = None,
        *,
        ticket: Ticket | None = None,
        sub_task: SubTask | None = None,
    ) -> JiraItem:
        """The row as it is with its relations at hand, or a new one that is not saved."""
        wanted = (level, ticket.pk if ticket else None, sub_task.pk if sub_task else None)
        row = next((r for r in self.rows if (r.level, r.ticket_id, r.sub_task_id) == wanted), None)
        row = row or JiraItem(connection=self.connection, level=level)
        row.initiative, row.connection = self.plan.initiative, self.connection
        row.ticket, row.sub_task, row.parent = ticket, sub_task, parent
        return row

    def _judged(self, item: JiraItem, title: str, lacking: list[str] | None = None) -> PlanItem:
        kept = item.rfc_revision
        item.rfc_revision = self.plan.revision or kept
        desired = desired_of(item)
        if desired is None:
            return PlanItem(item, title, "refused", refusals=[_("Its text is gone.")])
        parent_id = item.parent.issue_id if item.parent else ""
        made = mapping.compose(desired, self.known, self.rules, parent_id=parent_id)
        judged = PlanItem(item, title, warnings=list(made.warnings), refusals=list(made.refusals))
        # What is in Jira already is kept in step; what it lacks is said, not held back.
        (judged.warnings if item.issue_id else judged.refusals).extend(lacking or [])
        judged.changes = changes_of(item, desired) if item.issue_id else []
        judged.op = self._op(judged)
        return judged

    def _op(self, judged: PlanItem) -> str:
        if judged.refusals:
            return "refused"
        if not judged.item.issue_id:
            return "create"
        failed = judged.item.sync in {JiraItem.Sync.REFUSED, JiraItem.Sync.GONE}
        if judged.item.sync == JiraItem.Sync.GONE:
            judged.refusals = [judged.item.message]
            return "refused"
        return "change" if judged.changes or failed else "unchanged"


def changes_of(item: JiraItem, desired: DesiredIssue) -> list[FieldChange]:
    """The fields whose text here differs from what was last sent."""
    hashes, synced = mapping.source_hashes(desired), synced_of(item)
    before, after = shown_before(item), texts(desired)
    if not item.snapshot:
        return []
    return [
        FieldChange(name.value, LABELS[name], before.get(name.value, ""), after[name])
        for name in COMPARED
        if name not in synced or synced[name].source != hashes[name]
    ]


def lacks(ticket: Ticket) -> list[str]:
    """Why a ticket is not complete enough for Jira (J1)."""
    parts = {
        _("It has no points."): ticket.points is not None,
        _("It has no acceptance criteria."): bool(ticket.criteria.all()),
        _("It has no test case."): bool(ticket.test_cases.all()),
        _("It has no sub-task."): bool(ticket.sub_tasks.all()),
    }
    return [said for said, has in parts.items() if not has]
