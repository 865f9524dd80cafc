"""What must hold before design starts, is skipped, or hands over to the deep-dive."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from config.flow.gates import Missing, gate
from config.web.words import beginning
from initiatives.design_grid import holes
from kpis.models import Target
from rfc.queries import stale_reasons, unaccepted_reasons


@gate("The RFC is accepted on its current content")
def accepted_rfc(initiative: Any) -> Iterator[Missing]:
    for sentence, link in unaccepted_reasons(initiative.pk):
        yield Missing(
            sentence,
            link=link or initiative.tab_url("rfc"),
            mender="the author and its reviewers",
        )


@gate("RFC approvals are not stale")
def approvals_fresh(initiative: Any) -> Iterator[Missing]:
    for sentence, link in stale_reasons(initiative.pk):
        yield Missing(sentence, link=link, mender="the reviewer of that function")


@gate("Each promised KPI has a committed target with a baseline")
def committed_target(initiative: Any) -> Iterator[Missing]:
    committed = Target.objects.filter(
        kpi=OuterRef("kpi"), phase="committed", baseline_value__isnull=False
    )
    rows = initiative.promises.annotate(has=Exists(committed)).select_related("kpi")
    found = list(rows)
    if not found:
        yield Missing(
            "It promises no KPI, so no target can be committed.",
            link=initiative.tab_url("metrics") + "#promise",
            mender="the product manager",
        )
    for promise in found:
        if not promise.has:
            yield Missing(
                f"{promise.kpi} has no committed target with a baseline.",
                link=promise.kpi.get_absolute_url() + "#targets",
                mender="the KPI's owner or the business leader",
            )


@gate("A low-fidelity mockup shows the idea")
def low_fidelity_mockup(initiative: Any) -> Iterator[Missing]:
    if not _versions(initiative).filter(files__isnull=False).exists():
        yield Missing(
            "There is no mockup yet; a low-fidelity one with one picture is enough to start.",
            link=initiative.tab_url("design"),
            mender="the UX designer or the product manager",
        )


@gate("Every further line it touches has answered")
def lines_answered(initiative: Any) -> Iterator[Missing]:
    silent = initiative.lines.filter(answer="none").exclude(line=initiative.line_id)
    for line in silent.values_list("line__name", flat=True):
        yield Missing(
            f"{line} has not answered yet.",
            link=initiative.tab_url("referral"),
            mender=f"the business leader or a product manager of {line}",
        )


@gate("No user-facing change, agreed by a designer", waivable=False)
def no_user_facing_change(initiative: Any) -> Iterator[Missing]:
    link = initiative.tab_url("design") + "#skip"
    if not initiative.no_design_reason.strip():
        yield Missing(
            "Nobody has stated why users will see no change.",
            link=link,
            mender="the product manager",
        )
    elif initiative.no_design_agreed_by_id is None:
        yield Missing(
            "A designer has not agreed that users will see no change.",
            link=link,
            mender="a UX designer",
        )


def _versions(initiative: Any) -> Any:
    from_set = type(initiative)._meta.apps.get_model("initiatives", "MockupVersion")
    return from_set.objects.filter(mockup_set__initiative=initiative.pk)


@gate("A high-fidelity version is pinned and validated with customers")
def validated_mockup(initiative: Any) -> Iterator[Missing]:
    link = initiative.tab_url("design")
    pinned = (
        _versions(initiative)
        .filter(pinned_at__isnull=False)
        .annotate(
            validated=Exists(
                type(initiative)
                ._meta.apps.get_model("initiatives", "Study")
                .objects.filter(version=OuterRef("pk"), verdict="validated")
            )
        )
        .first()
    )
    if pinned is None or pinned.fidelity != "high":
        yield Missing(
            "No high-fidelity version is pinned; pin the one that customers tested.",
            link=link,
            mender="the UX designer",
        )
    elif not pinned.validated:
        yield Missing(
            f"Version {pinned.number} is pinned but not validated; record a study with customers "
            "and have someone else judge it.",
            link=link + "#studies",
            mender="the UX designer, judged by someone else",
        )


@gate("No newer version waits for a verdict")
def no_unjudged_version(initiative: Any) -> Iterator[Missing]:
    judged = Q(studies__isnull=False) & ~Q(studies__verdict="")
    newer = (
        _versions(initiative)
        .filter(fidelity="high")
        .exclude(pk__in=_versions(initiative).filter(judged).values("pk"))
        .order_by("number")
    )
    for number in newer.values_list("number", flat=True):
        yield Missing(
            f"Version {number} is unjudged; record a study on it and have it judged.",
            link=initiative.tab_url("design") + f"#v{number}",
            mender="the UX designer, judged by someone else",
        )


@gate("Every screen is drawn in every state")
def grid_complete(initiative: Any) -> Iterator[Missing]:
    yield from holes(initiative)


@gate("No must-fix comment is open")
def no_open_must_fix(initiative: Any) -> Iterator[Missing]:
    comments = type(initiative)._meta.apps.get_model("initiatives", "DesignComment").objects
    open_ones = comments.filter(
        version__mockup_set__initiative=initiative.pk, kind="must_fix", resolved_at=None
    )
    for pk, text in open_ones.values_list("pk", "text"):
        yield Missing(
            f"A must-fix comment is open: “{beginning(text, 80)}”",
            link=initiative.tab_url("design") + f"#comment-{pk}",
            mender="the UX designer, closed by its author or the product manager",
        )
