"""CPU of one cold `masthead publish`, beside the `weasyprint` command on the very same HTML with the same fonts.

    python benchmarks/cold.py [SOURCE] [--runs 9] [--python OTHER/bin/python]

Each run is a process of its own, the commands in turn, so that other load meets all alike. The least and the median of
CPU seconds are told, and their ratios to `weasyprint` as it comes; the least is what other load disturbs least. Before
the first turn each command runs once unmeasured, and the document is published without a worker, which may not write
bytecode: so all code is there as bytecode, as where pip installed it; fontconfig knows the fonts; and Masthead has kept
what it keeps, in a cache of the run's own, since that of a user may have more in it. What Masthead adds to WeasyPrint's
work: reading, bidi, repairs, tags, the archive file with its source, and preflight.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from masthead import formats
from masthead.page.markup import mark_up
from masthead.typesetting import fonts

EXAMPLE = Path(__file__).parent.parent / "examples" / "E_RES_2017_18.ar.txt"


PR_SET_CHILD_SUBREAPER = 36  # prctl(2): orphans of the commands become children of this process


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--python", default=sys.executable, help="the Python of another environment that has Masthead")
    arguments = parser.parse_args()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1)
    html = mark_up(formats.read(arguments.source))
    with tempfile.TemporaryDirectory() as place:
        page, pdf = Path(place) / "page.html", Path(place) / "page.pdf"
        page.write_text(html.text, "utf-8")
        stock = [arguments.python, "-m", "weasyprint", "--base-url", f"{html.base.resolve()}/", str(page), str(pdf)]
        publish = [arguments.python, "-m", "masthead", "publish", str(arguments.source), "-o"]
        commands = {"weasyprint": stock, "weasyprint, PDF/A-3a": [*stock, "--pdf-variant", "pdf/a-3a"]}
        taken: dict[str, list[float]] = {name: [] for name in (*commands, "masthead publish")}
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        environment = os.environ | {
            "FONTCONFIG_FILE": str(fonts.load().fontconfig),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": f"{place}/bytecode",
        }
        here = "import sys, masthead; masthead.publish(sys.argv[1])"
        subprocess.run([arguments.python, "-c", here, str(arguments.source)], env=environment, check=True)
        for run in range(arguments.runs + 1):
            commands["masthead publish"] = [*publish, f"{place}/{run}"]  # elsewhere each time: else nothing is made
            for name, command in commands.items():
                taken[name].append(cpu(command, environment))
    print(f"{'':22} {'least':>13} {'median':>14}")
    measured = {name: (min(seconds[1:]), statistics.median(seconds[1:])) for name, seconds in taken.items()}
    for name, figures in measured.items():
        ratios = zip(figures, measured["weasyprint"], strict=True)
        print(f"{name:22}", *(f"{seconds:7.2f} s {seconds / base:5.2f}" for seconds, base in ratios))


def cpu(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """User and system seconds of a process and all that it starts. Raises CalledProcessError when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    with suppress(ChildProcessError):
        while True:  # workers that outlive it come to this process, their reaper
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
