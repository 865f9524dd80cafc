"""Ends with 0 when both the database and the broker named on the command line let us in."""

import sys

import psycopg
import redis


def main(database: str, broker: str) -> int:
    try:
        with psycopg.connect(database, connect_timeout=3) as connection:
            found = connection.execute("SELECT current_setting('server_version')").fetchone()
        redis.Redis.from_url(broker, socket_connect_timeout=3).ping()
    except (psycopg.OperationalError, redis.RedisError) as reason:
        print(f"No second run: {str(reason).splitlines()[0]}")
        return 1
    print(f"PostgreSQL {found[0] if found else ''} and a Redis listen here.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
