"""Where state lives: the data folder, and a home for servers that must not run as root."""

import fcntl
import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Any

from config.launch.children import OURSELVES, Account
from config.launch.errors import CannotRun

ROOT = Path(__file__).resolve().parents[2]
REACHABLE_HOMES = Path("/var/lib/gateline")
LONGEST_SOCKET = 106


class Place:
    """The one git-ignored folder that holds all state of one Gateline."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.account = server_account()
        self._lock: IO[str] | None = None
        self._short: list[Path] = []

    @classmethod
    def named(cls, environment: dict[str, str]) -> "Place":
        """`GATELINE_DATA`, or `.local` in the checkout."""
        return cls(Path(environment.get("GATELINE_DATA") or ROOT / ".local").resolve())

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def running(self) -> Path:
        """Says how to reach what runs here; counts only while the lock is held."""
        return self.folder / "running.json"

    def make(self) -> None:
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            mine = os.access(self.folder, os.W_OK | os.X_OK)
        except PermissionError:
            mine = False
        if not mine:
            raise CannotRun(
                f"{self.folder} belongs to another account. Run as that account, "
                "or name another folder with GATELINE_DATA."
            )

    def take(self) -> bool:
        """Become the one that runs servers here; False while somebody else does."""
        self.make()
        handle = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return False
        self._lock = handle
        self.running.unlink(missing_ok=True)
        return True

    def publish(self, **facts: Any) -> None:
        """Tell other commands how to reach what runs here."""
        draft = self.running.with_suffix(".new")
        draft.write_text(json.dumps({"pid": os.getpid(), **facts}))
        draft.replace(self.running)

    def published(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.running.read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def leave(self) -> None:
        """Give the folder free; socket folders outside it go away."""
        for folder in self._short:
            shutil.rmtree(folder, ignore_errors=True)
        self.running.unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def secret_key(self) -> str:
        """The key of this folder's demo; made once, readable by its owner alone."""
        path = self.folder / "secret_key"
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as handle:
                handle.write(secrets.token_urlsafe(64))
        return path.read_text()

    def servers(self) -> Path:
        """The home of the embedded servers, one they can reach and write.

        As root they run as `nobody`. Below a folder that `nobody` may not cross, the home is
        a folder of its own in /var/lib, and `servers` in the data folder is a link to it.
        """
        home = self.folder / "servers"
        if home.exists():
            return home.resolve()
        home.unlink(missing_ok=True)
        if not reachable(self.folder, self.account):
            REACHABLE_HOMES.mkdir(exist_ok=True)
            real = Path(tempfile.mkdtemp(dir=REACHABLE_HOMES))
            home.symlink_to(real)
        home.mkdir(mode=0o700, exist_ok=True)
        give(home.resolve(), self.account)
        return home.resolve()

    def server_folder(self, name: str) -> Path:
        folder = self.servers() / name
        folder.mkdir(mode=0o700, exist_ok=True)
        give(folder, self.account)
        return folder

    def socket_folder(self, socket: str) -> Path:
        """A folder whose path is short enough for a unix socket of this name."""
        folder = self.server_folder("run")
        if len(os.fsencode(folder / socket)) > LONGEST_SOCKET:
            folder = Path(tempfile.mkdtemp(prefix="gateline-", dir="/tmp"))
            give(folder, self.account)
            self._short.append(folder)
        return folder

    def programs(self, base: Path, parts: tuple[str, ...], name: str) -> Path:
        """A folder that holds these parts of `base`: itself, or a copy the servers can reach."""
        if all(reachable(base / part, self.account) for part in parts):
            return base
        copy = self.servers() / name
        if not copy.exists():
            draft = copy.with_suffix(".new")
            shutil.rmtree(draft, ignore_errors=True)
            for part in parts:
                skip = shutil.ignore_patterns("include")
                shutil.copytree(base / part, draft / part, ignore=skip)
            draft.replace(copy)
        return copy


def server_account() -> Account:
    """Who the embedded servers run as: `nobody` when we are root, ourselves otherwise."""
    if os.geteuid() != 0:
        return OURSELVES
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(entry.pw_uid, entry.pw_gid)


def reachable(path: Path, account: Account) -> bool:
    """Whether this account may cross every folder down to `path`. Asks the kernel, as it."""
    if account.uid is None:
        return True
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0" && test -r "$0"', str(path)],
        cwd="/",
        check=False,
        **account.options(),  # type: ignore[call-overload]
    )
    return bool(asked.returncode == 0)


def give(path: Path, account: Account) -> None:
    if account.uid is not None and account.gid is not None:
        os.chown(path, account.uid, account.gid)
