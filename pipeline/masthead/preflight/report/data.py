"""The report as plain values, and their JSON Schema, which is published as `docs/report.schema.json`."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from masthead.document import Finding, MastheadError, Severity
from masthead.pdf import Facts
from masthead.preflight.profiles import Profile
from masthead.preflight.report.extent import groups
from masthead.preflight.verdict import Report

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


# The fields of a finding in a PDF; the others are for sources.
_FINDING = ("rule", "severity", "message", "page", "where", "hint", "box")


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """A report as it is written. `counts` has the number of findings of each rule, `findings` at most 100 of them."""

    facts: Facts
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    profile: Profile
    failed: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file cannot be read. See `MastheadError`."""

    message: str
    where: str
    hint: str


@dataclass(frozen=True, slots=True)
class Unread:
    """What is written about a file that cannot be read."""

    error: Reason
    failed: bool


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: `facts`, `findings`, `counts`, `profile` with its exemptions, `failed`."""
    shown = groups(report)
    counts = {group.rule: group.count for group in shown}
    value = asdict(PublishedReport(report.facts, (), counts, report.profile, report.failed))
    findings = [finding for group in shown for finding in group.findings]
    value["findings"] = [{name: getattr(finding, name) for name in _FINDING} for finding in findings]
    return value


def to_json(report: Report | MastheadError) -> str:
    """The report, or why there is none, as JSON that conforms to `schema`."""
    if isinstance(report, MastheadError):
        value = asdict(Unread(Reason(report.message, report.where, report.hint), failed=True))
    else:
        value = to_dict(report)
    return json.dumps(value, ensure_ascii=False, indent=2)


def schema() -> dict[str, Any]:
    """The JSON Schema of what `to_json` returns, derived from the types of its values."""
    title = "A report of masthead check, or why a file cannot be read"
    return {"$schema": SCHEMA, "title": title, "oneOf": [_described(PublishedReport), _described(Unread)]}


def _described(kind: Any) -> dict[str, Any]:
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if kind is Severity:
        return {"enum": [str(severity) for severity in Severity]}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = _FINDING if kind is Finding else [field.name for field in fields(kind)]
        return _object({name: _described(hints[name]) for name in names})
    arguments = get_args(kind)
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _described(arguments[1])}
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
