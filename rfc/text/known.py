"""Answers a process worked out last, kept by the texts they are about, bounded by characters."""

from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Known(Generic[Answer]):
    """Answers by texts. The texts are the key, so that no answer outlives what it is about."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: dict[tuple[str, ...], Answer] = {}

    def get(self, *texts: str) -> Answer | None:
        """The answer about exactly these texts, if it is still kept."""
        return self._kept.get(texts)

    def keep(self, answer: Answer, *texts: str) -> None:
        """Keep an answer; when there are too many characters, everything older goes."""
        size = sum(map(len, texts))
        if self._size + size > self._most:
            self._kept, self._size = {}, 0
        if size <= self._most:
            self._kept[texts] = answer
            self._size += size
