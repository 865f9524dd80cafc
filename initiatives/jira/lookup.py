"""Looking for an issue whose create may or may not have happened (J28 to J30).

Lives here: when to look again, when looking is over, and what two finds mean. Nothing is created
here and nothing deleted.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from config.due.errors import TryLater
from initiatives.jira.answers import Issue
from initiatives.jira.client import Jira
from initiatives.jira.desired import marker_of
from initiatives.jira.errors import Refused
from initiatives.models import JiraItem


@dataclass(frozen=True)
class Found:
    """The issue of an item, and what a person should know about copies of it."""

    issue: Issue
    said: str = ""


def look_for(item: JiraItem, jira: Jira) -> Found | None:
    """The issue that carries the item's mark; None once the window has passed and all is quiet.

    Raises TryLater while it may still turn up in the index. None is only answered signed in and
    with the project visible, since otherwise an empty search proves nothing.
    """
    hits = jira.find_marked(marker_of(item), project=item.connection.project_key)
    if hits:
        return Found(hits[0], _mark_copies(item, jira, hits))
    item.renew(sync=JiraItem.Sync.UNKNOWN, probes=item.probes + 1)
    pause = next_probe(item)
    if pause is not None:
        raise TryLater(pause, "Nobody knows yet whether Jira made this issue; it is looked for.")
    jira.myself()
    jira.project(item.connection.project_key)
    return None


def next_probe(item: JiraItem) -> float | None:
    """Seconds until the next look; None when the last moment to look has passed."""
    since = (timezone.now() - (item.sent_at or timezone.now())).total_seconds()
    left = [moment for moment in settings.JIRA_PROBE_SECONDS if moment > since]
    return min(left) - since if left else None


def _mark_copies(item: JiraItem, jira: Jira, hits: list[Issue]) -> str:
    """Two issues with one mark: the older stays ours, the others are linked to it and reported."""
    copies = hits[1:]
    if not copies:
        return ""
    names = ", ".join(each.key for each in copies)
    kinds = [str(k["id"]) for k in jira.link_types() if k.get("name") == "Duplicate"]
    for copy in copies if kinds else []:
        try:
            item.renew()
            jira.link_issues(link_type=kinds[0], blocker=copy.id, blocked=hits[0].id)
        except Refused:
            continue  # What is said to people is enough; the link is a convenience.
    return f"Jira holds it twice: {names} duplicates {hits[0].key}. Close it there."
