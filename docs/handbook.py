"""The parts of these pages that are generated from the rules, and the schema of reports: `python docs/handbook.py`.

A generated part is between the lines `<!-- begin NAME -->` and `<!-- end NAME -->`; everything else is written by hand.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from masthead.document import FINDING_FIELDS, Finding, Language, Rule, Severity, locales
from masthead.document.references import Citation, Kind, address, write_citation
from masthead.editing import concordance, lint
from masthead.pdf import Facts
from masthead.preflight import CHECKS, PROFILES, Profile

DOCS = Path(__file__).parent
_PART = re.compile(r"(<!-- begin (?P<name>[\w ]+) -->\n).*?(<!-- end (?P=name) -->\n)", re.DOTALL)
_CITATIONS = (
    *(Citation(Kind.DOCUMENT, symbol) for symbol in ("A/RES/64/293", "A/DEC/64/555", "S/RES/2254 (2015)", "A/71/119")),
    Citation(Kind.DATE, "2017-07-06"),
    Citation(Kind.SESSION, "72"),
    Citation(Kind.MEETING, "40"),
    Citation(Kind.AGENDA_ITEM, "21(2)"),
    Citation(Kind.PARAGRAPH, "7(1)"),
    Citation(Kind.ARTICLE, "7"),
    Citation(Kind.SECTION, "2"),
    Citation(Kind.ANNEX, "2"),
    Citation(Kind.TABLE, "1"),
    Citation(Kind.FIGURE, "1"),
    Citation(Kind.NOTE, "4"),
    Citation(Kind.TREATY, "2225/39574"),
    Citation(Kind.GOAL, "5"),
    Citation(Kind.TARGET, "5.2"),
)
_PARTS = frozenset({Kind.PARAGRAPH, Kind.SECTION, Kind.NOTE})
_COUNTED = frozenset({Kind.ANNEX, Kind.TABLE, Kind.FIGURE})
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def generated(page: str) -> str:
    """Return the text of a page with its generated parts brought up to date."""
    return _PART.sub(lambda found: "\n".join((found[1], *_CONTENTS[found["name"]](), found[3])), page)


def _rules(areas: Iterable[tuple[str, Iterable[Rule[Any]]]]) -> Iterator[str]:
    """Every rule with its severity, its text, and its example if it has one, by area."""
    for area, rules in areas:
        yield from (f"## {area}", "")
        for rule in rules:
            yield from (f"### `{rule.id}`", "", f"*{rule.severity}.* {rule.text}", "")
            if rule.wrong:
                yield from (f"- wrong: `{rule.wrong}`", f"- right: `{rule.right}`", "")


def _profiles() -> Iterator[str]:
    """What each profile is for, what it leaves out, and why."""
    for profile in PROFILES.values():
        yield from (f"### `{profile.name}`", "", f"For {profile.purpose}.", "")
        for reason, exemptions in groupby(profile.exemptions, key=lambda exemption: exemption.reason):
            yield f"- without {', '.join(f'`{exemption.rule}`' for exemption in exemptions)}: {reason}"
        yield ""


def _kinds() -> Iterator[str]:
    """Every kind of disagreement with its meaning."""
    yield from ("| kind | meaning |", "|---|---|")
    yield from (f"| `{kind.id}` | {kind.text} |" for kind in concordance.KINDS.values())


def _references() -> Iterator[str]:
    """Every kind of reference as each language writes it, and its target."""
    yield from (f"| kind | {' | '.join(Language)} | leads to |", "|---" * (len(Language) + 2) + "|")
    for citation in _CITATIONS:
        written = (write_citation(citation, locales.load(language), language.digits) for language in Language)
        yield f"| {citation.kind} | {' | '.join(written)} | {_target(citation)} |"


def _target(citation: Citation) -> str:
    if citation.kind in _PARTS:
        return "the part itself, if the text says that it is in the same document"
    if citation.kind in _COUNTED:
        return "the part itself, unless it is in another document"
    return f"`{address(citation)}`" if address(citation) else "–"


def report_schema() -> dict[str, Any]:
    """The JSON Schema of reports in JSON, derived from the types of their values."""
    report = _object(
        {
            "facts": _described(Facts),
            "findings": _described(tuple[Finding, ...]),
            "counts": _described(Mapping[str, int]),
            "profile": _described(Profile),
            "failed": _described(bool),
        }
    )
    reason = _object({name: _described(str) for name in ("message", "where", "hint")})
    unread = _object({"error": reason, "failed": _described(bool)})
    title = "A report of masthead check, or why a file cannot be read"
    return {"$schema": _DIALECT, "title": title, "oneOf": [report, unread]}


def _described(kind: Any) -> dict[str, Any]:
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if kind is Severity:
        return {"enum": [str(severity) for severity in Severity]}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = FINDING_FIELDS if kind is Finding else [field.name for field in fields(kind)]
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


_CONTENTS: Mapping[str, Callable[[], Iterator[str]]] = {
    "rules of preflight": lambda: _rules(groupby(CHECKS, key=lambda rule: rule.area)),
    "profiles": _profiles,
    "rules of lint": lambda: _rules(lint.AREAS.items()),
    "kinds of disagreement": _kinds,
    "kinds of reference": _references,
}


if __name__ == "__main__":
    for page in DOCS.glob("*.md"):
        page.write_text(generated(page.read_text("utf-8")), "utf-8")
    (DOCS / "report.schema.json").write_text(json.dumps(report_schema(), indent=2) + "\n", "utf-8")
