"""Options override environment variables, and these override the settings file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from masthead.document import settings


@pytest.mark.parametrize(
    ("arguments", "environment", "folder"),
    [((), {}, "of-the-file"), ((), {"MASTHEAD_OUTPUT": "of-the-environment"}, "of-the-environment"),
     (("-o", "of-the-line"), {"MASTHEAD_OUTPUT": "of-the-environment"}, "of-the-line")],
)  # fmt: skip
def test_an_option_overrides_the_environment_and_that_the_file(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], folder: str
) -> None:
    (tmp_path / settings.NAME).write_text('sources = ["bad.md"]\noutput = "of-the-file"\n')
    (tmp_path / "bad.md").write_text("nothing")
    run = subprocess.run(
        [sys.executable, "-m", "masthead", "publish", "--json", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, **environment},
        timeout=300,
    )
    assert json.loads(run.stdout)["source"] == str(tmp_path / "bad.md")
    assert (tmp_path / f".{folder}.record").exists()
