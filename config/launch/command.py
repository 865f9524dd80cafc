"""`./gateline COMMAND ...`: any management command, on the database of this data folder.

While a demo runs its servers are used; otherwise PostgreSQL runs for the length of the command.
"""

import os
from collections.abc import Mapping

from config.launch.environment import MANAGE, PYTHON, for_people, inherited, with_servers
from config.launch.holding import hold
from config.launch.places import Place
from config.launch.prepare import UNSETTLING, forget, prepare
from config.launch.supervisor import Supervisor

NEEDS_BROKER = frozenset({"relay", "worker", "probe"})


def command(arguments: list[str]) -> int:
    """Run it on our terminal and return its code."""
    env = inherited()
    place = Place.named(env)
    if env.get("DATABASE_URL"):
        place.make()
        _become(for_people(place, env), arguments)
    running = _running(place)
    if running is not None:
        _become(for_people(place, {**running, **env}), arguments)
    return _with_own_servers(place, env, arguments)


def _running(place: Place) -> Mapping[str, str] | None:
    """The addresses of what runs here, if anything does."""
    place.make()
    facts = place.published()
    if "env" not in facts:
        return None
    if place.take():
        # What published this is gone without a word.
        place.leave()
        return None
    return {str(name): str(value) for name, value in facts["env"].items()}


def _become(env: Mapping[str, str], arguments: list[str]) -> None:
    told = {**env, "GATELINE_DATA": str(Place.named(dict(env)).folder)}
    os.execve(PYTHON, [str(PYTHON), str(MANAGE), *arguments], told)  # noqa: S606


def _with_own_servers(place: Place, env: Mapping[str, str], arguments: list[str]) -> int:
    with hold(place, "command"), Supervisor(place.logs) as supervisor:
        broker = arguments[0] in NEEDS_BROKER
        told = for_people(place, with_servers(supervisor, place, env, broker=broker))
        if arguments[0] in UNSETTLING:
            forget(place)
        else:
            prepare(supervisor, place, told)
        return supervisor.attend([PYTHON, MANAGE, *arguments], told)
