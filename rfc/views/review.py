"""The review on the reading page: the bar below the text, and what each function says."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from accounts.permissions import people_with_role
from config.flow.steps import StepView
from config.web.words import short_moment
from rfc.models import RFC, Revision
from rfc.permissions import edits, stands_for
from rfc.queries.idle import expires_on
from rfc.queries.reading import SEAL_OF, function_rows
from rfc.queries.reviewing import changed_lines_of, stale_words
from rfc.standing import Standing


@dataclass(frozen=True)
class Bar:
    """The bar: functions, and the one act that leads on for this person."""

    functions: list[dict[str, str]]
    may_answer: bool
    act: str
    answer: Standing | None
    since_href: str
    ask: StepView | None
    in_place_of: str


@dataclass(frozen=True)
class Row:
    """A function: how it stands in words, why it is asked, and where its change is."""

    label: str
    seal: str
    said: str
    reason: str
    href: str = ""
    action: str = ""


def bar(person: Any, rfc: RFC, stands: list[Standing], answer: Standing | None, **more: Any) -> Bar:
    """The bar for one person. `more` is what the page knows: may_answer, ask, since_href, shown."""
    shown = more.pop("shown")
    act = "first" if answer is None else "anew"
    if answer is not None and answer.state == "stale" and _own(answer, person):
        act = "reaffirm" if shown else "look_first"
    elif answer is not None and answer.state == "blocked" and _own(answer, person):
        act = "close"
    elif answer is not None and answer.state != "approved":
        # Who recused is not invited to approve after all.
        act = "anew" if answer.state == "recused" and _own(answer, person) else "approve"
    held = stands_for(person, rfc, answer.function) if answer else None
    return Bar(
        functions=function_rows(stands, person),
        act=act,
        answer=answer,
        in_place_of=held.principal if held else "",
        **more,
    )


def _own(answer: Standing, person: Any) -> bool:
    return answer.position is not None and answer.position.person_id == person.pk


def rows(rfc: RFC, stands: list[Standing], mine: Collection[str] = ()) -> list[Row]:
    """Every required function in words; those of `mine` may be left to somebody else.

    One query where an approval is stale or somebody recused, none otherwise.
    """
    lines = changed_lines_of((rfc, each) for each in stands)
    found = [_row(rfc, each, stale_words(rfc, each, lines)) for each in stands]
    return [
        replace(row, href=_recuse(rfc, each), action=_("Recuse"))
        if each.function in mine and each.state == "waiting"
        else row
        for row, each in zip(found, stands, strict=True)
    ]


def _recuse(rfc: RFC, each: Standing) -> str:
    return f"{rfc.get_absolute_url()}/position?stance=recuse&function={each.function}"


def _row(rfc: RFC, each: Standing, stale: str) -> Row:
    said, href, action = each.position, "", ""
    if each.state == "stale" and said is not None:
        words = f"{said.who}: {stale}"
        href = f"{rfc.get_absolute_url()}/compare/v{said.revision}/v{rfc.revision_count}"
        action = _("See the change")
    elif said is None:
        words = _unanswered(rfc, each)
    else:
        words = _WORDS[said.stance if each.state != "recused" else "recuse"]() % {
            "who": said.who,
            "n": said.revision,
            "until": short_moment(said.expires_at) if said.expires_at else "",
        }
        if each.state == "recused":
            words = f"{words} {_who_else(rfc, each)}"
    return Row(each.label, SEAL_OF[each.state], words, each.reason, href, action)


def _unanswered(rfc: RFC, each: Standing) -> str:
    """What an owed answer follows on: silence, a hold that ended, a block that was closed."""
    over = rfc.phase not in (RFC.DRAFT, RFC.IN_REVIEW)
    words = _("did not answer on r%d") if over else _("has not answered on r%d")
    words %= rfc.revision_count
    if each.before is None:
        return words
    told = {"who": each.before.who, "then": words}
    if each.hold_ended and each.before.expires_at:
        told["when"] = short_moment(each.before.expires_at)
        return _("%(then)s; the hold of %(who)s ended %(when)s") % told
    return _("%(then)s; the block of %(who)s is closed") % told


def _who_else(rfc: RFC, each: Standing) -> str:
    """Who answers in place of somebody who recused. One query, and only then."""
    out = set(rfc.positions.filter(function=each.function, stance="recuse").values_list("person"))
    people = people_with_role(Role(each.function), line=rfc.line_id)
    names = [person.name for person in people if (person.pk,) not in out]
    if not names:
        return _("Nobody else holds the function here; an administrator gives the role.")
    return _("Next: %s.") % ", ".join(names)


_WORDS = {
    "approve": lambda: _("%(who)s approved r%(n)d"),
    "approve_with_notes": lambda: _("%(who)s approved r%(n)d with notes"),
    "hold": lambda: _("%(who)s holds on r%(n)d, until %(until)s"),
    "block": lambda: _("%(who)s blocks since r%(n)d"),
    "recuse": lambda: _("%(who)s recused on r%(n)d; somebody else has to answer."),
}


def sentence(stands: list[Standing]) -> str:
    """How many of the functions agree."""
    agree = sum(each.state == "approved" for each in stands)
    return ngettext(
        "%(agree)d of %(all)d function agrees", "%(agree)d of %(all)d functions agree", len(stands)
    ) % {"agree": agree, "all": len(stands)}


def review_context(person: Any, rfc: RFC, revision: Revision | None, page: dict[str, Any]) -> Any:
    """What the review adds to the reading page's context."""
    stands, answer = page["stands"], page["answer"]
    newest = page["newest"]
    mine = page["my_functions"] if page["may_answer"] else ()
    return {
        "bar": bar(
            person,
            rfc,
            stands,
            answer,
            may_answer=page["may_answer"],
            ask=page["ask"],
            since_href=page["since_href"],
            shown=page["shown"],
        ),
        "review_rows": rows(rfc, stands, mine) if newest else [],
        "review_sentence": sentence(stands),
        "expires_on": expires_on(rfc),
        "may_keep": edits(person, rfc) or rfc.decider_id == person.pk,
        "reopens": next((s for s in page["steps"] if s.name == "reopen" and s.open), None),
        "editorial": revision if revision is not None and revision.editorial else None,
    }
