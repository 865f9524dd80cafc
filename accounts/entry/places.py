"""Where a request comes from, as sessions, attempts and events keep it."""

from typing import Any

DEVICE_MOST = 200


def place_of(request: Any) -> str | None:
    """The sender's address; behind our proxy `config.web.proxy` has put the person's there."""
    return str(request.META.get("REMOTE_ADDR") or "") or None if request is not None else None


def device_of(request: Any) -> str:
    """What the browser calls itself."""
    return str(request.headers.get("user-agent", ""))[:DEVICE_MOST] if request is not None else ""


SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def in_words(device: str) -> str:
    """Say “Firefox on Linux” for a browser's long name; its own words when it is none we know."""
    browser = next((name for mark, name in BROWSERS if mark in device), "")
    system = next((name for name in SYSTEMS if name in device), "")
    system = {"Macintosh": "macOS", "CrOS": "ChromeOS"}.get(system, system)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or device[:60]
