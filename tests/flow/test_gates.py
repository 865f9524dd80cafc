"""Gates as objects: reasons, the boolean of the lock, what a waiver clears."""

from types import SimpleNamespace

from config.flow.gates import Missing, gate


@gate("It has a name", fact=lambda thing: thing.name)
def named(thing):
    if not thing.name:
        yield Missing("It has no name.", link="/edit", mender="its author")


def test_a_gate_that_holds_yields_nothing():
    thing = SimpleNamespace(name="Ada")
    assert (named.reasons(thing), named(thing), named.seen(thing)) == ([], True, "Ada")


def test_a_gate_that_lacks_something_says_what_where_and_who():
    thing = SimpleNamespace(name="")
    assert named(thing) is False
    assert [m.as_json() for m in named.reasons(thing)] == [
        {"sentence": "It has no name.", "link": "/edit", "mender": "its author"}
    ]


def test_the_lock_lets_a_cleared_gate_through():
    thing = SimpleNamespace(name="", cleared_gates=frozenset({"named"}))
    assert named(thing) is True
    assert len(named.reasons(thing)) == 1


def test_a_gate_is_known_by_its_function_and_its_label():
    assert (named.name, named.label, named.waivable) == ("named", "It has a name", True)
