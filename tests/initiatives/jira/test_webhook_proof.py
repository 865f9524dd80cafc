"""The published test vector, and everything that must not pass."""

import pytest

from initiatives.jira.webhooks import verify

SECRET, RAW = "It's a Secret to Everybody", b"Hello World!"
DIGEST = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"


def test_the_published_vector_passes():
    assert verify(raw=RAW, header=f"sha256={DIGEST}", secret=SECRET)


@pytest.mark.parametrize(
    ("raw", "header", "secret"),
    [
        (b"Hello World", f"sha256={DIGEST}", SECRET),
        (RAW, f"sha1={DIGEST}", SECRET),
        (RAW, DIGEST, SECRET),
        (RAW, "", SECRET),
        (RAW, f"sha256={DIGEST[:-1]}", SECRET),
        (RAW, f"sha256={DIGEST[:-1]}é", SECRET),
        (RAW, f"sha256={DIGEST}", ""),
        (RAW, f"sha256={DIGEST}", "another"),
    ],
)
def test_anything_else_is_refused(raw, header, secret):
    assert not verify(raw=raw, header=header, secret=secret)
