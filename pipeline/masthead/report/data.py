"""The report as plain values, and the schema of them, which `docs/report.schema.json` publishes."""

from __future__ import annotations

import json
import types
from dataclasses import asdict, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from masthead.findings import Finding, Severity
from masthead.preflight import Facts, Profile, Report

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: `facts`, `findings`, `profile` with its exemptions, `failed`."""
    return {
        "facts": asdict(report.facts),
        "findings": [asdict(finding) for finding in report.findings],
        "profile": asdict(report.profile),
        "failed": report.failed,
    }


def to_json(report: Report) -> str:
    """The report as JSON, as `schema` describes it."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=2)


def schema() -> dict[str, Any]:
    """The JSON Schema of `to_json`, made from the values' own types."""
    parts = {"facts": Facts, "profile": Profile}
    properties = {name: _described(kind) for name, kind in parts.items()}
    properties |= {"findings": {"type": "array", "items": _described(Finding)}, "failed": {"type": "boolean"}}
    return {"$schema": SCHEMA, "title": "A report of masthead check", **_object(properties)}


def _described(kind: Any) -> dict[str, Any]:
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if kind is Severity:
        return {"enum": [str(severity) for severity in Severity]}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return _object({field.name: _described(hints[field.name]) for field in fields(kind)})
    arguments = get_args(kind)
    if get_origin(kind) in (types.UnionType, Union):
        return {"anyOf": [_described(argument) for argument in arguments]}
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _described(arguments[0])}
    if get_origin(kind) is tuple:
        size = len(arguments)
        return {"type": "array", "prefixItems": list(map(_described, arguments)), "minItems": size, "maxItems": size}
    raise TypeError(f"no schema for {kind}")


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
