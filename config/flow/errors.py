"""Refusals: what the doorman answers when a step is not taken. Faces turn them into pages or JSON."""

from typing import Any

from config.flow.gates import Missing


class Refusal(Exception):
    """A refused act. `status` is the HTTP status, `sentences` what a person is told."""

    status = 409
    slug = "refused"
    title = "This was refused"

    def __init__(self, *sentences: str, link: str = "") -> None:
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)
        self.link = link

    def missing(self) -> list[dict[str, Any]]:
        """The unmet gates as `[{gate, label, sentences, links}]`; empty unless gates refused."""
        return []


class NotYours(Refusal):
    """The step exists here, but the person may not take it."""

    status = 403
    slug = "not-yours"
    title = "This is not yours to do"


class WrongState(Refusal):
    """The step does not start from the state the object is in (any more)."""

    slug = "wrong-state"
    title = "This moved on"


class NotAllowed(Refusal):
    """A rule of the domain forbids the act, whoever asks."""

    slug = "not-allowed"
    title = "This cannot be done"


class Conflict(Refusal):
    """Somebody changed the same row since it was read. Carries both texts, loses neither."""

    slug = "conflict"
    title = "Somebody changed this meanwhile"

    def __init__(self, *sentences: str, theirs: Any = None, mine: Any = None) -> None:
        super().__init__(*sentences)
        self.theirs = theirs
        self.mine = mine


class GatesUnmet(Refusal):
    """One or more gates lack something. `unmet` maps each gate to its missing things."""

    slug = "gates-unmet"
    title = "Something is still missing"

    def __init__(self, unmet: list[tuple[str, str, list[Missing]]]) -> None:
        super().__init__(*(m.sentence for _, _, reasons in unmet for m in reasons))
        self.unmet = unmet

    def missing(self) -> list[dict[str, Any]]:
        return [
            {
                "gate": name,
                "label": label,
                "sentences": [m.sentence for m in reasons],
                "link": next((m.link for m in reasons if m.link), ""),
            }
            for name, label, reasons in self.unmet
        ]
