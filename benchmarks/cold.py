"""CPU of one cold `masthead publish`, beside the `weasyprint` command on the very same HTML with the same fonts.

    python benchmarks/cold.py [SOURCE] [--runs 7]

Each run is a process of its own, the commands in turn, so that other load meets all alike; the median of CPU seconds is
told, and its ratio to `weasyprint` as it comes. What Masthead adds to WeasyPrint's work: reading, bidi, repairs, tags,
the archive file with its source, and preflight.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from masthead import fonts, reading
from masthead.markup import mark_up

EXAMPLE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    html = mark_up(reading.read(arguments.source))
    with tempfile.TemporaryDirectory() as place:
        page, pdf = Path(place) / "page.html", Path(place) / "page.pdf"
        page.write_text(html.text, "utf-8")
        stock = [sys.executable, "-m", "weasyprint", "--base-url", f"{html.base.resolve()}/", str(page), str(pdf)]
        commands = {
            "weasyprint": stock,
            "weasyprint, PDF/A-3a": [*stock, "--pdf-variant", "pdf/a-3a"],
            "masthead publish": [sys.executable, "-m", "masthead", "publish", str(arguments.source), "-o", place],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                taken[name].append(cpu(command))
    base = statistics.median(taken["weasyprint"])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"{name:22} {median:5.2f} s CPU  {median / base:4.2f}")


def cpu(command: Sequence[str]) -> float:
    """User and system seconds of one process. Raises CalledProcessError when it fails."""
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts.load().fontconfig)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
