"""Headers that neither Django nor the content policy sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# Gateline uses none of these; a page that somebody manages to alter may not ask for them either.
UNUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)
# Methods that repeat a request, cookies too, or lead through a proxy: no view sees them.
NEVER = frozenset({"TRACE", "TRACK", "CONNECT"})
READ_AND_SEND = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What a person sees is theirs: nothing on the way keeps it, and the browser asks again each time.
PRIVATE = "private, no-cache"
# Who may do what, and by which keys: not even the browser keeps it.
DELICATE = ("/settings", "/tokens", "/invitations", "/audit", "/admin", "/webhooks", "/chat")


class HeadersMiddleware:
    """Adds them to every answer, errors and files too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = request.method in NEVER
        answer = HttpResponseNotAllowed(READ_AND_SEND) if refused else self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        delicate = request.path.startswith(DELICATE)
        answer.headers.setdefault("Cache-Control", "no-store" if delicate else PRIVATE)
        return answer
