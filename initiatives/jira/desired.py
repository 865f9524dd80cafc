"""From rows to what one issue should say. Reads what it is given; sends and decides nothing.

Lives here: which of our texts go where. Does not live here: Jira's form of them (`mapping.py`).
"""

from decimal import Decimal

from django.conf import settings

from initiatives.jira.catalogue import Level
from initiatives.jira.mapping import DesiredIssue, marker_label
from initiatives.jira.text import Criterion
from initiatives.models import Initiative, JiraItem, SubTask, Ticket
from rfc.models import RFC
from rfc.queries.decided import is_accepted_on_current_content

PREFIX = "gateline-"
LABELS = ("gateline",)
LEVELS = {"epic": Level.EPIC, "ticket": Level.STANDARD, "subtask": Level.SUBTASK}


def accepted_revision(initiative: Initiative) -> str:
    """Such as "RFC-7 r3": the accepted RFC and the revision it was accepted on; or empty."""
    for rfc in RFC.objects.filter(initiative=initiative.pk).order_by("-number"):
        if is_accepted_on_current_content(rfc):
            newest = rfc.revisions.order_by("-number").first()
            return f"{rfc.key} r{newest.number}" if newest else rfc.key
    return ""


def marker_of(item: JiraItem) -> str:
    """The label that finds an item's issue again."""
    return marker_label(PREFIX, str(item.marker))


def desired_of(item: JiraItem) -> DesiredIssue | None:
    """What the item's issue should say now, by the rows as they are; None when its source is gone."""
    if item.level == "epic":
        return epic(item.initiative, item)
    if item.level == "ticket" and item.ticket:
        return story(item.ticket, item)
    return sub_task(item.sub_task, item) if item.sub_task else None


def epic(initiative: Initiative, item: JiraItem) -> DesiredIssue:
    """The initiative itself: need, who is affected, architecture, baseline."""
    told = getattr(initiative, "deep_dive", None)
    parts = [initiative.problem, _part("Affected", initiative.affected)]
    if told:
        parts += [_part("Architecture", told.architecture)]
        parts += [_part("Non-functional baseline", told.non_functional)]
    return _issue(item, f"initiative:{initiative.pk}", initiative.title, parts)


def story(ticket: Ticket, item: JiraItem) -> DesiredIssue:
    """A ticket with criteria, notes, test cases and points."""
    cases = "\n".join(_case(each) for each in ticket.test_cases.all())
    parts = [
        ticket.description,
        _part("Implementation notes", ticket.implementation_notes),
        _part("Test cases", cases),
    ]
    return _issue(
        item,
        f"ticket:{ticket.pk}",
        ticket.title,
        parts,
        criteria=tuple(Criterion(each.text) for each in ticket.criteria.all()),
        points=None if ticket.points is None else Decimal(ticket.points),
    )


def sub_task(row: SubTask, item: JiraItem) -> DesiredIssue:
    """A step of the work; what it is part of says the rest."""
    return _issue(item, f"sub-task:{row.pk}", row.title, [])


def _case(case: object) -> str:
    title, steps, expected = (getattr(case, name) for name in ("title", "steps", "expected"))
    more = [" ".join(each.split()) for each in (steps, expected) if each]
    return f"- **{title}**" + "".join(f" – {each}" for each in more)


def _part(heading: str, body: str) -> str:
    return f"## {heading}\n\n{body}" if body else ""


def _issue(
    item: JiraItem,
    subject: str,
    summary: str,
    parts: list[str],
    *,
    criteria: tuple[Criterion, ...] = (),
    points: Decimal | None = None,
) -> DesiredIssue:
    initiative = item.initiative
    return DesiredIssue(
        marker=marker_of(item),
        subject=subject,
        level=LEVELS[item.level],
        summary=summary,
        description="\n\n".join(part for part in parts if part),
        criteria=criteria,
        labels=LABELS,
        points=points,
        parent_marker=marker_of(item.parent) if item.parent else "",
        link=_address(item),
        link_label=f"{initiative.key}, built from {item.rfc_revision}",
        revision=item.rfc_revision,
    )


def _address(item: JiraItem) -> str:
    ticket = item.ticket or (item.sub_task.ticket if item.sub_task else None)
    path = f"tickets/{ticket.pk}" if ticket else "delivery"
    return f"{settings.BASE_URL}{item.initiative.tab_url(path)}"
