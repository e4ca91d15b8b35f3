"""What preflight found, for people and for programs: a table, JSON, JUnit XML, SARIF, one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from masthead.errors import OrderError
from masthead.preflight import Report
from masthead.report.data import schema, to_dict, to_json
from masthead.report.html import to_html
from masthead.report.junit import to_junit
from masthead.report.sarif import to_sarif
from masthead.report.terminal import table

__all__ = ["FORMS", "render", "schema", "table", "to_dict", "to_html", "to_json", "to_junit", "to_sarif"]

FORMS: Mapping[str, Callable[[Report, str, bytes], str]] = {
    ".json": lambda report, name, pdf: to_json(report),
    ".xml": lambda report, name, pdf: to_junit(report, name),
    ".sarif": lambda report, name, pdf: to_sarif(report, name),
    ".html": lambda report, name, pdf: to_html(report, name, pdf),
}


def render(report: Report, suffix: str, *, name: str, pdf: bytes) -> str:
    """Return the report in the form that files of `suffix` have.

    `name` is the judged file's, `pdf` its bytes: the HTML page shows them. Raises OrderError for any other suffix.
    """
    if suffix not in FORMS:
        raise OrderError(f"no form of report for {suffix}", hint=f"forms there are: {', '.join(FORMS)}")
    return FORMS[suffix](report, name, pdf)
