"""Draws every flow from its declared edges into docs/flows/, one page per flow."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.flow.fsm import Edge, edges
from config.flow.models import StatefulModel

FOLDER = Path(settings.BASE_DIR) / "docs" / "flows"


class Command(BaseCommand):
    """`draw_flows` writes the pages, `draw_flows --check` fails when one is out of date."""

    help = "Draw the state machines from their declared edges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = [path for path, text in pages() if not path.exists() or path.read_text() != text]
        if check and stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(f"Out of date: {names}. Run `./gateline draw_flows`.")
        if not check:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for path, text in pages():
                path.write_text(text)
        self.stdout.write(f"{len(list(pages()))} flows are drawn.")


def pages() -> Iterator[tuple[Path, str]]:
    """The path and text of each flow's page."""
    for model in apps.get_models():
        if issubclass(model, StatefulModel):
            yield FOLDER / f"{model._meta.model_name}.md", page(model)


def page(model: type[StatefulModel]) -> str:
    """One flow: the picture, then each step with who takes it and what its gates ask."""
    found = list(edges(model))
    name = str(model._meta.verbose_name)
    lines = [f"# The flow of one {name}", "", "Drawn from the declared edges; do not edit.", ""]
    lines += ["```mermaid", "stateDiagram-v2", *(_arrow(e) for e in found), "```", ""]
    lines += ["| step | from | to | taken by | its gates ask |", "| --- | --- | --- | --- | --- |"]
    lines += [_row(e) for e in found]
    return "\n".join(lines) + "\n"


def _arrow(found: Edge) -> str:
    target = found.target or f"back_to_where_it_was_{found.source}"
    return f"    {found.source} --> {target}: {found.facts.label}"


def _row(found: Edge) -> str:
    asks = [str(rule.label) for rule in found.facts.gates]
    asks += ["a reason"] if found.facts.note else []
    asks += [str(ask.label).lower() for ask in found.facts.asks]
    target = found.target or "as told"
    who = found.facts.permit.label
    return f"| {found.facts.label} | {found.source} | {target} | {who} | {'; '.join(asks) or '–'} |"
