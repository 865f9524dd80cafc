"""Requests from a spreadsheet: what the engine of `config.sheets` asks this app.

Rows are written by the same actions as everywhere, so each rule and right holds here too.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import ProtectedError, RestrictedError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Person
from config.flow.errors import NotAllowed, NotYours, Refusal
from config.flow.keys import number_of
from config.sheets.days import day_of
from config.sheets.guessing import folded
from config.sheets.kinds import (
    KEY,
    Field,
    Judge,
    Judged,
    Kind,
    Made,
    Problem,
    Target,
    Writer,
    refused_or,
)
from initiatives import permissions as may
from initiatives.actions.import_request_fields import (
    ANSWER,
    OWN,
    may_hand_in_for_others,
    request_fields,
)
from initiatives.actions.request import (
    drafted_request,
    edit_initiative,
    first_sentence,
    propose_drafted,
)
from initiatives.models import Initiative, InitiativeLine, Source
from kpis.models import KPI

LONGEST = {"title": 200, "problem": 20_000, "affected": 500}


class RequestJudge(Judge):
    """Everything a row may name is read once."""

    def __init__(self, person: Any, *, day_first: bool) -> None:
        self.person, self.day_first = person, day_first
        sources = list(Source.objects.visible_to(person).filter(active=True))
        lines = list(BusinessLine.objects.visible_to(person))
        self.sources = _by_words([(s, (s.slug, s.name)) for s in sources])
        self.lines = _by_words([(x, (x.slug, x.name)) for x in lines])
        kpis = list(KPI.objects.visible_to(person))
        self.kpis = _by_words([(k, (k.key, k.name)) for k in kpis])
        people = Person.objects.visible_to(person).active().values_list("email", flat=True)
        self.people = {email.lower() for email in people if email}
        self.names = {
            "source": ", ".join(s.name for s in sources),
            "line": ", ".join(x.name for x in lines),
        }

    def judged(self, given: dict[str, str]) -> Judged:
        told = Judged()
        for name in ("problem", "affected", "title"):
            self._text(name, given, told)
        self._named("source", self.sources, "slug", given, told)
        self._named("line", self.lines, "slug", given, told)
        self._named("hoped_kpi", self.kpis, "key", given, told)
        self._deadline(given, told)
        self._requester(given, told)
        self._answers(given, told)
        for name in (OWN, KEY):
            if given.get(name):
                told.values[name] = given[name].upper() if name == OWN else given[name][:200]
        return told

    def _text(self, name: str, given: dict[str, str], told: Judged) -> None:
        text = given.get(name, "")
        if not text and name != "title":
            sentence = {
                "problem": _("The row does not say what the problem is."),
                "affected": _("The row does not say who has the problem."),
            }[name]
            told.problems.append(Problem(name, "", "missing", sentence))
        elif len(text) > LONGEST[name]:
            sentence = _("It has %(n)d characters; %(most)d are the most.") % {
                "n": len(text), "most": LONGEST[name]}  # fmt: skip
            told.problems.append(Problem(name, text, "too_long", sentence))
        elif text:
            told.values[name] = text

    def _named(
        self, name: str, known: dict[str, Any], slug: str, given: dict[str, str], told: Judged
    ) -> None:
        text = given.get(name, "")
        if not text:
            if name == "source":
                sentence = _("The row does not say where the request comes from.")
                told.problems.append(Problem(name, "", "missing", sentence))
            return
        found = known.get(folded(text))
        if found is None:
            among = self.names.get(name)
            sentence = (
                _("“%(text)s” is not known. Known are: %(names)s.") % {"text": text, "names": among}
                if among
                else _("There is no KPI “%s”; name it by its key, such as KPI-3.") % text
            )
            told.problems.append(Problem(name, text, "unknown", sentence))
        else:
            told.values[name] = getattr(found, slug)

    def _deadline(self, given: dict[str, str], told: Judged) -> None:
        text = given.get("deadline_date", "")
        if not text:
            return
        day = day_of(text, day_first=self.day_first)
        if day is None:
            sentence = _("“%s” is no day; write it as year-month-day, such as 2026-12-01.") % text
            told.problems.append(Problem("deadline_date", text, "no_date", sentence))
        else:
            told.values["deadline_date"] = day.isoformat()

    def _requester(self, given: dict[str, str], told: Judged) -> None:
        text = given.get("requester", "").lower()
        if not text:
            return
        if text in self.people:
            told.values["requester"] = text
        else:
            sentence = _("Nobody with the address “%s” is known here.") % text
            told.problems.append(Problem("requester", text, "unknown", sentence))

    def _answers(self, given: dict[str, str], told: Judged) -> None:
        answers = {
            n.removeprefix(ANSWER): v for n, v in given.items() if n.startswith(ANSWER) and v
        }
        source = self.sources.get(folded(told.values.get("source", "")))
        if source is None or not answers:
            return
        asked = {question["name"]: question for question in source.fields}
        for name, text in answers.items():
            if name not in asked:
                sentence = _("%s does not ask this; clear the cell, or choose another source.") % (
                    source.name
                )
                told.problems.append(Problem(f"{ANSWER}{name}", text, "not_asked", sentence))
            else:
                self._answer(name, asked[name].get("kind", "text"), text, told)

    def _answer(self, name: str, kind: str, text: str, told: Judged) -> None:
        answers = told.values.setdefault("source_fields", {})
        answers[name] = text
        if kind == "date":
            day = day_of(text, day_first=self.day_first)
            answers[name] = day.isoformat() if day else text
            if day is None:
                sentence = _("“%s” is no day; write it as year-month-day.") % text
                told.problems.append(Problem(f"{ANSWER}{name}", text, "no_date", sentence))
        elif kind == "number" and not _number(text):
            sentence = _("“%s” is no number.") % text
            told.problems.append(Problem(f"{ANSWER}{name}", text, "no_number", sentence))

    def own_keys(self, rows: Sequence[Judged]) -> dict[str, int]:
        numbers = {k: number_of("INI", k) for k in {str(r.values.get(OWN, "")) for r in rows} if k}
        found = Initiative.objects.visible_to(self.person).filter(
            number__in=[*filter(None, numbers.values())]
        )
        by_number = dict(found.values_list("number", "pk"))
        return {k: by_number[n] for k, n in numbers.items() if n in by_number}

    def targets(self, pks: Iterable[int]) -> dict[int, Target]:
        rows = (
            Initiative.objects.visible_to(self.person)
            .filter(pk__in=list(pks))
            .select_related("source", "line", "hoped_kpi", "owner")
            .prefetch_related("lines")
        )
        return {row.pk: self._target(row) for row in rows}

    def _target(self, row: Initiative) -> Target:
        now = {
            "title": row.title,
            "problem": row.problem,
            "affected": row.affected,
            "source": row.source.slug,
            "line": row.line.slug if row.line else None,
            "hoped_kpi": row.hoped_kpi.key if row.hoped_kpi else None,
            "deadline_date": row.deadline_date.isoformat() if row.deadline_date else None,
            "source_fields": row.source_fields,
        }
        refusal = ""
        if not may.may_edit_request(self.person, row):
            who = row.owner.name if row.owner else _("the product manager of the line")
            refusal = _("%(key)s is edited by %(who)s.") % {"key": row.key, "who": who}
        return Target(row.pk, str(row), now, refusal)

    def shown(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            return " · ".join(f"{n.replace('_', ' ')}: {v}" for n, v in value.items())
        return "" if value is None else str(value)


def _number(text: str) -> bool:
    try:
        float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        return False
    return True


def _by_words(rows: Iterable[tuple[Any, tuple[str, ...]]]) -> dict[str, Any]:
    return {folded(word): row for row, words in rows for word in words}


class Requests(Kind):
    """Many requests at once, into intake."""

    slug = "requests"
    label = gettext_lazy("Requests")
    plural = gettext_lazy("requests")
    lead = gettext_lazy("Each row becomes a request in intake; a row with a key changes that one.")
    own_key = OWN
    only_new = ("requester",)
    back_url = "/intake"
    sample = (
        "Number,Problem,Who has it,Source,Business line,Deadline\r\n"
        "R-1,Agents wait two days for their payouts and close at six.,1 200 agents,Growth,,\r\n"
        "R-2,One in five disputes is answered after the legal window.,Everybody with a dispute,"
        "Customer service,,2027-03-01\r\n"
    )

    def fields(self, person: Any) -> list[Field]:
        return request_fields(person)

    def judge(self, person: Any, *, day_first: bool) -> Judge:
        return RequestJudge(person, day_first=day_first)

    def fingerprint(self, values: dict[str, Any]) -> str:
        said = "\x1f".join(folded(str(values.get(n, ""))) for n in ("title", "problem"))
        return hashlib.sha256(said.encode()).hexdigest()

    def writer(self, actor: Any) -> Writer:
        return RequestWriter(actor)

    def existing(self, pks: Iterable[int]) -> set[int]:
        return set(Initiative.objects.filter(pk__in=list(pks)).values_list("pk", flat=True))

    def called(self, values: dict[str, Any]) -> str:
        """The title the request will have; what it can be known by when that is missing."""
        said = super().called(values) or first_sentence(str(values.get("problem") or ""))
        return said or str(values.get("affected") or "")

    def href(self, label: str) -> str:
        return f"/initiatives/{label.split(' ', 1)[0]}"


class RequestWriter(Writer):
    """Proposes, edits and takes back for one person; what rows name is read once."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.read: dict[tuple[str, Any], Any] = {}

    def create_all(self, told: Sequence[dict[str, Any]]) -> list[Made | Refusal]:
        drafts = [refused_or(self._draft, values) for values in told]
        propose_drafted([draft for draft in drafts if isinstance(draft, Initiative)])
        return [
            each
            if isinstance(each, Refusal)
            else (each, {"row_version": each.row_version, "flow_version": each.flow_version})
            for each in drafts
        ]

    def _draft(self, values: dict[str, Any]) -> Initiative:
        told = self._rows(values)
        requester = told.pop("requester", self.actor)
        if requester != self.actor and not self._hands_in_for_others:
            raise NotYours(_("Only product managers and administrators hand in for others."))
        return drafted_request(requester=requester, **told)

    @cached_property
    def _hands_in_for_others(self) -> bool:
        return may_hand_in_for_others(self.actor)

    def change(self, pk: int, values: dict[str, Any]) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        row = Initiative.objects.select_for_update(no_key=True).get(pk=pk)
        told = self._rows(values)
        if "source_fields" in told:
            told["source_fields"] = {**row.source_fields, **told["source_fields"]}
        before = {n: _plain(row, n) for n in told}
        saved = edit_initiative(initiative=row, actor=self.actor, seen_version=None, **told)
        return saved, {"row_version": saved.row_version}, before

    def remove(self, marks: dict[int, dict[str, Any]]) -> None:
        rows = list(Initiative.objects.select_for_update().filter(pk__in=marks))
        for row in rows:
            touched = any(getattr(row, name) != value for name, value in marks[row.pk].items())
            if touched or row.phase != "intake":
                raise NotAllowed(_("%s stays: somebody worked on it since.") % row.key)
        try:
            InitiativeLine.objects.filter(initiative__in=rows, answer="none").delete()
            Initiative.objects.filter(pk__in=[row.pk for row in rows]).delete()
        except (ProtectedError, RestrictedError) as error:
            said = _("%s stays: something was added to it since.")
            raise NotAllowed(*(said % row.key for row in rows)) from error

    def restore(self, pk: int, mark: dict[str, Any], before: dict[str, Any]) -> None:
        row = Initiative.objects.select_for_update(no_key=True).get(pk=pk)
        if row.row_version != mark["row_version"]:
            raise NotAllowed(_("%s keeps its change: somebody edited it since.") % row.key)
        told = {n: self._former(n, value) for n, value in before.items()}
        edit_initiative(initiative=row, actor=self.actor, seen_version=None, **told)

    def _rows(self, values: dict[str, Any]) -> dict[str, Any]:
        """Slugs, keys and days as rows and days."""
        told = dict(values)
        for name, (model, field) in NAMED.items():
            if told.get(name):
                told[name] = self._once(model, field, told[name])
        if told.get("deadline_date"):
            told["deadline_date"] = date.fromisoformat(told["deadline_date"])
        return told

    def _once(self, model: Any, field: str, value: Any) -> Any:
        if (f"{model.__name__}.{field}", value) not in self.read:
            sought = number_of("KPI", value) if field == "number" else value
            self.read[f"{model.__name__}.{field}", value] = model.objects.filter(
                **{field: sought}
            ).first()
        found = self.read[f"{model.__name__}.{field}", value]
        if found is None:
            raise NotAllowed(_("“%s” is gone since the dry run.") % value)
        return found

    def _former(self, name: str, value: Any) -> Any:
        if value is None or name not in (*NAMED, "deadline_date"):
            return value
        if name == "deadline_date":
            return date.fromisoformat(value)
        return NAMED[name][0].objects.get(pk=value)


# Field → whose rows it names, and by what.
NAMED: dict[str, tuple[Any, str]] = {
    "source": (Source, "slug"),
    "line": (BusinessLine, "slug"),
    "hoped_kpi": (KPI, "number"),
    "requester": (Person, "email"),
}


def _plain(row: Initiative, name: str) -> Any:
    value = getattr(row, getattr(Initiative._meta.get_field(name), "attname", name))
    return value.isoformat() if isinstance(value, date) else value
