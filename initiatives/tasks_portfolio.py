"""Work on a whole view that outlasts a request: bulk acts, large sheets, what followers are told."""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.models import Tab
from config.due.models import Job
from initiatives.actions.bulk import CHANGE, REFUSED, SAME, Act, act_on
from initiatives.actions.exports import keep_file
from initiatives.exporting import as_xlsx, read
from initiatives.filters import InitiativeFilter
from initiatives.forms.cells import cell_field
from initiatives.models import BulkEdit, Initiative, ViewMark
from initiatives.queries.lists import listed
from initiatives.queries.portfolio import GROUPS, grouped
from initiatives.subjects import view_as_subject

MOST_TOLD = 15
MOST_FOLLOWED = 5_000


def rows_of(person: Any, query: str) -> Any:
    """The rows of an address as a person sees them, in the order of the screen."""
    told = QueryDict(query)
    asker = SimpleNamespace(user=person)
    found = InitiativeFilter(told, queryset=listed(person), request=asker).qs
    group = told.get("group", "")
    return grouped(found, group) if group in GROUPS else found


def run_bulk(task: Job) -> None:
    """One act for each number; a run that was cut off goes on where it stopped."""
    payload, owner = task.payload, task.owner
    kind, name = str(payload["kind"]), str(payload["name"])
    value = cell_field(name, owner, None).clean(payload["value"]) if kind == "set" else None
    act = Act(kind, name, dict(payload["given"]), value)
    counts = {CHANGE: 0, SAME: 0, REFUSED: 0, **task.counts}
    edit = BulkEdit.objects.filter(pk=task.result.get("edit")).first()
    numbers = payload["numbers"]
    for n in range(task.processed, len(numbers)):
        task.check_cancel()
        row = Initiative.objects.visible_to(owner).filter(number=numbers[n]).first()
        if row is not None:
            outcomes, edit = act_on([row], act, owner, words=str(payload["words"]), edit=edit)
            counts[outcomes[0].kind] += 1
            if outcomes[0].kind == REFUSED:
                said = " ".join(outcomes[0].sentences)
                named = said if said.startswith(row.key) else f"{row.key}: {said}"
                task.note(named, level="warning")
        if edit and "edit" not in task.result:
            task.report(edit=str(edit.pk), undo=f"{settings.BASE_URL}/initiatives/bulk/{edit.pk}")
        task.progress(n + 1, len(numbers), **counts)


def run_export(task: Job) -> None:
    """The typed sheet of an address; a second run makes it anew."""
    found = rows_of(task.owner, str(task.payload["query"]))
    total = found.order_by().count()

    def told(done: int) -> None:
        task.check_cancel()
        task.progress(done, total)

    content = as_xlsx(read(found), told)
    task.progress(total, total)
    keep_file(task, content)


def tell_followers() -> int:
    """One entry a day per followed view that changed: what came, what went. May run twice."""
    today, sent = timezone.localdate().isoformat(), 0
    marks = ViewMark.objects.filter(followed=True, view__archived_at=None, person__is_active=True)
    for mark in marks.select_related("view", "person"):
        now = list(
            rows_of(mark.person, mark.view.query).values_list("pk", flat=True)[:MOST_FOLLOWED]
        )
        before = set(mark.told_ids)
        came = [pk for pk in now if pk not in before]
        went = [pk for pk in mark.told_ids if pk not in set(now)]
        with transaction.atomic():
            if mark.told_at is not None and (came or went):
                key = f"view:{mark.view_id}:{today}"
                subject = _("%(view)s: %(came)d came, %(went)d went") % {
                    "view": mark.view,
                    "came": len(came),
                    "went": len(went),
                }
                about, text = view_as_subject(mark.view), _letter(mark, came, went)
                news = News(about, "view", subject, text=text, key=key)
                tell([mark.person], news, tab=Tab.FOLLOWING, actor=None)
                sent += 1
            mark.told_ids, mark.told_at = now, timezone.now()
            mark.save(update_fields=["told_ids", "told_at"])
    return sent


def _letter(mark: ViewMark, came: list[int], went: list[int]) -> str:
    parts = []
    for head, ids in ((_("Came:"), came), (_("Went:"), went)):
        rows = Initiative.objects.visible_to(mark.person).in_bulk(ids[:MOST_TOLD])
        lines = [f"- {rows[pk]}" for pk in ids[:MOST_TOLD] if pk in rows]
        if len(ids) > MOST_TOLD:
            lines.append(_("- and %d more") % (len(ids) - MOST_TOLD))
        if lines:
            parts.append("\n".join([head, *lines]))
    return "\n\n".join(parts)
