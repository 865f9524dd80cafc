"""Weight limits and house rules of templates, style sheets and scripts (X43, X45, X50)."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.template.loader import get_template

from config.web.icons import icon

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-4.min.js"
KB = 1024


def weight(files: list[Path]) -> int:
    """Bytes as sent: each file compressed by itself."""
    return sum(len(gzip.compress(f.read_bytes(), 9)) for f in files)


STATIC_NAME = re.compile(r"{% static '((?:css|js)/[^']+)' %}")
SHELL = ("_ui/_styles.html", "_ui/_scripts.html")
NAMED = re.compile(r'{% (?:extends|include|fixed) "([^"]+)"')


def own_files(template: str, seen: frozenset[str] = frozenset()) -> set[Path]:
    """The sheets and scripts a template asks for, with what it extends and includes."""
    text = (ROOT / "templates" / template).read_text()
    found = {STATIC / name for name in STATIC_NAME.findall(text)}
    for other in NAMED.findall(text):
        if other not in seen and (ROOT / "templates" / other).is_file():
            found |= own_files(other, seen | {template})
    return found


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_page_loads_at_most_25_kb_of_style_and_35_kb_of_script(page):
    shell = set().union(*(own_files(part) for part in SHELL))
    files = shell | own_files(str(page.relative_to(ROOT / "templates")))
    assert weight([f for f in files if f.suffix == ".css"]) <= 25 * KB
    assert weight([HTMX, *(f for f in files if f.suffix == ".js")]) <= 35 * KB


def test_every_sheet_and_script_is_loaded_by_the_shell_or_a_page():
    loaded = (ROOT / "templates/_ui/_styles.html").read_text()
    loaded += (ROOT / "templates/_ui/_scripts.html").read_text()
    loaded += "".join(page.read_text() for page in TEMPLATES)
    for file in [*SHEETS, *SCRIPTS]:
        assert f"'{file.relative_to(STATIC)}'" in loaded


def test_static_holds_only_what_we_wrote():
    kinds = {f.suffix for f in STATIC.rglob("*") if f.is_file()}
    assert kinds <= {".css", ".js", ".svg"}
    for script in SCRIPTS:
        assert not re.search(r"@license|sourceMappingURL|Copyright", script.read_text()), script


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_has_nothing_the_policy_would_refuse(page):
    text = page.read_text()
    assert not re.search(r"<[^>]*\sstyle=", text), "a style attribute"
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "an inline script"
    assert not re.search(r"<[a-z][^>]*\son[a-z]+=", text), "an event handler attribute"
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "a third-party host"
    assert "hx-on" not in text
    assert "javascript:" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_only_the_token_file_names_colours(sheet):
    if sheet.name == "tokens.css":
        return
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgb\(|hsl\(", sheet.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_every_sheet_stands_in_a_layer(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert text.strip().startswith("@layer")


ICON = re.compile(r"""(?:\{% icon |icon[=:] ?)["']([a-z0-9-]+)["']""")


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_template_compiles_and_names_icons_that_exist(page):
    get_template(str(page.relative_to(ROOT / "templates")))
    for name in ICON.findall(page.read_text()):
        icon(name)
