"""Handing in a request, editing it, naming people and lines."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.permissions import is_admin
from config.flow.errors import Conflict, NotAllowed, NotYours
from config.flow.keys import next_numbers
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.files import attach
from initiatives.actions.lines import ensure_lead_line
from initiatives.actions.news import tell_of_edit
from initiatives.models import Initiative, InitiativeLine, Source
from webhooks.actions.listening import say_created

TITLE_LENGTH = 120
EDITABLE = (
    "title",
    "problem",
    "affected",
    "source",
    "source_fields",
    "line",
    "team",
    "hoped_kpi",
    "deadline_date",
    "no_design_reason",
)
OF_MANAGERS = ("line", "team", "source")


def propose_initiative(*, files: Iterable[UploadedFile] = (), **told: Any) -> Initiative:
    """A new request in intake, with its number, its lead line's row and its files.

    `told` is what `drafted_request` takes.
    """
    uploads = list(files)
    drafted = drafted_request(**told)
    # Only a file is refused half-way; without any there is nothing to go back to.
    with transaction.atomic(savepoint=bool(uploads)):
        propose_drafted([drafted])
        for upload in uploads:
            attach(initiative=drafted, actor=drafted.requester, upload=upload)
    return drafted


def drafted_request(  # noqa: PLR0913 - one form, one call
    *,
    requester: Any,
    problem: str,
    affected: str,
    source: Source,
    title: str = "",
    source_fields: dict[str, str] | None = None,
    line: Any = None,
    hoped_kpi: Any = None,
    deadline_date: date | None = None,
) -> Initiative:
    """A request as it will be, without its number and not written yet.

    Without a title the first sentence of the problem becomes the title.
    """
    return Initiative(
        title=(title.strip() or first_sentence(problem))[:200],
        problem=problem.strip(),
        affected=affected.strip(),
        source=source,
        source_fields=known_answers(source, source_fields or {}),
        requester=requester,
        line=line,
        hoped_kpi=hoped_kpi,
        deadline_date=deadline_date or legal_deadline(source_fields or {}),
    )


@transaction.atomic(savepoint=False)
def propose_drafted(drafted: Sequence[Initiative]) -> None:
    """Many new requests with their numbers and lead lines; as many statements as for one."""
    if not drafted:
        return
    for draft, number in zip(drafted, next_numbers("INI", len(drafted)), strict=True):
        draft.number = number
    Initiative.objects.bulk_create(drafted)
    InitiativeLine.objects.bulk_create(
        InitiativeLine(initiative=each, line=each.line, added_by=each.requester)
        for each in drafted
        if each.line is not None
    )
    say_created(drafted)


def first_sentence(text: str) -> str:
    """The first sentence or line of a text, short enough for a title."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    sentence = line.split(". ")[0].rstrip(".")
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    return sentence[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def legal_deadline(answers: dict[str, Any]) -> date | None:
    """The day of a source's “legal deadline” question, when it was answered with one."""
    try:
        return date.fromisoformat(str(answers.get("legal_deadline", "")).strip())
    except ValueError:
        return None


def known_answers(source: Source, answers: dict[str, Any]) -> dict[str, str]:
    """Only the answers to questions the source asks."""
    names = [field["name"] for field in source.fields]
    return {n: str(answers[n]).strip() for n in names if str(answers.get(n) or "").strip()}


@acting
@transaction.atomic
def edit_initiative(
    *,
    initiative: Initiative,
    actor: Any,
    seen_version: int | None,
    strict: bool = False,
    **wanted: Any,
) -> Initiative:
    """Change fields. Fields that two people edited apart merge; the same field is a conflict.

    With `strict` any other version than the seen one is a conflict.

    Raises NotYours, NotAllowed (a field nobody may set here) or Conflict with both texts.
    """
    _may_edit(initiative, actor, wanted)
    now = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    base = now if seen_version in (None, now.row_version) else as_of(now, seen_version)
    mine = {n: v for n, v in wanted.items() if _value(base, n) != _plain(v)}
    clash = [
        n
        for n, v in mine.items()
        if _value(now, n) != _value(base, n) and _value(now, n) != _plain(v)
    ]
    if clash or (strict and seen_version != now.row_version):
        raise Conflict(
            "Somebody saved this while you were writing. Both texts are below; nothing was lost.",
            theirs=now,
            mine={n: mine[n] for n in clash or mine},
        )
    before = now.line_id
    saved = write(now, seen_version=None, **mine)
    if saved.line_id != before:
        ensure_lead_line(initiative=saved, actor=actor, former_line_id=before)
    tell_of_edit(saved, mine, actor)
    return saved


def as_of(initiative: Initiative, row_version: int | None) -> Any:
    """The row as its history knows it at a version; the row itself when history is silent."""
    event = initiative._meta.apps.get_model("initiatives", "InitiativeEvent").objects
    known = event.filter(pgh_obj=initiative.pk, row_version=row_version)
    return known.order_by("-pgh_id").first() or initiative


def _value(row: Any, name: str) -> Any:
    """A field's plain value; a foreign key by its id, since history rows keep ids only."""
    return getattr(row, getattr(Initiative._meta.get_field(name), "attname", name))


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


def _may_edit(initiative: Initiative, actor: Any, wanted: dict[str, Any]) -> None:
    unknown = sorted(set(wanted) - set(EDITABLE))
    if unknown:
        message = f"“{unknown[0]}” cannot be edited here."
        raise NotAllowed(message)
    if not may.may_edit_request(actor, initiative):
        who = ", ".join(may.manages.who(initiative)) or "the product manager"
        raise NotYours(f"{initiative.key} is edited by {who}.")
    theirs = [n for n in OF_MANAGERS if n in wanted]
    managed = may.manages(actor, initiative) or is_admin(actor)
    changed = [n for n in theirs if _value(initiative, n) != _plain(wanted[n])]
    if changed and not managed and initiative.phase != "intake":
        raise NotYours("Source, line and team are changed by the product manager.")


@acting
@transaction.atomic
def confirm_not_duplicate(*, initiative: Initiative, actor: Any) -> Initiative:
    """Somebody who triages looked at the likely duplicates and says that this is a new one."""
    if not may.triages(actor, initiative):
        who = ", ".join(may.triages.who(initiative)) or may.triages.label
        raise NotYours(f"Duplicates of {initiative.key} are judged by {who}.")
    return write(
        initiative,
        seen_version=None,
        duplicates_checked_at=initiative.duplicates_checked_at or timezone.now(),
        duplicates_checked_by=initiative.duplicates_checked_by or actor,
    )
