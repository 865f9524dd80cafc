"""Webhooks and chat rooms that somebody vouches for, for the day they leave."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.handover import Holding, register
from config.flow.versions import write
from webhooks.models import Endpoint


def _kept(person: Any) -> models.QuerySet[Any]:
    rows = Endpoint.objects.filter(keeper=person, is_on=True)
    return rows.select_related("line", "team__line").order_by("pk")


def _unfit(row: Endpoint, successor: Any) -> str:
    if row.kept_by(successor):
        return ""
    told = {"who": successor, "name": row.name}
    return str(_("“%(name)s”: %(who)s may not keep it; name somebody else, or nobody.") % told)


def _pass(row: Endpoint, successor: Any, _actor: Any) -> None:
    """Without a successor nobody vouches for it, so it goes off."""
    if successor is not None:
        write(row, seen_version=None, keeper=successor)
        return
    why = _("%(who)s, who vouched for it, left.") % {"who": row.keeper}
    write(row, seen_version=None, is_on=False, off_at=timezone.now(), off_because=why[:300])


register(Holding("webhooks", gettext_lazy("Webhooks and chat rooms vouched for"), _kept, "keeper",
                 unfit=_unfit, passing=_pass))  # fmt: skip
