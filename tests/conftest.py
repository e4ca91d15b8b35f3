"""Fixtures that all tests share, each made once, and the summary of what was not run.

Modules that are slow to import are imported inside the fixtures that need them, so that tests of values start at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import programs
import reference
from paths import EXAMPLES, TOUCHSTONE

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

    from masthead.document import Document
    from masthead.publication import Edition


@pytest.fixture(scope="session")
def touchstone() -> Document:
    from masthead import formats

    return formats.read(TOUCHSTONE)


@pytest.fixture(scope="session")
def touchstone_edition() -> Edition:
    from masthead.publication import publish

    return publish(TOUCHSTONE)


@pytest.fixture(scope="session")
def english_source() -> Path:
    (source,) = EXAMPLES.glob("*.en.md")
    return source


@pytest.fixture(scope="session")
def english_edition(english_source: Path) -> Edition:
    from masthead.publication import publish

    return publish(english_source)


def pytest_configure(config: pytest.Config) -> None:
    """Make the examples of Hypothesis the same in each run, and let them take any time.

    The profile `random` takes other examples each time. The tests approve documents, which Masthead refuses where `CI`
    says that no person is there; so they must not see it.
    """
    from hypothesis import settings

    os.environ.pop("CI", None)

    settings.register_profile("repeated", derandomize=True, deadline=None)
    settings.register_profile("random", print_blob=True, deadline=None)
    settings.register_profile("quick", derandomize=True, max_examples=5, deadline=None)
    if not config.getoption("hypothesis_profile", None):
        settings.load_profile("repeated")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, lines in (
        (f"{reference.VARIABLE} does not name the folder of reference files", reference.tests_not_run(skipped)),
        ("programs are missing, which .ci/packages installs", programs.tests_not_run(skipped)),
    ):
        if lines:
            terminalreporter.section(f"not run: {reason}")
            for line in lines:
                terminalreporter.write_line(line)
