"""One issue as read from Jira, held against what we want and what was last in step.

Lives here: the comparison and the columns that follow from it. Calls nobody, saves nothing. Used
after a push and by polling, so that both say the same about drift.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from initiatives.jira import mapping
from initiatives.jira.answers import Issue
from initiatives.jira.catalogue import Catalogue
from initiatives.jira.compare import Act, compare, open_questions
from initiatives.jira.mapping import PROPERTY, DesiredIssue, Name, Rules
from initiatives.jira.snapshot import drift_of, pack, rules_chosen, synced_of
from initiatives.models import JiraItem


class Reading:
    """What Jira shows of one item now."""

    def __init__(
        self,
        item: JiraItem,
        desired: DesiredIssue,
        issue: Issue,
        known: Catalogue,
        rules: Rules,
        *,
        parent_id: str = "",
    ) -> None:
        self.item, self.desired, self.issue = item, desired, issue
        self.known, self.rules, self.parent_id = known, rules, parent_id
        self.seen = mapping.read_back(issue.fields, desired, known, rules)

    @property
    def knows_our_content(self) -> bool:
        """Whether the issue carries the property of exactly what we want now."""
        kept = self.issue.properties.get(PROPERTY) or {}
        return kept.get("content") == mapping.content_hash(self.desired)

    def acts(self) -> dict[Name, Act]:
        """What to do per field. An issue never compared before is as we sent it, or is sent whole."""
        wanted = mapping.source_hashes(self.desired)
        if not self.item.snapshot:
            fitting = Act.NOTE if self.knows_our_content else Act.SEND
            first = dict.fromkeys(wanted, fitting)
            first[Name.STATUS] = Act.TAKE_IN
            return self._points_beside_the_screen(first)
        acts = compare(
            desired=wanted,
            synced=synced_of(self.item),
            seen=self.seen,
            rendered=self._rendered(),
            rules=rules_chosen(self.item),
        )
        return self._whole_description(acts)

    def _points_beside_the_screen(self, acts: dict[Name, Act]) -> dict[Name, Act]:
        """Points that go through the board were not in the create and still have to be sent."""
        kind = self.known.type(self.rules.types.get(int(self.desired.level), ""))
        if kind and mapping.needs_estimate(self.desired, self.known, kind):
            acts[Name.POINTS] = Act.SEND
        return acts

    def _whole_description(self, acts: dict[Name, Act]) -> dict[Name, Act]:
        """Criteria inside the description must not overwrite what somebody wrote there."""
        shared = not self.rules.criteria_field
        open_question = acts.get(Name.DESCRIPTION) in {Act.DRIFT, Act.CONFLICT}
        if shared and open_question and acts.get(Name.CRITERIA) is Act.SEND:
            acts[Name.CRITERIA] = Act.CONFLICT
        return acts

    def _rendered(self) -> dict[Name, str]:
        made = mapping.compose(self.desired, self.known, self.rules, parent_id=self.parent_id)
        shown = mapping.read_back(made.fields, self.desired, self.known, self.rules)
        shown.pop(Name.STATUS, None)
        return shown

    def columns(
        self, *, settled: Iterable[Name], open_acts: Mapping[Name, Act], labels_sent: bool
    ) -> dict[str, Any]:
        """What the item's row keeps of this reading."""
        first = not self.item.snapshot
        questions = open_questions(open_acts)
        return {
            "snapshot": pack(
                self.item,
                self.desired,
                self.seen,
                [name for name in settled if name not in questions],
                labels_sent=labels_sent or first,
            ),
            "drift": drift_of(questions, self.desired, self.issue.fields),
            **self.status_columns(),
        }

    def status_columns(self) -> dict[str, Any]:
        """Status, key and moment, as Jira says."""
        status = self.issue.status
        return {
            "key": self.issue.key or self.item.key,
            "status_name": status.name[:80],
            "status_category": status.category[:20],
            "jira_updated_at": moment(self.issue.updated) or self.item.jira_updated_at,
            "read_at": timezone.now(),
        }


def moment(text: str) -> datetime | None:
    """Jira's moment, such as 2026-11-21T06:31:10.000+0000."""
    return parse_datetime(text) if text else None
