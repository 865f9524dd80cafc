"""Scoring frameworks: shipping, defining, publishing a version, and choosing one for a line."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import BusinessLine
from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.formula import NAME, FormulaError
from initiatives.frameworks import SHIPPED
from initiatives.models import FrameworkVersion, LineScoring, ScoreInput, ScoringFramework
from initiatives.scoring import CONFIDENCE, MOST_INPUTS, Framework, InputSpec


class BadFormula(NotAllowed):
    """A formula or an input that cannot be used. `position` counts from 1, 0 when it has none."""

    status = 422

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence)
        self.position = position


@transaction.atomic
def ship_frameworks() -> int:
    """Create the shipped frameworks that do not exist yet; answers how many. Inputs given before
    frameworks existed are of the first version of RICE.
    """
    known = set(ScoringFramework.objects.values_list("slug", flat=True))
    new = 0
    for ordinal, facts in enumerate(SHIPPED, start=1):
        if facts["slug"] in known:
            continue
        framework = ScoringFramework.objects.create(
            slug=facts["slug"],
            name=facts["name"],
            description=facts["description"],
            shipped=True,
            ordinal=ordinal,
        )
        formula = {name: facts[name] for name in ("formula", "inputs", "across", "up")}
        FrameworkVersion.objects.create(framework=framework, number=1, note="Shipped.", **formula)
        new += 1
    first = FrameworkVersion.objects.filter(framework__slug="rice", number=1).first()
    ScoreInput.objects.filter(version=None).update(version=first)
    return new


@transaction.atomic
def define_framework(
    *, actor: Any, slug: str, name: str, description: str = "", **formula: Any
) -> FrameworkVersion:
    """Define a framework and publish its first version."""
    _must_define(actor)
    if ScoringFramework.objects.filter(slug=slug).exists():
        raise NotAllowed(f"There is a framework “{slug}” already; publish a version of it.")
    if ScoringFramework.objects.filter(name__iexact=name).exists():
        raise NotAllowed(f"There is a framework called {name} already; choose another name.")
    framework = ScoringFramework.objects.create(
        slug=slug, name=name, description=description, created_by=actor
    )
    return publish_version(framework=framework, actor=actor, **formula)


@transaction.atomic
def publish_version(  # noqa: PLR0913 - one form, one call
    *,
    framework: ScoringFramework,
    actor: Any,
    formula: str,
    inputs: Sequence[dict[str, Any]],
    across: str = "",
    up: str = "",
    note: str = "",
    seen_number: int | None = None,
) -> FrameworkVersion:
    """Publish the next version. Scores made before keep the version they were made with."""
    _must_define(actor)
    locked = ScoringFramework.objects.select_for_update(no_key=True).get(pk=framework.pk)
    check_formula(formula=formula, inputs=inputs)
    newest = locked.versions.order_by("-number").first()
    if newest and seen_number is not None and newest.number != seen_number:
        raise NotAllowed(
            f"{newest} was published while you were writing; look at it, then publish yours again.",
            link=newest.get_absolute_url(),
        )
    told = {"formula": formula.strip(), "inputs": list(inputs), "across": across, "up": up}
    if newest and all(getattr(newest, name) == value for name, value in told.items()):
        raise NotAllowed(f"Nothing differs from {newest}, so there is nothing to publish.")
    number = (locked.versions.aggregate(m=Max("number"))["m"] or 0) + 1
    return FrameworkVersion.objects.create(
        framework=locked, number=number, note=note, published_by=actor, **told
    )


def check_formula(*, formula: str, inputs: Sequence[dict[str, Any]]) -> Framework:
    """The framework, ready to try; raises BadFormula with a sentence. Nothing is written."""
    if not inputs:
        raise BadFormula("A framework asks for at least one input.")
    if len(inputs) > MOST_INPUTS:
        raise BadFormula(f"A framework asks for at most {MOST_INPUTS} inputs.")
    specs = tuple(InputSpec.of(told) for told in inputs)
    for n, spec in enumerate(specs):
        _check_input(spec, [s.name for s in specs[:n]])
    ready = Framework("", 0, formula.strip(), specs)
    try:
        ready.check()
    except FormulaError as fault:
        raise BadFormula(str(fault), fault.position) from None
    return ready


def _check_input(spec: InputSpec, before: Sequence[str]) -> None:
    if not NAME.fullmatch(spec.name) or len(spec.name) > 40:
        raise BadFormula(
            f"“{spec.name}” cannot name an input; use small letters, digits and _ such as "
            "time_saved."
        )
    if spec.name in (CONFIDENCE, "min", "max"):
        why = "is earned from evidence, nobody types it" if spec.name == CONFIDENCE else "is a word"
        raise BadFormula(f"“{spec.name}” {why}; choose another name for this input.")
    if spec.name in before:
        raise BadFormula(f"Two inputs are called “{spec.name}”.")
    if not spec.label.strip():
        raise BadFormula(f"The input “{spec.name}” needs a label that people read.")
    if spec.low is not None and spec.high is not None and spec.low >= spec.high:
        raise BadFormula(f"The bounds of “{spec.label}”: the upper lies not above the lower.")


@transaction.atomic
def set_framework_active(
    *, framework: ScoringFramework, actor: Any, active: bool
) -> ScoringFramework:
    """Set a framework aside or take it back; one that a line uses stays."""
    _must_define(actor)
    users = [str(row.line) for row in framework.lines.select_related("line")]
    if not active and users:
        raise NotAllowed(f"{framework} is used by {', '.join(users)}; choose another there first.")
    if not active and framework.slug == "rice":
        raise NotAllowed("RICE is what lines without a choice use; it cannot be set aside.")
    framework.active = active
    framework.save(update_fields=["active"])
    return framework


@transaction.atomic
def choose_framework(*, line: BusinessLine, framework: ScoringFramework, actor: Any) -> LineScoring:
    """Choose what a line scores with from now on; its scores so far keep theirs."""
    if not may.may_choose_framework(actor, line):
        raise NotYours(
            f"How {line} scores is decided by its product manager or business leader, "
            "or an administrator."
        )
    if not framework.active:
        raise NotAllowed(f"{framework} was set aside; choose one in use.")
    BusinessLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    chosen, _made = LineScoring.objects.update_or_create(
        line=line, defaults={"framework": framework, "set_by": actor}
    )
    return chosen


def _must_define(actor: Any) -> None:
    if not may.may_define_frameworks(actor):
        raise NotYours("Scoring frameworks are defined by an administrator.")
