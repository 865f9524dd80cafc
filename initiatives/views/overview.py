"""The story on one screen: what it still needs, promise, evidence, people, age, activity."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_admin
from config.batch import Asker, rows_of
from initiatives import permissions as may
from initiatives.lifecycle.initiative import LIVE
from initiatives.phases import phase_of
from initiatives.queries.activity import ask_recent
from initiatives.queries.ages import ask_usual_stay
from initiatives.queries.overview import (
    ask_evidence,
    ranking_places,
    rfcs,
    ways_to_mend,
)
from initiatives.queries.promise import ask_promises
from initiatives.views.tab import InitiativeTabView
from rfc.permissions import may_record_decision
from rfc.queries.decisions import about

MOST_DECISIONS = 6


class OverviewView(InitiativeTabView):
    """`/initiatives/INI-12-readable-tail`; a wrong tail redirects to the right one."""

    tab = "overview"
    template_name = "initiatives/overview.html"

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        right = self.initiative.get_absolute_url()
        if request.path != right:
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{right}?{query}" if query else right, permanent=True)
        return self.show()

    def asks(self) -> dict[str, Asker]:
        initiative = self.initiative
        return {
            "promises": ask_promises(initiative),
            "evidence": ask_evidence(initiative),
            "rfcs": rows_of(rfcs(initiative)),
            "place": rows_of(ranking_places(initiative)),
            "acts": ask_recent(initiative, most=5),
            "usual": ask_usual_stay(initiative.phase),
            "decisions": rows_of(about(initiative=initiative)[:MOST_DECISIONS]),
        }

    def context(self) -> dict[str, Any]:
        initiative, person, told = self.initiative, self.request.user, self.told
        shown = [s for s in self.steps if s.direction == "forward"]
        return {
            "panel": [*ways_to_mend(shown[:1]), *(s for s in self.steps if s not in shown[:1])],
            "base_url": f"/initiatives/{initiative.key}",
            "can_waive": may.may_waive(person, initiative),
            "promises": told["promises"],
            "evidence": told["evidence"][0],
            "rfcs": told["rfcs"],
            "place": next(iter(told["place"]), None),
            "acts": told["acts"],
            "age": self.age(),
            "seats": self.seats(),
            "may_name_lines": may.manages(person, initiative),
            "answers": self.answers(),
            "decisions": told["decisions"],
            "may_record": may_record_decision(person),
            "may_meet": initiative.phase in LIVE,
        }

    def age(self) -> dict[str, Any] | None:
        """Working days in the current phase beside expected and usual ones."""
        phase = phase_of(self.initiative.phase)
        if phase is None:
            return None
        days = self.ages[phase.number].days if phase.number in self.ages else 0
        usual = self.told["usual"][0]
        expected = phase.expected or (usual.median or None)
        return {
            "days": days,
            "phase": phase.name,
            "expected": phase.expected,
            "usual": usual,
            "mark": expected,
            "over": days - expected if expected and days > expected else 0,
        }

    def seats(self) -> list[dict[str, Any]]:
        """Who is what to it, with a link for those who may name another."""
        initiative, person = self.initiative, self.request.user
        managed = may.manages(person, initiative) or is_admin(person)
        rows = (
            ("owner", _("Owner"), initiative.owner, may.leads_line_of),
            ("designer", _("Designer"), initiative.designer, may.designs_for),
            ("tpm", _("TPM"), initiative.tpm, may.plans_delivery_of),
        )
        return [
            {"name": n, "label": label, "person": who, "may": managed or also(person, initiative)}
            for n, label, who, also in rows
        ]

    def answers(self) -> list[tuple[str, str]]:
        """The source's own questions with their answers."""
        answers = self.initiative.source_fields
        return [
            (q["label"], answers[q["name"]])
            for q in self.initiative.source.fields
            if answers.get(q["name"])
        ]
