"""Home: what needs me today, where everything is, what moved since I last looked."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import lines_of
from config.batch import Asker, ask_count, flat, nothing, rows_of, together
from config.flow.visibility import limit_of
from initiatives import permissions as may
from initiatives.actions.home import look_at_home, put_greeting_away
from initiatives.queries.activity import ask_moves
from initiatives.queries.coordination import waiting_referrals
from initiatives.queries.following import followed_by
from initiatives.queries.home import MOST, asks_for, headline, in_order, summary
from initiatives.queries.kept import until_changed
from initiatives.queries.pipeline import HEAT, ask_funnel, ask_heat, ask_moved
from initiatives.queries.welcome import ask_tasks, is_new, since, truths
from kpis.cards import card
from kpis.queries import ask_standings, kpis_for, owned_by
from rfc.permissions import held_functions

KPIS = 3
FOLLOWED = 5


class HomeView(LoginRequiredMixin, View):
    """`/`; `?line=` narrows the pictures to one business line. A POST puts the greeting away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        line = request.GET.get("line", "")
        person: Any = request.user
        look = look_at_home(person=person)
        new = is_new(person, look)
        asked: list[Asker] = [
            until_changed(("funnel", line), person, ask_funnel(person, line)),
            ask_moved(person),
            until_changed(("heat", line), person, ask_heat(person, line)),
            ask_moves(person, most=6, since=since(look)),
            rows_of(followed_by(person)[:FOLLOWED]),
            ask_count(waiting_referrals(person)),
            kpi_cards(person, line),
            ask_tasks(person) if new else nothing(),
        ]
        needed = asks_for(person)
        found = together([*needed, *asked], kept_for=(*facts(person), line, new))
        waiting = in_order(flat(found[: len(needed)]))
        phases, [moved], grid, acts, followed, [referred], [kpis], steps = found[len(needed) :]
        context: dict[str, Any] = {
            "headline": headline(len(waiting)),
            "today": timezone.localdate(),
            "rows": waiting[:MOST],
            "further": len(waiting) - MOST if len(waiting) > MOST else 0,
            "phases": phases,
            "live": sum(p["count"] for p in phases),
            "moved": moved,
            "heat_columns": [p.short for p in HEAT],
            "heat_rows": grid,
            "acts": acts,
            "looked": since(look),
            "summary": summary(waiting),
            "followed": followed,
            "greeting": truths(person, waiting) if new else [],
            "tasks": steps,
            "coordinates": may.answers_referrals(person),
            "referrals_waiting": referred,
            **kpis,
        }
        return render(request, "initiatives/home.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        put_greeting_away(actor=request.user)
        return redirect("home")


def facts(person: Any) -> tuple[Any, ...]:
    """All that Home's questions depend on beside the rows. The hour is near enough for ages."""
    held = frozenset((m.role, m.in_line_id, m.team_id) for m in person.current_memberships())
    return (
        "home",
        person.pk,
        person.is_active,
        limit_of(person),
        held,
        frozenset(held_functions(person)),
        may.answers_referrals(person),
        timezone.localtime().replace(minute=0, second=0, microsecond=0),
    )


def kpi_cards(person: Any, line: str) -> Asker:
    """The KPIs a person owns, else those of the person's lines (or of the chosen line)."""
    theirs = Q(line__slug=line) if line else Q(line__in=lines_of(person)) | Q(scope="company")
    mine, others = yield lambda: (
        owned_by(person)[:KPIS],
        kpis_for(person).filter(theirs)[:KPIS],
    )
    own = bool(mine and not line)
    shown = yield from ask_standings(mine if own else others)
    title = _("KPIs you own") if own else _("KPIs of your lines")
    yield {"kpis": [card(s) for s in shown], "kpis_title": title}
