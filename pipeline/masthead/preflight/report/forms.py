"""What preflight found, for people and for programs: a table, JSON, JUnit XML, SARIF, one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from masthead.document import MastheadError, OrderError
from masthead.pdf import pictures
from masthead.preflight.report.data import schema, to_dict, to_json
from masthead.preflight.report.html import to_html
from masthead.preflight.report.junit import to_junit
from masthead.preflight.report.sarif import to_sarif
from masthead.preflight.report.terminal import exemptions, table
from masthead.preflight.verdict import Report

__all__ = ["FORMS", "exemptions", "form", "render", "schema", "table", "to_dict", "to_html", "to_json", "to_junit",
           "to_sarif"]  # fmt: skip

Form = Callable[[Report | MastheadError, str, bytes, float], str]

FORMS: Mapping[str, Form] = {
    ".json": lambda report, name, pdf, seconds: to_json(report),
    ".xml": lambda report, name, pdf, seconds: to_junit(report, name),
    ".sarif": lambda report, name, pdf, seconds: to_sarif(report, name),
    ".html": lambda report, name, pdf, seconds: to_html(report, name, pdf, seconds),
}


def form(suffix: str) -> Form:
    """Return the form of report that files of `suffix` have. Raises OrderError where there is none."""
    if suffix not in FORMS:
        raise OrderError(f"no form of report for {suffix}", hint=f"forms there are: {', '.join(FORMS)}")
    return FORMS[suffix]


def render(
    report: Report | MastheadError, suffix: str, *, name: str, pdf: bytes, seconds: float = pictures.SECONDS
) -> str:
    """Return the report, or why there is none, in the form that files of `suffix` have.

    `name` is the judged file's, `pdf` its bytes: the HTML page shows them, as far as they are drawn within `seconds`.
    Raises OrderError for any other suffix.
    """
    return form(suffix)(report, name, pdf, seconds)
