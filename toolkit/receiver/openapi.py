"""The published description of the service, made from the very types that it reads and answers with. Pure."""

from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import Any

import msgspec

from toolkit.portal import messages

_BODIES = (
    messages.Question,
    messages.Receipts,
    messages.SignUp,
    messages.Consents,
    messages.Standing,
    messages.Standings,
    messages.Recorded,
    messages.Problem,
)
_REF = "#/components/schemas/{name}"
_READ, _RECORD = [{"key": ["read"]}], [{"key": ["record"]}]


def describe() -> Mapping[str, Any]:
    """Return the OpenAPI 3.1 document."""
    _, schemas = msgspec.json.schema_components(_BODIES, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Policy receiver",
            "version": metadata.version("kvm-policy-toolkit"),
            "description": "Must this account be shown something? What was it shown, and what did it answer?",
        },
        "paths": _paths(),
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made by 'policy keys create'. Scopes: read, record.",
                },
            },
        },
    }


def _paths() -> dict[str, Any]:
    return {
        "/v1/standing": {
            "get": {
                "operationId": "standing",
                "summary": "Where one account stands, and what it must be shown",
                "security": _READ,
                "parameters": [
                    _query("account", {"type": "string", "minLength": 1, "maxLength": 255}, required=True),
                    _query("policy", {"type": "string", "default": "privacy", "maxLength": 100}),
                    _header("If-None-Match", "The ETag of the answer that is known already."),
                ],
                "responses": _answers(
                    messages.Standing, 404, 400, more={"304": {"description": "Nothing changed since that answer."}}
                ),
            }
        },
        "/v1/standings": _post("standings", "Where many accounts stand", messages.Question, messages.Standings, _READ),
        "/v1/receipts": _record("receipts", "Accounts were shown a version, or acknowledged it", messages.Receipts),
        "/v1/sign-ups": _record("signUp", "An account signed up under a version", messages.SignUp),
        "/v1/consents": _record("consents", "People answered about their consents", messages.Consents),
        "/healthz": {"get": _plain("health", "Whether the service works", "application/json", 503)},
        "/metrics": {"get": _plain("metrics", "What it counted, for Prometheus", "text/plain")},
        "/openapi.json": {"get": _plain("openapi", "This document", "application/json")},
        "/events/sendgrid": {"post": _events()},
    }


def _record(name: str, summary: str, asks: type) -> dict[str, Any]:
    found = _post(name, summary, asks, messages.Recorded, _RECORD)
    found["post"]["parameters"] = [_header("Idempotency-Key", "The same request under the same key counts once.")]
    return found


def _post(name: str, summary: str, asks: type, gives: type, security: Sequence[Any]) -> dict[str, Any]:
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "security": security,
            "requestBody": {"required": True, "content": {"application/json": {"schema": _schema(asks)}}},
            "responses": _answers(gives, 400, 404, 408, 413, 422),
        }
    }


def _answers(gives: type, *problems: int, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    said = {str(status): _problem() for status in (401, 403, 429, 503, *problems)}
    return {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": _schema(gives)}}},
        **said,
        **(more or {}),
    }


def _plain(name: str, summary: str, kind: str, *problems: int) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": "The answer.", "content": {kind: {}}}}
    answers |= {str(status): _problem() for status in problems}
    return {"operationId": name, "summary": summary, "responses": answers}


def _events() -> dict[str, Any]:
    return {
        "operationId": "events",
        "summary": "SendGrid's signed event webhook",
        "parameters": [
            _header("X-Twilio-Email-Event-Webhook-Signature", "ECDSA over the timestamp and the body, base64."),
            _header("X-Twilio-Email-Event-Webhook-Timestamp", "Ten digits: seconds since 1970."),
        ],
        "requestBody": {"content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}},
        "responses": {
            "204": {"description": "Written down; it will be applied once."},
            **{str(status): _problem() for status in (401, 408, 413, 503)},
        },
    }


def _problem() -> dict[str, Any]:
    return {
        "description": "What went wrong (RFC 9457).",
        "content": {"application/problem+json": {"schema": _schema(messages.Problem)}},
    }


def _query(name: str, schema: Mapping[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _header(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 200}
    return {"name": name, "in": "header", "required": False, "description": description, "schema": schema}


def _schema(kind: type) -> dict[str, str]:
    return {"$ref": _REF.format(name=kind.__name__)}
