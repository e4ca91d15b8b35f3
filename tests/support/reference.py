"""Published documents of the United Nations, and the schema of Akoma Ntoso, that some tests read.

They are not part of the checkout. The environment variable MASTHEAD_REFERENCE names the folder that holds them. When it
is set, a missing file fails the test. When it is not set, the tests that need a file are skipped, and the summary at
the end of the run lists them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "MASTHEAD_REFERENCE"
_REASON = "needs the reference file "


def reference(name: str) -> Path:
    """Return the path of a reference file, such as `pdf/A_RES_73_8-EN.pdf`; call it in a test or a fixture."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(_REASON + name)
    path = Path(folder) / name
    if not path.exists():
        pytest.fail(f"{path} is missing; {VARIABLE} says that it is there")
    return path


def tests_not_run(skipped: list[pytest.TestReport]) -> list[str]:
    """Return a line for each test function that lacked reference files: its name, number of cases, the files."""
    found: dict[str, list[str]] = {}
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if (start := reason.find(_REASON)) >= 0:
            found.setdefault(report.nodeid.partition("[")[0], []).append(reason[start + len(_REASON) :])
    return [
        f"{test}{f' ({len(files)} cases)' if len(files) > 1 else ''}: {', '.join(sorted(set(files)))}"
        for test, files in sorted(found.items())
    ]
