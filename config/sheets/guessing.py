"""Which column goes where: by name, and by what the person chose for the same headers before."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence

from config.sheets.kinds import KEY, Field

KEY_NAMES = frozenset(
    {"number", "no", "nr", "id", "key", "external id", "reference", "ref", "ticket", "row id"}
)
# Columns of our own annotated file; never data.
OURS = "Gateline: "


def folded(text: str) -> str:
    """A name without case, accents, punctuation and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)|\*", "", text))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()


def header_set(headers: Sequence[str]) -> str:
    """One name for a set of headers, whatever their order; our own columns do not count."""
    names = sorted(folded(h) for h in headers if not h.startswith(OURS))
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def guessed(headers: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """`{column: field}`; each field at most once: by its label, by other names, by parts of them."""
    labels = {f.name: [folded(str(f.label)), folded(f.name)] for f in fields}
    names = {f.name: [*labels[f.name], *(folded(n) for n in f.also)] for f in fields}
    chosen: dict[str, str] = {}
    for exact, known_names in ((True, labels), (True, names), (False, names)):
        for header in headers:
            if header in chosen or header.startswith(OURS):
                continue
            said = folded(header)
            # What stands in brackets may be what tells two columns apart.
            whole = folded(re.sub(r"[()]", " ", header))
            for field, known in known_names.items():
                if field in chosen.values():
                    continue
                fits = (
                    said in known or whole in known if exact else any(_part(said, k) for k in known)
                )
                if said and fits:
                    chosen[header] = field
                    break
    key = next((h for h in headers if h not in chosen and folded(h) in KEY_NAMES), None)
    return {**chosen, key: KEY} if key and KEY not in chosen.values() else chosen


def _part(said: str, known: str) -> bool:
    """Whole words only: “business line name” holds “business line”, “online” holds no “line”."""
    return f" {known} " in f" {said} " and len(known) > 2
