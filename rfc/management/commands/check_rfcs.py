"""`check_rfcs DIR`: what the documents of a folder would lose here, before anybody imports them."""

import posixpath
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand

from rfc.actions.importing_pictures import inside_of
from rfc.importing.documents import Document, Skipped
from rfc.importing.folder import read_folder
from rfc.importing.links import LinkIndex
from rfc.importing.loss import Loss, Resolver, loss_of

SHOWN = 12


class Command(BaseCommand):
    """Reads and draws every document, writes nothing, and says what is not whole."""

    help = "Count words, tables, footnotes, links and pictures that would be lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument("--details", action="store_true", help="Name every loss.")

    def handle(self, *args: Any, folder: str, details: bool, **options: Any) -> None:
        root = Path(folder).resolve()
        found = list(read_folder(root))
        documents = [each for each in found if isinstance(each, Document)]
        index = LinkIndex()
        for number, document in enumerate(documents, start=1):
            index.add(document, f"RFC-{number}")
        for each in found:
            if isinstance(each, Skipped):
                index.add_alias(each)
        totals: Counter[str] = Counter()
        started = time.process_time()
        for document in documents:
            links = index.resolver(document.source_path, lambda key: f"/rfcs/{key}")
            loss = loss_of(document.body_markdown, links, _pictures(root, document.source_path))
            totals += _counted(loss)
            if details and not (loss.whole and not loss.missing_pictures and not loss.unresolved):
                self._name(document.source_path, loss)
        spent = time.process_time() - started
        self.stdout.write(f"documents {len(documents)} in {spent:.1f} s of this process")
        for name, count in totals.items():
            self.stdout.write(f"{name} {count}")

    def _name(self, path: str, loss: Loss) -> None:
        said = []
        if loss.lost:
            words = ", ".join(f"{word}×{n}" for word, n in loss.lost.most_common(SHOWN))
            said.append(f"words lost {sum(loss.lost.values())}: {words}")
        if loss.tables_drawn < loss.tables:
            said.append(f"tables {loss.tables_drawn} of {loss.tables}")
        if loss.footnotes_drawn < loss.footnotes:
            said.append(f"footnotes {loss.footnotes_drawn} of {loss.footnotes}")
        said += [f"link {target}" for target in loss.unresolved[:SHOWN]]
        said += [f"picture {source}" for source in loss.missing_pictures[:SHOWN]]
        said += [loss.notice] if loss.notice else []
        for sentence in said:
            self.stdout.write(f"{path}: {sentence}")


def _counted(loss: Loss) -> Counter[str]:
    return Counter(
        {
            "words": loss.words,
            "words_lost": sum(loss.lost.values()),
            "documents_with_lost_words": int(bool(loss.lost)),
            "tables": loss.tables,
            "tables_lost": max(loss.tables - loss.tables_drawn, 0),
            "footnotes": loss.footnotes,
            "footnotes_lost": max(loss.footnotes - loss.footnotes_drawn, 0),
            "relative_links": loss.links,
            "links_unresolved": len(loss.unresolved),
            "pictures_in_folder": loss.pictures,
            "pictures_missing": len(loss.missing_pictures),
            "shown_as_written": int(bool(loss.notice)),
        }
    )


def _pictures(root: Path, document: str) -> Resolver:
    def there(source: str) -> str | None:
        parts = urlsplit(source)
        if parts.scheme or parts.netloc:
            return None
        inside = inside_of(root, posixpath.dirname(document), unquote(parts.path))
        file = (root / inside).resolve()
        return f"/pictures/{inside}" if file.is_relative_to(root) and file.is_file() else None

    return there
