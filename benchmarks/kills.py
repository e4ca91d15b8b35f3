"""A batch that is stopped at random moments: is any file torn, is anything lost, does the next run finish the work?

    .venv/bin/python benchmarks/kills.py [--moments 100] [--documents 6] [--seed 1]

An undisturbed run gives the bytes and its length. Then runs into new folders are stopped after a random part of that
time by SIGKILL (all processes at once), SIGTERM or SIGINT in turn. After each: every PDF in the folder must have its
bytes, a signal that can be handled must end the run with its exit code and without a traceback, and the next run must
make what is missing and only that. Fails at the first that does not.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import corpus

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for file, text in corpus.documents(chosen.documents, ("ar", "en", "zh"), "distinct", touchstone=False):
            (folder / "in" / file).write_text(text, "utf-8")
        begun = time.perf_counter()
        first = _run(folder, "whole")
        _, errors = first.communicate()
        assert first.returncode in (0, 1), errors
        length, expected = time.perf_counter() - begun, _made(folder / "whole")
        assert len(expected) == chosen.documents, sorted(expected)
        moments = [chance.random() * length for _ in range(chosen.moments)]
        found = [_stopped(folder, f"out-{place}", expected, place, each) for place, each in enumerate(moments)]
    for state, count in sorted(Counter(found).items()):
        print(f"{state}: {count}")
    print(f"{len(found)} moments of {length:.1f} s, {chosen.documents} documents: 0 torn, 0 lost")


def _stopped(folder: Path, out: str, expected: dict[str, bytes], place: int, moment: float) -> str:
    """Stop a run, look at what it left, and run again; return what the signal found."""
    number = SIGNALS[place % len(SIGNALS)]
    run = _run(folder, out)
    try:
        _, errors = run.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        if number is signal.SIGKILL:
            os.killpg(run.pid, number)
        else:
            run.send_signal(number)
        _, errors = run.communicate(timeout=60)
    ended = run.returncode
    # A signal before Python has installed its handlers ends the process as the system does it.
    assert ended in (0, 1, -number, 128 + number), (place, moment, ended, errors)
    assert number is signal.SIGKILL or "Traceback" not in errors or ended == -number, (place, moment, errors)
    before = _made(folder / out)
    torn = [name for name, data in before.items() if expected.get(name) != data]
    assert not torn, (place, moment, number, torn)
    again = _run(folder, out)
    _, errors = again.communicate(timeout=600)
    assert _made(folder / out) == expected, (place, moment, number, errors)
    assert again.returncode == 0, (place, moment, number, errors)
    left = [path.name for path in (folder / out).iterdir() if path.suffix != ".pdf"]
    assert not left, (place, moment, number, left)
    return f"{number.name}, {'at the end' if ended in (0, 1) else 'during the run'}"


def _run(folder: Path, out: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "masthead", "publish", folder / "in", "-o", folder / out, "-j", "2"]
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def _made(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


if __name__ == "__main__":
    main()
