"""The limited process answers, or nothing: no environment, no files, an end to time and memory."""

import pytest

from config.web.child import answer_of


def ask(act, *more, **other):
    limits = {"seconds": 1, "megabytes": 150, **other}
    return answer_of("tests.web.limited_child", b"order", act, *more, **limits)


def test_it_answers_without_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for a child")
    assert ask("say", 7, "a b") == b"order ['PYTHONUTF8'] ['7', 'a b']"


def test_the_kernel_holds_it_to_what_it_was_told():
    room = 150 << 20
    told = f"{[(1, 2), (room, room), (0, 0), (0, 0)]}"
    assert ask("limits").decode().endswith(told)


@pytest.mark.parametrize("act", ["spin", "eat", "fail"])
def test_past_its_limits_it_says_nothing(act):
    assert ask(act) == b""


def test_memory_is_what_it_is_told():
    assert ask("eat", megabytes=500)


def test_one_that_hangs_is_ended():
    assert ask("hang", patience=1) == b""


def test_it_writes_no_file(tmp_path):
    assert ask("write", tmp_path / "x") == b""
    assert (tmp_path / "x").read_bytes() == b""


def test_words_no_process_can_be_given_are_no_answer():
    assert ask("say", "a\0b") == b""
