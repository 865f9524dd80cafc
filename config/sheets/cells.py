"""Single cells: the way back from what no spreadsheet may run."""

from config.web.rows import runs


def taken_in(text: str) -> str:
    """A cell as it is read: without the quote that `harmless` put before it, and trimmed."""
    if text.startswith("'") and runs(text[1:]):
        text = text[1:]
    return text.replace("\x00", "").strip()
