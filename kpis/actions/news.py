"""Telling those who follow a KPI what became of it: its owner, its followers, its team's."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import News, audience, tell
from accounts.models import Reason, Tab
from kpis.models import KPI
from kpis.subjects import subject_of


def tell_of_values(kpi: KPI, n: int, actor: Any) -> None:
    """Values were recorded or corrected."""
    if n:
        said = {"who": actor, "n": n, "key": kpi.key}
        words = ngettext(
            "%(who)s recorded a value of %(key)s", "%(who)s recorded %(n)d values of %(key)s", n
        )
        _tell(kpi, "values", words % said, actor)


def tell_of_edit(kpi: KPI, actor: Any) -> None:
    """The definition was changed."""
    words = _("%(who)s changed the definition of %(key)s") % {"who": actor, "key": kpi.key}
    _tell(kpi, "edit", words, actor)


def _tell(kpi: KPI, act: str, words: str, actor: Any) -> None:
    people = audience("kpi", kpi.pk, team=kpi.team_id, also=[(kpi.owner, str(Reason.OWNER))])
    tell(people, News(subject_of(kpi), act, words), tab=Tab.FOLLOWING, actor=actor)
