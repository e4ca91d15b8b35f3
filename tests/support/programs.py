"""Programs of other projects that some tests drive, and that need not be on a machine: they are counted and named."""

from __future__ import annotations

import shutil

import pytest

_REASON = "needs the program "


def program(name: str, package: str) -> str:
    """Return the path of a program that the Debian `package` installs; call it in a test or a fixture."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{_REASON}{name} (Debian: {package})")
    return found


def tests_not_run(skipped: list[pytest.TestReport]) -> list[str]:
    """Return a line for each test that lacked a program."""
    reasons = ((each.nodeid, each.longrepr[2] if isinstance(each.longrepr, tuple) else "") for each in skipped)
    return [f"{test}: {reason.partition(_REASON)[2]}" for test, reason in reasons if _REASON in reason]
