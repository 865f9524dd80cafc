"""The daily heartbeat of a line's or team's KPIs in its chat room."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.cards import status_in_words, value_in_words
from kpis.filters import STATUSES
from kpis.queries import Standing, kpis_for, standings
from webhooks.actions.telling import full
from webhooks.chat import Line, Message
from webhooks.heartbeat import register


def heartbeat(keeper: Any, line: Any, team: Any, named: bool) -> Message | None:
    """How many stand how; each by name, value and target only where the room asked for it."""
    rows = kpis_for(keeper).filter(line=line)
    rows = rows.filter(team=team) if team is not None else rows
    found = standings(list(rows.order_by("team__name", "name", "id")), trends=False)
    if not found:
        return None
    place = team or line
    count = ngettext("%(place)s today: %(n)d KPI, %(how)s", "%(place)s today: %(n)d KPIs, %(how)s",
                     len(found))  # fmt: skip
    title = count % {"place": place, "n": len(found), "how": _counted(found)}
    if not named:
        return Message(title, [Line(_("KPIs"), full(place.get_absolute_url()))])
    lines = [Line(_told(each), full(each.kpi.get_absolute_url())) for each in found]
    return Message(title).joined(lines, settings.CHAT_MOST_LINES)


def _counted(found: list[Standing]) -> str:
    """Such as “3 on track, 1 at risk”, in the order of the words."""
    counts = Counter(each.status for each in found)
    return ", ".join(
        f"{counts[status]} {str(words).lower()}" for status, words in STATUSES if counts[status]
    )


def _told(found: Standing) -> str:
    words = status_in_words(found) or str(dict(STATUSES)[found.status])
    if found.target is None:
        return f"{found.kpi.name}: {value_in_words(found)} · {words}"
    return _("%(name)s: %(now)s, target %(target)s · %(words)s") % {
        "name": found.kpi.name,
        "now": value_in_words(found),
        "target": found.kpi.in_words(found.target.value),
        "words": words,
    }


register(heartbeat)
