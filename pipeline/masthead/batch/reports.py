"""The report of a run: JSON for programs, JUnit XML for continuous integration, one HTML page for people."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from markupsafe import Markup

from masthead.batch.outcome import Outcome, OutcomeState
from masthead.document import OrderError, files
from masthead.page import render, script_data


def check_form(path: Path) -> None:
    """Raise OrderError if no form of report has the suffix of `path`."""
    if path.suffix not in _FORMS:
        message = f"unknown form of report: {path.suffix or 'files without a suffix'}"
        raise OrderError(message, where=str(path), hint=f"use {', '.join(_FORMS)}")


def write(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the report of a run, sorted by source, in the form that belongs to the suffix of `path`."""
    ordered = sorted(outcomes, key=lambda outcome: (str(outcome.source), outcome.variant))
    files.save(path, _FORMS[path.suffix](ordered, path.parent).encode("utf-8", "backslashreplace"))


def to_json(outcomes: Sequence[Outcome]) -> str:
    """Return `counts` by state, and `documents`, each as in a line of `--json`."""
    documents = [outcome.to_dict() for outcome in outcomes]
    return json.dumps({"counts": _counts(outcomes), "documents": documents}, ensure_ascii=False, indent=2)


def to_junit(outcomes: Sequence[Outcome]) -> str:
    """Return a test case for each edition: an error if it was not made, a failure if preflight found errors."""
    errors = sum(outcome.error is not None for outcome in outcomes)
    failures = sum(outcome.error is None and outcome.exit_code != 0 for outcome in outcomes)
    suites = ElementTree.Element("testsuites")
    counts = {"tests": str(len(outcomes)), "errors": str(errors), "failures": str(failures)}
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "masthead publish", **counts})
    for outcome in outcomes:
        attributes = {
            "classname": files.printable(str(outcome.source)),
            "name": outcome.variant,
            "time": f"{outcome.seconds:.3f}",
        }
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if outcome.error is not None:
            kind, message = type(outcome.error).__name__, files.printable(str(outcome.error))
            element = ElementTree.SubElement(case, "error", {"type": kind, "message": message})
            others = (f"{each}; {each.hint}" for each in outcome.error.others)
            element.text = files.printable("\n".join((outcome.error.hint, *others)))
        elif outcome.exit_code:
            wrong = [finding for finding in outcome.findings if finding["severity"] == "error"]
            failure = ElementTree.SubElement(case, "failure", {"message": f"preflight found {len(wrong)} errors"})
            failure.text = "\n".join(f"{finding['rule']}: {finding['message']}" for finding in wrong)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def to_html(outcomes: Sequence[Outcome], folder: Path) -> str:
    """Return a page: the counts, and a table to sort, to search and to narrow, with links from `folder` to the PDFs."""
    documents = [outcome.to_dict() for outcome in outcomes]
    for each in documents:
        if each["pdf"]:
            each["link"] = quote(os.fsencode(os.path.relpath(each["pdf"], folder)))
    return page(documents)


def page(documents: Sequence[Mapping[str, Any]], *, total: int = 0, live: bool = False, nonce: str = "") -> str:
    """Return the page of a run with these documents, each as in a line of `--json`, with the `link` to its PDF if any.

    A `live` page asks its server for the rest of the `total`; `nonce` allows its own script to run.
    """
    values = {"documents": documents, "states": [*OutcomeState], "total": total, "live": live}
    script = (Path(__file__).parent / "run.js").read_text("utf-8")
    return render("run.html.j2", Path(__file__).parent, data=script_data(values), script=Markup(script), nonce=nonce)


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    counts = Counter(outcome.state for outcome in outcomes)
    return {str(state): counts[state] for state in OutcomeState}


_FORMS: Mapping[str, Callable[[Sequence[Outcome], Path], str]] = {
    ".json": lambda outcomes, _: to_json(outcomes),
    ".xml": lambda outcomes, _: to_junit(outcomes),
    ".html": to_html,
}
