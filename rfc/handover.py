"""What people hold in RFCs, for the day they leave. Positions and decisions keep their names."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.handover import Holding, register
from accounts.models import Role
from rfc.models import RFC, Delegation, Look


def _open(column: str) -> Any:
    def rows(person: Any) -> models.QuerySet[Any]:
        open_ones = (RFC.DRAFT, RFC.IN_REVIEW)
        return RFC.objects.filter(phase__in=open_ones, **{column: person}).order_by("number")

    return rows


def _titled(row: RFC) -> str:
    return f"{row.key} {row.title}"


def _looks(person: Any) -> models.QuerySet[Any]:
    return Look.objects.filter(person=person, looked_at=None).select_related("rfc")


def _delegations(person: Any) -> models.QuerySet[Any]:
    either = models.Q(person=person) | models.Q(delegate=person)
    rows = Delegation.objects.filter(either, ended_at=None, ends_on__gte=timezone.localdate())
    return rows.select_related("person", "delegate")


def _end(row: Delegation, _successor: Any, _actor: Any) -> None:
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])


def _delegated(row: Delegation) -> str:
    told = {"who": row.delegate, "whom": row.person, "role": Role(row.function).label}
    return str(_("%(who)s answers for %(role)s in place of %(whom)s") % told)


register(Holding("rfcs-written", _("RFCs written"), _open("author"), "author", must=True,
                 title=_titled))  # fmt: skip
register(Holding("rfcs-decided", _("RFCs to decide"), _open("decider"), "decider", must=True,
                 title=_titled))  # fmt: skip
register(Holding("looks", _("Looks asked for"), _looks, "person", title=lambda row: _titled(row.rfc),
                 href=lambda row: str(row.rfc.get_absolute_url())))  # fmt: skip
register(Holding("delegations", _("Delegations"), _delegations, "delegate", ends=True,
                 title=_delegated, href=lambda _row: "/rfcs/delegations", passing=_end))  # fmt: skip
