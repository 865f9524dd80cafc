"""Bytes of a foreign file to text, or a sentence that says why not."""

from pathlib import Path

MOST_BYTES = 2_000_000


class Unreadable(Exception):
    """Why a file cannot be read, as a whole sentence."""


def read_bytes(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """The file's bytes; refuses what is too large without reading it whole."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from error
    if len(data) > most:
        raise Unreadable(f"{path.name} is larger than {most // 1000:,} KB, the most one may have.")
    return data


def decoded(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 where a byte order mark says so; line ends become line feeds."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(
            f"{name} is not UTF-8 text: line {line} has a byte that means nothing there. "
            "Save it as UTF-8 and import again."
        ) from error
    if "\x00" in text:
        raise Unreadable(f"{name} is not text: it contains null bytes.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
