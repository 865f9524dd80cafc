"""Sources: the shipped ones loaded where they are missing; added and changed by administrators."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.permissions import is_admin
from config.flow.errors import NotYours
from initiatives.actions.acting import acting
from initiatives.evidence_rules import ASKS
from initiatives.models import Source
from initiatives.sources import SHIPPED


@transaction.atomic
def ship_sources() -> int:
    """Create the sources that do not exist yet; answers how many."""
    known = set(Source.objects.values_list("slug", flat=True))
    new = [
        Source(ordinal=ordinal, **facts)
        for ordinal, facts in enumerate(SHIPPED, start=1)
        if facts["slug"] not in known
    ]
    for source in new:
        source.save()
    return len(new)


@acting
@transaction.atomic
def save_source(*, actor: Any, source: Source | None, **facts: Any) -> Source:
    """A new source, or the changed one. Questions keep their names, under which answers are kept.

    What its evidence rule asks for is added where it is missing. Raises NotYours.
    """
    if not is_admin(actor):
        raise NotYours("Sources are added and changed by administrators.")
    questions = _named(facts.pop("fields"))
    facts["fields"] = [*questions, *_owed(facts["rule"], questions)]
    if source is None:
        last = Source.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
        return Source.objects.create(slug=_slug(facts["name"]), ordinal=last + 1, **facts)
    locked = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.save()
    return locked


def answered(source: Source) -> dict[str, int]:
    """How many initiatives answered each question; one query."""
    rows = source.initiatives.exclude(source_fields={}).values_list("source_fields", flat=True)
    counted: Counter[str] = Counter(name for answers in rows.iterator() for name in answers)
    return dict(counted)


def _slug(name: str) -> str:
    base = slugify(name)[:44] or "source"
    slug, n = base, 2
    while Source.objects.filter(slug=slug).exists():
        slug, n = f"{base}-{n}", n + 1
    return slug


def _named(questions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Each question with a name of its own; a new one is named after its label."""
    taken = {q["name"] for q in questions if q.get("name")}
    named = []
    for question in questions:
        name = question.get("name") or ""
        if not name:
            base = slugify(question["label"]).replace("-", "_")[:40] or "question"
            name, n = base, 2
            while name in taken:
                name, n = f"{base}_{n}", n + 1
            taken.add(name)
        named.append({**question, "name": name})
    return named


def _owed(rule: str, questions: list[dict[str, str]]) -> list[dict[str, str]]:
    """Questions the rule asks for that nobody wrote, as they are shipped."""
    there = {q["name"] for q in questions}
    shipped = {q["name"]: q for facts in SHIPPED for q in facts["fields"]}
    return [dict(shipped[name]) for name in ASKS.get(rule, ()) if name not in there]
