"""Sealed secrets: opened only with the right key for the right row; the key file is private."""

import base64
import stat

import pytest

import config.seal as seal_module
from config.seal import SealBroken, seal, unseal


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SEAL_KEYS, settings.KEY_FOLDER = [], tmp_path / "keys"
    return settings.KEY_FOLDER


def test_a_secret_comes_back_and_is_not_readable_meanwhile():
    closed = seal("top secret", bound_to="row 1")
    assert "top secret" not in closed
    assert unseal(closed, bound_to="row 1") == "top secret"
    assert seal("top secret", bound_to="row 1") != closed


def test_a_copy_into_another_row_does_not_open():
    with pytest.raises(SealBroken):
        unseal(seal("top secret", bound_to="row 1"), bound_to="row 2")


@pytest.mark.parametrize("broken", ["", "v1:x", "v1:nokey:AAAA", "nonsense"])
def test_nonsense_does_not_open(broken):
    with pytest.raises(SealBroken):
        unseal(broken, bound_to="row 1")


def test_the_key_file_is_private(folder):
    seal("x", bound_to="row")
    assert stat.S_IMODE((folder / "seal").stat().st_mode) == 0o600
    assert [each.name for each in folder.iterdir()] == ["seal"]


def test_an_older_key_still_opens_and_the_first_seals(settings, folder):
    closed = seal("x", bound_to="row")
    old = (folder / "seal").read_text()
    new = "new:" + "A" * 43 + "="
    settings.SEAL_KEYS = [new, old]
    assert unseal(closed, bound_to="row") == "x"
    assert seal("x", bound_to="row").startswith("v1:new:")


def test_a_key_has_256_bits_and_one_below_128_seals_nothing(settings):
    settings.SEAL_KEYS = []
    _key_id, line = seal_module._new_key()
    assert len(base64.urlsafe_b64decode(line.partition(":")[2])) == 32
    settings.SEAL_KEYS = ["short:" + base64.urlsafe_b64encode(b"8 bytes!").decode()]
    with pytest.raises(ValueError, match="128, 192, or 256"):
        seal_module.seal("a secret", bound_to="a row")
