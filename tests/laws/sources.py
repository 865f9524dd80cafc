"""The files the laws look at: all that is ours, nothing generated, nothing installed."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accounts", "config", "initiatives", "kpis", "rfc", "webhooks")


def _below(folder: str, ending: str) -> list[Path]:
    found = (ROOT / folder).rglob(f"*.{ending}")
    return sorted(p for p in found if not {"migrations", "__pycache__"} & set(p.parts))


CODE = [path for package in PACKAGES for path in _below(package, "py")] + [ROOT / "manage.py"]
TESTS = _below("tests", "py")
TEMPLATES = _below("templates", "html")
SHEETS = _below("static", "css")
SCRIPTS = _below("static", "js")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def module_of(path: Path) -> str:
    """The dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
