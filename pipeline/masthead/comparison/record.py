"""Comparisons for programs: JSON, and JUnit XML for the boards of CI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from masthead.comparison.difference import Comparison, Difference, Layer, State


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain values; regions are in points."""
    return {
        "document": str(comparison.key),
        "symbol": comparison.key.symbol,
        "language": comparison.key.language,
        "state": comparison.state,
        "baseline": comparison.baseline and asdict(comparison.baseline),
        "candidate": comparison.candidate and asdict(comparison.candidate),
        "differences": [
            {**asdict(each), "open": each in comparison.open, "place": each.place} for each in comparison.differences
        ],
        "ignored": list(comparison.ignored),
        "findings": [asdict(finding) for finding in comparison.findings],
        "accepted": sorted(comparison.accepted),
        "rejected": comparison.rejected,
    }


def summary(comparisons: Iterable[Comparison]) -> str:
    """How many documents are in which state: `3 changed, 1 new, 496 passed`."""
    count = Counter(comparison.state for comparison in comparisons)
    return (
        ", ".join(f"{count[state]} {state}" for state in (*list(State)[1:], State.PASSED) if count[state]) or "nothing"
    )


def extent(comparison: Comparison) -> str:
    """How large a change is: the open differences by layer."""
    count = Counter(each.layer for each in comparison.open)
    return ", ".join(f"{count[layer]} in {layer}" for layer in Layer if count[layer])


def junit(comparisons: Iterable[Comparison]) -> bytes:
    """JUnit XML: one test case a document, its open differences in words as the failure."""
    comparisons = tuple(comparisons)
    failures = [each for each in comparisons if not each.same]
    suite = ElementTree.Element(
        "testsuite", name="masthead compare", tests=str(len(comparisons)), failures=str(len(failures)), errors="0"
    )
    for comparison in comparisons:
        case = ElementTree.SubElement(suite, "testcase", classname="masthead.compare", name=str(comparison.key))
        if not comparison.same:
            message = f"{comparison.state} {extent(comparison)}".strip()
            failure = ElementTree.SubElement(case, "failure", type=comparison.state, message=message)
            failure.text = "\n".join(line(each) for each in comparison.open)
    ElementTree.indent(suite)
    written: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
    return written


def line(difference: Difference) -> str:
    """A difference on one line, for people and logs."""
    words = f" “{difference.words}”" if difference.words else ""
    place = f" ({difference.place})" if difference.place else ""
    return f"{difference.layer}: {difference.message}{words}{place}"
