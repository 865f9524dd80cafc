"""Where the columns of a table of requests may go."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Role
from accounts.permissions import has_role, is_admin
from config.sheets.kinds import Field
from initiatives.models import Source

ANSWER = "answer_"
OWN = "key"


def request_fields(person: Any) -> list[Field]:
    """The places a column of requests may go to, the sources' own questions among them."""
    sources = list(Source.objects.visible_to(person).filter(active=True))
    lines = BusinessLine.objects.visible_to(person)
    told = [
        Field("problem", _("What is the problem"), required=True,
              also=("problem", "description", "need", "details", "request", "body")),
        Field("affected", _("Who has it"), required=True,
              also=("affected", "who", "users", "customers", "for whom")),
        Field("source", _("Where it comes from"), required=True,
              also=("source", "origin", "department"), choices=tuple((s.slug, s.name) for s in sources)),
        Field("title", _("Title"), help=_("Without one the first sentence of the problem is taken."),
              also=("title", "name", "summary", "subject", "idea")),
        Field("line", _("Business line"), also=("line", "business line", "unit", "area"),
              choices=tuple((line.slug, line.name) for line in lines)),
        Field("hoped_kpi", _("KPI it should move"), also=("kpi", "metric", "goal")),
        Field("deadline_date", _("Deadline"), also=("deadline", "due", "due date", "until"), day=True),
        Field(OWN, _("Key in Gateline"), also=("key", "gateline", "ini", "initiative"),
              help=_("Such as INI-12: the row changes that request.")),
    ]  # fmt: skip
    if may_hand_in_for_others(person):
        also = ("requester", "email", "e mail", "requested by", "author", "reporter")
        told.append(Field("requester", _("Requester"), _("The e-mail address."), also=also))
    return [*told, *_questions(sources)]


def _questions(sources: list[Source]) -> list[Field]:
    """One place per question; sources that ask the same share it."""
    asked: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for source in sources:
        for question in source.fields:
            asked.setdefault(question["name"], (question, []))[1].append(source.name)
    return [
        Field(
            f"{ANSWER}{name}",
            question["label"],
            help=_("Asked by %s.") % ", ".join(names),
            also=(question["label"],),
            group=_("Questions of the sources"),
        )
        for name, (question, names) in asked.items()
    ]


def may_hand_in_for_others(person: Any) -> bool:
    """Whether this person may name another as the requester."""
    return is_admin(person) or has_role(person, Role.PRODUCT_MANAGER)
