"""`./gateline secrets key|rotate|check`: the keys that seal secrets, and the secrets they seal."""

from collections import Counter
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.seal import add_key, key_ids
from config.sealed import Found, all_places, check, rotate

MOST = 20


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)
    help = "Make a new sealing key, seal every stored secret with the newest, or check them all."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("key", help="make a new key and put it before the others")
        acts.add_parser("rotate", help="seal every stored secret with the newest key")
        acts.add_parser("check", help="say which keys are in use; status 1 when a secret is shut")

    def handle(self, *_args: Any, act: str, **_options: Any) -> None:
        if act == "key":
            self.new_key()
            return
        known = key_ids()
        self.tell([(check if act == "check" else rotate)(place) for place in all_places()], known)

    def new_key(self) -> None:
        """Into the key file; where the environment names the keys, onto the screen."""
        line, kept = add_key()
        if kept:
            self.stdout.write(f"Key {line} seals from now on. Next: ./gateline secrets rotate")
        else:
            self.stdout.write("Put this before the others in GATELINE_SEAL_KEYS, then restart:")
            self.stdout.write(line)

    def tell(self, found: list[Found], known: list[str]) -> None:
        """Counts and keys, never a secret."""
        used: Counter[str] = Counter()
        for each in found:
            used.update(each.keys)
            anew = f", {each.renewed} sealed anew" if each.renewed else ""
            self.stdout.write(f"{each.place.name}: {each.keys.total()} secrets{anew}")
            for pk in each.broken[:MOST]:
                self.stdout.write(f"  row {pk} does not open")
        if any(each.renewed for each in found):
            self.stdout.write("Run check to see which keys are still in use.")
        else:
            self.keys(used, known)
        shut = sum(len(each.broken) for each in found)
        if shut:
            raise CommandError(
                f"{shut} secrets do not open with the keys of this deployment. Put the old key "
                "back, or enter those secrets again on their pages."
            )

    def keys(self, used: Counter[str], known: list[str]) -> None:
        """Every key that is known or used, the newest first."""
        for number, key in enumerate([*known, *sorted(set(used) - set(known))]):
            note = "newest" if number == 0 else "missing here" if key not in known else ""
            if note == "" and not used[key]:
                note = "in use nowhere"
            self.stdout.write(f"key {key}: {used[key]} secrets{f' ({note})' if note else ''}")
