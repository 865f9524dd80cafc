"""What must hold before a ranking is committed."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate
from initiatives.order import departures


@gate("The set was declared complete", waivable=False)
def set_complete(ranking: Any) -> Iterator[Missing]:
    if ranking.complete_declared_date is None:
        yield Missing(
            "The set is not declared complete; say which sources were asked and which are silent.",
            link=ranking.get_absolute_url() + "#complete",
            mender="the product manager",
        )


@gate("It ranks at least one initiative", waivable=False)
def has_entries(ranking: Any) -> Iterator[Missing]:
    if not ranking.entries.exists():
        yield Missing(
            "The ranking is empty; add the initiatives that compete for this period.",
            link=ranking.get_absolute_url() + "#add",
            mender="the product manager",
        )


@gate("Product manager and business leader both signed", waivable=False)
def both_signed(ranking: Any) -> Iterator[Missing]:
    for signed, who in (
        (ranking.pm_signed_at, "product manager"),
        (ranking.bl_signed_at, "business leader"),
    ):
        if signed is None:
            yield Missing(
                f"The {who} has not signed this order.",
                link=ranking.get_absolute_url() + "#signatures",
                mender=f"the {who}",
            )


@gate("Every departure from the score carries its reason", waivable=False)
def departures_explained(ranking: Any) -> Iterator[Missing]:
    lanes: dict[int, list[Any]] = {}
    for entry in ranking.entries.select_related("initiative"):
        lanes.setdefault(entry.lane_id, []).append(entry)
    for entries in lanes.values():
        above = departures([e.initiative.score for e in entries])
        for entry, departs in zip(entries, above, strict=True):
            if departs and not entry.departure_reason.strip():
                yield Missing(
                    f"{entry.initiative} stands above a higher score; say why.",
                    link=ranking.get_absolute_url() + f"#entry-{entry.pk}",
                    mender="the product manager or the business leader",
                )
