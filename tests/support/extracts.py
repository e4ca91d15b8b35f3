"""The text of a PDF as Poppler's pdftotext extracts it."""

from __future__ import annotations

import subprocess
from pathlib import Path


def extract(pdf: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-enc", "UTF-8", pdf, "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
