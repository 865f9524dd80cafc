"""What the OpenAPI description says about every address alike."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from config.rest.problems import MEDIA, TITLES

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


class Described(AutoSchema):
    """Says of each field that is only read what the model says: that it may be null, or empty."""

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: Any = False
    ) -> Any:
        if direction == "response":
            column = _column_of(field)
            if isinstance(field, serializers.ChoiceField) and getattr(column, "blank", False):
                field.allow_blank = True
            if field.read_only and (field.default is None or getattr(column, "null", False)):
                field.allow_null = True
        shape: Any = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if isinstance(field, serializers.RelatedField) and field.allow_null:
            # An empty text names nothing, as null does.
            shape.pop("minLength", None)
        return shape


def _column_of(field: Any) -> Any:
    """The column of the model that a field shows, where it shows one."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    name = field.source or field.field_name
    try:
        return model._meta.get_field(name) if model and name and "." not in name else None
    except FieldDoesNotExist:
        return None


# What may come instead of the answer: of any request, and of one that writes.
ANY, WRITING = (400, 401, 403, 404, 406, 409, 429), (412, 413, 415, 422, 428)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "Opens a page that explains it."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "reference": {"type": "string", "description": "Names this request in the logs."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
        "sentences": {"type": "array", "items": {"type": "string"}},
        "missing": {"type": "array", "items": {}},
        "link": {"type": "string"},
        "current": {"type": "object"},
    },
}
COUNTS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
LIMITS: dict[str, Any] = {
    "RateLimit": {"schema": {"type": "string"}, "description": "What is left, and for how long."},
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "How much may be asked."},
    **{name: {"schema": {"type": "integer"}} for name in COUNTS},
}
WAIT = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}


def describe_refusals(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """Post-processing hook of drf-spectacular: problems and limits, which every address has."""
    parts = result.setdefault("components", {})
    for shape in parts.get("schemas", {}).values():
        for each in shape.get("properties", {}).values():
            if isinstance(each.get("type"), list):
                # A relation that may be null says so twice.
                each["type"] = list(dict.fromkeys(each["type"]))
    parts.setdefault("schemas", {})["Problem"] = PROBLEM
    parts["headers"] = LIMITS
    parts["responses"] = {f"Problem{code}": _refusal(code) for code in sorted({*ANY, *WRITING})}
    for methods in result["paths"].values():
        for each in methods.get("get", {}).get("parameters", []):
            free = each["schema"] == {"type": "string"}
            if each["in"] == "query" and each["name"] != "limit" and not free:
                # An empty filter is no filter; any text may be empty anyway.
                each["allowEmptyValue"] = True
        for method, operation in methods.items():
            codes = {*ANY, *(WRITING if method != "get" else ())}
            _add_refusals(operation["responses"], sorted(codes))
    return result


def _refusal(code: int) -> dict[str, Any]:
    return {
        "description": TITLES[code][1],
        "headers": {**_limits(), **(WAIT if code == HTTPStatus.TOO_MANY_REQUESTS else {})},
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _limits() -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in LIMITS}


def _add_refusals(answers: dict[str, Any], codes: list[int]) -> None:
    for answer in answers.values():
        answer.setdefault("headers", {}).update(_limits())
    for code in codes:
        answers.setdefault(str(code), {"$ref": f"#/components/responses/Problem{code}"})
