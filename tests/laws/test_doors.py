"""Each dangerous thing has one door: states, the broker, the process environment, other hosts."""

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from config.flow.fsm import edges, state_field
from config.flow.models import StatefulModel
from tests.laws.sources import CODE, ROOT, module_of, tree

# Edges that share their name with a method of text or files cannot be told apart by a syntax tree.
COMMON = set(dir(str)) | set(dir(io.IOBase))
# file: why its calls are no edges
OWN_VERBS = {"initiatives/demo/stories.py": "its walk has verbs of its own that ask the doorman"}
STATEFUL = [m for m in apps.get_models() if issubclass(m, StatefulModel)]


def others(*homes):
    """Our modules outside these packages or modules."""
    names = [(path, module_of(path)) for path in CODE]
    return [p for p, name in names if not any(name == h or name.startswith(f"{h}.") for h in homes)]


def calls(path):
    """(line, name, call) of every call of an attribute or a name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def imports(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_import_contract_holds():
    checker = Path(sys.executable).with_name("lint-imports")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([checker, "--no-cache"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_only_the_flow_knows_django_fsm():
    found = [str(p) for p in others("config.flow") if any("django_fsm" in i for i in imports(p))]
    assert found == []


def test_only_the_doorman_moves_a_state():
    methods = {edge.method for model in STATEFUL for edge in edges(model)} - COMMON
    found = [
        f"{where} calls {name}"
        for path in others("config.flow")
        if str(path.relative_to(ROOT)) not in OWN_VERBS
        for where, name, call in calls(path)
        if name in methods and isinstance(call.func, ast.Attribute)
        if not _on_module(path, call.func)
    ]
    assert found == []


def _on_module(path, called):
    """Whether `called` is `module.name` of something imported, such as `actions.accept`."""
    imported = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported |= {(a.asname or a.name).split(".")[0] for a in node.names}
    value = called.value
    return isinstance(value, ast.Name) and value.id in imported


def test_no_bulk_update_writes_a_state():
    fields = {state_field(model).attname for model in STATEFUL} - {"state"}
    found = [
        where
        for path in others("config.flow")
        for where, name, call in calls(path)
        if name == "update" and fields & {k.arg for k in call.keywords}
    ]
    assert found == []


def test_requests_never_talk_to_the_broker():
    sending = {"delay", "apply_async", "send_task", "retry"}
    allowed = others("config.due")
    found = [where for p in allowed for where, name, _ in calls(p) if name in sending]
    assert found == []


def test_celery_and_redis_are_imported_by_the_due_rows_alone():
    homes = ("config.due", "config.celery", "config.management")
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in others(*homes)
        for name in imports(path)
        if name.split(".")[0] in {"celery", "kombu", "redis"} or name == "config.celery"
    ]
    assert found == []


def test_the_process_environment_is_read_in_one_place():
    # Entry points name the settings module; the launcher runs before any settings exist.
    entries = ("config.settings.environment", "config.wsgi", "config.celery", "manage")
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in others(*entries, "config.launch")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    assert found == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
