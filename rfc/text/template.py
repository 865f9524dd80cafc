"""The sections an RFC starts with, what each asks, and whose approval depends on which.

This is the default that is loaded as data; administrators change it there. The function names
are the values of accounts.models.Role.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionGuide:
    """A section of the template. A change of a material one makes its functions look again."""

    heading: str
    slug: str
    question: str
    material: bool
    functions: tuple[str, ...]


ALL_REVIEWERS = (
    "compliance",
    "risk",
    "finance",
    "growth",
    "operations",
    "support",
    "architect",
    "security",
    "qa",
    "designer",
)

DEFAULT_SECTIONS: tuple[SectionGuide, ...] = (
    SectionGuide(
        "Summary",
        "summary",
        "What do you ask to decide, in three sentences a busy reader understands?",
        material=False,
        functions=(),
    ),
    SectionGuide(
        "Motivation",
        "motivation",
        "Whose problem is it, how often does it happen, and what does it cost to leave it?",
        material=False,
        functions=(),
    ),
    SectionGuide(
        "Evidence",
        "evidence",
        "What do we know from real customers or figures, for and against, and how sure are we?",
        material=True,
        functions=("finance", "growth", "designer"),
    ),
    SectionGuide(
        "Scope",
        "scope",
        "What is in, what is out, and which lines, teams and customers are touched?",
        material=True,
        functions=ALL_REVIEWERS,
    ),
    SectionGuide(
        "KPI targets",
        "kpi-targets",
        "Which KPI moves, from which baseline to which target, by which date?",
        material=True,
        functions=("finance", "growth"),
    ),
    SectionGuide(
        "Solution",
        "solution",
        "How will it work for the customer and inside, and which alternatives were dropped, why?",
        material=True,
        functions=ALL_REVIEWERS,
    ),
    SectionGuide(
        "Risks and compliance",
        "risks-and-compliance",
        "What could go wrong, which rules apply, and who carries each risk?",
        material=True,
        functions=("compliance", "risk", "security", "finance"),
    ),
    SectionGuide(
        "Non-functional requirements",
        "non-functional-requirements",
        "How fast, how safe, how available, how accessible must it be, and how is it measured?",
        material=True,
        functions=("architect", "security", "qa", "operations"),
    ),
    SectionGuide(
        "Roll-out",
        "roll-out",
        "In which steps does it reach customers, how is it watched, and how is it taken back?",
        material=True,
        functions=("operations", "support", "qa", "growth"),
    ),
    SectionGuide(
        "Open questions",
        "open-questions",
        "What is not decided yet, who decides it, and by when?",
        material=False,
        functions=(),
    ),
)


def starting_text(guides: tuple[SectionGuide, ...] = DEFAULT_SECTIONS) -> str:
    """The Markdown a new RFC starts with: each heading with its question as a comment."""
    return "\n".join(f"## {guide.heading}\n\n<!-- {guide.question} -->\n" for guide in guides)


def sections_for(function: str, guides: tuple[SectionGuide, ...] = DEFAULT_SECTIONS) -> list[str]:
    """The slugs whose content this function's approval depends on."""
    return [guide.slug for guide in guides if guide.material and function in guide.functions]
