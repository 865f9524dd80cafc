"""A portfolio of any size: one row of each kind, made through the models, multiplied in the database.

New columns need nothing here. Triggers of these tables sleep meanwhile; foreign keys do not.
"""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db import connection

from initiatives.models import (
    Evidence,
    Initiative,
    InitiativeLine,
    InitiativeStep,
    ScoreInput,
)
from initiatives.phases import WORDS
from tests.factories.initiatives import in_phase

WORDBOOK = [
    "instant",
    "settlement",
    "receipt",
    "ledger",
    "refund",
    "savings",
    "limit",
    "card",
    "payout",
    "merchant",
    "invoice",
    "budget",
    "alert",
    "login",
    "address",
    "transfer",
    "statement",
    "interest",
    "dispute",
    "chargeback",
    "till",
    "float",
    "agent",
    "branch",
]
# As many of each as a real portfolio has: most are done, declined or in intake.
PHASES = (
    *("intake",) * 4, *("discovery",) * 3, *("rfc",) * 2, *("ux_design",) * 2, "deep_dive",
    "sprint_ready", *("coding",) * 2, "build", "deployment", *("monitoring",) * 2,
    *("closed",) * 6, *("declined",) * 4, "parked",
)  # fmt: skip


def fill(cast, size: int, phases=PHASES, each: int = 3) -> Initiative:
    """So many initiatives, each with so much evidence, steps and history; gives the first."""
    first = in_phase(cast, "discovery", title="Instant settlement for agents")
    shape = _shapes(first, cast)
    with connection.cursor() as cursor:
        with _asleep(cursor, [Initiative, *shape]):
            _initiatives(cursor, first, size, phases)
            _around(cursor, first, shape, each)
        cursor.execute(
            "SELECT setval('initiatives_initiative_id_seq', max(id)) FROM initiatives_initiative"
        )
        cursor.execute(
            "UPDATE flow_keycounter SET last = %s WHERE prefix = 'INI'", [first.number + size]
        )
    return first


@contextmanager
def _asleep(cursor, models):
    """Our triggers on these tables do nothing meanwhile; their owner may say so."""
    tables = [model._meta.db_table for model in models]
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _shapes(first: Initiative, cast) -> dict[type, int]:
    evidence = Evidence.objects.create(
        initiative=first, collector=cast.product_manager, collected_date=date(2026, 6, 1),
        method="interview", kind="qualitative", points="for", finding="They wait.", origin="Talks",
    )  # fmt: skip
    given = ScoreInput.objects.create(
        initiative=first, factor="effort", value=Decimal(5), low=Decimal(3), high=Decimal(8),
        author=cast.product_manager,
    )  # fmt: skip
    events = first._meta.apps.get_model("initiatives", "InitiativeEvent")
    return {
        Evidence: evidence.pk,
        ScoreInput: given.pk,
        InitiativeLine: first.lines.get().pk,
        InitiativeStep: first.steps_taken.filter(taken=True).first().pk,
        events: events.objects.filter(pgh_obj=first.pk).order_by("-pgh_id").first().pk,
    }


def _multiply(cursor, model, pk, source: str, told: dict[str, str]) -> None:
    """The row `pk` once for each row of `source`, with these columns as told."""
    table, key = model._meta.db_table, model._meta.pk.column
    stored = [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
    columns = [f.column for f in stored if f.column != key or key in told]
    values = [told.get(name, f't."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} '
        f'FROM "{table}" t, {source} WHERE t."{key}" = {pk} ORDER BY 1'
    )


def _pick(values, n: str) -> str:
    quoted = ",".join(f"'{value}'" for value in values)
    return f"(ARRAY[{quoted}])[1 + ({n}) % {len(values)}]"


def _initiatives(cursor, first: Initiative, size: int, phases) -> None:
    lines = "(SELECT array_agg(id ORDER BY id) FROM accounts_businessline)"
    sources = "(SELECT array_agg(id ORDER BY id) FROM initiatives_source)"
    title = (
        " || ' ' || ".join(_pick(WORDBOOK, f"abs(hashint4(n * {k}))") for k in (7, 13, 29))
        + " || ' ' || n"
    )
    phase = _pick(phases, "n")
    told = {
        "id": f"{first.pk} + n",
        "number": f"{first.number} + n",
        "title": f"initcap({title})",
        "problem": f"{title} || ' takes days and costs the customers a call each time, as ' || n || ' told us.'",
        "phase": phase,
        "parked_from": f"CASE WHEN {phase} = 'parked' THEN 'discovery' ELSE '' END",
        "line_id": f"{lines}[1 + n % 2]",
        "source_id": f"{sources}[1 + n % 6]",
        "score": "CASE WHEN n % 3 = 0 THEN NULL ELSE (abs(hashint4(n)) % 50000) / 100.0 END",
        "deadline_date": "CASE WHEN n % 9 = 0 THEN current_date - 30 + n % 300 END",
        "created_at": "now() - n * interval '37 minutes'",
        "changed_at": "now() - (n % 5000) * interval '11 minutes'",
        "state_entered_at": "now() - (n % 700) * interval '5 hours'",
    }
    _multiply(cursor, Initiative, first.pk, f"generate_series(1, {size - 1}) n", told)
    assert set(phases) <= set(WORDS)


def _around(cursor, first: Initiative, shape: dict[type, int], each: int) -> None:
    others = f"(SELECT * FROM initiatives_initiative WHERE id > {first.pk}) i"
    for model, pk in shape.items():
        own = {"initiative_id": "i.id"}
        source = others
        if model is Evidence:
            source = f"{others}, generate_series(1, {each}) k"
            own["collected_date"] = "current_date - (i.id % 200)::int - k"
        elif model is ScoreInput:
            source = f"{others}, unnest(ARRAY['reach', 'impact', 'effort']) named(factor)"
            own["factor"] = "named.factor"
        elif model is InitiativeLine:
            own["line_id"] = "i.line_id"
        elif model is InitiativeStep:
            source = f"{others}, generate_series(1, {each}) k"
            own = {
                "subject_id": "i.id",
                "from_version": "k",
                "at": "i.created_at + k * interval '9 hours'",
            }
        elif model is not InitiativeLine:
            source = f"{others}, generate_series(1, {each}) k"
            kept = [f.column for f in Initiative._meta.concrete_fields]
            known = {f.column for f in model._meta.concrete_fields}
            own = {name: f'i."{name}"' for name in kept if name in known}
            own |= {"pgh_obj_id": "i.id", "pgh_created_at": "i.created_at + k * interval '1 day'"}
        _multiply(cursor, model, pk, source, own)
