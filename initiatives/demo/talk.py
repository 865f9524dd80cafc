"""What people said about the RFCs of the demo: threads, a suggestion, a hold, a decision, a successor."""

from initiatives.demo.company import Line
from initiatives.demo.walk import ahead
from rfc.actions.comments import comment, resolve_comment
from rfc.actions.deciding import take_step
from rfc.actions.decisions import About, Said, record_decision
from rfc.actions.suggesting import accept_suggestions
from rfc.actions.writing import publish_revision
from rfc.models import RFC


def discuss(line: Line, rfc: RFC) -> None:
    """Four people read it: a must-fix, a question that was answered, a suggestion, a remark."""
    must = comment(
        rfc=rfc,
        actor=line["risk"],
        section_slug="risks-and-compliance",
        quote="a loss ratio above 0.15 % over seven days stops it",
        kind="must_fix",
        text="Who stops it at night? Name the duty role and the switch.",
    )
    comment(
        rfc=rfc,
        actor=line["product_manager"],
        parent=must,
        text="@risk the duty risk officer, with the flag. I write it down in the next revision.",
    )
    asked = comment(
        rfc=rfc,
        actor=line["support"],
        section_slug="scope",
        quote="Small and medium customers in all regions.",
        kind="question",
        text="Do seasonal shops count as small?",
    )
    comment(
        rfc=rfc,
        actor=line["product_manager"],
        parent=asked,
        text="Yes, the turnover of the last twelve months decides.",
    )
    resolve_comment(
        thread=asked, actor=line["support"], reason="Answered; the help page says it too."
    )
    comment(
        rfc=rfc,
        actor=line["operations"],
        section_slug="roll-out",
        quote="One region for two weeks, then half, then all.",
        text="Start on a Tuesday: the Monday peak hides everything.",
        replacement="One region for two weeks from a Tuesday, then half, then all.",
    )


def take_the_suggestion(line: Line, rfc: RFC) -> RFC:
    """The author takes what operations suggested and publishes it as the next revision."""
    thread = comment(
        rfc=rfc,
        actor=line["operations"],
        section_slug="roll-out",
        quote="The flag can be closed within a minute.",
        replacement="The flag can be closed within a minute, by the duty officer, day and night.",
        text="Say who may close it.",
    )
    owner = line["product_manager"]
    accept_suggestions(rfc=rfc, actor=owner, threads=[thread.pk])
    publish_revision(rfc=rfc, actor=owner, note="Says who closes the flag")
    rfc.refresh_from_db()
    return rfc


def decide_the_region(line: Line, rfc: RFC) -> None:
    """A decision that came out of the review, with the option that was not taken."""
    record_decision(
        actor=line["product_manager"],
        said=Said(
            question="In which region do we open first?",
            options="The north: more shops. The islands: shops that know each other, one warehouse.",
            decision="The islands.",
            reason="A fault stays small there, and people tell us within the hour.",
            review_date=ahead(30),
            line=line.line,
        ),
        about=About(rfcs=[rfc]),
    )


def give_way(line: Line, first: RFC, successor: RFC) -> None:
    """An earlier try that a later RFC takes the place of."""
    take_step(first, "supersede", actor=line["product_manager"], successor=successor)
