"""Every example of the CommonMark and GFM specifications: as they say, or different with a reason.

The specifications are not ours to copy. CommonMark's comes by `npm ci` in tests/commonmark; GFM's
text is read where GATELINE_GFM_SPEC names it. What differs stands in markdown_differences.json,
and docs/markdown.md is the same list for people.
"""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.rfc.markdown_examples import agrees, examples, listed

HERE = Path(__file__).parent
KNOWN = json.loads((HERE / "markdown_differences.json").read_text())
SPECIFICATIONS = {
    "CommonMark 0.31.2": HERE.parent / "commonmark/node_modules/commonmark-spec/spec.txt",
    "GFM 0.29": Path(os.environ.get("GATELINE_GFM_SPEC", "not named by GATELINE_GFM_SPEC")),
}


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_every_example_is_as_specified_or_knowingly_different(name):
    source = SPECIFICATIONS[name]
    if not source.is_file():
        pytest.skip(f"the text of {name} is not here: {source}; see tests/commonmark/README.md")
    found = examples(source.read_text())
    different = {each.number for each in found if not agrees(each)}
    known = {n for part in KNOWN[name]["different"].values() for n in part["examples"]}
    assert len(found) == KNOWN[name]["examples"]
    assert different - known == set(), "different without a reason"
    assert known - different == set(), "listed as different and agrees now"


def test_every_difference_has_a_reason():
    for part in KNOWN.values():
        assert all(len(group["reason"]) > 20 for group in part["different"].values())


def test_the_document_lists_them():
    shown = (Path(settings.BASE_DIR) / "docs/markdown.md").read_text()
    assert listed(KNOWN) in shown
