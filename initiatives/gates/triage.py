"""What must hold before a request is accepted."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate


@gate("A product manager owns it", waivable=False)
def owned(initiative: Any) -> Iterator[Missing]:
    if initiative.owner_id is None:
        yield Missing(
            "Nobody owns this yet; name the product manager who answers for it.",
            link=initiative.tab_url("edit") + "#id_owner",
            mender="a product manager",
        )


@gate("Its business line is named", waivable=False)
def line_named(initiative: Any) -> Iterator[Missing]:
    if initiative.line_id is None:
        yield Missing(
            "No business line is named; choose the line that leads it.",
            link=initiative.tab_url("edit") + "#id_line",
            mender="a product manager",
        )


@gate("The source's own questions are answered")
def source_fields_complete(initiative: Any) -> Iterator[Missing]:
    answers = initiative.source_fields
    for field in initiative.source.fields:
        if not str(answers.get(field["name"], "")).strip():
            yield Missing(
                f"“{field['label']}” is not answered; {initiative.source} requests need it.",
                link=initiative.tab_url("edit") + f"#id_source_{field['name']}",
                mender="the requester or a product manager",
            )


@gate("Likely duplicates were looked at")
def duplicates_checked(initiative: Any) -> Iterator[Missing]:
    if initiative.duplicates_checked_at is None:
        yield Missing(
            "Nobody has looked at the likely duplicates yet; confirm that this is a new one.",
            link=initiative.tab_url("duplicates"),
            mender="a product manager",
        )


@gate("It sleeps", waivable=False)
def asleep(initiative: Any) -> Iterator[Missing]:
    if initiative.snoozed_until is None:
        yield Missing("It does not sleep; it waits for triage already.")
