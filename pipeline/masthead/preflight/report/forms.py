"""The report in every form: JSON, JUnit XML, SARIF and HTML files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from masthead.document import MastheadError, OrderError
from masthead.pdf import pictures
from masthead.preflight.report.data import to_json
from masthead.preflight.report.html import to_html
from masthead.preflight.report.junit import to_junit
from masthead.preflight.report.sarif import to_sarif
from masthead.preflight.verdict import Report

Form = Callable[[Report | MastheadError, str, bytes, float], str]

FORMS: Mapping[str, Form] = {
    ".json": lambda report, name, pdf, seconds: to_json(report),
    ".xml": lambda report, name, pdf, seconds: to_junit(report, name),
    ".sarif": lambda report, name, pdf, seconds: to_sarif(report, name),
    ".html": lambda report, name, pdf, seconds: to_html(report, name, pdf, seconds),
}


def form(suffix: str) -> Form:
    """Return the function that renders reports for files of `suffix`. Raises OrderError if there is none."""
    if suffix not in FORMS:
        raise OrderError(f"unknown form of report: {suffix}", hint=f"use {', '.join(FORMS)}")
    return FORMS[suffix]


def render(
    report: Report | MastheadError, suffix: str, *, name: str, pdf: bytes, seconds: float = pictures.SECONDS
) -> str:
    """Return the report, or why there is none, as the content of a file with `suffix`.

    `name` is the name of the checked file, `pdf` its bytes: the HTML page shows pictures of its pages, as many as can
    be drawn within `seconds`. Raises OrderError for any other suffix.
    """
    return form(suffix)(report, name, pdf, seconds)
