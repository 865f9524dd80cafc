"""`./gateline serve`: production processes with settings from the environment, until SIGTERM."""

import argparse
from collections.abc import Mapping

import psycopg

from config.launch.demo import say, start_processes
from config.launch.environment import inherited, manage, with_servers
from config.launch.errors import CannotRun
from config.launch.holding import hold, open_to_others
from config.launch.places import Place
from config.launch.prepare import prepare
from config.launch.supervisor import Supervisor

NEEDED = {
    "GATELINE_SECRET_KEY": "a long random text, and keep it the same between starts",
    "GATELINE_ALLOWED_HOSTS": "the host names people use, separated by commas",
}


def serve(arguments: list[str]) -> int:
    """Refuse what is unsafe, prepare, run web, relay and worker."""
    chosen = _options(arguments)
    env = {**inherited(), "DJANGO_SETTINGS_MODULE": "config.settings.prod"}
    _refuse_unset(env)
    place = Place.named(env)
    with hold(place, "serve"), Supervisor(place.logs) as supervisor:
        env = with_servers(supervisor, place, env)
        _refuse_superuser(env["DATABASE_URL"])
        prepare(supervisor, place, env)
        supervisor.run(manage("collectstatic", "--noinput", "-v0", env=env))
        start_processes(supervisor, env, chosen.port, chosen.host)
        address = f"http://{chosen.host}:{chosen.port}"
        shared = {name: env[name] for name in ("DATABASE_URL", "REDIS_URL")}
        with open_to_others(place, "serve", address=address, env=shared):
            say(f"Serving at {address}; logs are in {place.logs}.")
            supervisor.watch()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gateline serve")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)


def _refuse_unset(env: Mapping[str, str]) -> None:
    missing = [f"Set {name} to {what}." for name, what in NEEDED.items() if not env.get(name)]
    if missing:
        raise CannotRun("\n".join(missing))


def _refuse_superuser(url: str) -> None:
    """A superuser could switch off the triggers that keep the history."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            asked = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(asked).fetchone()
    except psycopg.OperationalError as error:
        raise CannotRun(f"The database of DATABASE_URL does not answer: {error}") from None
    if row and row[1]:
        raise CannotRun(
            f"The database role “{row[0]}” is a superuser and could switch off the triggers that "
            "keep the history. Run CREATE ROLE gateline LOGIN PASSWORD '…'; ALTER DATABASE … "
            "OWNER TO gateline; and name that role in DATABASE_URL."
        )
