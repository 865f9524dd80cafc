"""Lucide icons as inline SVG, read once from the installed package; never drawn here."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from re import DOTALL, search
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=1)
def _archive() -> ZipFile:
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@lru_cache(maxsize=512)
def _strokes(name: str) -> SafeString:
    """The shapes inside one icon. An unknown name is a mistake in a template and says so."""
    try:
        drawn = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise LookupError(f"There is no Lucide icon called {name!r}.") from None
    found = search(r"<svg[^>]*>(.*)</svg>", drawn, DOTALL)
    return mark_safe(" ".join(found[1].split()) if found else "")  # noqa: S308 - package content


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One icon; silent for screen readers unless it has a label of its own."""
    classes = f"ic {extra}".strip()
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            classes,
            label,
            _strokes(name),
        )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, _strokes(name)
    )
