"""No file above 400 lines, no function above 40, unless a reason stands here beside it."""

import ast

from tests.laws.sources import CODE, ROOT, SCRIPTS, SHEETS, TEMPLATES, tree

FILE_LINES, FUNCTION_LINES = 400, 40
# path: why it is longer
LONG_FILES: dict[str, str] = {}
# path::function: why it is longer
LONG_FUNCTIONS: dict[str, str] = {}


def test_no_file_is_longer_than_400_lines_without_a_reason():
    files = [*CODE, *TEMPLATES, *SHEETS, *SCRIPTS]
    lengths = {str(f.relative_to(ROOT)): len(f.read_text().splitlines()) for f in files}
    too_long = {name: n for name, n in lengths.items() if n > FILE_LINES}
    assert too_long.keys() == LONG_FILES.keys(), too_long


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}::{node.name}", body_lines(node)


def body_lines(node):
    """Lines from `def` to the end, without the docstring."""
    length = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node):
        doc = node.body[0]
        length -= doc.end_lineno - doc.lineno + 1
    return length


def test_no_function_is_longer_than_40_lines_without_a_reason():
    too_long = {n: size for f in CODE for n, size in functions(f) if size > FUNCTION_LINES}
    assert too_long.keys() == LONG_FUNCTIONS.keys(), too_long


def test_every_module_says_what_lives_in_it():
    written = [path for path in CODE if path.read_text().strip()]
    silent = [str(p.relative_to(ROOT)) for p in written if not ast.get_docstring(tree(p))]
    assert silent == []
