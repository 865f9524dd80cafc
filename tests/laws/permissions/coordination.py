"""Across lines: referrals, collisions, talk, following; pages and API."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line
from initiatives.actions.talk import comment
from initiatives.models import Initiative, InitiativeComment, LineCondition
from tests.factories.initiatives import in_phase
from tests.factories.walks import believed
from tests.laws.permissions import Row

PM, BL, CPO = "product_manager", "business_leader", "cpo"


@dataclass
class World:
    shared: Initiative
    theirs: Initiative
    pointed: Initiative
    condition: LineCondition
    said: InitiativeComment
    promise: int
    cast: Any


def world(cast) -> World:
    shared = believed(cast, affected="Small shops").initiative
    share = add_line(initiative=shared, actor=cast.product_manager, line=cast.cards)
    answer_for_line(share=share, actor=cast.cards_leader, answer="conditional", note="In May.")
    theirs = in_phase(cast, "discovery", title="Theirs", affected="Small shops")
    Initiative.objects.filter(pk=theirs.pk).update(line=cast.cards, owner=cast.outsider)
    pointed = in_phase(cast, "discovery", title="Points elsewhere")
    Initiative.objects.filter(pk=pointed.pk).update(team=cast.issuing)
    Initiative.objects.filter(pk=pointed.pk).update(title="Points to Cards")
    return World(
        shared=shared,
        theirs=theirs,
        pointed=pointed,
        condition=share.conditions.get(),
        said=comment(initiative=shared, actor=cast.growth, text="Look."),
        promise=shared.promises.get().pk,
        cast=cast,
    )


def shared(w):
    return {"number": w.shared.number}


def pair(w):
    return {"number": w.shared.number, "other": w.theirs.number}


def talk(act):
    return lambda w: {**shared(w), "pk": w.said.pk, "act": act}


def hand_on(w):
    until = timezone.localdate() + timedelta(days=5)
    return {"delegate": w.cast.risk.pk, "until": until.isoformat()}


def hand_on_by_mail(w):
    return {**hand_on(w), "delegate": w.cast.risk.email}


def end_in(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
ANYBODY = {"anonymous": 302, "*": 302}
ASK = {"form": "ask", "ask-question": "Who goes first?"}
CARDS = {"anonymous": 302, "*": 403, PM: 403, "outsider": 302, "cards_leader": 302}
JUDGES = {"*": 403, PM: 302, BL: 302, CPO: 302, "outsider": 302}


def condition(w):
    return {"form": "condition", "condition-condition": w.condition.pk, "condition-note": "Met."}


ROWS = [
    Row("portfolio", SEEN),
    Row("collision_list", SEEN),
    Row("collision", SEEN, kwargs=pair),
    Row("collision", {"anonymous": 302, **JUDGES}, kwargs=pair, method="post", data=ASK),
    Row("referral_csv", SEEN),
    Row("referrals_old", ANYBODY),
    Row("referral_list", {"anonymous": 302, "*": 403, CPO: 302}, method="post", data=hand_on),
    Row("initiative_referral", CARDS, kwargs=shared, method="post", data=condition),
    Row("home", ANYBODY, method="post"),
    Row("initiative_follow", ANYBODY, kwargs=shared, method="post"),
    Row("initiative_comment", SEEN, kwargs=talk("answer")),
    Row("initiative_comment", ANYBODY, kwargs=talk("answer"), method="post", data={"text": "So."}),
    Row(
        "initiative_comment",
        {"anonymous": 302, "*": 403, "growth": 302},
        kwargs=talk("edit"),
        method="post",
        data={"text": "Look again."},
    ),
    Row(
        "initiative_comment",
        {"anonymous": 302, "*": 403, "growth": 302, PM: 302},
        kwargs=talk("resolve"),
        method="post",
    ),
    Row("api_collisions", API),
    Row(
        "api_collision_act",
        {"anonymous": 401, "*": 403, PM: 201, CPO: 201, "outsider": 201},
        kwargs=lambda w: {**pair(w), "act": "dismiss"},
        method="post",
        data={"reason": "Other shops."},
    ),
    Row("api_inferred_lines", API, kwargs=shared),
    Row(
        "api_line_disclaimer",
        {"anonymous": 401, "*": 403, PM: 200, CPO: 200},
        kwargs=lambda w: {"number": w.pointed.number, "line": "cards"},
        method="put",
        data={"reason": "It only reads there."},
    ),
    Row(
        "api_condition_close",
        {"anonymous": 401, "*": 403, PM: 403, "outsider": 200, "cards_leader": 200},
        kwargs=lambda w: {**shared(w), "pk": w.condition.pk},
        method="post",
        data={"note": "It is May."},
    ),
    Row("api_contributions", API, kwargs=shared),
    Row(
        "api_contributions",
        {"anonymous": 401, "*": 403, PM: 200, CPO: 200, "outsider": 200},
        kwargs=shared,
        method="put",
        data=lambda w: {
            "promise": w.promise,
            "line": "cards",
            "low_percent": 10,
            "high_percent": 20,
        },
    ),
    Row(
        "api_referral_delegate",
        {"anonymous": 401, "*": 403, CPO: 200},
        kwargs=shared,
        method="put",
        data=hand_on_by_mail,
    ),
    Row(
        "api_delegation",
        {"anonymous": 401, "*": 403, CPO: 201},
        method="post",
        data=hand_on_by_mail,
    ),
    Row(
        "api_comment",
        {"anonymous": 401, "*": 403, "growth": 200},
        kwargs=lambda w: {**shared(w), "pk": w.said.pk},
        method="patch",
        data={"text": "Look again."},
    ),
    Row(
        "api_comment_act",
        {"anonymous": 401, "*": 403, "growth": 200, PM: 200},
        kwargs=talk("resolve"),
        method="post",
    ),
    Row("api_follow", API, kwargs=shared),
    Row("api_follow", API, kwargs=shared, method="put"),
]
