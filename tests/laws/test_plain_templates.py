"""Templates are plain: nothing the policy refuses, partials see only what they are given."""

import re
import subprocess

import pytest

from tests.laws.sources import ROOT, TEMPLATES

INCLUDE = re.compile(r"{%\s*include\s+[\"']([^\"']+)[\"']([^%]*)%}")
SCRIPT = re.compile(
    r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json[\"'])", re.IGNORECASE
)
HANDLER = re.compile(r"<[^>{]*\s(on[a-z]+|hx-on[^=\s]*)\s*=", re.IGNORECASE)
STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
# page: why what it includes sees everything
OPEN = {
    "templates/styleguide.html": "its parts are chapters of one page",
    "templates/_flow/_panel.html": "the form of a step needs the request's token and the page",
}
LIBRARY = re.compile(r"\.min\.(js|css)$|(^|/)(vendor|third_party|node_modules)/")


def test_no_template_holds_a_script_style_or_handler():
    found = [
        f"{page.relative_to(ROOT)}: {match[0]}"
        for page in TEMPLATES
        for rule in (SCRIPT, HANDLER, STYLE)
        for match in rule.finditer(page.read_text())
    ]
    assert found == []


def test_a_partial_is_included_with_only():
    loose = [
        f"{page.relative_to(ROOT)} includes {name}"
        for page in TEMPLATES
        if str(page.relative_to(ROOT)) not in OPEN
        for name, rest in INCLUDE.findall(page.read_text())
        if name.split("/")[-1].startswith("_") and not rest.strip().endswith("only")
    ]
    assert loose == []


def test_no_code_of_others_is_committed():
    asked = ["git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}", "ls-files"]
    listed = subprocess.run(asked, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    assert [name for name in listed.stdout.splitlines() if LIBRARY.search(name)] == []
