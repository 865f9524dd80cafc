"""RFCs in the states tests need, reached by the real actions."""

from datetime import timedelta

from django.utils import timezone

from rfc.actions.deciding import take_step, try_accept
from rfc.actions.positions import take_position
from rfc.actions.seen import opened
from rfc.actions.starting import start_rfc
from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC

SECTIONS = (
    "Summary",
    "Motivation",
    "Evidence",
    "Scope",
    "KPI targets",
    "Solution",
    "Risks and compliance",
    "Non-functional requirements",
    "Roll-out",
    "Open questions",
)


def body(**sections) -> str:
    """A complete text; name sections with underscores to give them other words."""
    said = {name.replace("_", " ").lower(): text for name, text in sections.items()}
    parts = []
    for heading in SECTIONS:
        key = heading.lower().replace("-", " ")
        parts.append(f"## {heading}\n\n{said.get(key, f'What we say about {key}.')}\n")
    return "\n".join(parts)


def draft_rfc(cast, *, title="Instant settlement", text=None, **more) -> RFC:
    """A standalone RFC of the line Payments with a written, unpublished draft."""
    more.setdefault("stands_alone_reason", "It is about how we work.")
    more.setdefault("line", cast.payments)
    return start_rfc(
        actor=more.pop("actor", cast.product_manager),
        title=title,
        body=body() if text is None else text,
        **more,
    )


def published_rfc(cast, **more) -> RFC:
    rfc = draft_rfc(cast, **more)
    publish_revision(rfc=rfc, actor=rfc.author)
    rfc.refresh_from_db()
    return rfc


def rfc_in_review(cast, **more) -> RFC:
    rfc = published_rfc(cast, **more)
    return take_step(rfc, "ask-for-decision", actor=rfc.author)


def answer(rfc, person, function, stance="approve", **more):
    """Take a position on the newest revision."""
    rfc.refresh_from_db()
    return take_position(
        rfc=rfc,
        actor=person,
        function=function,
        stance=stance,
        revision_number=more.pop("revision_number", rfc.revision_count),
        **more,
    )


def saw(rfc, person, since, now=None) -> None:
    """The difference between two revisions was on this person's screen."""
    rfc.refresh_from_db()
    newest = rfc.revisions.get(number=now or rfc.revision_count)
    opened(rfc=rfc, revision=newest, person=person, compared=since)


def end_window(rfc) -> None:
    """The comment window of this RFC lies in the past."""
    RFC.objects.filter(pk=rfc.pk).update(window_ends_at=timezone.now() - timedelta(minutes=1))
    try_accept(rfc)
    rfc.refresh_from_db()


def accepted_rfc(cast, **more) -> RFC:
    """Every required function approved and the window is over."""
    rfc = rfc_in_review(cast, **more)
    for row in rfc.required_functions.all():
        answer(rfc, getattr(cast, row.function), row.function)
    end_window(rfc)
    return rfc


def edit(rfc, person, **texts):
    """Save texts and publish them; the new revision, or None when nothing changed."""
    rfc.refresh_from_db()
    save_draft(rfc=rfc, actor=person, seen_version=None, **texts)
    return publish_revision(rfc=rfc, actor=person)


def stale_rfc(cast) -> RFC:
    """Risk approved r1; r2 changed nothing risk judges, r3 did."""
    rfc = rfc_in_review(cast, flags=["money"])
    answer(rfc, cast.risk, "risk")
    edit(rfc, cast.product_manager, body=body(open_questions="None."))
    edit(rfc, cast.product_manager, body=body(risks_and_compliance="A new limit."))
    rfc.refresh_from_db()
    return rfc
