"""The text of a PDF as Poppler's pdftotext extracts it."""

from __future__ import annotations

import subprocess
from pathlib import Path

GENEVA_HEAD = """\
               United Nations                                                     A/HRC/104/ATL/3
               General Assembly                                                   Distr.: General
                                                                                  14 July 2049

                                                                                  Original: English


Human Rights Council
Hundred and fourth session
4–15 July 2049

             Summary of submissions on Atlantis
             Report of the Office of the United Nations High Commissioner for Human Rights

"""
"""Page one of a summary for the Human Rights Council, down to its text."""


def extract(pdf: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-enc", "UTF-8", pdf, "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
