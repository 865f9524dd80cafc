"""`check --deploy` has nothing to say about the settings that docs/running.md names."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTED = {
    "GATELINE_SECRET_KEY": "a-long-random-text-with-0123456789-and-ABCDEFGHIJKLMNOPQRSTUVWXYZ-in-it",
    "GATELINE_ALLOWED_HOSTS": "gateline.example.com",
    "GATELINE_BASE_URL": "https://gateline.example.com",
    "GATELINE_HTTPS": "1",
}
TOLD = """
import json
from django.conf import settings
names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT", "DEBUG",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def run(*arguments, **more):
    # What the suite tells Django for itself (browsers: DJANGO_ALLOW_ASYNC_UNSAFE) is no deployment's.
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    told = {**ours, **DOCUMENTED, "DJANGO_SETTINGS_MODULE": "config.settings.prod", **more}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_nothing_is_found():
    found = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.slow
def test_a_short_key_is_found():
    found = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", GATELINE_SECRET_KEY="x"
    )
    assert found.returncode == 1
    assert "security.W009" in found.stderr


def test_production_is_what_the_header_tests_suppose():
    found = run("-c", TOLD)
    assert found.stdout.strip() == (
        '{"SECURE_HSTS_SECONDS": 31536000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": true, '
        '"SECURE_SSL_REDIRECT": true, "DEBUG": false, "SESSION_COOKIE_NAME": "__Host-sessionid", '
        '"CSRF_COOKIE_NAME": "__Host-csrftoken", "SESSION_COOKIE_SECURE": true, '
        '"CSRF_COOKIE_SECURE": true}'
    )


def test_the_settings_are_the_ones_the_manual_names():
    manual = (ROOT / "docs" / "running.md").read_text()
    lines = re.search(r"## For real\s+```(.*?)```", manual, re.DOTALL)[1]
    assert [name for name in DOCUMENTED if f"{name}=" not in lines] == []
    assert "./gateline check --deploy" in manual
