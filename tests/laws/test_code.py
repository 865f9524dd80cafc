"""What our code may reach for: programs without a shell, known cryptography, true chance."""

import ast
import re
from importlib.metadata import distributions

import pytest

from tests.laws.sources import CODE, ROOT, SCRIPTS, module_of, tree

# Where chance only spreads work over time, or draws the same invented figures each time.
HARMLESS_CHANCE = {
    "config.due.executor",
    "initiatives.demo.numbers",
    "initiatives.jira.reach",
    "initiatives.sensitivity",
    "webhooks.delivery",
}
# What makes or checks secrets, signatures and seals; all else uses these through Django.
CRYPTOGRAPHY = {"cryptography", "hashlib", "hmac", "jwt", "secrets"}
STRANGERS = {
    "Crypto",
    "Cryptodome",
    "nacl",
    "OpenSSL",
    "rsa",
    "ecdsa",
    "pyaes",
    "bcrypt",
    "passlib",
}
# Scripts that put HTML into the page: each puts there what our own server has escaped, or a
# drawing that stands in the script itself.
FROM_THE_SERVER = {
    "asking.js", "cells.js", "editor.js", "live.js", "markdown.js", "names.js", "palette.js",
    "portfolio.js", "presence.js", "preview.js", "rank.js",
}  # fmt: skip


def nodes(kind):
    """Every node of a kind in our code, with its module."""
    for path in CODE:
        yield from ((module_of(path), n) for n in ast.walk(tree(path)) if isinstance(n, kind))


def imports():
    """(module, what it imports) for all our code."""
    for module, node in nodes((ast.Import, ast.ImportFrom)):
        if isinstance(node, ast.ImportFrom):
            yield module, node.module or "", {each.name for each in node.names}
        else:
            yield from ((module, each.name, set()) for each in node.names)


def called(node):
    """The dotted end of what is called: `os.system`, `eval`."""
    function, parts = node.func, []
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    return ".".join(reversed([*parts, getattr(function, "id", "")])).removeprefix(".")


def test_no_program_is_started_by_a_shell_and_no_text_is_run():
    found = [
        (module, called(node))
        for module, node in nodes(ast.Call)
        if called(node) in {"os.system", "os.popen", "eval", "exec", "subprocess.getoutput"}
        or any(k.arg == "shell" for k in node.keywords)
    ]
    assert found == []
    # What is started is a list, so that no text is taken apart into words.
    starts = {"subprocess.run", "subprocess.Popen", "subprocess.check_output"}
    texts = [
        (module, called(node))
        for module, node in nodes(ast.Call)
        if called(node) in starts and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert texts == []


def test_known_libraries_do_the_cryptography():
    roots = {(module, name.partition(".")[0]) for module, name, _parts in imports()}
    assert [each for each in roots if each[1] in STRANGERS] == []
    assert {name for _module, name in roots} >= CRYPTOGRAPHY


def test_what_is_sealed_is_sealed_in_one_mode_only():
    """AES-GCM: no cipher without a proof of its own, no padding."""
    found = {
        (module, name, *sorted(parts))
        for module, name, parts in imports()
        if name.startswith("cryptography.hazmat")
    }
    assert found == {("config.seal", "cryptography.hazmat.primitives.ciphers.aead", "AESGCM")}


@pytest.mark.parametrize("weak", ["md5", "sha1", "md4", "ripemd160"])
def test_no_weak_hash_is_used_not_even_as_a_checksum(weak):
    named = [
        (module, getattr(node, "attr", getattr(node, "value", "")))
        for module, node in nodes((ast.Attribute, ast.Constant))
        if (isinstance(node, ast.Attribute) and node.attr == weak)
        or (isinstance(node, ast.Constant) and weak in str(node.value).lower().split("("))
        or (isinstance(node, ast.Constant) and f"{weak}(" in str(node.value).lower())
    ]
    assert named == []


def test_what_must_not_be_guessed_comes_from_a_safe_generator():
    found = {
        module
        for module, name, _parts in imports()
        if name == "random" or name.startswith("numpy.random")
    }
    assert found == HARMLESS_CHANCE


def test_scripts_put_markup_of_the_server_only_into_a_page():
    ways = ("innerHTML =", "outerHTML =", "insertAdjacentHTML(", "createContextualFragment(")
    found = {path.name for path in SCRIPTS if any(way in path.read_text() for way in ways)}
    assert found == FROM_THE_SERVER
    never = ("document.write", "eval(", "new Function(", "srcdoc")
    assert [p.name for p in SCRIPTS if any(word in p.read_text() for word in never)] == []


def test_every_library_is_listed_with_its_hashes():
    """All of them, what libraries bring along too."""
    listed = set()
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(
            r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==[^\n]* \\\n +--hash=\S+", text, re.MULTILINE
        )
        named = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?[=<>~]", text, re.MULTILINE)
        assert pinned == named, name
        listed |= {re.sub(r"[-_.]+", "-", each).lower() for each in pinned}
    installed = {re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower() for each in distributions()}
    assert installed - listed - {"pip", "setuptools", "wheel", "uv", "gateline"} == set()
