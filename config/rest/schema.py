"""What the OpenAPI description says about every address alike."""

from typing import Any

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": (
        "Send the same key with a repeated request and it takes effect once: the first answer "
        "comes again with “Idempotency-Replayed: true”. Another request with the key answers 422, "
        "a request while the first still runs 409. Keys live 48 hours."
    ),
}


def describe_keys(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """Post-processing hook of drf-spectacular: every POST may carry a key."""
    for methods in result["paths"].values():
        if "post" in methods:
            methods["post"].setdefault("parameters", []).append(KEY)
    return result
