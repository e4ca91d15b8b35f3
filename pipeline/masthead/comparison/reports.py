"""Comparisons as text, for people and logs; as JSON, for programs; as JUnit XML, for continuous integration."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from masthead.comparison.groups import change_of
from masthead.comparison.results import Comparison, Difference, Layer, State
from masthead.document import files


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values; regions are in points."""
    differences = [
        {**asdict(d), "open": comparison.undecided(d) is not None, "place": d.place, "change": change_of(d)}
        for d in comparison.differences
    ]
    return {
        "document": str(comparison.key),
        "symbol": comparison.key.symbol,
        "language": comparison.key.language,
        "state": comparison.state,
        "baseline": comparison.baseline and asdict(comparison.baseline),
        "candidate": comparison.candidate and asdict(comparison.candidate),
        "differences": differences,
        "ignored": list(comparison.ignored),
        "findings": [asdict(finding) for finding in comparison.findings],
        "accepted": sorted(comparison.accepted),
        "rejected": comparison.rejected,
    }


def to_junit(comparisons: Iterable[Comparison]) -> bytes:
    """Return a test case for each document; its open differences are the text of the failure."""
    comparisons = tuple(comparisons)
    failures = [each for each in comparisons if not each.same]
    counts = {"tests": str(len(comparisons)), "failures": str(len(failures)), "errors": "0"}
    suite = ElementTree.Element("testsuite", {"name": "masthead compare", **counts})
    for comparison in comparisons:
        case = ElementTree.SubElement(suite, "testcase", classname="masthead.compare", name=str(comparison.key))
        if not comparison.same:
            message = f"{comparison.state} {extent(comparison)}".strip()
            failure = ElementTree.SubElement(case, "failure", type=comparison.state, message=message)
            failure.text = "\n".join(line(each) for each in comparison.open)
    ElementTree.indent(suite)
    return bytes(ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True))


def to_sarif(comparisons: Iterable[Comparison], names: Iterable[str]) -> str:
    """Return the open differences as SARIF 2.1.0, each in the file of its name; a layer is a rule.

    The fingerprint of a result is that of its change, so a code host knows the same change in many files.
    """
    results = [
        _result(each, name) for comparison, name in zip(comparisons, names, strict=True) for each in comparison.open
    ]
    rules = [{"id": f"comparison.{layer}", "shortDescription": {"text": f"the {layer} has changed"}} for layer in Layer]
    run = {"tool": {"driver": {"name": "masthead compare", "rules": rules}}, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(difference: Difference, name: str) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(name)}}}
    if difference.page:
        place["logicalLocations"] = [{"name": f"page {difference.page}", "kind": "element"}]
    return {
        "ruleId": f"comparison.{difference.layer}",
        "level": "error",
        "message": {"text": difference.message},
        "locations": [place],
        "partialFingerprints": {"change/v1": files.sha256(change_of(difference).encode())},
    }


def to_text(comparison: Comparison) -> str:
    """Return a comparison in lines: its state, and under it everything to decide on."""
    lines = [f"{comparison.key}: {comparison.state} {extent(comparison)}".rstrip()]
    if comparison.rejected:
        lines.append(f"  rejected: {comparison.rejected}")
    lines += [f"  {line(difference)}" for difference in comparison.open]
    lines += [f"  {line(each)}" for each in comparison.differences if each.message.startswith("shifted")]
    lines += [
        f"  tolerated: {line(each)}" for each in comparison.differences if each.tolerated and each.layer != "bytes"
    ]
    lines += [f"  new finding: {finding.message}" for finding in comparison.findings]
    if comparison.ignored:
        lines.append(f"  ignored: {', '.join(comparison.ignored)}")
    return "\n".join(lines)


def line(difference: Difference) -> str:
    """Return a difference in one line."""
    words = f" “{difference.words}”" if difference.words else ""
    place = f" ({difference.place})" if difference.place else ""
    return f"{difference.layer}: {difference.message}{words}{place}"


def extent(comparison: Comparison) -> str:
    """Return how large a change is: the number of open differences in each layer."""
    count = Counter(each.layer for each in comparison.open)
    return ", ".join(f"{count[layer]} in {layer}" for layer in Layer if count[layer])


def summary(comparisons: Iterable[Comparison]) -> str:
    """Return the number of documents in each state: `3 changed, 1 new, 496 passed`."""
    count = Counter(comparison.state for comparison in comparisons)
    states = (State.CHANGED, State.NEW, State.DELETED, State.PASSED)
    return ", ".join(f"{count[state]} {state}" for state in states if count[state]) or "nothing"
