"""What the pages and the API show of Jira: connections, and items that are not quietly in step."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine
from config.due.models import DueState
from initiatives.models import Initiative, JiraConnection, JiraItem

Sync = JiraItem.Sync
FAILED = Q(sync__in=[Sync.REFUSED, Sync.GONE]) | Q(state=DueState.DEAD)
UNKNOWN = Q(sync=Sync.UNKNOWN)
DRIFTED = ~Q(drift={})
PENDING = Q(state=DueState.DUE)
GROUPS = {
    "pending": (_("Waiting to be sent"), PENDING & ~UNKNOWN),
    "unknown": (_("Outcome unknown"), UNKNOWN),
    "failed": (_("Refused or given up"), FAILED),
    "drifted": (_("Changed in Jira"), DRIFTED),
}
TONES = {"synced": "ok", "refused": "off", "gone": "off", "unknown": "risk", "sending": "progress"}


@dataclass(frozen=True)
class LineConnection:
    """A line with its connection, if it has one, and how many issues it keeps in step."""

    line: BusinessLine
    connection: JiraConnection | None
    issues: int = 0


def connections(person: Any) -> list[LineConnection]:
    """Every line the person sees, connected or not; two queries."""
    counted = JiraConnection.objects.visible_to(person).annotate(
        issues=Count("items", filter=~Q(items__issue_id=""))
    )
    found = {row.line_id: row for row in counted.select_related("line")}
    return [
        LineConnection(line, found.get(line.pk), getattr(found.get(line.pk), "issues", 0))
        for line in BusinessLine.objects.visible_to(person).order_by("name")
    ]


def items_for(person: Any) -> QuerySet[Any]:
    """Items of initiatives the person sees, with everything a row shows."""
    seen = Initiative.objects.visible_to(person)
    rows = JiraItem.objects.filter(initiative__in=seen)
    return rows.select_related(
        "connection__line", "initiative__line", "ticket", "sub_task", "parent", "job"
    ).order_by("due_at", "pk")


def troubled(person: Any, group: str = "") -> QuerySet[Any]:
    """Items that are pending, unknown, failed or drifted; one group of them when named."""
    chosen = GROUPS[group][1] if group in GROUPS else PENDING | UNKNOWN | FAILED | DRIFTED
    return items_for(person).filter(chosen)


def group_counts(person: Any) -> dict[str, int]:
    """How many items are in each group; one query."""
    counted = {name: Count("pk", filter=rule) for name, (_label, rule) in GROUPS.items()}
    return dict(items_for(person).order_by().aggregate(**counted))


def tone(item: JiraItem) -> str:
    """The badge tone of an item."""
    if item.state == DueState.DEAD:
        return "off"
    if item.sync == Sync.SYNCED and (item.drift or item.state == DueState.DUE):
        return "risk" if item.drift else "wait"
    return TONES.get(item.sync, "wait")


def standing(item: JiraItem) -> str:
    """How an item stands, in words."""
    if item.state == DueState.DEAD:
        return str(_("Given up"))
    if item.sync == Sync.SYNCED and item.drift:
        return str(_("Changed in Jira"))
    if item.sync == Sync.SYNCED and item.state == DueState.DUE:
        return str(_("Changed here, waits"))
    return str(item.get_sync_display())
